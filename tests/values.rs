//! Lists of values as a table in a query (VALUES).

use orm::dialect::{MARIADB, MYSQL, SQLITE};
use orm::prelude::*;
use orm::{ListRow, sql};

use crate::binds::Event;
use crate::raw::HOSTILE;
use crate::support::models::*;
use crate::types::{Coat, Mood, Size};

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct WareId(u64);

#[derive(Row, Debug, Clone, PartialEq)]
struct NewAge {
    name: String,
    age: Option<i32>,
}

/// A product with a column of every type that rows can be found by.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "wares")]
struct Ware {
    #[orm(primary_key)]
    id: WareId,
    #[orm(length = 50, index)]
    code: String,
    #[orm(precision = (12, 3))]
    price: Decimal,
    day: Option<NaiveDate>,
    clock: NaiveTime,
    at: DateTime<Utc>,
    weight: f64,
    light: f32,
    token: Uuid,
    #[orm(length = 20)]
    bytes: Vec<u8>,
    coat: Coat,
    #[orm(length = 20)]
    size: Size,
    mood: Mood,
    sold: bool,
    small: i8,
    big: u64,
}

fn ware(id: u64) -> Ware {
    let even = id.is_multiple_of(2);
    let day = NaiveDate::from_ymd_opt(2024, 2, 1 + id as u32 % 25).unwrap();
    let clock = NaiveTime::from_hms_micro_opt(23, 59, id as u32 % 60, 123_456).unwrap();
    Ware {
        id: WareId(id),
        code: format!("Ware {id}"),
        price: Decimal::new(id as i64 * 1_001, 3),
        day: (!id.is_multiple_of(3)).then_some(day),
        clock,
        at: day.and_time(clock).and_utc(),
        weight: 0.1 + id as f64,
        light: 0.1 + id as f32,
        token: Uuid::from_u128(u128::from(id) << 100),
        bytes: vec![0, 255, id as u8],
        coat: if even { Coat::Long } else { Coat::Short },
        size: if even { Size::Small } else { Size::VeryBig },
        mood: if even { Mood::Sad } else { Mood::Happy },
        sold: even,
        small: -(id as i8 % 100),
        big: i64::MAX as u64 - id,
    }
}

async fn wares(db: &Database, count: u64) -> orm::Result<()> {
    db.create_tables::<Ware>().await?;
    Ware::insert_all((1..=count).map(ware)).execute(db).await?;
    Ok(())
}

fn owned<const N: usize>(texts: [&str; N]) -> [String; N] {
    texts.map(str::to_owned)
}

/// Checks that a list is returned unchanged, also after a row of NULLs.
async fn there_and_back<V: Value + Clone + PartialEq + std::fmt::Debug>(
    db: &Database,
    list: Vec<V>,
) -> orm::Result<()> {
    let rows = (0..).zip(&list).map(|(n, value)| (n, value.clone()));
    let read =
        values(rows).into_query().order_by(|(n, _)| n.asc()).select(|(_, value)| value).all(db).await?;
    assert_eq!(read, list);
    let nulls = [(-1, None)].into_iter().chain((0..).zip(list.iter().cloned().map(Some)));
    let read: Vec<Option<V>> = values(nulls.clone())
        .into_query()
        .order_by(|(n, _)| n.asc())
        .select(|(_, value)| value)
        .all(db)
        .await?;
    assert_eq!(read, nulls.map(|(_, value)| value).collect::<Vec<_>>());
    let none = values([(None::<V>, 1)]).into_query().filter(|(value, _)| value.is_null()).count(db).await?;
    assert_eq!(none, 1);
    Ok(())
}

on_every_backend! {
    async fn are_rows_of_a_query(db: Database) {
        let pairs = || values([(1_i64, "one".to_owned()), (2, "two".to_owned()), (3, "three".to_owned())]);
        let mut read = pairs().all(db).await?;
        read.sort();
        assert_eq!(read, [(1, "one".to_owned()), (2, "two".to_owned()), (3, "three".to_owned())]);
        assert_eq!(pairs().count(db).await?, 3);
        assert_eq!(pairs().into_query().filter(|(n, _)| n.gt(1)).count(db).await?, 2);
        assert_eq!(pairs().into_query().aggregate(|g| (g.sum(|(n, _)| n), g.max(|(_, word)| word))).one(db).await?, (Some(6), Some("two".to_owned())));
        let lengths = pairs().into_query().group_by(|(_, word)| word.char_length()).order_by(|g| g.key.clone().asc());
        assert_eq!(lengths.select(|g| (g.key.clone(), g.count())).all(db).await?, [(3, 2), (5, 1)]);
        let rows = [NewAge { name: "a".into(), age: None }, NewAge { name: "b".into(), age: Some(7) }];
        let read = values(rows.clone()).into_query().order_by(|r| r.name.asc()).all(db).await?;
        assert_eq!(read, rows);
        assert_eq!(values([5, 7, 5]).distinct().count(db).await?, 2);
        assert_eq!(values([5, 7, 6]).into_query().order_by(|n| n.desc()).limit(2).all(db).await?, [7, 6]);
        assert_eq!(values([1, 2]).union(values([2, 3])).count(db).await?, 3);
        let tree = values([(1, 0), (2, 1), (3, 2), (4, 0)]).named("tree");
        let below = tree.query().filter(|(id, _)| id.eq(1)).select(|(id, _)| id).recursive("below", |below| {
            tree.query().join_rows(below, |(_, parent), id| parent.eq(id)).select(|((id, _), _)| id)
        });
        assert_eq!(below.query().order_by(|id| id.asc()).all(db).await?, [1, 2, 3]);
        let plan = values([(1, 2)]).explain(db).await?;
        assert!(!plan.text.is_empty());
        let log = db.log();
        assert_eq!(values([(1, "x".to_owned())]).into_query().one(db).await?, (1, "x".to_owned()));
        assert!(!log.statements()[0].sql.contains('x'), "{log}"); // bound, not a literal
    }

    async fn are_joined(db: Database) {
        shop(db).await?;
        let prices = || values([("Ann".to_owned(), 5), ("Cid".to_owned(), 7), ("Eve".to_owned(), 9)]);
        let joined = User::query().join_rows(prices(), |u, (name, _)| u.name.eq(name)).order_by(|(u, _)| u.id.asc());
        assert_eq!(joined.select(|(u, (_, n))| (u.id, n)).all(db).await?, [(1, 5), (3, 7)]);
        let outer = User::query().left_join_rows(prices(), |u, (name, _)| u.name.eq(name)).order_by(|(u, _)| u.id.asc());
        let rows: Vec<Option<i32>> = outer.all(db).await?.into_iter().map(|(_, row)| row.map(|(_, n)| n)).collect();
        assert_eq!(rows, [Some(5), None, Some(7)]);
        // Starting from the list.
        let all = prices().into_query().left_join_on::<User>(|(name, _), u| u.name.eq(name)).order_by(|((_, n), _)| n.asc());
        let ids = all.select(|((_, n), u)| (n, u.id)).all(db).await?;
        assert_eq!(ids, [(5, Some(1)), (7, Some(3)), (9, None)]);
        // In conditions.
        let named = User::query().filter(|u| u.name.is_in(values(owned(["Bob", "Eve"])))).select(|u| u.id);
        assert_eq!(named.all(db).await?, [2]);
        let ages = || values([("Ann".to_owned(), 41), ("Bob".to_owned(), 18)]).into_query();
        let same = User::query().filter(|u| ages().filter(|(name, age)| name.eq(u.name).and(age.eq(u.age))).is_present());
        assert_eq!(same.select(|u| u.id).all(db).await?, [1]);
        // Twice, and with a name.
        let list = values([(1_u64, 2_u64), (2, 3)]).named("pairs");
        let chain = list.query().join_rows(&list, |(_, to), (from, _)| to.eq(from)).join_on::<User>(|(_, (_, to)), u| u.id.eq(to));
        assert_eq!(chain.select(|((from, _), _, u)| (from, u.name)).all(db).await?, [(1, "Cid".to_owned())]);
        let two = User::query().join_rows(values([1_u64, 2]), |u, id| u.id.eq(id)).join_rows(values([2_u64, 3]), |(u, _), id| u.id.eq(id));
        assert_eq!(two.select(|(u, ..)| u.name).all(db).await?, ["Bob"]);
        let locked = User::query().join_rows(values([1_u64, 2]), |u, id| u.id.eq(id)).for_update();
        assert_eq!(locked.all(&mut db.session()).await?.len(), 2);
        let mut stream = User::query().join_rows(values([1_u64, 2]), |u, id| u.id.eq(id)).stream(db);
        assert!(stream.next().await?.is_some());
        drop(stream);
        // With eager loading.
        let with = User::query().filter(|u| u.id.is_in(values([1_u64, 3]))).order_by(|u| u.id.asc()).with(|u| u.posts()).all(db).await?;
        assert_eq!(with.iter().map(|(_, posts)| posts.len()).collect::<Vec<_>>(), [3, 0]);
    }

    async fn change_rows(db: Database) {
        let users = shop(db).await?;
        let ages = vec![NewAge { name: "Ann".into(), age: None }, NewAge { name: "Cid".into(), age: Some(12) }];
        let update = User::update().join_rows(values(ages.clone()), |u, new| u.name.eq(new.name)).set(|(u, new)| u.age.to(new.age));
        assert_eq!(update.all_rows().execute(db).await?, 2);
        let read = User::query().order_by(|u| u.id.asc()).select(|u| (u.age, u.version)).all(db).await?;
        assert_eq!(read, [(None, users[0].version + 1), (Some(17), users[1].version), (Some(12), users[2].version + 1)]);
        let update = User::update().join_rows(values(ages), |u, new| u.name.eq(new.name)).set(|(u, new)| u.name.to(new.name.concat("!")));
        let names: Vec<String> = update.filter(|(_, new)| new.age.is_not_null()).returning(db).await?.into_iter().map(|u| u.name).collect();
        assert_eq!(names, ["Cid!"]);
        let none = values(Vec::<(u64, String)>::new());
        let update = Post::update().join_rows(none, |p, (id, _)| p.id.eq(id)).set(|(p, (_, title))| p.title.to(title));
        assert_eq!(update.all_rows().execute(db).await?, 0);
        assert_eq!(Comment::delete().join_rows(values([1_u64, 3, 99]), |c, id| c.id.eq(id)).all_rows().execute(db).await?, 2);
        assert_eq!(Comment::delete().filter(|c| c.id.is_in(values([2_u64]))).execute(db).await?, 1);
        let named = values([(1_u64, "one".to_owned()), (2, "two".to_owned())]).named("titles");
        let update = Post::update().join_rows(&named, |p, (id, _)| p.id.eq(id)).set(|(p, (_, title))| p.title.to(title));
        assert_eq!(update.all_rows().execute(db).await?, 2);
        assert_eq!(Post::query().filter(|p| p.id.le(2)).order_by(|p| p.id.asc()).select(|p| p.title).all(db).await?, ["one", "two"]);
    }

    async fn may_be_none(db: Database) {
        shop(db).await?;
        let none = || values(Vec::<(u64, Option<String>, Decimal)>::new());
        assert_eq!(none().all(db).await?, []);
        assert_eq!(none().count(db).await?, 0);
        assert_eq!(none().into_query().aggregate(|g| (g.count(), g.max(|(id, ..)| id))).one(db).await?, (0, None));
        assert_eq!(User::query().join_rows(none(), |u, (id, ..)| u.id.eq(id)).count(db).await?, 0);
        assert_eq!(User::query().left_join_rows(none(), |u, (id, ..)| u.id.eq(id)).count(db).await?, 3);
        assert_eq!(User::query().filter(|u| u.id.is_in(values(Vec::<u64>::new()))).count(db).await?, 0);
        assert_eq!(User::query().filter(|u| u.id.not_in(values(Vec::<u64>::new()))).count(db).await?, 3);
        assert!(!none().into_query().exists(db).await?);
        assert_eq!(values([1]).union_all(values(Vec::<i32>::new())).all(db).await?, [1]);
        let named = none().named("none");
        assert_eq!(User::query().join_rows(&named, |u, (id, ..)| u.id.eq(id)).count(db).await?, 0);
    }

    async fn keep_every_type(db: Database) {
        there_and_back(db, vec![true, false]).await?;
        there_and_back(db, vec![i8::MIN, 0, i8::MAX]).await?;
        there_and_back(db, vec![u16::MAX, 0]).await?;
        there_and_back(db, vec![i64::MIN, -1, 0, i64::MAX]).await?;
        there_and_back(db, vec![0, i64::MAX as u64]).await?;
        there_and_back(db, vec![0.1, -0.0, 5e-324, f64::MAX, 1e-300, 1.0, 1e15 + 0.3]).await?;
        there_and_back(db, vec![0.1_f32, f32::MAX, f32::MIN_POSITIVE, -2.5]).await?;
        there_and_back(db, vec![Decimal::new(15, 1), Decimal::MAX, Decimal::MIN, Decimal::new(1, 28), Decimal::ZERO]).await?;
        there_and_back(db, HOSTILE.iter().map(|text| (*text).to_owned()).collect()).await?;
        there_and_back(db, vec!["x".repeat(100_000), "null".into(), "[]".into(), "\"quoted\"".into(), " ".into()]).await?;
        there_and_back(db, vec![vec![], vec![0_u8, 255, 39, 92], (0..=255).collect()]).await?;
        there_and_back(db, vec![Uuid::nil(), Uuid::from_u128(7), Uuid::max()]).await?;
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        let clock = NaiveTime::from_hms_micro_opt(23, 59, 59, 123_456).unwrap();
        there_and_back(db, vec![day, NaiveDate::from_ymd_opt(9999, 12, 31).unwrap(), NaiveDate::from_ymd_opt(1, 1, 1).unwrap()]).await?;
        there_and_back(db, vec![clock, NaiveTime::MIN]).await?;
        there_and_back(db, vec![day.and_time(clock), day.and_time(NaiveTime::MIN)]).await?;
        there_and_back(db, vec![day.and_time(clock).and_utc(), DateTime::<Utc>::UNIX_EPOCH]).await?;
        there_and_back(db, vec![Coat::Long, Coat::Short]).await?;
        there_and_back(db, vec![Size::Small, Size::VeryBig]).await?;
        there_and_back(db, vec![Mood::Sad, Mood::Happy]).await?;
        there_and_back(db, vec![WareId(1), WareId(2)]).await?;
        let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        there_and_back(db, vec![json("{\"a\": [1, 2.5, null], \"b\": \"it's 🦀\"}"), json("null"), json("\"x\""), json("[]")]).await?;
        let part = values([(1, json("{\"a\": 7}")), (2, json("{\"a\": 8}"))]).into_query().filter(|(_, doc)| doc.at("a").int().eq(8));
        assert_eq!(part.select(|(n, _)| n).all(db).await?, [2]);
        // Decimals are compared as numbers.
        let prices = values([Decimal::new(5, 0), Decimal::new(100, 1), Decimal::new(90, 1)]);
        let above = prices.clone().into_query().filter(|p| p.gt(Decimal::new(85, 1))).order_by(|p| p.asc());
        assert_eq!(above.all(db).await?, [Decimal::from(9), Decimal::from(10)]);
        assert_eq!(prices.into_query().aggregate(|g| g.max(|p| p)).one(db).await?, Some(Decimal::from(10)));
    }

    async fn find_rows_by_every_type(db: Database) {
        wares(db, 20).await?;
        let ids = [3_u64, 8, 14];
        let wanted = || ids.map(ware).to_vec();
        macro_rules! by {
            ($($column:ident)*) => { $({
                let list = values(wanted().into_iter().map(|w| (w.id, w.$column)));
                let found = Ware::query().join_rows(list, |w, (id, value)| w.id.eq(id).and(w.$column.eq(value))).order_by(|(w, _)| w.id.asc());
                let found: Vec<u64> = found.all(db).await?.into_iter().map(|(w, _)| w.id.0).collect();
                assert_eq!(found, ids, stringify!($column));
            })* };
        }
        by! { code price clock at weight light token bytes coat size mood sold small big }
        let days = values(wanted().into_iter().map(|w| (w.id, w.day)));
        let found = Ware::query().join_rows(days, |w, (id, day)| w.id.eq(id).and(w.day.same_as(day))).count(db).await?;
        assert_eq!(found, 3);
        // A price with a different number of digits is the same price.
        let list = values([Decimal::new(3_003, 3), Decimal::new(80_080, 4), Decimal::new(5, 0)]);
        let found = Ware::query().join_rows(list, |w, price| w.price.eq(price)).order_by(|(w, _)| w.id.asc()).select(|(w, _)| w.id);
        assert_eq!(found.all(db).await?, [WareId(3), WareId(8)]);
    }

    async fn texts_compare_as_their_column(db: Database) {
        shop(db).await?;
        let list = || values(owned(["ANN", "bob"]));
        let expected = User::query().filter(|u| u.name.is_in(owned(["ANN", "bob"]))).count(db).await?;
        let found = User::query().join_rows(list(), |u, name| u.name.eq(name)).count(db).await?;
        assert_eq!(found, expected);
        let found = User::query().join_rows(list(), |u, name| name.eq(u.name)).count(db).await?;
        assert_eq!(found, expected);
        assert_eq!(list().into_query().filter(|name| name.eq("ann")).count(db).await?, 0);
        if db.dialect().name != "SQLite" {
            assert_eq!(expected, 2);
            // Whichever collation the column has.
            for collation in ["utf8mb4_general_ci", "utf8mb4_unicode_ci", "utf8mb4_bin", "latin1_swedish_ci", "ascii_general_ci"] {
                let charset = collation.split('_').next().unwrap();
                orm::raw::sql_unchecked(format!("ALTER TABLE users MODIFY name VARCHAR(50) CHARACTER SET {charset} COLLATE {collation} NOT NULL")).execute(db).await?;
                let found = User::query().join_rows(values(owned(["ANN", "Bob"])), |u, name| u.name.eq(name)).count(db).await?;
                assert_eq!(found, if collation.ends_with("_bin") { 1 } else { 2 }, "{collation}");
                let distinct = values(owned(["ANN", "Bob", "Bob"])).distinct();
                assert_eq!(User::query().join_rows(distinct, |u, name| u.name.eq(name)).count(db).await?, found);
                let named = values(owned(["ANN", "Bob"])).named("names");
                assert_eq!(User::query().join_rows(&named, |u, name| u.name.eq(name)).count(db).await?, found);
            }
        }
    }

    async fn a_thousand_rows_find_theirs_by_an_index(db: Database) {
        wares(db, 3_000).await?;
        if db.dialect().name != "SQLite" {
            sql!("ANALYZE TABLE {@Ware}").execute(db).await?;
        }
        let by_code = || Ware::query().join_rows(values((1..=1_000).map(|n| (format!("WARE {}", n * 3), n))), |w, (code, _)| w.code.eq(code));
        let by_id = || Ware::query().join_rows(values((1..=1_000).map(|n| (WareId(n * 3), n))), |w, (id, _)| w.id.eq(id));
        for (plan, index) in [(by_code().explain(db).await?, "wares_code_idx"), (by_id().explain(db).await?, "PRIMARY")] {
            let reads: Vec<_> = plan.root.walk().filter(|step| step.table.as_deref() == Some("wares")).collect();
            // SQLite has a special name for the index of a primary key that is not the rowid.
            let expected = reads[0].index.as_deref().map(|found| found.replace("sqlite_autoindex_wares_1", "PRIMARY"));
            assert_eq!(expected.as_deref(), Some(index), "{plan:#}");
            assert!(!reads[0].full_scan, "{plan:#}");
        }
        let codes = if db.dialect().name == "SQLite" { 0 } else { 1_000 };
        assert_eq!((by_code().count(db).await?, by_id().count(db).await?), (codes, 1_000));
        let update = Ware::update().join_rows(values((1..=1_000).map(|n| (WareId(n), Decimal::from(n)))), |w, (id, _)| w.id.eq(id));
        assert_eq!(update.set(|(w, (_, price))| w.price.to(price)).all_rows().execute(db).await?, 1_000);
        assert_eq!(Ware::query().filter(|w| w.id.eq(WareId(777))).one(db).await?.price, Decimal::from(777));
    }

    async fn refuse_what_no_column_holds(db: Database) {
        let error = values([(1, 0.5), (2, f64::NAN)]).all(db).await.unwrap_err();
        assert!(error.is_out_of_range(), "{error:?}");
        assert!(error.to_string().starts_with("value 2 of row 2 of a list: NaN cannot be stored"), "{error}");
        let large = values([u64::MAX]).all(db).await;
        match db.dialect().name {
            "SQLite" => assert!(large.unwrap_err().is_out_of_range()),
            _ => assert_eq!(large?, [u64::MAX]),
        }
        let many = User::query().join_rows(values((0..20_000_u64).map(|n| (n, n))), |u, (id, _)| u.id.eq(id));
        db.create_tables::<User>().await?;
        match db.dialect().name {
            "SQLite" => {
                let error = many.all(db).await.unwrap_err();
                assert!(error.is_unsupported(), "{error:?}");
                assert_eq!(
                    error.to_string(),
                    "a list of 20000 rows has 40000 values, which exceeds the 32766 that SQLite can bind in \
                     one statement; split it over several queries"
                );
            }
            _ => assert_eq!(many.count(db).await?, 0),
        }
    }
}

#[test]
fn lists_of_all_lengths_are_one_statement_on_servers() {
    fn sql<O: ListRow>(rows: Vec<O>, dialect: &orm::dialect::Dialect) -> (String, usize) {
        let statement = values(rows).to_sql(dialect).unwrap();
        (statement.sql, statement.params.len())
    }
    for dialect in [&MYSQL, &MARIADB] {
        let one = sql(vec![(1, "x".to_owned())], dialect);
        assert_eq!(one.1, 1);
        assert_eq!(one, sql(vec![(1, "x".to_owned()); 5], dialect));
        assert_eq!(one, sql(Vec::<(i32, String)>::new(), dialect));
    }
    assert_eq!(sql(vec![(1, 2); 5], &SQLITE).1, 10);
}

#[test]
fn are_shown_as_sql() {
    let shown = format!(
        "{:?}",
        User::query().join_rows(values([(1_u64, 2)]), |u, (id, _)| u.id.eq(id)).select(|(u, _)| u.id)
    );
    assert!(shown.contains("VALUES (?, ?)"), "{shown}");
}

/// A list belongs to no database: the tables it is joined with determine where the statement runs.
#[tokio::test]
async fn go_where_the_tables_are() -> orm::Result<()> {
    let db = Database::builder().url("sqlite::memory:").bind("audit", "sqlite::memory:").open()?;
    db.create_tables::<Event>().await?;
    Event::insert().text("x").user_id(1).execute(&db).await?;
    let joined = || values([(1_u64, 5)]).into_query().join_on::<Event>(|(id, _), e| e.user_id.eq(id));
    assert_eq!(joined().select(|((_, n), e)| (n, e.text)).all(&db).await?, [(5, "x".to_owned())]);
    let named = values([1_u64]).named("ids");
    assert_eq!(named.query().join_on::<Event>(|id, e| e.user_id.eq(id)).count(&db).await?, 1);
    Ok(())
}
