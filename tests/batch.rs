//! Several statements in one round trip.

use orm::prelude::*;
use orm::{assert_statements, batch, sql};

use crate::raw::HOSTILE;
use crate::support::models::*;

/// Returns the expected number of round trips, which only servers have.
fn trips(db: &Database, on_servers: usize, otherwise: usize) -> usize {
    if db.dialect().name == "SQLite" { otherwise } else { on_servers }
}

#[derive(Model, Debug, Clone, PartialEq)]
struct Sample {
    #[orm(primary_key)]
    id: i64,
    big: u64,
    double: f64,
    truth: bool,
    text: Option<String>,
    bytes: Vec<u8>,
    exact: Decimal,
    day: NaiveDate,
    clock: NaiveTime,
    at: DateTime<Utc>,
    json: serde_json::Value,
    key: Uuid,
}

#[derive(Model, Debug, Clone, PartialEq)]
struct Single {
    #[orm(primary_key)]
    id: i64,
    value: f32,
}

fn sample(id: i64, text: &str) -> Sample {
    let at = DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap();
    Sample {
        id,
        big: u64::MAX >> 1,
        double: 0.1 + 0.2,
        truth: true,
        text: Some(text.to_owned()),
        bytes: text.bytes().chain([0, 255]).collect(),
        exact: "-0.0000000001".parse().unwrap(),
        day: at.date_naive(),
        clock: at.time(),
        at,
        json: serde_json::json!({ "text": text }),
        key: Uuid::from_u128(7),
    }
}

on_every_backend! {
    async fn gives_each_statement_its_result(db: Database) {
        let users = shop(db).await?;
        let trips = trips(db, 1, 4);
        assert_statements!(db, trips, {
            let (adults, names, counts, changed) = batch((
                User::query().filter(|u| u.age.ge(18)),
                User::query().order_by(|u| u.id.desc()).select(|u| u.name),
                sql!("SELECT author_id, count(*) FROM {@Post} GROUP BY author_id ORDER BY author_id").typed::<(u64, i64)>(),
                sql!("UPDATE {@User} SET age = 7 WHERE age IS NULL OR age < 18"),
            ))
            .run(db)
            .await?;
            assert_eq!(adults?, users[..1]);
            assert_eq!(names?, ["Cid", "Bob", "Ann"]);
            assert_eq!(counts?[0].0, 1);
            assert_eq!(changed?, 2);
        });
        assert_eq!(User::query().filter(|u| u.age.eq(7)).count(db).await?, 2);
        // The connection is still usable.
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn reads_values_of_every_type(db: Database) {
        db.create_tables::<Sample>().await?;
        let samples: Vec<Sample> = (1..).zip(HOSTILE).map(|(id, text)| sample(id, text)).collect();
        Sample::insert_all(&samples).execute(db).await?;
        let all = || Sample::query().order_by(|s| s.id.asc());
        let sums = all().aggregate(|g| (g.count(), g.sum(|s| s.id), g.avg(|s| s.id), g.max(|s| s.double)));
        let expected = sums.clone().one(db).await?;
        let (found, sums, empty) = batch((all(), sums, all().filter(|s| s.id.lt(0)))).run(db).await?;
        assert_eq!(found?, samples);
        assert_eq!(sums?, [expected]);
        assert!(empty?.is_empty());
    }

    async fn never_writes_texts_into_statements(db: Database) {
        db.create_tables::<Sample>().await?;
        let samples: Vec<Sample> = (1..).zip(HOSTILE).map(|(id, text)| sample(id, text)).collect();
        Sample::insert_all(&samples).execute(db).await?;
        for text in HOSTILE {
            // With a binary suffix: some collations consider an empty string equal to another one.
            let by_text = Sample::query().filter(|s| s.bytes.eq(text.bytes().chain([0, 255]).collect::<Vec<u8>>()));
            let typed = Sample::query().filter(|s| s.text.eq(*text)).select(|s| s.id);
            let by_hand = sql!("SELECT {text}").typed::<String>();
            let (first, typed, by_hand, last) =
                batch((by_text, typed, by_hand, Sample::query().filter(|s| s.id.eq(1)))).run(db).await?;
            assert_eq!(first?[0].text.as_deref(), Some(*text));
            assert!(!typed?.is_empty());
            assert_eq!(by_hand?, [*text]);
            assert_eq!(last?.len(), 1);
        }
    }

    async fn stops_at_the_first_that_fails(db: Database) {
        shop(db).await?;
        let gone = || sql!("DELETE FROM {@Comment} WHERE id = 1");
        let (done, wrong, never) = batch((gone(), sql!("DELETE FROM no_such_table"), sql!("DELETE FROM {@Comment}"))).run(db).await?;
        assert_eq!(done?, 1);
        assert!(wrong.unwrap_err().is_no_such_table());
        let never = never.unwrap_err();
        assert!(never.is_not_run());
        assert_eq!(never.to_string(), "the statement was not run, because an earlier one in its batch failed");
        assert_eq!(Comment::query().count(db).await?, 2);
        let (wrong, never) = batch((sql!("SELEKT 1"), gone())).run(db).await?;
        assert!(wrong.is_err() && never.unwrap_err().is_not_run());
        let (first, last) = batch((User::query(), sql!("INSERT INTO {@User} (id, email, name, created_at, version) VALUES (1, 'x', 'x', '2024-01-01', 1)"))).run(db).await?;
        assert_eq!(first?.len(), 3);
        assert!(last.unwrap_err().is_unique_violation());
        // A row that cannot be decoded is an error of its own statement; the next statement has run.
        let (unreadable, read) = batch((sql!("SELECT name FROM {@User}").typed::<i64>(), User::query())).run(db).await?;
        assert!(unreadable.unwrap_err().is_decode());
        assert_eq!(read?.len(), 3);
        let (unwritten, never) = batch((sql!("SELECT {name}", name = 1).typed::<i64>(), orm::raw::sql("SELECT {open}"))).run(db).await?;
        assert_eq!(unwritten?, [1]);
        assert!(never.unwrap_err().is_invalid_query());
    }

    async fn is_a_part_of_its_transaction(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        s.add(User::insert().email("new@example.org").name("New"));
        let (users, gone) = batch((User::query(), sql!("DELETE FROM {@Comment}"))).run(&mut s).await?;
        assert_eq!((users?.len(), gone?), (4, 3));
        let (wrong, _) = batch((sql!("DELETE FROM no_such_table"), User::query())).run(&mut s).await?;
        assert!(wrong.is_err() && s.is_active());
        s.rollback().await?;
        assert_eq!((User::query().count(db).await?, Comment::query().count(db).await?), (3, 3));
        // A statement that would end the transaction is rejected.
        if db.dialect().ddl.commits {
            let (fine, refused) = batch((User::query(), sql!("CREATE TABLE t (n INT)"))).run(&mut s).await?;
            assert!(fine.is_ok() && refused.unwrap_err().is_unsupported());
        }
        let lock = || User::query().for_update();
        let (_, refused) = batch((User::query(), lock())).run(db).await?;
        assert!(refused.unwrap_err().is_invalid_query());
        let (_, locked) = batch((User::query(), lock())).run(&mut s).await?;
        assert_eq!(locked?.len(), 4); // what was rolled back is added again
    }

    async fn mixes_up_no_statements(db: Database) {
        shop(db).await?;
        let (a, b, c, d) = batch((
            sql!("SELECT 1 -- and so on").typed::<i64>(),
            sql!("SELECT 2 /* ; */").typed::<i64>(),
            sql!("SELECT '?;#' AS `text`").typed::<String>(),
            sql!("SELECT 3").typed::<i64>(),
        ))
        .run(db)
        .await?;
        assert_eq!((a?, b?, c?, d?), (vec![1], vec![2], vec!["?;#".to_owned()], vec![3]));
        let with = User::query().with(|u| u.posts());
        let (users, refused) = batch((User::query(), with)).run(db).await?;
        assert_eq!(users?.len(), 3);
        assert!(refused.unwrap_err().to_string().contains("run the query by itself"));
    }
}

on_servers! {
    async fn refuses_to_read_rounded_numbers(fresh: Fresh) {
        let db = &fresh.db;
        db.create_tables::<Single>().await?;
        Single::insert_all([Single { id: 1, value: 0.123_456_79 }]).execute(db).await?;
        let (rounded, count) = batch((Single::query(), sql!("SELECT count(*) FROM {@Single}").typed::<i64>())).run(db).await?;
        assert!(rounded.unwrap_err().to_string().contains("run this statement by itself"));
        assert!(count.is_err());
        assert_eq!(Single::query().count(db).await?, 1);
    }

    async fn with_procedures_takes_several_round_trips(fresh: Fresh) {
        let db = &fresh.db;
        orm::raw::sql("CREATE PROCEDURE two() BEGIN SELECT 1; SELECT 2; END").execute(db).await?;
        let (a, b, c) = batch((sql!("SELECT 0").typed::<i64>(), sql!("CALL two()").typed::<i64>(), sql!("SELECT 3").typed::<i64>())).run(db).await?;
        assert_eq!((a?, b?, c?), (vec![0], vec![1], vec![3]));
    }
}
