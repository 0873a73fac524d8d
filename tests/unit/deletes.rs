//! Deleted rows.

use orm::assert_statements;
use orm::prelude::*;

use super::models::*;
use crate::support::models::*;

on_every_backend! {
    async fn go_after_those_that_reference_them(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        // The parents are marked first.
        let users = User::query().track(&mut s).await?;
        let posts = Post::query().with(|p| p.comments()).track(&mut s).await?;
        users.into_iter().try_for_each(|user| s.delete(user))?;
        for (post, comments) in posts {
            s.delete(post)?;
            comments.into_iter().try_for_each(|comment| s.delete(comment))?;
        }
        let log = db.log();
        s.commit().await?;
        let tables: Vec<bool> = ["comments", "posts", "users"].iter().zip(log.statements()).map(|(t, sent)| sent.sql.contains(t)).collect();
        assert_eq!(tables, [true; 3], "{log}");
        assert_eq!(User::query().count(db).await?, 0);
    }

    async fn of_a_tree_go_from_the_leaves(db: Database) {
        db.create_tables::<Node>().await?;
        let mut s = db.session();
        let root = s.add(Node::insert().name("root"));
        let middle = s.add(Node::insert().name("middle").parent(root));
        s.add(Node::insert().name("leaf").parent(middle));
        s.commit().await?;
        for node in Node::query().order_by(|n| n.id.asc()).track(&mut s).await? {
            s.delete(node)?;
        }
        s.commit().await?;
        assert_eq!(Node::query().count(db).await?, 0);
    }

    async fn that_are_gone_already_are_no_error_without_a_version(db: Database) {
        db.create_tables::<Node>().await?;
        let mut s = db.session();
        let nodes: Vec<_> = (0..3).map(|n| s.add(Node::insert().name(format!("{n}")))).collect();
        s.commit().await?;
        Node::delete().filter(|n| n.id.eq(2)).execute(db).await?;
        for node in nodes {
            let node = s.saved(node)?;
            s.delete(node)?;
        }
        s.commit().await?;
        assert_eq!(Node::query().count(db).await?, 0);
    }

    async fn lose_children_that_move_elsewhere_first(db: Database) {
        let users = shop(db).await?;
        let mut s = db.session();
        let bob = s.get::<User>(users[1].id).await?;
        let post = Post::query().filter(|p| p.author_id.eq(users[1].id)).track(&mut s).await?[0];
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        s.delete(bob)?;
        s.link(post, |p| p.author(), dee)?;
        s.commit().await?;
        // Deleted first, Bob would have taken the post with him.
        let dee = s.saved(dee)?;
        assert_eq!(Post::find(s[post].id).one(db).await?.author_id, s[dee].id);
        assert_eq!(User::query().filter(|u| u.name.eq("Bob")).count(db).await?, 0);
    }

    async fn are_not_found_in_the_session_any_more(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let cid = s.get::<User>(3).await?;
        s.delete(cid)?;
        assert_eq!(s.find::<User>(3).await?, None);
        s.commit().await?;
        assert_eq!(s.find::<User>(3).await?, None);
    }

    async fn are_not_updated_before(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let cid = s.get::<User>(3).await?;
        s[cid].name = "X".into();
        s.delete(cid)?;
        assert_statements!(db, 1, s.commit().await?);
    }

    async fn go_before_those_that_the_database_deletes_with_their_parents(db: Database) {
        db.create_tables::<(Forum, Thread, Remark)>().await?;
        let mut s = db.session();
        let forum = s.add(Forum::insert().name("Rust"));
        let thread = s.add(Thread::insert().forum(forum));
        s.add(Remark::insert().thread(thread));
        s.commit().await?;
        s.clear();
        // The thread between them is not tracked.
        let remark = s.get::<Remark>(1).await?;
        let forum = s.get::<Forum>(1).await?;
        s.delete(forum)?;
        s.delete(remark)?;
        s.commit().await?;
        assert_eq!(Thread::query().count(db).await?, 0);
    }
}

#[derive(Model)]
#[orm(table = "forums")]
struct Forum {
    #[orm(primary_key, auto)]
    id: u64,
    name: String,
}

#[derive(Model)]
#[orm(table = "threads")]
struct Thread {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(belongs_to = Forum, on_delete = cascade)]
    forum_id: u64,
}

/// Keeps its thread from being deleted.
#[derive(Model)]
#[orm(table = "remarks")]
struct Remark {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(belongs_to = Thread)]
    thread_id: u64,
}
