//! Updates and deletes of one row by its primary key, and of one version of it (optimistic locking).

use orm::prelude::*;

use crate::find::Order;
use crate::support::models::*;

on_every_backend! {
    async fn changes_one_row(db: Database) {
        shop(db).await?;
        assert_eq!(User::update_by(2).set(|u| u.name.to("Bobby")).execute(db).await?, 1);
        assert_eq!(User::update_by(99).set(|u| u.name.to("Nobody")).execute(db).await?, 0);
        let rows = User::update_by(&3).set(|u| u.age.to(5)).returning(db).await?;
        assert_eq!((rows.len(), rows[0].age), (1, Some(5)));
        assert_eq!(User::delete_by(2).execute(db).await?, 1);
        assert_eq!(User::delete_by(2).execute(db).await?, 0);
        let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(db).await?;
        assert_eq!(names, ["Ann", "Cid"]);
    }

    async fn by_two_columns(db: Database) {
        db.create_tables::<Order>().await?;
        let orders = [("eu", 1), ("eu", 2)].map(|(region, number)| Order { region: region.into(), number, total: Decimal::ONE });
        Order::insert_all(orders).execute(db).await?;
        assert_eq!(Order::update_by(("eu", 2)).set(|o| o.total.to(Decimal::TWO)).execute(db).await?, 1);
        assert_eq!(Order::delete_by(("eu", 1)).execute(db).await?, 1);
        assert_eq!(Order::query().one(db).await?.total, Decimal::TWO);
    }

    async fn under_a_further_condition(db: Database) {
        shop(db).await?;
        assert_eq!(User::update_by(1).filter(|u| u.age.lt(18)).set(|u| u.name.to("Kid")).execute(db).await?, 0);
        assert_eq!(Post::delete_by(1).filter(|p| p.author().name.eq("Ann")).execute(db).await?, 1);
    }

    async fn of_a_version(db: Database) {
        let ann = shop(db).await?.remove(0);
        let rename = |name: &'static str| User::update_by(ann.id).version(ann.version).set(move |u| u.name.to(name));
        assert_eq!(rename("Anna").execute(db).await?, 1);
        let error = rename("Annie").execute(db).await.unwrap_err();
        assert!(error.is_stale());
        assert_eq!(
            error.to_string().lines().next(),
            Some("the row with `id` 1 of `User` (table `users`) was changed or deleted since it was read; \
                  read it again and repeat the change")
        );
        assert!(rename("Annie").returning(db).await.unwrap_err().is_stale());
        assert!(User::delete_by(ann.id).version(ann.version).execute(db).await.unwrap_err().is_stale());
        let now = User::find(ann.id).one(db).await?;
        assert_eq!((now.name.as_str(), now.version), ("Anna", ann.version + 1));
        assert_eq!(User::delete_by(ann.id).version(now.version).execute(db).await?, 1);
        assert!(User::update_by(ann.id).version(now.version).set(|u| u.age.to(1)).execute(db).await.unwrap_err().is_stale());
    }
}
