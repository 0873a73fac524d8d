//! Added rows.

use orm::assert_statements;
use orm::prelude::*;

use super::models::*;
use crate::support::models::*;

on_every_backend! {
    async fn are_inserted_by_the_commit_with_all_that_the_server_fills_in(db: Database) {
        db.create_tables::<(User, Article)>().await?;
        let mut s = db.session();
        let ann = s.add(User::insert().email("ann@example.org").name("Ann"));
        let book = s.add(Article::insert().price(Decimal::new(1250, 2)).quantity(3));
        assert!(!s.is_active());
        assert!(s.saved(ann).unwrap_err().to_string().contains("is new"));
        s.commit().await?;
        let (ann, book) = (s.saved(ann)?, s.saved(book)?);
        assert_eq!((s[ann].id, s[ann].version, s[ann].age), (1, 1, None));
        assert_eq!((s[book].double, s[book].weight), (6, 7));
        assert_eq!(s[ann], User::find(1).one(db).await?);
        assert_eq!(s[book], Article::find(1).one(db).await?);
    }

    async fn may_be_whole_models_and_keep_keys_that_are_given(db: Database) {
        db.create_tables::<Node>().await?;
        let mut s = db.session();
        let given = s.add(Node { id: 7, name: "given".into(), parent_id: None });
        let counted = s.add(Node { id: 0, name: "counted".into(), parent_id: Some(7) });
        s.flush().await?;
        let (given, counted) = (s.saved(given)?, s.saved(counted)?);
        assert_eq!((s[given].id, s[counted].id, s[counted].parent_id), (7, 8, Some(7)));
    }

    async fn are_inserted_in_the_order_in_which_they_were_added(db: Database) {
        db.create_tables::<Node>().await?;
        let mut s = db.session();
        let nodes: Vec<_> = (0..20).map(|n| s.add(Node::insert().name(format!("{n}")))).collect();
        s.commit().await?;
        for (n, node) in nodes.into_iter().enumerate() {
            let node = s.saved(node)?;
            assert_eq!((s[node].id, s[node].name.as_str()), (n as u64 + 1, n.to_string().as_str()));
        }
    }

    async fn can_be_pointed_at_before_they_have_a_key(db: Database) {
        db.create_tables::<(User, Profile, Post, Comment)>().await?;
        let mut s = db.session();
        // The children are added in between, without their parents' keys.
        let ann = s.add(User::insert().email("ann@example.org").name("Ann"));
        let post = s.add(Post::insert().author(ann).title("One"));
        let comment = s.add(Comment::insert().post(post).text("first"));
        let bob = s.add(User::insert().email("bob@example.org").name("Bob"));
        let profile = s.add(Profile::insert().user(bob).bio("a key that is a foreign key"));
        s.add(Post::insert().author(bob).reviewer(ann).title("Two"));
        s.commit().await?;
        let (post, comment, profile) = (s.saved(post)?, s.saved(comment)?, s.saved(profile)?);
        assert_eq!((s[post].author_id, s[comment].post_id, s[profile].user_id), (1, s[post].id, 2));
        let reviewed = Post::query().filter(|p| p.reviewer().name.eq("Ann")).select(|p| p.title).all(db).await?;
        assert_eq!(reviewed, ["Two"]);
    }

    async fn may_have_a_composite_key_as_their_parent(db: Database) {
        db.create_tables::<(Seat, SeatOrder)>().await?;
        let mut s = db.session();
        let seat = s.add(Seat::insert().hall("A").number(3));
        let order = s.add(SeatOrder::insert().seat(seat).drink("tea"));
        s.commit().await?;
        let order = s.saved(order)?;
        assert_eq!((s[order].hall.as_str(), s[order].number), ("A", 3));
    }

    async fn of_a_tree_are_inserted_from_the_root_however_they_were_added(db: Database) {
        db.create_tables::<(Node, Employee)>().await?;
        let mut s = db.session();
        // With known keys.
        s.add(Employee { id: 3, name: "leaf".into(), manager_id: Some(2) });
        s.add(Employee { id: 2, name: "middle".into(), manager_id: Some(1) });
        s.add(Employee { id: 1, name: "root".into(), manager_id: None });
        s.add(Employee { id: 4, name: "own boss".into(), manager_id: Some(4) });
        // With generated keys.
        let leaf = s.add(Node::insert().name("leaf"));
        let root = s.add(Node::insert().name("root"));
        s.link(leaf, |n| n.parent(), root)?;
        s.commit().await?;
        assert_eq!(Employee::query().count(db).await?, 4);
        let (leaf, root) = (s.saved(leaf)?, s.saved(root)?);
        assert_eq!(s[leaf].parent_id, Some(s[root].id));
    }

    async fn may_need_the_server_for_different_columns(db: Database) {
        db.create_tables::<Article>().await?;
        let mut s = db.session();
        let article = || Article::insert().price(Decimal::ONE).quantity(1);
        let articles: Vec<_> = (0..6)
            .map(|n| if n % 2 == 0 { s.add(article()) } else { s.add(article().weight(n)) })
            .collect();
        let log = db.log();
        s.flush().await?;
        let inserts = log.statements().iter().filter(|sent| sent.sql.starts_with("INSERT")).count();
        assert_eq!(inserts, 2, "{log}");
        let mut weights = Vec::new();
        for article in articles {
            let article = s.saved(article)?;
            weights.push(s[article].weight);
        }
        assert_eq!(weights, [7, 1, 7, 3, 7, 5]);
    }

    async fn are_read_as_far_as_only_the_server_knows_them(db: Database) {
        db.create_tables::<(Label, Seat)>().await?;
        let mut s = db.session();
        let labels = ["one", "two"].map(|text| s.add(Label::insert().text(text)));
        let seat = s.add(Seat::insert().hall("A").number(3));
        let log = db.log();
        s.flush().await?;
        let inserts: Vec<String> = log.statements().into_iter().map(|sent| sent.sql).collect();
        let returning: Vec<_> = inserts.iter().map(|sql| sql.split_once(" RETURNING ").map(|(_, columns)| columns.len())).collect();
        let key = (db.dialect().name != "MySQL").then_some("\"id\"".len());
        assert_eq!(returning, [key, None], "{inserts:?}");
        for (label, text) in labels.into_iter().zip(["one", "two"]) {
            let label = s.saved(label)?;
            assert_eq!((s[label].text.as_str(), s[label].note.as_deref()), (text, None));
            assert_eq!(Label::find(s[label].id).one(&mut s).await?, s[label]);
        }
        let seat = s.saved(seat)?;
        assert_eq!((s[seat].hall.as_str(), s[seat].number, s[seat].version), ("A", 3, 1));
    }

    async fn have_the_text_that_the_server_cuts(db: Database) {
        db.create_tables::<Label>().await?;
        let mut s = db.session();
        let label = s.add(Label::insert().text("one       ").note("two"));
        s.flush().await?;
        let label = s.saved(label)?;
        assert_eq!(Label::find(s[label].id).one(&mut s).await?, s[label]);
        let stored = Label::insert().text("three     ").returning(&mut s).await?;
        assert_eq!(Label::find(stored.id).one(&mut s).await?, stored);
    }

    async fn that_are_executed_outside_of_a_session_cannot_name_its_rows(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let new = s.add(User::insert().email("new@example.org").name("New"));
        let ann = s.get::<User>(1).await?;
        for post in [Post::insert().author(new).title("x"), Post::insert().author(ann).title("x")] {
            let error = post.execute(db).await.unwrap_err();
            assert!(error.is_invalid_query(), "{error:?}");
            assert!(error.to_string().starts_with("`Post.author_id` is the key of a row in a session"), "{error}");
        }
    }

    async fn are_forgotten_when_they_are_deleted_before_they_are_inserted(db: Database) {
        db.create_tables::<User>().await?;
        let mut s = db.session();
        let ann = s.add(User::insert().email("ann@example.org").name("Ann"));
        s.delete(ann)?;
        assert!(s.delete(ann).unwrap_err().is_not_tracked());
        assert!(s.changes().is_empty());
        s.commit().await?;
        assert_eq!(User::query().count(db).await?, 0);
    }

    async fn that_point_at_a_row_which_is_gone_are_refused_before_anything_is_sent(db: Database) {
        db.create_tables::<(User, Post)>().await?;
        let mut s = db.session();
        let ann = s.add(User::insert().email("ann@example.org").name("Ann"));
        s.add(Post::insert().author(ann).title("x"));
        s.forget(ann)?;
        let flushed = assert_statements!(db, 0, s.flush().await);
        let error = flushed.unwrap_err();
        assert!(error.is_not_tracked(), "{error:?}");
        assert!(error.to_string().starts_with("`author` of a `Post`"), "{error}");
        assert!(s.flush().await.is_err());
        s.discard_changes();
        s.commit().await?;
    }
}
