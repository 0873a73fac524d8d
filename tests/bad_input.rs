//! Wrong input: it gets the right kind of error, and everything still works afterwards.

use orm::prelude::*;
use orm::sql;

use crate::support::models::*;

/// The users table, with a column that it does not have.
#[derive(Model, Debug, Clone)]
#[orm(table = "users")]
pub struct Stranger {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub nickname: String,
}

#[derive(Model, Debug, Clone)]
pub struct Big {
    #[orm(primary_key)]
    pub id: u64,
    pub number: f64,
    #[orm(precision = (6, 2))]
    pub price: Decimal,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "days")]
struct Day {
    #[orm(primary_key, auto)]
    id: u64,
    date: NaiveDate,
    at: Option<DateTime<Utc>>,
}

on_every_backend! {
    async fn a_table_that_does_not_exist(db: Database) {
        let error = User::query().all(db).await.unwrap_err();
        assert!(error.is_no_such_table(), "{error:?}");
        assert!(error.to_string().contains("users"), "{error}");
        assert!(error.sql().is_some_and(|sql| sql.starts_with("SELECT ")), "{error:?}");
        shop(db).await?;
    }

    async fn a_table_that_was_not_created(db: Database) {
        let own = "; it is the table of the model `User`: create it with `create_tables::<User>()` or with a \
                   migration";
        let new = || User::insert().email("ann@example.org").name("Ann");
        let read = User::query().filter(|u| u.id.eq(1)).optional(db).await;
        let counted = User::query().count(db).await.map(drop);
        let made = sql!("SELECT {@User.id} FROM {@User}").scalar::<u64>(db).await.map(drop);
        let (batched, _) = orm::batch((User::query(), User::query())).run(db).await?;
        let streamed = User::query().stream(db).next().await.map(drop);
        let mut s = db.session();
        s.add(new());
        let flushed = s.flush().await;
        s.rollback().await?;
        let inserted = new().execute(db).await.map(drop);
        let results = [read.map(drop), counted, inserted, made, batched.map(drop), streamed, flushed];
        for error in results.map(Result::unwrap_err) {
            assert!(error.is_no_such_table() && error.to_string().ends_with(own), "{error:?}");
        }

        db.create_tables::<User>().await?;
        let joined = User::query().left_join(|u| u.posts()).all(db).await.unwrap_err();
        let other = "; if it is the table of a model, create it with `create_tables` or with a migration";
        assert!(joined.to_string().contains("posts") && joined.to_string().ends_with(other), "{joined}");
        // There is no hint for a table without a model.
        let by_hand = sql!("SELECT 1 FROM nowhere").execute(db).await.unwrap_err();
        assert!(!by_hand.to_string().contains(';'), "{by_hand}");
    }

    async fn a_column_that_differs_from_the_model(db: Database) {
        shop(db).await?;
        for error in [Stranger::query().all(db).await.unwrap_err(), Stranger::insert().nickname("x").execute(db).await.unwrap_err()] {
            assert!(error.is_no_such_column(), "{error:?}");
            assert!(error.to_string().contains("nickname"), "{error}");
            let advice = "; if it is a column of a model, the table lacks it: add it with a migration; \
                          `Schema::verify::<Stranger>(&db)` lists how the table differs";
            assert!(error.to_string().ends_with(advice), "{error}");
        }
        let by_hand = sql!("SELECT nickname FROM users").execute(db).await.unwrap_err();
        assert!(by_hand.is_no_such_column() && !by_hand.to_string().contains(';'), "{by_hand}");
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn a_duplicate_key(db: Database) {
        shop(db).await?;
        let error = User::insert().email("ann@example.org").name("Again").execute(db).await.unwrap_err();
        assert!(error.is_unique_violation(), "{error:?}");
        let named = error.constraint().map(str::to_owned).or(error.columns().first().cloned());
        assert!(named.is_some_and(|name| name.contains("email")), "{error:?}");
        assert!(!format!("{error:?}").contains("ann@example.org"), "values stay out of errors: {error:?}");
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn a_value_too_long(db: Database) {
        shop(db).await?;
        let error = User::insert().email("x".repeat(191)).name("Long").execute(db).await.unwrap_err();
        assert!(error.is_too_long(), "{error:?}");
        assert_eq!(error.columns(), ["email"]);
        assert!(!format!("{error:?}").contains("xxx"), "{error:?}");
        assert_eq!(User::insert().email("é".repeat(190)).name("Fits").execute(db).await?, 1);
    }

    async fn a_sum_that_its_column_cannot_hold(db: Database) {
        shop(db).await?;
        let error = User::update().set(|u| u.age.to(u.age.add(i32::MAX))).all_rows().execute(db).await.unwrap_err();
        assert!(error.is_out_of_range(), "{error:?}");
        assert_eq!(error.columns(), ["age"]);
        assert_eq!(User::query().filter(|u| u.age.eq(41)).count(db).await?, 1);
    }

    async fn a_foreign_key_to_nowhere(db: Database) {
        shop(db).await?;
        let error = Post::insert().author_id(99).title("x").execute(db).await.unwrap_err();
        assert!(error.is_foreign_key_violation(), "{error:?}");
        assert_eq!(Post::query().count(db).await?, 4);
    }

    async fn numbers_that_no_column_holds(db: Database) {
        db.create_tables::<Big>().await?;
        let big = Big { id: 1, number: 1.0, price: Decimal::ONE };
        let error = Big::insert_all([Big { number: f64::NAN, ..big.clone() }]).execute(db).await.unwrap_err();
        assert!(error.is_out_of_range(), "{error:?}");
        assert_eq!(error.to_string(), "`Big.number`: NaN cannot be stored, since databases only store finite numbers");
        let error = Big::query().filter(|b| b.number.lt(f64::INFINITY)).all(db).await.unwrap_err();
        assert!(error.is_out_of_range(), "{error:?}");
        for price in [Decimal::new(1_234, 3), Decimal::from(10_000)] {
            let error = Big::insert_all([Big { price, ..big.clone() }]).execute(db).await.unwrap_err();
            assert!(error.is_out_of_range(), "{error:?}");
            assert_eq!(
                error.to_string(),
                "`Big.price`: the number has more digits than the column holds: 4 before the point and 2 after it"
            );
        }
        Big::insert_all([Big { price: Decimal::new(-999_999, 2), ..big.clone() }]).execute(db).await?;
        assert_eq!(Big::query().count(db).await?, 1);
    }

    async fn years_that_no_column_holds(db: Database) {
        db.create_tables::<Day>().await?;
        for year in [10_000, -1] {
            let date = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let error = Day::insert().date(date).execute(db).await.unwrap_err();
            assert!(error.is_out_of_range(), "{error:?}");
            assert_eq!(error.to_string(), format!("`Day.date`: the year {year} is out of the range that databases store, 0 to 9999"));
            let error = Day::query().filter(|d| d.at.lt(date.and_time(NaiveTime::MIN).and_utc())).all(db).await.unwrap_err();
            assert!(error.is_out_of_range() && error.sql().is_none(), "{error:?}");
        }
        for date in ["0000-01-01", "9999-12-31"].map(|date| date.parse::<NaiveDate>().unwrap()) {
            let day = Day::insert().date(date).at(date.and_hms_opt(23, 59, 59).unwrap().and_utc()).returning(db).await?;
            assert_eq!(Day::find(day.id).one(db).await?, day);
        }
    }

    /// On servers, the column type rounds and rejects; on SQLite, which has no exact numeric type, a function does.
    async fn what_is_computed_fits_its_column(db: Database) {
        db.create_tables::<Big>().await?;
        let price = Decimal::new(355, 2);
        Big::insert_all([Big { id: 1, number: 1.0, price }]).execute(db).await?;
        let times = |factor: &str| {
            let factor: Decimal = factor.parse().unwrap();
            Big::update().set(move |b| b.price.to(b.price.mul(factor))).all_rows()
        };
        times("1.055").execute(db).await?; // 3.74525
        let prices = || Big::query().order_by(|b| b.id.asc()).select(|b| b.price);
        assert_eq!(prices().one(db).await?, Decimal::new(375, 2));
        times("-1.1").execute(db).await?; // -4.125: halves are rounded away from zero
        assert_eq!(prices().one(db).await?, Decimal::new(-413, 2));

        let error = times("10000").execute(db).await.unwrap_err();
        assert!(error.is_out_of_range(), "{error:?}");
        assert_eq!(error.columns(), ["price"]);
        assert!(error.violates::<Big>(|b| b.price));

        // Rows of an INSERT, of INSERT … SELECT, and of an upsert.
        let third = Decimal::new(333, 3);
        let new = Big::insert_from(Big::query(), |b| Big::insert().id(2).number(b.number).price(b.price.mul(third)));
        new.execute(db).await?;
        assert_eq!(prices().all(db).await?, [Decimal::new(-413, 2), Decimal::new(-138, 2)]);
        let again = Big::insert_all([Big { id: 2, number: 1.0, price: Decimal::ONE }]);
        again.on_conflict(|b| b.id).update(|b, new| b.price.to(b.price.mul(new.price).mul(third))).execute(db).await?;
        assert_eq!(prices().all(db).await?, [Decimal::new(-413, 2), Decimal::new(-46, 2)]);
        let one = case::<Decimal>().when(any_of([]), Decimal::ONE).otherwise(Decimal::new(1_004, 3));
        Big::insert().id(3).number(1.0).price(one).execute(db).await?;
        assert_eq!(prices().all(db).await?[2], Decimal::ONE);
    }

    async fn two_to_the_63rd(db: Database) {
        db.create_tables::<Big>().await?;
        let big = Big { id: 1 << 63, number: 1.0, price: Decimal::ONE };
        let signed = !db.dialect().unsigned_big_integers;
        match Big::insert_all([&big]).execute(db).await {
            Ok(_) if !signed => assert_eq!(Big::find(1u64 << 63).one(db).await?.id, 1 << 63),
            Err(error) if signed => {
                assert!(error.is_out_of_range(), "{error:?}");
                assert_eq!(
                    error.to_string(),
                    "`Big.id`: an integer above 9223372036854775807 does not fit SQLite, whose integers are signed"
                );
                assert!(Big::find(u64::MAX).optional(db).await.unwrap_err().is_out_of_range());
                assert!(Big::query().filter(|b| b.id.is_in([1, u64::MAX])).all(db).await.unwrap_err().is_out_of_range());
            }
            other => panic!("{other:?}"),
        }
        assert!(Big::query().count(db).await? <= 1);
    }

    async fn hostile_text_stays_text(db: Database) {
        shop(db).await?;
        let texts = ["'; DROP TABLE users; --", "\" OR 1=1", "\\'", "`", "?", "{}", "%s", "/*", "\0", "🦀", "\u{feff}", "a\nb"];
        for text in texts {
            let user = User::insert().email(text).name(text).returning(db).await?;
            assert_eq!((user.name.as_str(), user.email.as_str()), (text, text));
            assert_eq!(User::query().filter(|u| u.email.eq(text)).one(db).await?.id, user.id, "{text:?}");
            User::delete().filter(|u| u.id.eq(user.id)).execute(db).await?;
        }
        assert_eq!(User::query().count(db).await?, 3);
    }
}

on_servers! {
    async fn a_value_larger_than_a_packet(fresh: Fresh) {
        use mysql_async::prelude::Queryable as _;
        let db = &fresh.db;
        shop(db).await?;
        let mut admin = fresh.admin().await;
        let packet: usize = admin.query_first("SELECT @@max_allowed_packet").await.unwrap().unwrap();
        admin.disconnect().await.unwrap();
        let big = "x".repeat(packet + 1);
        let error = Post::insert().author_id(1).title(&big).execute(db).await.unwrap_err();
        assert!(error.is_too_long(), "{error:?}");
        assert_eq!(Post::insert().author_id(1).title(&big[..packet / 4]).execute(db).await?, 1);
    }

    async fn wrong_logins(fresh: Fresh) {
        let with = |url: String| Database::open(&url).unwrap();
        let wrong_password = with(fresh.url.replace("root@", "root:secret@"));
        let error = wrong_password.ping().await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert!(error.to_string().starts_with("cannot connect to `root@127.0.0.1:"), "{error}");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
        let no_database = with(format!("{}_is_not_there", fresh.url));
        let error = no_database.ping().await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert!(error.to_string().contains("_is_not_there"), "{error}");
    }
}
