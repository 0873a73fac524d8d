//! Statements with literal values, and the `{:?}` form of queries.

use chrono::Timelike as _;
use orm::Statement;
use orm::dialect::{MARIADB, MYSQL, SQLITE};
use orm::prelude::*;
use orm::value::Datum;

use crate::support::models::*;
use crate::types::{Other, Whole};

/// Runs a statement with all its values as literals.
async fn run(db: &Database, statement: &Statement) -> orm::Result<()> {
    let sql = statement.with_values(db.dialect());
    assert!(!statement.params.is_empty());
    let mut connection = db.driver().connect().await?;
    connection.run(&mut Statement::new(sql, vec![]), &mut ()).await?;
    Ok(())
}

const ODD: &str = "a'b''c\"d`e\\' OR 1=1 -- \\\\ \n\t?é🦀 %_ \\";

on_every_backend! {
    async fn stand_for_the_same_values(db: Database) {
        db.create_tables::<(Whole, Other)>().await?;
        let at = Utc::now();
        let at = at.with_nanosecond(at.nanosecond() / 1_000 * 1_000).unwrap();
        let row = Other {
            id: Uuid::from_u128(u128::MAX - 5),
            single: 1.5e-7,
            double: -1.234_567_890_123_456_7e100,
            text: ODD.to_owned(),
            bytes: vec![0, 39, 92, 255, 63],
            day: NaiveDate::from_ymd_opt(2024, 2, 29).unwrap(),
            clock: NaiveTime::from_hms_micro_opt(23, 59, 58, 1).unwrap(),
            local: at.naive_utc(),
            at,
            exact: Decimal::new(-123_456, 3),
            small: None,
            json: serde_json::json!({ "key's": ["\\", "\"?", 1.5, null] }),
            maybe: Some(Uuid::from_u128(1)),
        };
        run(db, &Other::insert_all([row.clone()]).to_sql(db.dialect())?).await?;
        assert_eq!(Other::query().all(db).await?, [row]);
        let whole = Whole { id: 3, truth: true, i8: -8, i16: -16, i32: i32::MIN, i64: i64::MIN, u8: 8, u16: 16, u32: u32::MAX, u64: 64, maybe: None };
        run(db, &Whole::insert_all([whole.clone()]).to_sql(db.dialect())?).await?;
        assert_eq!(Whole::query().all(db).await?, [whole]);
    }

    async fn of_changes_and_queries(db: Database) {
        shop(db).await?;
        let update = User::update().set(|u| u.name.to(ODD)).filter(|u| u.name.is_in(["Ann", "Bob", "x'"]));
        run(db, &update.to_sql(db.dialect())?).await?;
        assert_eq!(User::query().filter(|u| u.name.eq(ODD)).count(db).await?, 2);
        let query = User::query().filter(|u| u.name.eq(ODD).and(u.name.like("%?%"))).order_by(|u| u.age.asc().nulls_last());
        run(db, &query.limit(3).offset(1).to_sql(db.dialect())?).await?;
    }
}

#[test]
fn every_placeholder_is_replaced_once_and_nothing_else() {
    let params = ["1?", "2'?"].map(|text| Datum::Text(text.into()));
    let statement = |sql: &str| Statement::new(sql, params.to_vec());
    let text = statement(r#"SELECT "a?""b?", `c?`, 'd?''?' WHERE x = ? AND y = ?"#).with_values(&SQLITE);
    assert_eq!(text, r#"SELECT "a?""b?", `c?`, 'd?''?' WHERE x = '1?' AND y = '2''?'"#);
    // A backslash escapes the quote after it, but not in SQLite.
    let sql = r"SELECT '\'?', ?, ?";
    assert_eq!(statement(sql).with_values(&MYSQL), r"SELECT '\'?', '1?', '2''?'");
    assert_eq!(statement(r"SELECT '\', ?, ?").with_values(&SQLITE), r"SELECT '\', '1?', '2''?'");
    assert_eq!(statement("? ? ?").with_values(&MARIADB), "'1?' '2''?' ?");
    assert_eq!(statement("'never closed ?").with_values(&MARIADB), "'never closed ?");
}

#[test]
fn debug_is_sql_without_values() {
    let query = User::query().filter(|u| u.name.lower().eq("secret").and(u.id.is_in([1, 2]))).limit(3);
    let shown = format!("{:?}", query.clone().select(|u| (u.id, u.age.add(1))));
    assert_eq!(
        shown,
        r#"Rows(SELECT "users"."id", ("users"."age" + ?) FROM "users" WHERE Lower("users"."name") = ? AND "users"."id" IN (?, ?) LIMIT ?)"#
    );
    assert!(format!("{query:?}").starts_with(r#"Query(SELECT "users"."id", "users"."email""#));
    let groups = Post::query().group_by(|p| p.author_id).having(|g| g.count().gt(1));
    assert!(
        format!("{groups:?}").ends_with(r#"GROUP BY "posts"."author_id" HAVING COUNT(*) > ?)"#),
        "{groups:?}"
    );
    let update = User::update().set(|u| u.name.to("secret")).filter(|u| u.id.eq(1));
    assert_eq!(
        format!("{update:?}"),
        r#"Update(UPDATE "users" SET "name" = ?, "version" = "version" + 1 WHERE "id" = ?)"#
    );
    assert_eq!(format!("{:?}", Post::delete().all_rows()), r#"Delete(DELETE FROM "posts")"#);
    let mut stolen = None;
    let _ = User::query().filter(|u| {
        stolen = Some(u.id);
        u.id.eq(1)
    });
    let shown = format!("{:?}", Post::query().filter(|p| p.author_id.eq(stolen.unwrap())));
    assert!(shown.starts_with("Query(no statement: the query uses a column of another query"), "{shown}");
}
