//! Flushes and commits that are interrupted.

use orm::prelude::*;

use super::models::*;
use crate::support::models::*;
use crate::support::{Fault, Proxy, Shaky, Trouble, dropped_after, kill_all};

on_servers! {
    async fn after_a_commit_in_doubt_nothing_is_sent_again(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.session();
        let [ann, bob, cid] = [s.get::<User>(1).await?, s.get::<User>(2).await?, s.get::<User>(3).await?];
        s[ann].name = "Anna".into();
        s.delete(cid)?;
        let new = s.add(User::insert().email("new@example.org").name("New"));
        s.flush().await?;
        kill_all(fresh).await;
        assert!(s.commit().await.unwrap_err().is_commit_in_doubt());
        s.rollback().await?;
        for error in [s.try_ref(ann).unwrap_err(), s.try_ref(cid).unwrap_err(), s.saved(new).unwrap_err()] {
            assert!(error.is_not_tracked() && error.to_string().contains("in doubt"), "{error:?}");
        }
        // Rows that the transaction did not touch are unchanged.
        assert_eq!(s[bob].name, "Bob");
        assert!(s.changes().is_empty());
        let ann = s.get::<User>(1).await?;
        assert_eq!(s[ann].name, "Ann");
    }

    async fn a_rollback_that_is_dropped_knows_what_was_committed(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let first = crate::support::sqlite().await;
        shop(&first.db).await?;
        let db = Database::builder().url(&first.url).bind("audit", proxy.url()).open()?;
        let mut s = db.session();
        s.add(User::insert().email("dee@example.org").name("Dee"));
        s.flush().await?;
        User::update().set(|u| u.age.to(1)).all_rows().execute(s.on("audit")?).await?;
        proxy.once("COMMIT", Fault::Refuse);
        assert!(s.commit().await.unwrap_err().is_partial_commit());
        assert!(dropped_after(1, s.rollback()).await.is_none());
        assert!(s.flush().await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        // Dee is in the database, and not pending again.
        assert!(s.changes().is_empty());
        s.commit().await?;
        assert_eq!(User::query().count(&first.db).await?, 4);
        drop((s, db));
        first.end().await;
    }

    async fn a_lost_connection_loses_no_change(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        s.flush().await?;
        s[ann].name = "Anna".into();
        let post = s.add(Post::insert().author(dee).title("x"));
        kill_all(fresh).await;
        assert!(s.commit().await.unwrap_err().is_connection_lost());
        assert!(s.flush().await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        s.commit().await?;
        let (dee, post) = (s.saved(dee)?, s.saved(post)?);
        assert_eq!(s[post].author_id, s[dee].id);
        assert_eq!((User::query().count(db).await?, User::find(1).one(db).await?), (4, s[ann].clone()));
    }
}

on_every_backend! {
    async fn a_commit_that_is_refused_twice_is_about_the_same(db: Database) {
        shop(db).await?;
        let shaky = Shaky::over(db);
        let mut s = shaky.open().session();
        let cid = s.get::<User>(3).await?;
        s.delete(cid)?;
        shaky.behind(1, Trouble::Stopped);
        assert!(s.commit().await.unwrap_err().is_interrupted());
        assert_eq!(shaky.heal().unwrap().0, "COMMIT");
        assert!(s.commit().await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        assert_eq!(s.changes().to_string(), "delete users");
        s.commit().await?;
        assert_eq!(User::query().count(db).await?, 2);
    }

    async fn a_flush_that_is_dropped_anywhere_can_be_done_again(db: Database) {
        db.create_tables::<(User, Profile, Post, Comment)>().await?;
        let mut s = db.session();
        let users: Vec<_> = (0..3).map(|n| s.add(User::insert().email(format!("{n}")).name("old"))).collect();
        s.commit().await?;
        let users: Vec<_> = users.into_iter().map(|user| s.saved(user)).collect::<Result<_, _>>()?;
        let mut done = false;
        for polls in 0.. {
            let round = format!("round {polls}");
            for &user in &users {
                s[user].name = round.clone();
            }
            let post = s.add(Post::insert().author(users[0]).title(round.as_str()));
            let comment = s.add(Comment::insert().post(post).text(round.as_str()));
            match dropped_after(polls, s.flush()).await {
                Some(flushed) => {
                    flushed?;
                    done = true;
                }
                // With 0 polls, nothing has begun.
                None => drop(s.rollback().await),
            }
            s.commit().await?;
            let (post, comment) = (s.saved(post)?, s.saved(comment)?);
            assert_eq!(s[comment].post_id, s[post].id);
            if done {
                break;
            }
        }
        // Each round is stored once, whatever happened to its first flush.
        let titles = Post::query().order_by(|p| p.id.asc()).select(|p| p.title).all(db).await?;
        let rounds: Vec<String> = (0..titles.len()).map(|n| format!("round {n}")).collect();
        assert_eq!(titles, rounds);
        let last = rounds.last().unwrap();
        for user in User::query().all(db).await? {
            assert_eq!((&user.name, user.version as usize), (last, rounds.len() + 1));
        }
    }
}

on_sqlite! {
    async fn a_commit_that_the_database_refuses_can_be_fixed(db: Database) {
        sql!("CREATE TABLE nodes (id INTEGER PRIMARY KEY, name TEXT NOT NULL, parent_id INTEGER REFERENCES nodes (id) DEFERRABLE INITIALLY DEFERRED)")
            .execute(db)
            .await?;
        for name in ["goes", "moves"] {
            Node::insert().name(name).execute(db).await?;
        }
        let mut s = db.session();
        let (goes, moves) = (s.get::<Node>(1).await?, s.get::<Node>(2).await?);
        s.delete(goes)?;
        s[moves].id = 7;
        let node = s.add(Node::insert().name("x").parent_id(99));
        let error = s.commit().await.unwrap_err();
        assert!(error.is_foreign_key_violation(), "{error:?}");
        assert!(Node::query().count(&mut s).await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        assert!(s.saved(node).is_err());
        s.link(node, |n| n.parent(), None)?;
        s.commit().await?;
        // Everything in the commit is done, including the deleted row and the changed key.
        assert_eq!(Node::query().order_by(|n| n.name.asc()).select(|n| n.name).all(db).await?, ["moves", "x"]);
        assert_eq!((s[moves].id, Node::find(7).one(db).await?.name.as_str()), (7, "moves"));
    }
}
