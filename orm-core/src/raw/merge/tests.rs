use super::merge;
use crate::dialect::{Dialect, NONE};
use crate::raw::{Sql, sql};

const DIALECT: Dialect = Dialect { max_params: 6, max_bytes: 1_000, ..NONE };

fn texts(statements: Vec<Sql>) -> Vec<String> {
    let merged = merge(statements, &DIALECT).into_iter();
    merged.map(|sql| sql.to_sql(&DIALECT).map_or_else(|error| error.to_string(), |sql| sql.sql)).collect()
}

fn rows(text: &'static str, count: i64) -> Vec<Sql> {
    (0..count).map(|number| sql(text).bind("a", number).bind("b", "x")).collect()
}

#[test]
fn inserts_of_one_text_become_one() {
    assert_eq!(texts(rows("INSERT INTO t VALUES ({a}, {b})", 2)), ["INSERT INTO t VALUES (?, ?), (?, ?)"]);
    assert_eq!(
        texts(rows("insert into t (a) values(lower({b}), {a}, 1)", 2)),
        ["insert into t (a) values(lower(?), ?, 1), (lower(?), ?, 1)"]
    );
}

#[test]
fn a_statement_grows_no_further_than_it_may() {
    let inserts = texts(rows("INSERT INTO t VALUES ({a}, {b})", 7));
    assert_eq!(inserts.iter().map(|sql| sql.matches('?').count()).collect::<Vec<_>>(), [6, 6, 2]);
}

#[test]
fn other_statements_stay_as_they_are() {
    for text in [
        "UPDATE t SET a = {a} WHERE b = {b}",
        "INSERT INTO t VALUES ({a}, {b}) ON DUPLICATE KEY UPDATE a = 1",
        "INSERT INTO t VALUES ({a}, ')', {b})",
        "INSERT INTO t VALUES ({a}, {b}), (1, 2)",
        "INSERT INTO t SELECT {a}, {b}",
        "DELETE FROM t WHERE (a, b) IN (VALUES ({a}, {b}))",
    ] {
        assert_eq!(texts(rows(text, 2)).len(), 2, "{text}");
    }
    let different =
        ["INSERT INTO t VALUES ({a})", "INSERT INTO u VALUES ({a})", "INSERT INTO t VALUES ({a})"];
    assert_eq!(texts(different.map(|text| sql(text).bind("a", 1)).into()).len(), 3);
}
