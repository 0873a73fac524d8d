//! One-to-many collections, by difference.

use orm::assert_statements;
use orm::prelude::*;

use super::models::*;
use crate::support::models::*;
use crate::tables::{Book, Shelf};

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "owners", has_many(toys: Toy), many_to_many(clubs: Club, through = Member))]
struct Owner {
    #[orm(primary_key)]
    id: u32,
}

/// Deleted with its owner, unless it is detached before.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "toys")]
struct Toy {
    #[orm(primary_key)]
    id: u32,
    #[orm(belongs_to = Owner, on_delete = cascade)]
    owner_id: Option<u32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "clubs")]
struct Club {
    #[orm(primary_key)]
    id: u32,
}

/// Prevents its owner and its club from being deleted.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "members", primary_key(owner_id, club_id))]
struct Member {
    #[orm(belongs_to = Owner)]
    owner_id: u32,
    #[orm(belongs_to = Club)]
    club_id: u32,
}

/// Creates two owners with two toys each, both members of two clubs.
async fn owners(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Owner, Toy, Club, Member)>().await?;
    Owner::insert_all([1, 2].map(|id| Owner { id })).execute(db).await?;
    Toy::insert_all([(1, 1), (2, 1), (3, 2), (4, 2)].map(|(id, owner)| Toy { id, owner_id: Some(owner) }))
        .execute(db)
        .await?;
    Club::insert_all([1, 2].map(|id| Club { id })).execute(db).await?;
    let members = [(1, 1), (1, 2), (2, 1), (2, 2)].map(|(owner_id, club_id)| Member { owner_id, club_id });
    Member::insert_all(members).execute(db).await?;
    Ok(())
}

on_every_backend! {
    async fn rows_are_taken_and_given(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let users = User::query().order_by(|u| u.id.asc()).track(&mut s).await?;
        let posts = Post::query().order_by(|p| p.id.asc()).track(&mut s).await?;
        let new = s.add(Post::insert().author(users[0]).title("New"));
        s.attach(users[2], |u| u.posts(), posts[0])?; // from Ann to Cid
        s.attach(users[2], |u| u.posts(), new)?;
        s.attach(users[2], |u| u.reviews(), posts[3])?;
        assert_statements!(db, 3, s.commit().await?);
        let of_cid = Post::query().filter(|p| p.author_id.eq(3)).order_by(|p| p.id.asc()).select(|p| p.title);
        assert_eq!(of_cid.all(db).await?, ["Hello", "New"]);
        assert_eq!((s[posts[0]].author_id, s[posts[3]].reviewer_id), (3, Some(3)));
        // A post can exist without a reviewer, but not without an author.
        s.detach(users[2], |u| u.reviews(), posts[3])?;
        s.detach(users[2], |u| u.posts(), posts[0])?;
        s.detach(users[0], |u| u.posts(), posts[2])?; // it is Bob's
        s.commit().await?;
        assert_eq!((s[posts[3]].reviewer_id, s.try_ref(posts[0]).is_ok()), (None, false));
        let left = Post::query().order_by(|p| p.id.asc()).select(|p| (p.author_id, p.title)).all(db).await?;
        let expected = [(1, "Draft"), (2, "Bob's"), (1, "More"), (3, "New")];
        assert_eq!(left, expected.map(|(author, title)| (author, title.to_owned())));
    }

    async fn orphans_are_deleted_or_point_at_nothing(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        let more = s.get::<Post>(4).await?;
        let new = s.add(Post::insert().author_id(2).title("New"));
        // "Hello" and "Draft", which the session has not loaded, are deleted; "New" is inserted.
        s.replace(ann, |u| u.posts(), [more])?;
        s.attach(ann, |u| u.posts(), new)?;
        assert_statements!(db, 3, s.flush().await?); // a select, an insert, a delete
        s.commit().await?;
        let of_ann = Post::query().filter(|p| p.author_id.eq(1)).order_by(|p| p.id.asc()).select(|p| p.title);
        assert_eq!(of_ann.all(db).await?, ["More", "New"]);
        assert_eq!(Comment::query().count(db).await?, 1); // with their comments
        // Ann reviews Bob's post.
        s.detach_all(ann, |u| u.reviews())?;
        assert_statements!(db, 2, s.flush().await?);
        s.commit().await?;
        assert_eq!(Post::find(3).one(db).await?.reviewer_id, None);
        let new = s.saved(new)?;
        s.replace(ann, |u| u.posts(), [more, new])?;
        assert_statements!(db, 1, s.flush().await?); // nothing is different
        s.close().await?;
    }

    async fn are_emptied_before_their_row_goes(db: Database) {
        owners(db).await?;
        let mut s = db.session();
        let [one, two] = [s.get::<Owner>(1).await?, s.get::<Owner>(2).await?];
        let [first, second] = [s.get::<Club>(1).await?, s.get::<Club>(2).await?];
        s.detach_all(one, |o| o.toys())?;
        s.detach_all(one, |o| o.clubs())?;
        s.delete(one)?;
        s.commit().await?;
        let toys = || Toy::query().order_by(|t| t.id.asc()).select(|t| t.owner_id);
        let members = || Member::query().order_by(|m| (m.owner_id.asc(), m.club_id.asc())).select(|m| (m.owner_id, m.club_id));
        assert_eq!((toys().all(db).await?, members().all(db).await?), (vec![None, None, Some(2), Some(2)], vec![(2, 1), (2, 2)]));
        // One by one, and from the other end; operations on a deleted row are undone with it.
        s.detach(two, |o| o.clubs(), first)?;
        s.attach(two, |o| o.clubs(), second)?;
        s.delete(first)?;
        s.flush().await?;
        assert_eq!(members().all(&mut s).await?, [(2, 2)]);
        s.rollback().await?;
        assert_eq!(members().all(db).await?, [(2, 1), (2, 2)]);
        s.clear();
        let two = s.get::<Owner>(2).await?;
        s.detach_all(two, |o| o.clubs())?;
        s.replace(two, |o| o.toys(), std::iter::empty::<Handle<Toy>>())?;
        s.delete(two)?;
        s.commit().await?;
        assert_eq!((toys().all(db).await?, members().count(db).await?), (vec![None; 4], 0));
    }

    async fn of_many_parents_there_is_one_select(db: Database) {
        db.create_tables::<Node>().await?;
        let mut s = db.session();
        let roots: Vec<New<Node>> = (0..10).map(|n| s.add(Node::insert().name(format!("root {n}")))).collect();
        let leaves: Vec<New<Node>> = (0..100).map(|n| s.add(Node::insert().name(format!("leaf {n}")))).collect();
        for (n, &leaf) in leaves.iter().enumerate() {
            s.attach(roots[n % 10], |n| n.children(), leaf)?;
        }
        assert_statements!(db, 2, s.commit().await?);
        // Each root gives its leaves to the next one, except the first leaf.
        for n in 0..10 {
            let leaves = (0..100).filter(|leaf| leaf % 10 == n && *leaf >= 10).map(|leaf| leaves[leaf]);
            s.replace(roots[(n + 1) % 10], |n| n.children(), leaves)?;
        }
        assert_statements!(db, 2, s.flush().await?); // one select, one update
        s.commit().await?;
        let counts = Node::query().filter(|n| n.name.starts_with("root")).order_by(|n| n.id.asc()).select(|n| n.children().min(|c| c.name));
        let first: Vec<Option<String>> = counts.all(db).await?;
        assert_eq!(first[1], Some("leaf 10".to_owned()));
        assert_eq!(Node::query().filter(|n| n.parent_id.is_null()).count(db).await?, 20);
    }

    async fn the_last_call_wins(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let users = User::query().order_by(|u| u.id.asc()).track(&mut s).await?;
        let posts = Post::query().order_by(|p| p.id.asc()).track(&mut s).await?;
        s.detach_all(users[0], |u| u.reviews())?;
        s.link(posts[2], |p| p.reviewer(), users[0])?; // as it was
        s.detach_all(users[1], |u| u.reviews())?;
        let kept = s.add(Post::insert().author(users[0]).reviewer(users[1]).title("kept"));
        let gone = s.add(Post::insert().author(users[2]).title("gone"));
        s.detach_all(users[2], |u| u.posts())?;
        s.attach(users[2], |u| u.posts(), posts[3])?;
        s.replace(users[2], |u| u.posts(), [posts[1]])?;
        s.commit().await?;
        assert!(s.saved(gone).unwrap_err().to_string().contains("was deleted"));
        let kept = s.saved(kept)?;
        let rows = Post::query().order_by(|p| p.id.asc()).select(|p| (p.id, p.author_id, p.reviewer_id)).all(db).await?;
        assert_eq!(rows, [(1, 1, None), (2, 3, None), (3, 2, Some(1)), (s[kept].id, 1, Some(2))]);
    }

    async fn a_rollback_undoes_it(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s.detach_all(ann, |u| u.posts())?;
        s.discard_changes();
        assert_statements!(db, 0, s.flush().await?);
        s.detach_all(ann, |u| u.posts())?;
        s.flush().await?;
        s.rollback().await?;
        assert!(s.changes().is_empty());
        s.commit().await?;
        assert_eq!(Post::query().count(db).await?, 4);
        let bob = s.get::<User>(2).await?;
        s.delete(bob)?;
        assert!(s.detach_all(bob, |u| u.posts()).unwrap_err().is_not_tracked());
    }

    async fn a_rollback_leaves_what_was_said_behind_a_flush(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [ann, bob] = [s.get::<User>(1).await?, s.get::<User>(2).await?];
        let bobs = s.get::<Post>(3).await?;
        let new = s.add(Post::insert().author(ann).reviewer(bob).title("New"));
        s.link(bobs, |p| p.author(), ann)?;
        let other = s.add(Post::insert().author(bob).reviewer(bob).title("Other"));
        s.flush().await?;
        s.detach_all(bob, |u| u.reviews())?;
        s.replace(ann, |u| u.posts(), std::iter::empty::<Handle<Post>>())?;
        s.rollback().await?;
        s.commit().await?;
        // As without the rollback: Ann has no posts left, and Bob's, which was given to her, is deleted as well.
        assert!(s.saved(new).unwrap_err().to_string().contains("rolled back"));
        let other = s.saved(other)?;
        assert_eq!(Post::query().all(db).await?, [s[other].clone()]);
        assert_eq!((s[other].author_id, s[other].reviewer_id), (2, None));
    }

    async fn by_a_key_of_several_columns(db: Database) {
        db.create_tables::<(Shelf, Book)>().await?;
        let mut s = db.session();
        let [first, second] = [1, 2].map(|number| s.add(Shelf { room: "A".into(), number, comment: None }));
        let books = ["x", "y", "z"].map(|isbn| s.add(Book::insert().shelf(first).isbn(isbn).copy(1).pages(5)));
        s.commit().await?;
        s.attach(second, |s| s.books(), books[2])?;
        s.replace(first, |s| s.books(), [books[0]])?;
        s.commit().await?;
        let rows = Book::query().order_by(|b| b.isbn.asc()).select(|b| (b.isbn, b.number)).all(db).await?;
        assert_eq!(rows, [("x".to_owned(), 1), ("z".to_owned(), 2)]);
    }
    async fn of_rows_with_keys_of_their_own_are_found_after_a_rollback(db: Database) {
        owners(db).await?;
        for is_said_again in [true, false] {
            let mut s = db.session();
            let (club, toy) = (s.get::<Club>(1).await?, s.get::<Toy>(1).await?);
            let three = s.add(Owner { id: 3 });
            s.flush().await?;
            s.attach(three, |o| o.clubs(), club)?;
            s[toy].owner_id = Some(3);
            s.flush().await?;
            // The owner is new again, but has its key already, and so do the rows that reference it.
            s.rollback().await?;
            assert_eq!(s[toy].owner_id, Some(3));
            if is_said_again {
                s.attach(three, |o| o.clubs(), club)?;
                s.attach(three, |o| o.toys(), toy)?;
            } else {
                s.detach(three, |o| o.clubs(), club)?;
                s.detach(three, |o| o.toys(), toy)?;
            }
            s.commit().await?;
            let count = i64::from(is_said_again);
            assert_eq!(Member::query().filter(|m| m.owner_id.eq(3)).count(db).await?, count);
            assert_eq!(Toy::query().filter(|t| t.owner_id.eq(3)).count(db).await?, count);
            Member::delete().filter(|m| m.owner_id.eq(3)).execute(db).await?;
            Toy::update().set(|t| t.owner_id.to(1)).filter(|t| t.id.eq(1)).execute(db).await?;
            Owner::delete().filter(|o| o.id.eq(3)).execute(db).await?;
        }
    }
}
