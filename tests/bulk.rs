//! Bulk loads.

use std::time::Duration;

use orm::dialect::MYSQL;
use orm::prelude::*;
use orm::{ErrorKind, sql};

use crate::raw::HOSTILE;
use crate::support::models::*;

/// A column of each type.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: Uuid,
    pub text: String,
    pub maybe_text: Option<String>,
    pub bytes: Vec<u8>,
    pub truth: bool,
    pub small: i8,
    pub big: i64,
    pub maybe_big: Option<u32>,
    pub single: f32,
    pub double: f64,
    pub exact: Decimal,
    pub day: NaiveDate,
    pub clock: NaiveTime,
    pub at: DateTime<Utc>,
    pub json: serde_json::Value,
    pub maybe_id: Option<Uuid>,
}

/// A row with a single text column.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Word {
    #[orm(primary_key, length = 60)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(check = "sensor >= 0")]
pub struct Reading {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique)]
    pub sensor: i32,
    #[orm(length = 5)]
    pub unit: Option<String>,
    #[orm(server_default = "7")]
    pub weight: i32,
}

fn thing(number: u128, text: &str) -> Thing {
    let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    let clock = NaiveTime::from_hms_micro_opt(23, 59, 59, 123_456).unwrap();
    Thing {
        id: Uuid::from_u128(number << 64 | 0x5C09_0A00_27FF),
        text: text.to_owned(),
        maybe_text: Some(text.to_owned()),
        bytes: text.bytes().chain(0..=255).collect(),
        truth: number.is_multiple_of(2),
        small: i8::MIN,
        big: i64::MIN,
        maybe_big: Some(u32::MAX),
        single: 0.1,
        double: -1.0e-300,
        exact: "-12345678901234.0123456789".parse().unwrap(),
        day,
        clock,
        at: day.and_time(clock).and_utc(),
        json: serde_json::json!({ "text": text, "list": [1, null, "\t\n\\"] }),
        maybe_id: Some(Uuid::max()),
    }
}

fn empty() -> Thing {
    Thing {
        maybe_text: None,
        bytes: vec![],
        small: 127,
        big: i64::MAX,
        maybe_big: None,
        single: f32::MIN_POSITIVE,
        double: f64::MAX,
        json: serde_json::Value::Null,
        maybe_id: None,
        ..thing(1_000, "")
    }
}

fn reading(sensor: i32) -> Reading {
    Reading { id: 0, sensor, unit: Some("m".to_owned()), weight: 1 }
}

on_every_backend! {
    async fn keeps_every_value_as_it_is(db: Database) {
        db.create_tables::<(Thing, Word)>().await?;
        let mut things: Vec<Thing> = (1..).zip(HOSTILE).map(|(number, text)| thing(number, text)).collect();
        things.extend([thing(500, "\\N"), thing(501, "\t"), thing(502, &"\\\n\t\0🦀'".repeat(3_000)), empty()]);
        assert_eq!(Thing::insert_all(&things).bulk().execute(db).await?, things.len() as u64);
        assert_eq!(Thing::query().order_by(|t| t.id.asc()).all(db).await?, things);
        // Numbered, since collations consider some of them equal.
        let words = HOSTILE.iter().enumerate().map(|(number, text)| Word { word: format!("{number}{text}") });
        let words: Vec<Word> = words.chain([Word { word: String::new() }]).collect();
        Word::insert_all(&words).bulk().execute(db).await?;
        let mut found = Word::query().all(db).await?;
        let mut expected = words;
        found.sort_by(|a, b| a.word.cmp(&b.word));
        expected.sort_by(|a, b| a.word.cmp(&b.word));
        assert_eq!(found, expected);
    }

    async fn leaves_to_the_server_what_rows_do_not_say(db: Database) {
        db.create_tables::<Reading>().await?;
        let rows = [
            Reading::insert().sensor(1),
            Reading::insert().sensor(2).weight(3),
            Reading::insert().sensor(3).unit("km").id(40),
            Reading::insert().sensor(4).unit(None),
        ];
        assert_eq!(Reading::insert_all(rows).bulk().execute(db).await?, 4);
        let found = Reading::query().order_by(|r| r.sensor.asc()).all(db).await?;
        let weights: Vec<i32> = found.iter().map(|row| row.weight).collect();
        assert_eq!((weights, found[2].id, found[3].id), (vec![7, 3, 7, 7], 40, 41));
        // Expressions computed by the server fall back to INSERT.
        let computed = Reading::insert().sensor(value(4).add(5));
        assert_eq!(Reading::insert_all([computed]).bulk().execute(db).await?, 1);
        assert!(Reading::query().filter(|r| r.sensor.eq(9)).exists(db).await?);
        assert_eq!(Reading::insert_all(Vec::<Reading>::new()).bulk().execute(db).await?, 0);
    }

    async fn loads_several_portions_and_reports_progress(db: Database) {
        db.create_tables::<Reading>().await?;
        let mut told = Vec::new();
        let load = Reading::insert_all((0..35_000).map(reading)).bulk().progress(|rows| told.push(rows));
        assert_eq!(load.execute(db).await?, 35_000);
        assert!(told.len() > 1 && told.is_sorted() && told.last() == Some(&35_000), "{told:?}");
        let (count, sum) = Reading::query().aggregate(|g| (g.count(), g.sum(|r| r.sensor))).one(db).await?;
        assert_eq!((count, sum), (35_000, Some(34_999 * 35_000 / 2)));
    }

    async fn that_fails_inserts_nothing(db: Database) {
        db.create_tables::<(Reading, User, Profile)>().await?;
        let last = |wrong: Reading| Reading::insert_all((0..35_000).map(reading).chain([wrong])).bulk();
        let taken = last(reading(5)).execute(db).await.unwrap_err();
        assert!(taken.is_unique_violation() && taken.violates::<Reading>(|r| r.sensor), "{taken:?}");
        assert!(taken.sql().is_some());
        let bad = last(reading(-1)).execute(db).await.unwrap_err();
        assert!(bad.is_check_violation(), "{bad:?}");
        let long = Reading { unit: Some("fathom".to_owned()), ..reading(200_000) };
        let long = last(long).execute(db).await.unwrap_err();
        assert!(long.is_too_long() && long.violates::<Reading>(|r| r.unit), "{long:?}");
        let nobody = Profile::insert_all([Profile { user_id: 99, bio: String::new() }]).bulk().execute(db).await.unwrap_err();
        assert!(nobody.is_foreign_key_violation(), "{nobody:?}");
        assert_eq!(Reading::query().count(db).await?, 0);
        assert_eq!(Reading::insert_all([reading(1)]).bulk().execute(db).await?, 1);
    }

    async fn is_a_part_of_the_transaction_that_it_is_in(db: Database) {
        db.create_tables::<Reading>().await?;
        let mut s = db.session();
        s.add(Reading::insert().sensor(1));
        assert_eq!(Reading::insert_all([reading(2)]).bulk().execute(&mut s).await?, 1);
        let wrong = (10..35_000).map(reading).chain([reading(1)]);
        assert!(Reading::insert_all(wrong).bulk().execute(&mut s).await.unwrap_err().is_unique_violation());
        // The load is undone by itself: the transaction goes on.
        assert_eq!(Reading::query().count(&mut s).await?, 2);
        Reading::insert_all([reading(3)]).bulk().execute(&mut s).await?;
        s.commit().await?;
        assert_eq!(Reading::query().count(db).await?, 3);
        Reading::insert_all([reading(4)]).bulk().execute(&mut s).await?;
        s.rollback().await?;
        assert_eq!(Reading::query().count(db).await?, 3);
    }

    async fn on_a_checked_out_connection_leaves_nothing_open(db: Database) {
        db.create_tables::<Reading>().await?;
        let mut connection = db.connection().await?;
        let wrong = [reading(1), reading(1)];
        assert!(Reading::insert_all(wrong).bulk().execute(&mut connection).await.unwrap_err().is_unique_violation());
        connection.execute(sql!("INSERT INTO {@Reading} (sensor) VALUES (5)")).await?;
        drop(connection);
        assert_eq!(Reading::query().select(|r| r.sensor).all(db).await?, [5]);
    }

    async fn takes_rows_from_streams(db: Database) {
        db.create_tables::<(Reading, Word)>().await?;
        Reading::insert_all((0..2_000).map(reading)).execute(db).await?;
        let numbers = Reading::query().order_by(|r| r.sensor.asc()).select(|r| r.sensor).stream(db);
        assert_eq!(Word::insert_stream(Words(numbers, None)).execute(db).await?, 2_000);
        Word::delete().all_rows().execute(db).await?;
        let numbers = Reading::query().order_by(|r| r.sensor.asc()).select(|r| r.sensor).stream(db);
        let failed = Word::insert_stream(Words(numbers, Some(1_500))).execute(db).await.unwrap_err();
        assert_eq!(failed.to_string(), "no more");
        assert_eq!(Word::query().count(db).await?, 0);
    }

    async fn that_is_dropped_leaves_nothing(db: Database) {
        db.create_tables::<Page>().await?;
        let cut_off = async |load: orm::Pending<'_, u64>| {
            assert!(tokio::time::timeout(Duration::from_secs(2), load).await.is_err());
        };
        let mut s = db.session();
        s.add(Page::insert().body("first"));
        cut_off(Page::insert_stream(Stuck(0)).execute(&mut s)).await;
        assert_eq!(Page::query().count(&mut s).await?, 1);
        s.commit().await?;
        cut_off(Page::insert_stream(Stuck(0)).execute(db)).await;
        let mut connection = db.connection().await?;
        cut_off(Page::insert_stream(Stuck(0)).execute(&mut connection)).await;
        assert_eq!(Page::query().count(&mut connection).await?, 1);
        drop(connection);
        assert_eq!(Page::query().count(db).await?, 1);
    }

    async fn keeps_to_scopes(db: Database) {
        db.create_tables::<Reading>().await?;
        let db = &db.scoped::<Reading>(|r| r.weight.eq(2));
        let wrong = Reading::insert_all([reading(1)]).bulk().execute(db).await.unwrap_err();
        assert!(wrong.is_outside_scope(), "{wrong:?}");
    }
}

/// Words made from another stream's numbers, with an error in place of one of them.
struct Words<'a>(orm::RowStream<'a, i32>, Option<i32>);

impl futures_core::Stream for Words<'_> {
    type Item = orm::Result<Word>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let wrong = self.1;
        std::pin::Pin::new(&mut self.0).poll_next(context).map(|number| {
            number.map(|number| match number? {
                number if Some(number) == wrong => Err(orm::Error::new(ErrorKind::Decode, "no more")),
                number => Ok(Word { word: number.to_string() }),
            })
        })
    }
}

#[derive(Model)]
#[allow(dead_code, reason = "only their number is of interest")]
pub struct Page {
    #[orm(primary_key, auto)]
    id: u64,
    body: String,
}

/// More than one chunk of rows, and then nothing, forever.
struct Stuck(u64);

impl futures_core::Stream for Stuck {
    type Item = orm::Result<Page>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0 += 1;
        match self.0 {
            ..70 => std::task::Poll::Ready(Some(Ok(Page { id: 0, body: "x".repeat(100_000) }))),
            _ => std::task::Poll::Pending,
        }
    }
}

on_servers! {
    async fn is_refused_unless_the_program_allows_it(fresh: Fresh) {
        fresh.db.create_tables::<Reading>().await?;
        let db = Database::open(&fresh.url)?;
        let error = Reading::insert_all([reading(1)]).bulk().execute(&db).await.unwrap_err();
        assert!(error.is_unsupported(), "{error:?}");
        assert_eq!(
            error.to_string(),
            "a bulk load needs the option `local_infile=true` in the URL, and the server variable \
             `local_infile` set to ON; without `bulk()`, the same rows are sent as inserts"
        );
        assert_eq!(Reading::insert_all([reading(1)]).execute(&db).await?, 1);
    }

    async fn sends_no_local_files(fresh: Fresh) {
        let db = &fresh.db;
        db.create_tables::<Word>().await?;
        let load = sql!("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE {@Word}");
        let error = load.execute(db).await.unwrap_err();
        assert!(error.is_unsupported(), "{error:?}");
        assert!(error.to_string().contains("which is never sent"), "{error}");
        // Nor is data of an earlier load sent.
        assert!(Word::insert_all([Word { word: "a".into() }]).bulk().execute(db).await.is_ok());
        let no_table = sql!("DROP TABLE {@Word}").execute(db).await;
        assert!(no_table.is_ok());
        assert!(Word::insert_all([Word { word: "a".into() }]).bulk().execute(db).await.unwrap_err().is_no_such_table());
        db.create_tables::<Word>().await?;
        for _ in 0..12 {
            let load = sql!("LOAD DATA LOCAL INFILE 'rows' INTO TABLE {@Word}");
            assert!(load.execute(db).await.is_err());
        }
        assert_eq!(Word::query().count(db).await?, 0);
    }

    async fn takes_numbers_as_numbers_whatever_the_type(fresh: Fresh) {
        let db = &fresh.db;
        db.create_tables::<Odd>().await?;
        let rows = [Odd { id: 1, bits: 5, choice: Some(2) }, Odd { id: 2, bits: 49, choice: None }];
        Odd::insert_all(&rows).execute(db).await?;
        let stored = |least: i32| sql!("SELECT HEX(bits), choice FROM {@Odd} WHERE id >= {least} ORDER BY id").all::<(String, Option<String>)>(db);
        let expected = stored(0).await?;
        Odd::delete().all_rows().execute(db).await?;
        Odd::insert_all(&rows).bulk().execute(db).await?;
        assert_eq!(stored(0).await?, expected);
    }
}

/// Server-specific types.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Odd {
    #[orm(primary_key)]
    pub id: i32,
    #[orm(sql_type = "BIT(8)")]
    pub bits: u8,
    #[orm(sql_type = "ENUM('7', '8')")]
    pub choice: Option<i32>,
}

#[test]
fn is_written_as_a_statement_with_a_file() {
    assert!(MYSQL.load.is_some() && orm::dialect::SQLITE.load.is_none());
}
