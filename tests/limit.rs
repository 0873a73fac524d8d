//! A limit is a bind parameter, and SQLite compiles the statement once for all limits.

use orm::dialect::SQLITE;
use orm::prelude::*;
use rusqlite::{Connection, StatementStatus};

use crate::support::models::*;

/// Returns the SQL for a page of users, and its bind values.
fn page(rows: u64, from: u64) -> (String, (i64, i64)) {
    let users = User::query().order_by(|u| u.id.asc()).select(|u| u.id).limit(rows).offset(from);
    (users.to_sql(&SQLITE).unwrap().sql, (rows as i64, from as i64))
}

/// Reads pages of several sizes with one statement. Returns the rows, and how often the statement was recompiled.
fn read(connection: &Connection, sql: &str) -> (Vec<Vec<i64>>, i32) {
    let mut statement = connection.prepare(sql).unwrap();
    let found = [(1, 0), (2, 0), (3, 1), (9, 2)].map(|(rows, from)| {
        let rows = statement.query_map(page(rows, from).1, |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    });
    (found.into(), statement.get_status(StatementStatus::RePrepare))
}

#[test]
fn another_limit_needs_no_other_statement() {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("CREATE TABLE users (id INTEGER); INSERT INTO users VALUES (1), (2), (3), (4)")
        .unwrap();
    let (sql, _) = page(1, 0);
    assert_eq!(page(7, 3).0, sql);
    let found = vec![vec![1], vec![1, 2], vec![2, 3, 4], vec![3, 4]];
    assert_eq!(read(&connection, &sql), (found.clone(), 0));

    // Checks that SQLite would recompile it otherwise, or this test shows nothing.
    let (same, compiled) = read(&connection, &sql.replace("LIMIT +?", "LIMIT ?"));
    assert_eq!(same, found);
    assert!(compiled > 0);
}
