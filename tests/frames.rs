//! Frames of windows.

use orm::prelude::*;
use orm::window;

use crate::group::Line;
use crate::support::models::*;
use crate::types::Whole;
use crate::window::lines;

on_every_backend! {
    async fn ranges_are_of_numbers(db: Database) {
        lines(db).await?;
        shop(db).await?;
        let text = Line::query().select(|l| window::count().over(|w| w.order_by(l.shop.asc()).range(-1..=0))).all(db).await;
        assert!(text.unwrap_err().is_invalid_query());
        let time = User::query().select(|u| window::count().over(|w| w.order_by(u.created_at.asc()).range(-1..=0))).all(db).await;
        assert!(time.unwrap_err().to_string().contains("order by `at.unix_seconds()`"));
        let two = Line::query().select(|l| window::count().over(|w| w.order_by((l.id.asc(), l.shop.asc())).range(-1..=0))).all(db).await;
        assert!(two.unwrap_err().is_invalid_query());
        let peers = Line::query().select(|l| window::count().over(|w| w.order_by(l.shop.asc()).range(0..=0))).all(db).await?;
        assert_eq!(peers, [3; 6]);
        let exact = Line::query().order_by(|l| l.id.asc());
        let exact = exact.select(|l| window::count().over(|w| w.order_by(l.price.asc()).range(-1..=0))).all(db).await;
        if db.dialect().name == "SQLite" {
            assert!(exact.unwrap_err().is_unsupported());
        } else {
            assert_eq!(exact?, [1, 3, 3, 3, 1, 3]);
        }
        let ages = User::query().order_by(|u| u.id.asc());
        let ages = ages.select(|u| window::count().over(|w| w.order_by(u.age.asc()).range(-24..=0)));
        assert_eq!(ages.all(db).await?, [2, 1, 1]);
    }

    async fn ranges_go_below_the_least_unsigned_number(db: Database) {
        db.create_tables::<Whole>().await?;
        let row = |id: i32, number: u8| Whole {
            id, truth: true, i8: 0, i16: 0, i32: 0, i64: 0, u8: number, u16: number.into(), u32: number.into(), u64: number.into(), maybe: Some(number.into())
        };
        Whole::insert_all([row(1, 0), row(2, 3), row(3, 200)]).execute(db).await?;
        let counts = Whole::query().order_by(|w| w.id.asc()).select(|n| {
            let bytes = window::count().over(|w| w.order_by(n.u8.asc()).range(-5..=0));
            let shorts = window::count().over(|w| w.order_by(n.u16.desc()).range(-5..=5));
            let longs = window::count().over(|w| w.order_by(n.u64.add(1).asc()).range(-250..=-1));
            (bytes, shorts, longs, window::count().over(|w| w.order_by(n.maybe.desc()).range(0..=5)))
        });
        assert_eq!(counts.all(db).await?, [(1, 2, 0, 1), (2, 2, 1, 2), (1, 1, 2, 1)]);
        let groups = Whole::query().group_by(|n| n.u32.rem(2)).order_by(|g| g.key.clone().asc());
        let groups = groups.select(|g| (g.key.clone(), window::count().over(|w| w.order_by(g.key.clone().asc()).range(-1..=0))));
        assert_eq!(groups.all(db).await?, [(Some(0), 1), (Some(1), 2)]);
    }

    async fn of_rows_may_be_wider_than_any_table(db: Database) {
        lines(db).await?;
        let counts = Line::query().order_by(|l| l.id.asc()).limit(2).select(|l| {
            let all = window::count().over(|w| w.order_by(l.id.asc()).rows(i64::MIN..=i64::MAX));
            (all, window::count().over(|w| w.order_by(l.id.asc()).rows(-i64::MAX..=-1)))
        });
        assert_eq!(counts.all(db).await?, [(6, 0), (6, 1)]);
    }
}
