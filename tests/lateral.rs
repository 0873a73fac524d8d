//! Lateral joins, which only MySQL supports.

use orm::prelude::*;

use crate::support::models::*;

/// Returns a user's newest posts.
fn newest(u: UserFields, rows: u64) -> orm::Rows<(u64, String)> {
    Post::query()
        .filter(|p| p.author_id.eq(u.id))
        .order_by(|p| p.id.desc())
        .limit(rows)
        .select(|p| (p.id, p.title))
}

/// Checks that every database except MySQL rejects it; returns MySQL's result.
async fn refused<T>(db: &Database, result: orm::Result<T>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            assert_ne!(db.dialect().name, "MySQL", "{error:?}");
            assert!(error.is_unsupported() && error.to_string().contains("window::row_number"), "{error}");
            None
        }
    }
}

on_every_backend! {
    async fn rows_for_each_row(db: Database) {
        shop(db).await?;
        let query = User::query().join_lateral(|u| newest(u, 2)).order_by(|(u, (id, _))| (u.id.asc(), id.desc()));
        let rows = query.clone().filter(|(u, _)| u.id.gt(0)).select(|(u, (_, title))| (u.name, title)).all(db).await;
        if let Some(rows) = refused(db, rows).await {
            assert_eq!(rows, [("Ann", "More"), ("Ann", "Draft"), ("Bob", "Bob's")].map(|(u, p)| (u.to_owned(), p.to_owned())));
            let whole: Vec<(User, (u64, String))> = query.all(db).await?;
            assert_eq!(whole.len(), 3);
        }
    }

    async fn rows_that_may_not_be_there(db: Database) {
        shop(db).await?;
        let query = User::query().left_join_lateral(|u| newest(u, 1)).order_by(|(u, _)| u.id.asc());
        if let Some(rows) = refused(db, query.all(db).await).await {
            let newest: Vec<Option<u64>> = rows.iter().map(|(_, post)| post.as_ref().map(|(id, _)| *id)).collect();
            assert_eq!(newest, [Some(4), Some(3), None]);
        }
    }

    async fn of_joins_groups_and_one_another(db: Database) {
        shop(db).await?;
        let query = Post::query()
            .join(|p| p.author())
            .join_lateral(|(p, _)| Comment::query().filter(|c| c.post_id.eq(p.id)).aggregate(|g| (g.count(), g.max(|c| c.id))))
            .join_lateral(|(.., (_, last))| Comment::query().filter(|c| c.id.le(last)).aggregate(|g| g.count()))
            .filter(|(.., (count, _), _)| count.gt(0))
            .order_by(|(p, ..)| p.id.asc())
            .select(|(p, a, (count, _), before)| (p.title, a.name, count, before));
        if let Some(rows) = refused(db, query.clone().all(db).await).await {
            assert_eq!(rows, [("Hello".to_owned(), "Ann".to_owned(), 2, 2), ("Bob's".to_owned(), "Bob".to_owned(), 1, 3)]);
            assert_eq!(query.clone().count(db).await?, 2);
            assert_eq!(query.clone().union(query).count(db).await?, 2);
        }
    }
}
