//! Wide and deep object graphs.

use orm::assert_statements;
use orm::prelude::*;

use super::to_itself::chain;
use crate::support::models::*;

on_every_backend! {
    async fn ten_thousand_parents_and_a_hundred_thousand_children(db: Database) {
        db.create_tables::<(User, Post)>().await?;
        let users = (1..=10_000u64).map(|id| User::insert().id(id).email(id.to_string()).name("x"));
        User::insert_all(users).execute(db).await?;
        let posts = (0..100_000u64).map(|n| Post::insert().author_id(n % 10_000 + 1).title(n.to_string()));
        Post::insert_all(posts).execute(db).await?;
        let loaded = User::query().order_by(|u| u.id.asc()).with(|u| u.posts().order_by(|p| p.id.asc()));
        // The keys are split into as many statements as the server's limits require.
        let loaded: Vec<(User, Vec<Post>)> = assert_statements!(db, 2..=3, loaded.all(db).await?);
        assert_eq!(loaded.len(), 10_000);
        for (user, posts) in &loaded {
            assert_eq!(posts.len(), 10);
            assert!(posts.iter().zip(0..).all(|(post, n)| post.title == (n * 10_000 + user.id - 1).to_string()));
        }
    }

    async fn eight_levels(db: Database) {
        chain(db, 9).await?;
        let deep = Employee::query().filter(|e| e.manager_id.is_null()).with(|e| {
            e.reports().with(|e| e.reports().with(|e| e.reports().with(|e| e.reports().with(|e| {
                e.reports().with(|e| e.reports().with(|e| e.reports().with(|e| e.reports())))
            }))))
        });
        let deep = assert_statements!(db, 9, deep.all(db).await?);
        let last = &deep[0].1[0].1[0].1[0].1[0].1[0].1[0].1[0].1[0];
        assert_eq!(last.id, 9);
        let up = Employee::query().filter(|e| e.manager().manager().manager().manager().manager().manager().manager().manager().id.eq(1));
        assert_eq!(up.one(db).await?, *last);
    }
}
