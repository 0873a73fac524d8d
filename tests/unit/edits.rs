//! Rows that are changed.

use orm::assert_statements;
use orm::prelude::*;
use rust_decimal::Decimal;

use super::models::*;
use crate::support::models::*;

fn sample(id: u128, n: i8) -> Sample {
    Sample {
        id: Uuid::from_u128(id),
        truth: n == 1,
        tiny: n,
        big: 9_007_199_254_740_993 + n.unsigned_abs() as u64,
        real: 0.1 + f32::from(n),
        double: 1.0 / 3.0 + f64::from(n),
        exact: Decimal::new(-1_234_567_890_123, 6) + Decimal::from(n),
        text: format!("{n} \"quoted\" \\ 🦀\n\0 é"),
        bytes: vec![0, 255, n as u8, 39],
        day: NaiveDate::from_ymd_opt(2024, 2, 20 + n as u32).unwrap(),
        clock: NaiveTime::from_hms_micro_opt(23, 59, n as u32, 123_456).unwrap(),
        at: NaiveDate::from_ymd_opt(1999, 12, 31)
            .unwrap()
            .and_hms_micro_opt(23, 59, 59, 999_999)
            .unwrap()
            .and_utc(),
        json: serde_json::json!({"n": n, "list": [1, "two", null], "text": "it's \"that\""}),
        nothing: None,
    }
}

on_every_backend! {
    async fn only_the_columns_that_are_different_are_sent(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Ann Smith".into();
        s[ann].age = Some(41); // as it was
        let log = db.log();
        s.commit().await?;
        let [update] = &log.statements()[..] else { panic!("{log}") };
        let says = |word| update.sql.contains(word);
        assert!(says("name") && says("version") && !says("age"), "{update}");
        assert_eq!(s[ann].version, 2);
        assert_eq!(User::find(1).one(db).await?, s[ann]);
    }

    async fn nothing_is_sent_for_what_is_as_it_was(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].name.push('!');
        s[ann].name.pop();
        assert_statements!(db, 0, s.commit().await?);
        assert_eq!(s[ann].version, 1);
    }

    async fn what_the_server_computes_and_what_changes_by_itself_is_up_to_date(db: Database) {
        db.create_tables::<Article>().await?;
        let mut s = db.session();
        let articles: Vec<_> = (1..4)
            .map(|n| s.add(Article::insert().price(Decimal::ONE).quantity(n)))
            .collect();
        s.commit().await?;
        let first = s.saved(articles[0])?;
        let created = s[first].updated_at;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        for &article in &articles {
            let article = s.saved(article)?;
            s[article].quantity += 10;
            s[article].double = 99; // the server's, whatever is set
        }
        s.commit().await?;
        for &article in &articles {
            let article = s.saved(article)?;
            assert_eq!(s[article].double, s[article].quantity * 2);
            assert!(s[article].updated_at > created);
            assert_eq!(s[article], Article::find(s[article].id).one(db).await?);
        }
    }

    async fn values_of_all_kinds_are_changed_in_many_rows_at_once(db: Database) {
        db.create_tables::<Sample>().await?;
        Sample::insert_all((0..4).map(|n| sample(n, 1))).execute(db).await?;
        let mut s = db.session();
        let rows = Sample::query().order_by(|r| r.id.asc()).track(&mut s).await?;
        for (n, &row) in (2..).zip(&rows) {
            let id = s[row].id;
            s[row] = Sample { nothing: (n == 3).then(|| "something".to_owned()), ..sample(id.as_u128(), n) };
        }
        // Those in which an additional column changed, and the others.
        assert_statements!(db, 2, s.commit().await?);
        let stored = Sample::query().order_by(|r| r.id.asc()).all(db).await?;
        for (&row, stored) in rows.iter().zip(stored) {
            assert_eq!(s[row], stored);
        }
        for &row in &rows {
            s[row].nothing = Some("x".into());
        }
        s.commit().await?;
        for &row in &rows {
            s[row].nothing = None;
        }
        s.commit().await?;
        assert_eq!(Sample::query().filter(|r| r.nothing.is_null()).count(db).await?, 4);
    }

    async fn keys_of_text_find_their_rows(db: Database) {
        db.create_tables::<Seat>().await?;
        let mut s = db.session();
        for hall in ["a", "É", "it's"] {
            for number in 0..3 {
                s.add(Seat::insert().hall(hall).number(number));
            }
        }
        s.commit().await?;
        for seat in Seat::query().track(&mut s).await? {
            s[seat].guest = Some(format!("{} {}", s[seat].hall, s[seat].number));
        }
        assert_statements!(db, 1, s.commit().await?);
        let seats = Seat::query().all(db).await?;
        assert_eq!(seats.len(), 9);
        for seat in seats {
            assert_eq!((seat.guest, seat.version), (Some(format!("{} {}", seat.hall, seat.number)), 2));
        }
    }

    async fn a_changed_key_is_the_key_from_then_on(db: Database) {
        db.create_tables::<Employee>().await?;
        let mut s = db.session();
        let rows: Vec<_> = (1..4).map(|id| s.add(Employee { id, name: "x".into(), manager_id: None })).collect();
        s.commit().await?;
        for &row in &rows {
            let row = s.saved(row)?;
            s[row].id += 10;
        }
        // Until it is flushed, the row is found by the key that it has.
        let first = s.saved(rows[0])?;
        assert_eq!(s.get::<Employee>(1).await?, first);
        s.flush().await?;
        assert_eq!(assert_statements!(db, 0, s.get::<Employee>(11).await?), first);
        assert_eq!(s.find::<Employee>(1).await?, None);
        s.commit().await?;
        let ids = Employee::query().order_by(|e| e.id.asc()).select(|e| e.id).all(db).await?;
        assert_eq!(ids, [11, 12, 13]);
    }

    async fn queries_in_the_session_see_them(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Zoe".into();
        s.add(User::insert().email("new@example.org").name("Zoe"));
        assert_eq!(User::query().filter(|u| u.name.eq("Zoe")).count(&mut s).await?, 2);
        let changed = User::update().set(|u| u.age.to(1)).filter(|u| u.name.eq("Zoe")).execute(&mut s).await?;
        assert_eq!(changed, 2);
        s.rollback().await?;
        assert_eq!(User::query().filter(|u| u.name.eq("Zoe")).count(db).await?, 0);
    }

    async fn raw_statements_in_the_session_see_them(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Zoe".into();
        let name: String = sql!("SELECT name FROM {@User} WHERE id = 1").scalar(&mut s).await?;
        assert_eq!(name, "Zoe");
        s[ann].name = "Eve".into();
        let mut connection = s.connection().await?;
        connection.execute(sql!("SELECT name FROM {@User} WHERE id = 1")).await?;
        assert_eq!(connection.fetch_one::<(String,)>()?, Some(("Eve".to_owned(),)));
    }

    async fn a_value_that_does_not_fit_is_an_error_of_its_column(db: Database) {
        db.create_tables::<Article>().await?;
        let mut s = db.session();
        let articles = [1, 2].map(|n| s.add(Article::insert().price(Decimal::ONE).quantity(n)));
        s.commit().await?;
        for article in articles {
            let article = s.saved(article)?;
            s[article].price = Decimal::new(12345, 3);
        }
        let error = s.flush().await.unwrap_err();
        assert!(error.is_out_of_range(), "{error:?}");
        assert_eq!(error.columns(), ["price"]);
    }
}
