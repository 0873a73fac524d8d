//! Foreign keys and values of rows after a rollback: the last assignment counts.

use orm::prelude::*;

use super::cascades::{Country, Town, TownClub};
use super::models::{Node, Seat, SeatOrder};
use crate::support::models::*;

fn user(name: &str) -> User {
    let (name, email) = (name.to_owned(), format!("{name}@example.org"));
    User { id: 0, email, name, age: None, created_at: orm::now(), version: 1 }
}

/// Takes the keys that a rollback has released.
async fn take_keys(db: &Database) -> orm::Result<()> {
    User::insert_all(["x", "y", "z"].map(user)).execute(db).await?;
    Ok(())
}

/// Returns the author's name of the post with this title.
async fn author_of(db: &Database, title: &str) -> orm::Result<String> {
    Post::query().filter(|p| p.title.eq(title)).select(|p| p.author().name).one(db).await
}

on_every_backend! {
    async fn a_new_row_has_the_parent_that_it_was_given_last(db: Database) {
        shop(db).await?;
        for (way, flushes) in [0, 1, 2, 3].into_iter().flat_map(|way| [(way, false), (way, true)]) {
            let title = format!("{way} {flushes}");
            let mut s = db.session();
            let bob = s.get::<User>(2).await?;
            let [dee, eve] = ["dee", "eve"].map(|name| s.add(user(&format!("{name} {title}"))));
            let post = s.add(Post::insert().author(dee).title(&title));
            s.flush().await?;
            let (eve, post) = (s.saved(eve)?, s.saved(post)?);
            match way {
                0 => s.link(post, |p| p.author(), bob)?,
                1 => s.link(post, |p| p.author(), eve)?,
                2 => s[post].author_id = s[bob].id,
                _ => s[post].author_id = s[eve].id,
            }
            if flushes {
                s.flush().await?;
            }
            s.rollback().await?;
            take_keys(db).await?;
            s.commit().await?;
            let expected = if way % 2 == 0 { "Bob".to_owned() } else { format!("eve {title}") };
            assert_eq!(author_of(db, &title).await?, expected, "{title}");
            User::delete().filter(|u| u.name.is_in(["x", "y", "z"])).execute(db).await?;
        }
    }

    async fn a_row_that_points_at_a_new_one_by_its_key_points_at_it_still(db: Database) {
        shop(db).await?;
        for (by_hand, flushes) in [(true, false), (true, true), (false, false), (false, true)] {
            let name = format!("dee {by_hand} {flushes}");
            let mut s = db.session();
            let post = s.get::<Post>(1).await?;
            let dee = s.add(user(&name));
            s.flush().await?;
            let dee = s.saved(dee)?;
            if by_hand {
                s[post].author_id = s[dee].id;
            } else {
                s.link(post, |p| p.author(), dee)?;
            }
            let id = s[dee].id;
            let other = s.add(Post::insert().author_id(id).title(&name));
            if flushes {
                s.flush().await?;
            }
            s.rollback().await?;
            take_keys(db).await?;
            s.commit().await?;
            assert_eq!(author_of(db, "Hello").await?, name);
            assert_eq!(author_of(db, &name).await?, name);
            assert_eq!((s[post].author_id, s[s.saved(other)?].author_id), (s[dee].id, s[dee].id));
            Post::update().set(|p| p.author_id.to(1)).all_rows().execute(db).await?;
            User::delete().filter(|u| u.id.gt(3)).execute(db).await?;
        }
    }

    async fn of_several_links_the_last_one_counts(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let posts = Post::query().order_by(|p| p.id.asc()).track(&mut s).await?;
        let bob = s.get::<User>(2).await?;
        let [dee, eve] = ["dee", "eve"].map(|name| s.add(user(name)));
        for &post in &posts {
            s.link(post, |p| p.author(), dee)?;
        }
        s.flush().await?;
        s.link(posts[0], |p| p.author(), eve)?;
        s[posts[0]].title = "Changed".into();
        s.flush().await?;
        s[posts[0]].title = "Changed again".into();
        s.link(posts[1], |p| p.author(), bob)?;
        s[posts[2]].author_id = s[bob].id;
        s.flush().await?;
        let fay = s.add(user("fay"));
        s.link(posts[1], |p| p.author(), fay)?;
        s.rollback().await?;
        take_keys(db).await?;
        s.commit().await?;
        let authors = Post::query().order_by(|p| p.id.asc()).select(|p| p.author().name).all(db).await?;
        assert_eq!(authors, ["eve", "fay", "Bob", "dee"]);
        assert_eq!(s[posts[3]].author_id, s[s.saved(dee)?].id);
    }

    async fn a_new_row_that_pointed_at_itself_points_at_nothing_if_that_was_said_last(db: Database) {
        db.create_tables::<Node>().await?;
        for (flushes, round) in [(false, 0), (true, 1)] {
            let mut s = db.session();
            let own = s.add(Node::insert().name(format!("{round}")));
            s.link(own, |n| n.parent(), own)?;
            s.flush().await?;
            let row = s.saved(own)?;
            s[row].parent_id = None;
            if flushes {
                s.flush().await?;
            }
            s.rollback().await?;
            s.commit().await?;
            assert_eq!((s[row].parent_id, Node::find(s[row].id).one(db).await?.parent_id), (None, None));
        }
    }

    async fn what_the_server_filled_in_and_was_changed_then_is_as_it_was_changed(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let dee = s.add(user("dee"));
        s.flush().await?;
        let row = s.saved(dee)?;
        s[row].age = Some(3);
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(User::query().filter(|u| u.name.eq("dee")).one(db).await?.age, Some(3));
        assert_eq!((s[row].age, s[row].version), (Some(3), 1));
    }

    async fn a_parent_that_was_deleted_is_not_asked_for_by_a_child_that_left_it(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let dee = s.add(user("dee"));
        let post = s.add(Post::insert().author(dee).title("left"));
        s.flush().await?;
        let (dee, post) = (s.saved(dee)?, s.saved(post)?);
        s.delete(dee)?;
        s[post].author_id = 2;
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(author_of(db, "left").await?, "Bob");
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn what_points_at_a_new_row_that_was_deleted_follows_it(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [dee, eve] = ["dee", "eve"].map(|name| s.add(user(name)));
        let of_dee = s.add(Post::insert().author(dee).title("goes with its author"));
        let comment = s.add(Comment::insert().post(of_dee).text("goes with its post"));
        let of_eve = s.add(Post::insert().author(eve).reviewer(dee).title("has no reviewer"));
        let hello = s.get::<Post>(1).await?;
        s.link(hello, |p| p.reviewer(), dee)?;
        s.flush().await?;
        let row = s.saved(dee)?;
        s.delete(row)?;
        s.rollback().await?;
        s.commit().await?;
        assert!(s.saved(of_dee).is_err() && s.saved(comment).is_err());
        assert_eq!((s[s.saved(of_eve)?].reviewer_id, s[hello].reviewer_id), (None, None));
        assert_eq!((User::query().count(db).await?, Post::query().count(db).await?), (4, 5));
    }

    async fn what_points_at_a_new_row_that_is_deleted_before_it_is_inserted_follows_it(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [dee, eve] = ["dee", "eve"].map(|name| s.add(user(name)));
        let of_dee = s.add(Post::insert().author(dee).title("goes with its author"));
        s.add(Comment::insert().post(of_dee).text("goes with its post"));
        let left = s.add(Post::insert().author(dee).reviewer(dee).title("was given to another author"));
        let hello = s.get::<Post>(1).await?;
        s.link(hello, |p| p.reviewer(), dee)?;
        s.delete(dee)?;
        s.link(left, |p| p.author(), eve)?;
        s.commit().await?;
        assert!(s.saved(of_dee).unwrap_err().to_string().contains("was deleted"));
        assert_eq!((s[s.saved(left)?].reviewer_id, s[hello].reviewer_id), (None, None));
        assert_eq!((User::query().count(db).await?, Post::query().count(db).await?), (4, 5));
        assert_eq!(Comment::query().count(db).await?, 3);
        // A row that can neither be deleted nor kept is an error.
        let dee = s.add(user("dee"));
        s.link(hello, |p| p.author(), dee)?;
        s.delete(dee)?;
        assert!(s.commit().await.unwrap_err().is_not_tracked());
    }

    async fn what_is_linked_to_a_row_follows_it_when_its_key_changes_and_another_takes_the_old_one(db: Database) {
        db.create_tables::<(Seat, SeatOrder)>().await?;
        let mut s = db.session();
        let [first, second, third] = [1, 2, 9].map(|number| s.add(Seat::insert().hall("A").number(number)));
        let old = s.add(SeatOrder::insert().seat(third).drink("old"));
        s.commit().await?;
        let (first, second) = (s.saved(first)?, s.saved(second)?);
        let old = s.saved(old)?;
        let new = s.add(SeatOrder::insert().hall("A").number(9).drink("new"));
        s.link(old, |o| o.seat(), first)?;
        s.link(new, |o| o.seat(), first)?;
        (s[first].number, s[second].number) = (3, 1);
        assert_eq!(s[old].number, 1);
        s.commit().await?;
        let numbers = SeatOrder::query().order_by(|o| o.drink.asc()).select(|o| (o.drink, o.number)).all(db).await?;
        assert_eq!(numbers, [("new".to_owned(), 3), ("old".to_owned(), 3)]);
        assert_eq!((s[old].number, s[s.saved(new)?].number), (3, 3));
        // Values set explicitly since then take precedence.
        s.link(old, |o| o.seat(), second)?;
        s[old].number = 9;
        (s[first].guest, s[second].number) = (Some("Ann".into()), 4);
        s.commit().await?;
        assert_eq!(SeatOrder::find(s[old].id).one(db).await?.number, 9);
    }

    async fn a_row_can_leave_the_session_before_what_was_linked_to_it_is_flushed(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [ann, bob, cid] = [s.get::<User>(1).await?, s.get::<User>(2).await?, s.get::<User>(3).await?];
        let hello = s.get::<Post>(1).await?;
        let [of_ann, of_bob] = [ann, bob].map(|user| s.add(Post::insert().author(user).title("x")));
        s.link(hello, |p| p.author(), cid)?;
        assert_eq!(s.take(ann)?.name, "Ann");
        s.forget(bob)?;
        s.forget(cid)?;
        s.flush().await?;
        s.rollback().await?;
        take_keys(db).await?;
        s.commit().await?;
        assert_eq!((s[s.saved(of_ann)?].author_id, s[s.saved(of_bob)?].author_id, s[hello].author_id), (1, 2, 3));
        // A row that was inserted by the rolled-back flush does not exist.
        let dee = s.add(user("dee"));
        let post = s.add(Post::insert().author(dee).title("of dee"));
        s.flush().await?;
        let dee = s.saved(dee)?;
        s.forget(dee)?;
        s.rollback().await?;
        let error = s.commit().await.unwrap_err();
        assert!(error.is_not_tracked() && error.to_string().contains("`author` of a `Post`"), "{error}");
        s.discard_changes();
        assert!(s.saved(post).is_err());
    }

    async fn a_row_that_left_after_its_key_had_changed_has_the_old_one_after_a_rollback(db: Database) {
        db.create_tables::<(Seat, SeatOrder)>().await?;
        Seat::insert().hall("A").number(1).execute(db).await?;
        let mut s = db.session();
        let seat = s.get::<Seat>(("A", 1)).await?;
        s[seat].number = 2;
        let order = s.add(SeatOrder::insert().seat(seat).drink("tea"));
        s.flush().await?;
        s.forget(seat)?;
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(s[s.saved(order)?].number, 1);
    }

    async fn a_new_row_has_none_of_the_key_of_a_parent_that_it_has_left(db: Database) {
        db.create_tables::<(Country, Town, TownClub)>().await?;
        for is_inserted in [true, false] {
            let mut s = db.session();
            let [de, fr] = ["de", "fr"].map(|code| s.add(Country { code: code.into() }));
            let [one, two] = [1, 2].map(|number| s.add(Town::insert().country(de).number(number).name("Town")));
            let new = TownClub::insert().id(1);
            let club = if is_inserted { s.add(new.town(one)) } else { s.add(new) };
            s.flush().await?;
            let held = s.saved(club)?;
            if !is_inserted {
                let three = s.add(Town::insert().country(de).number(3).name("Town"));
                s.link(held, |c| c.town(), three)?;
                s.flush().await?;
                s.link(three, |t| t.country(), fr)?;
            }
            // The club moves to another town of the same country; the first town moves to another country.
            s.link(held, |c| c.town(), two)?;
            s.link(one, |t| t.country(), fr)?;
            s.rollback().await?;
            s.commit().await?;
            assert_eq!((s[held].country_code.as_deref(), s[held].town_number), (Some("de"), Some(2)));
            assert_eq!(Town::query().filter(|t| t.country_code.eq("fr")).count(db).await?, 1 + i64::from(!is_inserted));
            TownClub::delete().all_rows().execute(db).await?;
            Country::delete().all_rows().execute(db).await?;
        }
    }
}
