//! Updates.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn sets_what_matches(db: Database) {
        let users = shop(db).await?;
        let update = Post::update().set(|p| (p.published.to(true), p.body.to(None))).filter(|p| p.author_id.eq(users[0].id));
        assert_eq!(update.execute(db).await?, 3);
        assert_eq!(Post::query().filter(|p| p.published.eq(true)).count(db).await?, 4);
        assert_eq!(User::update().set(|u| u.age.to(5)).filter(|u| u.id.eq(99)).execute(db).await?, 0);
    }

    async fn counts_rows_that_had_the_value_already(db: Database) {
        shop(db).await?;
        let same = || Post::update().set(|p| p.published.to(true)).filter(|p| p.title.eq("Hello"));
        assert_eq!(same().execute(db).await?, 1);
        assert_eq!(same().execute(db).await?, 1);
    }

    async fn computes_from_the_row(db: Database) {
        shop(db).await?;
        assert_eq!(User::update().set(|u| u.age.to(u.age.add(1))).all_rows().execute(db).await?, 3);
        let ages: Vec<Option<i32>> = User::query().order_by(|u| u.id.asc()).select(|u| u.age).all(db).await?;
        assert_eq!(ages, [Some(42), Some(18), None]);
        User::update().set(|u| u.name.to(u.email)).filter(|u| u.id.eq(1)).execute(db).await?;
        assert_eq!(User::find(1).one(db).await?.name, "ann@example.org");
    }

    async fn counts_the_version_up(db: Database) {
        shop(db).await?;
        User::update().set(|u| u.name.to("Anna")).filter(|u| u.id.eq(1)).execute(db).await?;
        assert_eq!(User::find(1).one(db).await?.version, 2);
        User::update().set(|u| u.version.to(9)).filter(|u| u.id.eq(1)).execute(db).await?;
        assert_eq!(User::find(1).one(db).await?.version, 9);
    }

    async fn sets_columns_that_each_update_sets(db: Database) {
        db.create_tables::<Page>().await?;
        let page = Page::insert().text("a").returning(db).await?;
        let later = || page.changed_at + std::time::Duration::from_millis(1);
        while orm::now() < later() {}
        Page::update().set(|p| p.text.to("b")).filter(|p| p.id.eq(page.id)).execute(db).await?;
        assert!(Page::find(page.id).one(db).await?.changed_at >= later());
    }

    async fn a_column_that_is_set_again_keeps_the_last_value(db: Database) {
        shop(db).await?;
        User::update().set(|u| u.age.to(2)).set(|u| u.age.to(3)).all_rows().execute(db).await?;
        assert_eq!(User::query().filter(|u| u.age.eq(3)).count(db).await?, 3);
        User::update().set(|u| [u.age.to(4), u.name.to("All")]).all_rows().execute(db).await?;
        assert_eq!(User::query().filter(|u| u.age.eq(4).and(u.name.eq("All"))).count(db).await?, 3);
    }

    async fn a_column_that_is_set_twice_at_once_is_a_mistake(db: Database) {
        shop(db).await?;
        let twice = User::update().set(|u| (u.name.to("a"), (u.age.to(1), u.name.to("b")))).all_rows();
        let error = twice.execute(db).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("an update of `User` sets `name` twice"), "{error}");
        let joined = Post::update().join(|p| p.author()).set(|(p, _)| [p.title.to("a"), p.title.to("b")]).all_rows();
        assert!(joined.execute(db).await.unwrap_err().is_invalid_query());
        let again = User::insert_all([User::insert().email("ann@example.org").name("Anna")]).on_conflict(|u| u.email);
        let upsert = again.update(|u, new| (u.name.to(new.name), u.name.to("b")));
        assert!(upsert.execute(db).await.unwrap_err().is_invalid_query());
        assert_eq!(User::query().filter(|u| u.name.is_in(["a", "b", "Anna"])).count(db).await?, 0);
    }
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Page {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub text: String,
    #[orm(on_update = now)]
    pub changed_at: DateTime<Utc>,
}
