//! Updates and deletes with a limit.

use orm::prelude::*;

use crate::support::models::*;

async fn titles(db: &Database) -> orm::Result<Vec<String>> {
    Post::query().order_by(|p| p.id.asc()).select(|p| p.title).all(db).await
}

on_every_backend! {
    async fn changes_the_first_in_order(db: Database) {
        shop(db).await?;
        let update = Post::update().set(|p| p.title.to("x")).filter(|p| p.published.is_true()).order_by(|p| p.id.desc()).limit(2);
        assert_eq!(update.execute(db).await?, 2);
        assert_eq!(titles(db).await?, ["Hello", "Draft", "x", "x"]);
        assert_eq!(Post::delete().all_rows().order_by(|p| (p.title.desc(), p.id.asc())).limit(1).execute(db).await?, 1);
        assert_eq!(titles(db).await?, ["Hello", "Draft", "x"]);
        assert_eq!(Post::delete().all_rows().limit(0).execute(db).await?, 0);
        assert_eq!(Post::delete().all_rows().limit(99).execute(db).await?, 3);
    }

    async fn orders_through_a_relation(db: Database) {
        shop(db).await?;
        let youngest = Post::update().set(|p| p.title.to("young")).all_rows().order_by(|p| p.author().age.asc()).limit(1);
        assert_eq!(youngest.execute(db).await?, 1);
        assert_eq!(titles(db).await?, ["Hello", "Draft", "young", "More"]);
        let oldest = Post::delete().filter(|p| p.author().age.ge(18)).order_by(|p| p.id.desc()).limit(1);
        assert_eq!(oldest.execute(db).await?, 1);
        assert_eq!(titles(db).await?, ["Hello", "Draft", "young"]);
    }

    async fn of_a_join_is_refused(db: Database) {
        shop(db).await?;
        let error = Post::delete().join(|p| p.comments()).all_rows().limit(1).execute(db).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("`Post`"), "{error}");
    }
}
