//! Subqueries.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn correlated_by_a_captured_column(db: Database) {
        shop(db).await?;
        let quiet = User::query().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).is_absent());
        assert_eq!(quiet.select(|u| u.name).all(db).await?, ["Cid"]);
        let published = |u: UserFields| Post::query().filter(move |p| p.author_id.eq(u.id).and(p.published.eq(true)));
        let active = User::query().filter(|u| published(u).is_present()).order_by(|u| u.id.asc());
        assert_eq!(active.select(|u| u.name).all(db).await?, ["Ann", "Bob"]);
    }

    async fn as_lists(db: Database) {
        shop(db).await?;
        let authors = Post::query().filter(|p| p.published.eq(true)).select(|p| p.author_id);
        let users = User::query().filter(|u| u.id.is_in(authors.clone())).order_by(|u| u.id.asc());
        assert_eq!(users.select(|u| u.name).all(db).await?, ["Ann", "Bob"]);
        assert_eq!(User::query().filter(|u| u.id.not_in(authors)).select(|u| u.name).all(db).await?, ["Cid"]);
        let reviewers = Post::query().filter(|p| p.reviewer_id.is_not_null()).select(|p| p.reviewer_id);
        assert_eq!(User::query().filter(|u| u.id.is_in(reviewers)).count(db).await?, 2);
    }

    async fn as_values(db: Database) {
        shop(db).await?;
        let rows: Vec<(String, Option<i64>)> = User::query()
            .order_by(|u| u.id.asc())
            .select(|u| (u.name, Post::query().filter(|p| p.author_id.eq(u.id)).aggregate(|g| g.count()).scalar()))
            .all(db)
            .await?;
        assert_eq!(rows, [("Ann", 3), ("Bob", 1), ("Cid", 0)].map(|(name, posts)| (name.to_owned(), Some(posts))));
    }

    async fn of_the_same_query_are_told_apart(db: Database) {
        shop(db).await?;
        let adults = User::query().filter(|u| u.age.is_not_null());
        let older = |u: UserFields| adults.clone().filter(move |other| other.age.gt(u.age));
        let oldest = adults.clone().filter(|u| older(u).is_absent());
        assert_eq!(oldest.select(|u| u.name).all(db).await?, ["Ann"]);
    }

    async fn a_column_carried_out_of_its_query_is_refused(db: Database) {
        shop(db).await?;
        let mut stolen = None;
        let _ = User::query().filter(|u| { stolen = Some(u.id); u.id.eq(1) });
        let query = Post::query().filter(|p| p.author_id.eq(stolen.unwrap()));
        let error = query.all(db).await.unwrap_err();
        assert!(error.is_invalid_query());
        assert!(error.to_string().starts_with("the query uses a column of another query"), "{error}");
    }
}
