//! Raw SQL.

use std::collections::BTreeSet;

use orm::prelude::*;
use orm::raw::{self, Map, sql, sql_unchecked};
use orm::value::Datum;
use orm::{ErrorKind, sql};

use crate::support::models::*;

/// Text that would break out of a statement, or be truncated, if it ever became part of the SQL.
pub const HOSTILE: &[&str] = &[
    "",
    "'",
    "''",
    "\"",
    "`",
    "\\",
    "\\'",
    "'; DROP TABLE users; --",
    "\" OR \"\" = \"",
    "a\0b",
    "?",
    "{email}",
    "{{}}",
    ":name @x $1 %s",
    "-- x",
    "# x",
    "/* x */",
    "%_!",
    "\r\n\t\u{1a}\u{8}",
    "Ünï ⊕ 🦀 \u{202e}x",
    "NULL",
    "\u{feff}",
];

#[derive(Row, Debug, Clone, PartialEq)]
struct Writer {
    name: String,
    posts: i64,
    newest: Option<u64>,
}

#[derive(Model, Debug, PartialEq)]
#[orm(table = "odd \"names\" `of` things")]
struct Odd {
    #[orm(primary_key, column = "the key?")]
    id: i32,
    #[orm(column = "a {brace}")]
    text: String,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
struct Age(i32);

on_every_backend! {
    async fn binds_what_is_in_braces(db: Database) {
        shop(db).await?;
        let (email, ids) = ("ann@example.org", vec![1u64, 2, 3]);
        let users: Vec<User> =
            sql!("SELECT * FROM {@User} WHERE {@User.email} = {email} AND id IN ({..ids})").all(db).await?;
        assert_eq!(users, User::query().filter(|u| u.email.eq(email)).all(db).await?);
        let user = &users[0];
        let pair = (user.id, "x");
        let name: String = sql!("SELECT name FROM {@User} WHERE id = {pair.0} AND email = {user.email}").scalar(db).await?;
        assert_eq!(name, "Ann");
        let count = sql!("SELECT count(*) FROM {@User} WHERE id > {least} AND id < {most}", least = pair.0 - 1, most = 3);
        assert_eq!(count.scalar::<i64>(db).await?, 2);
    }

    async fn takes_every_kind_of_value(db: Database) {
        shop(db).await?;
        let none: Option<&str> = None;
        let some = Some(Age(41));
        let (age, day, at) = (&Age(41), NaiveDate::from_ymd_opt(2026, 1, 1), orm::now());
        let owned = String::from("Ann");
        let count = sql!(
            "SELECT count(*) FROM {@User} WHERE age = {some} AND age = {age} AND name = {owned} \
             AND created_at <= {at} AND created_at > {day} AND ({none} IS NULL)"
        );
        assert_eq!(count.scalar::<i64>(db).await?, 1);
        let price = Decimal::new(1999, 2);
        let (bytes, id, truth) = (&b"\0\xff"[..], Uuid::from_u128(7), true);
        let row: (Decimal, Vec<u8>, Uuid, bool, f64) =
            sql!("SELECT {price}, {bytes}, {id}, {truth}, {half}", half = 0.5).one(db).await?;
        assert_eq!(row, (price, bytes.to_vec(), id, true, 0.5));
    }

    async fn the_same_text_takes_values_of_other_types(db: Database) {
        let mut s = db.session();
        macro_rules! equal {
            ($a:expr, $b:expr) => {{
                let (a, b) = ($a, $b);
                sql!("SELECT {a} = {b}").scalar::<Option<bool>>(&mut s).await?
            }};
        }
        let day = |day| NaiveDate::from_ymd_opt(2024, 1, day).unwrap();
        for _ in 0..2 {
            assert_eq!((equal!(0, 0), equal!("x", "a"), equal!("", "")), (Some(true), Some(false), Some(true)));
            assert_eq!((equal!(0.5, 0.5), equal!(i64::MIN, i64::MIN + 1)), (Some(true), Some(false)));
            assert_eq!((equal!(day(1), day(2)), equal!(2, 3), equal!("x", "x")), (Some(false), Some(false), Some(true)));
            assert_eq!((equal!(None::<i64>, 1), equal!("x", "a"), equal!(1, 1), equal!("x", "a")), (None, Some(false), Some(true), Some(false)));
        }
    }

    async fn lists_of_all_lengths_and_kinds(db: Database) {
        let users = shop(db).await?;
        let names = async |ids: &[u64]| {
            sql!("SELECT name FROM {@User} WHERE id IN ({..ids}) ORDER BY id").all::<String>(db).await
        };
        assert_eq!(names(&[]).await?, [""; 0]);
        assert_eq!(names(&[2]).await?, ["Bob"]);
        assert_eq!(names(&[3, 1, 7, 8, 9]).await?, ["Ann", "Cid"]);
        let nobody: [u64; 0] = [];
        let all = sql!("SELECT count(*) FROM {@User} WHERE id NOT IN ({..nobody})").scalar::<i64>(db).await?;
        assert_eq!(all, 3);
        let set: BTreeSet<String> = users.iter().map(|user| user.email.clone()).collect();
        let found = sql!("SELECT count(*) FROM {@User} WHERE email IN ({..set})").scalar::<i64>(db).await?;
        assert_eq!(found, 3);
        let many: Vec<u64> = (1..=5_000).collect();
        let found = sql!("SELECT count(*) FROM {@User} WHERE id IN ({..many})").scalar::<i64>(db).await?;
        assert_eq!(found, 3);
    }

    async fn leaves_hostile_text_alone(db: Database) {
        shop(db).await?;
        for text in HOSTILE {
            sql!("UPDATE {@User} SET name = {text} WHERE id = 1").execute(db).await?;
            let read: String = sql!("SELECT name FROM {@User} WHERE id = 1").scalar(db).await?;
            assert_eq!(read, *text);
            let list = [text];
            let found = sql!("SELECT count(*) FROM {@User} WHERE name IN ({..list}) AND id = 1");
            assert_eq!(found.scalar::<i64>(db).await?, 1, "{text:?}");
            let kept = sql("SELECT count(*) FROM users WHERE name = {name} AND id = 1").bind("name", text);
            assert_eq!(kept.scalar::<i64>(db).await?, 1, "{text:?}");
        }
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn leaves_literals_and_comments_alone(db: Database) {
        shop(db).await?;
        let x = 5;
        let row: (String, i64, String) = sql!(
            "SELECT 'it''s ? {{x}} -- no' /* {x} ? ' */, {x}, -- {x} ? it's
             '/* {\"a\": 1} */'"
        )
        .one(db)
        .await?;
        assert_eq!(row, ("it's ? {{x}} -- no".to_owned(), 5, "/* {\"a\": 1} */".to_owned()));
    }

    async fn quotes_names(db: Database) {
        db.create_tables::<Odd>().await?;
        let (id, text) = (7, "x");
        let insert = sql!("INSERT INTO {@Odd} ({@Odd.id}, {@Odd.text}) VALUES ({id}, {text})");
        assert_eq!(insert.execute(db).await?, 1);
        let odd: Odd = sql!("SELECT * FROM {@Odd} WHERE {@Odd}.{@Odd.id} = {id}").one(db).await?;
        assert_eq!(odd, Odd { id, text: text.to_owned() });
    }

    async fn finds_columns_by_name(db: Database) {
        let users = shop(db).await?;
        let moved: User = sql!(
            "SELECT 1 AS more, version, created_at, age, NAME, email, id, 2 AS others FROM {@User} WHERE id = 1"
        )
        .one(db)
        .await?;
        assert_eq!(moved, users[0]);
        let writers: Vec<Writer> = sql!(
            "SELECT max(p.id) AS newest, count(p.id) AS posts, u.name AS name, 1 AS x
             FROM {@User} u LEFT JOIN {@Post} p ON p.author_id = u.id GROUP BY u.id, u.name ORDER BY u.id"
        )
        .all(db)
        .await?;
        assert_eq!(writers[0], Writer { name: "Ann".into(), posts: 3, newest: Some(4) });
        assert_eq!(writers[2], Writer { name: "Cid".into(), posts: 0, newest: None });
    }

    async fn says_which_column_is_wrong(db: Database) {
        shop(db).await?;
        let missing = sql!("SELECT id, email FROM {@User}").all::<User>(db).await.unwrap_err();
        assert!(missing.is_decode());
        assert_eq!(missing.columns(), ["name"]);
        assert_eq!(
            missing.to_string(),
            "`User.name` is read from column `name`, but the result has no such column: it has `id`, `email`"
        );
        let twice = sql!("SELECT * FROM {@User} JOIN {@Post} ON author_id = {@User}.id").all::<User>(db).await.unwrap_err();
        assert!(twice.to_string().contains("`User.id` is read from column `id`, which the result has more than once"), "{twice}");
        let null = sql!("SELECT NULL AS name, 1 AS posts, 2 AS newest").one::<Writer>(db).await.unwrap_err();
        assert!(null.to_string().contains("`Writer.name` is read as `String`, but column `name` holds NULL"), "{null}");
        let width = sql!("SELECT 1, 2").all::<i64>(db).await.unwrap_err();
        assert_eq!(width.to_string(), "the row is read by position and needs 1 column, but has 2 columns");
        let width = sql!("SELECT 1").one::<(i64, i64)>(db).await.unwrap_err();
        assert_eq!(width.to_string(), "the row is read by position and needs 2 columns, but has 1 column");
        // Where there is no row, no row has the wrong shape.
        assert_eq!(sql!("SELECT id FROM {@User} WHERE id = 99").all::<(i64, i64)>(db).await?, []);
        let none = sql!("SELECT id FROM {@User} WHERE id = 99").all::<User>(db).await.unwrap_err();
        assert!(none.is_decode());
    }

    async fn gives_one_row_or_says_why_not(db: Database) {
        shop(db).await?;
        let names = "SELECT name FROM users WHERE id <= {most} ORDER BY id";
        let upto = |most: i32| sql(names).bind("most", most);
        assert_eq!(upto(1).one::<String>(db).await?, "Ann");
        assert!(upto(0).one::<String>(db).await.unwrap_err().is_not_found());
        assert!(upto(2).one::<String>(db).await.unwrap_err().is_more_than_one());
        assert_eq!(upto(0).optional::<String>(db).await?, None);
        assert_eq!(upto(1).optional::<String>(db).await?.as_deref(), Some("Ann"));
        assert!(upto(2).optional::<String>(db).await.unwrap_err().is_more_than_one());
        assert_eq!(upto(0).first::<String>(db).await?, None);
        assert_eq!(upto(3).first::<String>(db).await?.as_deref(), Some("Ann"));
        assert!(upto(0).scalar::<String>(db).await.unwrap_err().is_not_found());
        assert_eq!(sql!("SELECT NULL").scalar::<Option<i64>>(db).await?, None);
        assert!(sql!("SELECT NULL").scalar::<i64>(db).await.unwrap_err().is_decode());
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn reads_columns_of_unknown_names(db: Database) {
        shop(db).await?;
        let rows: Vec<Map> = sql!("SELECT id, name, age FROM {@User} ORDER BY id").all(db).await?;
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0]["name"], Datum::Text("Ann".into()));
        assert!(matches!(rows[0]["id"], Datum::Int(1) | Datum::UInt(1)));
        assert_eq!(rows[2]["age"], Datum::Null);
        let bytes = vec![0xffu8, 0];
        let row: Map = sql!("SELECT {bytes} AS b, 0.5e0 AS f").one(db).await?;
        assert_eq!(row["b"], Datum::Blob(bytes));
        assert_eq!(row["f"], Datum::Double(0.5));
    }

    async fn changes_rows_inside_the_transaction(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        assert_eq!(sql!("UPDATE {@User} SET age = 1").execute(&mut s).await?, 3);
        assert_eq!(sql!("SELECT sum(age) FROM {@User}").scalar::<Option<Decimal>>(&mut s).await?, Some(3.into()));
        s.rollback().await?;
        assert_eq!(User::query().filter(|u| u.age.eq(1)).count(&mut s).await?, 0);
        s.commit().await?;
        assert_eq!(sql!("DELETE FROM {@Comment} WHERE id < {most}", most = 3).execute(db).await?, 2);
        assert_eq!(sql!("SELECT * FROM {@User}").execute(db).await?, 0);
    }

    async fn text_from_elsewhere_is_bound_by_name(db: Database) {
        shop(db).await?;
        const TEXT: &str = "SELECT id FROM users WHERE (name = {name} OR email = {name}) AND id IN ({..ids})";
        let found = sql(TEXT).bind("name", "Bob").bind_list("ids", [1, 2]).all::<u64>(db).await?;
        assert_eq!(found, [2]);
        let table = ["users", "posts"][1];
        let count = sql_unchecked(format!("SELECT count(*) FROM {table} WHERE id > {{id}}")).bind("id", 1);
        assert_eq!(count.scalar::<i64>(db).await?, 3);
        let wrong = async |sql: raw::Sql| {
            let error = sql.execute(db).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidQuery);
            error.to_string()
        };
        assert_eq!(wrong(sql(TEXT)).await, "`{name}` has no value: give it with `.bind(\"name\", ..)`");
        assert_eq!(
            wrong(sql(TEXT).bind("name", 1)).await,
            "`{..ids}` has no values: give them with `.bind_list(\"ids\", ..)`"
        );
        assert_eq!(wrong(sql(TEXT).bind("nam", 1)).await, "the statement has no unbound placeholder `{nam}`");
        assert_eq!(wrong(sql(TEXT).bind("ids", 1)).await, "the statement has no unbound placeholder `{ids}`");
        assert!(wrong(sql("SELECT ?")).await.contains("values are written in braces"));
        assert!(wrong(sql("SELECT {@User.id}")).await.contains("which only `sql!` knows"));
        assert!(wrong(sql_unchecked("SELECT 'x")).await.contains("a quote is never closed"));
    }

    async fn rows_are_tracked_by_a_session(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        let users: Vec<Handle<User>> = sql!("SELECT * FROM {@User} ORDER BY {@User.id}").track(&mut s).await?;
        assert!(users.len() == 3 && users[0] == ann);
        // Pending changes in the session are flushed first, and are not overwritten by the read.
        s[ann].name = "Anna".to_owned();
        let first = sql!("SELECT * FROM {@User} WHERE {@User.name} = 'Anna'").track::<User>(&mut s).await?;
        assert_eq!(first, [ann]);
        s[users[1]].name = "Bobby".to_owned();
        s.commit().await?;
        let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(db).await?;
        assert_eq!(names[..2], ["Anna", "Bobby"]);
        let error = sql!("SELECT id FROM {@User}").track::<User>(&mut s).await.unwrap_err();
        assert!(error.to_string().starts_with("`User.email` is read from column `email`"), "{error}");
    }

    async fn the_servers_errors_have_the_statement(db: Database) {
        shop(db).await?;
        let syntax = sql!("SELEKT 1").execute(db).await.unwrap_err();
        assert_eq!((syntax.kind(), syntax.sql()), (ErrorKind::Syntax, Some("SELEKT 1")));
        let table = sql!("SELECT * FROM no_such_table").execute(db).await.unwrap_err();
        assert!(table.is_no_such_table(), "{table:?}");
        let email = "bob@example.org";
        let taken = sql!("UPDATE {@User} SET email = {email} WHERE id = 1").execute(db).await.unwrap_err();
        assert!(taken.is_unique_violation());
        assert!(!format!("{taken:?} {taken}").contains(email));
    }
}
