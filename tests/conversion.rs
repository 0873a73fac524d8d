//! Conversions to other types (CAST). The same values on every backend.

use orm::prelude::*;

use crate::types::Other;

fn time(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn row(id: u128, at: &str, text: &str) -> Other {
    let local = time(at);
    Other {
        id: Uuid::from_u128(id),
        single: 0.1,
        double: 0.1,
        text: text.to_owned(),
        bytes: Vec::new(),
        day: local.date(),
        clock: local.time(),
        local,
        at: local.and_utc(),
        exact: Decimal::ONE,
        small: None,
        json: serde_json::json!(null),
        maybe: None,
    }
}

/// Evaluates an expression on all rows.
macro_rules! of {
    ($db:ident, |$m:pat_param| $expression:expr) => {
        Other::query().order_by(|o| o.id.asc()).select(|$m| $expression).all($db).await?
    };
}

on_every_backend! {
    async fn of_times_keep_the_fraction_of_a_second(db: Database) {
        db.create_tables::<Other>().await?;
        let times = ["2024-02-29T23:59:59.999999", "1960-06-15T12:30:30.500001", "2024-03-01T00:00:00"];
        Other::insert_all((1..).zip(times).map(|(id, at)| row(id, at, ""))).execute(db).await?;
        let times = times.map(time);
        assert_eq!(of!(db, |o| o.at.cast::<NaiveDateTime>()), times);
        assert_eq!(of!(db, |o| o.local.cast::<DateTime<Utc>>()), times.map(|at| at.and_utc()));
        assert_eq!(of!(db, |o| o.local.cast::<String>().cast::<NaiveDateTime>()), times);
        assert_eq!(of!(db, |o| o.local.cast::<NaiveTime>()), times.map(|at| at.time()));
        assert_eq!(of!(db, |o| o.clock.cast::<String>().cast::<NaiveTime>()), times.map(|at| at.time()));
        assert_eq!(of!(db, |o| o.day.cast::<NaiveDateTime>()), times.map(|at| at.date().and_time(NaiveTime::MIN)));
        let given = ["12:05:09", "12:05:09.5", "12:05:09.1234564"];
        let expected = ["12:05:09", "12:05:09.5", "12:05:09.123456"].map(|text| text.parse::<NaiveTime>().unwrap());
        for (text, expected) in given.into_iter().zip(expected) {
            assert_eq!(select(value(text.to_owned()).cast::<NaiveTime>()).one(db).await?, expected, "{text}");
            let at = value(format!("2024-02-29 {text}")).cast::<NaiveDateTime>();
            assert_eq!(select(at).one(db).await?.time(), expected, "{text}");
        }
        assert_eq!(select(null::<String>().cast::<NaiveTime>()).one(db).await?, None);
    }

    async fn of_texts_take_the_number_at_the_start(db: Database) {
        db.create_tables::<Other>().await?;
        let texts = ["zz", "", " -12.50 ", "1e3", "+7abc", ".5", "-0.125e1x", "1e", "5.", "-"];
        Other::insert_all((1..).zip(texts).map(|(id, text)| row(id, "2024-03-01T00:00:00", text))).execute(db).await?;
        let numbers = [0.0, 0.0, -12.5, 1000.0, 7.0, 0.5, -1.25, 1.0, 5.0, 0.0];
        assert_eq!(of!(db, |o| o.text.cast::<f64>()), numbers);
        assert_eq!(of!(db, |o| o.text.cast::<f32>()), numbers.map(|number| number as f32));
        assert_eq!(of!(db, |o| o.text.cast::<Decimal>()), numbers.map(|number| Decimal::try_from(number).unwrap()));
        assert_eq!(Other::query().filter(|o| o.text.cast::<Decimal>().gt(1)).count(db).await?, 3);
        assert_eq!(select(null::<String>().cast::<Decimal>()).one(db).await?, None);
    }
}
