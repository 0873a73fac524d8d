//! Inserts of many rows.

use orm::prelude::*;

use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Reading {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub sensor: i32,
    pub value: Option<f64>,
    #[orm(server_default = "7")]
    pub weight: i32,
}

fn reading(sensor: i32) -> Reading {
    Reading { id: 0, sensor, value: Some(f64::from(sensor) / 2.0), weight: 1 }
}

on_every_backend! {
    async fn takes_models_references_and_builders(db: Database) {
        db.create_tables::<Reading>().await?;
        let readings = vec![reading(1), reading(2)];
        assert_eq!(Reading::insert_all(&readings).execute(db).await?, 2);
        assert_eq!(Reading::insert_all(readings).execute(db).await?, 2);
        let builders = (5..8).map(|sensor| Reading::insert().sensor(sensor));
        assert_eq!(Reading::insert_all(builders).execute(db).await?, 3);
        let weights: Vec<i32> = Reading::query().order_by(|r| r.id.asc()).select(|r| r.weight).all(db).await?;
        assert_eq!(weights, [1, 1, 1, 1, 7, 7, 7]);
    }

    async fn of_no_rows_is_no_statement(db: Database) {
        // The table does not exist: a statement would fail.
        assert_eq!(Reading::insert_all(Vec::<Reading>::new()).execute(db).await?, 0);
        assert_eq!(Reading::insert_all(Vec::<Reading>::new()).returning(db).await?, []);
    }

    async fn keeps_explicit_keys_and_counts_up_the_others(db: Database) {
        db.create_tables::<Reading>().await?;
        let rows = vec![Reading { id: 10, ..reading(1) }, Reading { id: 20, ..reading(2) }, reading(3), reading(4)];
        let stored = Reading::insert_all(rows).returning(db).await?;
        let ids: Vec<u64> = stored.iter().map(|row| row.id).collect();
        assert_eq!(ids, [10, 20, 21, 22]);
        assert_eq!(Reading::query().order_by(|r| r.id.asc()).all(db).await?, stored);
    }

    async fn gives_rows_back_in_their_order(db: Database) {
        db.create_tables::<Reading>().await?;
        let stored = Reading::insert_all((0..100).rev().map(reading)).returning(db).await?;
        assert_eq!(stored.len(), 100);
        assert_eq!((stored[0].sensor, stored[99].sensor), (99, 0));
        assert_eq!(Reading::query().order_by(|r| r.id.asc()).all(db).await?, stored);
        let builders = (0..3).map(|sensor| Reading::insert().sensor(sensor));
        let weights: Vec<i32> = Reading::insert_all(builders).returning(db).await?.iter().map(|r| r.weight).collect();
        assert_eq!(weights, [7, 7, 7]);
    }

    async fn of_values_and_of_what_the_server_computes_gives_both_back(db: Database) {
        db.create_tables::<Reading>().await?;
        let greatest = || Reading::query().aggregate(|g| g.max(|r| r.value)).scalar();
        Reading::insert_all([reading(8)]).execute(db).await?;
        let rows = [Reading::insert().sensor(1).value(0.5), Reading::insert().sensor(2).value(greatest())];
        let rows = rows.map(|row| row.weight(3));
        let stored = Reading::insert_all(rows).returning(db).await?;
        let values: Vec<_> = stored.iter().map(|row| (row.sensor, row.value, row.weight)).collect();
        assert_eq!(values, [(1, Some(0.5), 3), (2, Some(4.0), 3)]);
        assert_eq!(Reading::query().filter(|r| r.weight.eq(3)).order_by(|r| r.id.asc()).all(db).await?, stored);
    }

    async fn of_seventy_thousand_rows_goes_in_whole(db: Database) {
        db.create_tables::<Reading>().await?;
        assert_eq!(Reading::insert_all((0..70_000).map(reading)).execute(db).await?, 70_000);
        let (count, sum) = Reading::query().aggregate(|g| (g.count(), g.sum(|r| r.sensor))).one(db).await?;
        assert_eq!((count, sum), (70_000, Some(69_999 * 70_000 / 2)));
    }

    async fn inserts_nothing_if_one_row_fails(db: Database) {
        db.create_tables::<Reading>().await?;
        // More than fits in one statement: the first one would already be done.
        let rows = (0..20_000).map(reading).chain([Reading { id: 5, ..reading(0) }]);
        let error = Reading::insert_all(rows).execute(db).await.unwrap_err();
        assert!(error.is_unique_violation(), "{error:?}");
        assert_eq!(Reading::query().count(db).await?, 0);
        assert_eq!(Reading::insert_all([reading(1)]).execute(db).await?, 1);
    }

    async fn joins_the_transaction_of_a_session(db: Database) {
        let mut users = shop(db).await?;
        users.iter_mut().for_each(|user| { user.id = 0; user.email.push('2'); });
        let mut s = db.session();
        assert_eq!(User::insert_all(users).execute(&mut s).await?, 3);
        s.rollback().await?;
        assert_eq!(User::query().count(&mut s).await?, 3);
    }
}
