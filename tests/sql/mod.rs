//! The SQL of statements, per dialect, without a database: `snapshots` holds the expected output. `live` runs the same
//! statements on the databases themselves.
//!
//! A statement is an entry in the file of its clause. `INSTA_UPDATE=always cargo test --test suite sql::` rewrites the
//! snapshots; review the diff before you commit it.

use std::fmt::Write as _;

use orm::dialect::{Dialect, MARIADB, MYSQL, SQLITE};
use orm::driver::BoxFuture;
use orm::prelude::*;
use orm::{Result, Statement};

use crate::support::models::*;

/// A statement: its name, its SQL in a dialect, and its rows if it is a query.
struct Entry {
    name: &'static str,
    build: fn(&Dialect) -> Result<Statement>,
    rows: Option<fn(&mut Session) -> BoxFuture<'_, Result<Vec<String>>>>,
}

/// Entries that read: a query each.
macro_rules! queries {
    ($($name:literal: $query:expr;)*) => {
        &[$(Entry {
            name: $name,
            build: |dialect| $query.to_sql(dialect),
            rows: Some(|session| Box::pin(async move {
                Ok($query.all(session).await?.iter().map(|row| format!("{row:?}")).collect())
            })),
        }),*]
    };
}

/// Entries that change rows.
macro_rules! changes {
    ($($name:literal: $change:expr;)*) => {
        &[$(Entry { name: $name, build: |dialect| $change.to_sql(dialect), rows: None }),*]
    };
}

mod live;

macro_rules! files {
    ($($file:ident)*) => {
        $(mod $file;)*

        const FILES: &[(&str, &[Entry])] = &[$((stringify!($file), $file::ENTRIES)),*];
    };
}
files! {
    filter expression json select join relation subquery compound derived group window lock insert upsert update delete soft_delete raw
}

fn snapshot(entries: &[Entry], dialect: &Dialect) -> String {
    let mut text = String::new();
    for Entry { name, build, .. } in entries {
        let sql = match build(dialect) {
            // Long lists are represented by their length.
            Ok(statement) => format!(
                "{} -- {} values",
                statement.sql.replace("?, ?, ?, ?, ?, ?, ?, ?", "…"),
                statement.params.len()
            ),
            Err(error) => format!("-- {error}"),
        };
        writeln!(text, "-- {name}\n{sql}\n").unwrap();
    }
    text
}

macro_rules! snapshots {
    ($($name:ident $dialect:ident;)*) => { $(
        #[test]
        fn $name() {
            for (file, entries) in FILES {
                insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                    insta::assert_snapshot!(format!("{file}.{}", stringify!($name)), snapshot(entries, &$dialect));
                });
            }
        }
    )* };
}
snapshots! {
    sqlite SQLITE;
    mysql MYSQL;
    mariadb MARIADB;
}

#[test]
fn binds_every_value() {
    let statement = User::query().filter(|u| u.name.eq("x' OR 1=1")).limit(3).to_sql(&SQLITE).unwrap();
    assert!(statement.sql.ends_with("WHERE \"users\".\"name\" = ? LIMIT +?"), "{statement}");
    assert_eq!(statement.params.len(), 2);
}

#[test]
fn pads_lists_to_a_power_of_two() {
    let placeholders = |count: u64| {
        let query = User::query().filter(|u| u.id.is_in(1..=count));
        query.to_sql(&MYSQL).unwrap().sql.matches('?').count()
    };
    assert_eq!([1, 2, 3, 5, 8, 9].map(placeholders), [1, 2, 4, 8, 8, 16]);
}

#[test]
fn quotes_identifiers_whatever_is_in_them() {
    #[derive(Model)]
    #[orm(table = "odd\"`name")]
    #[allow(dead_code, reason = "only its SQL is looked at")]
    struct Odd {
        #[orm(primary_key, column = "a`b\"c")]
        id: i32,
    }
    let sql = |dialect| Odd::delete().all_rows().to_sql(dialect).unwrap().sql;
    assert_eq!(sql(&SQLITE), "DELETE FROM \"odd\"\"`name\"");
    assert_eq!(sql(&MYSQL), "DELETE FROM `odd\"``name`");
    let sql = |dialect| Odd::query().to_sql(dialect).unwrap().sql;
    assert_eq!(sql(&MYSQL), "SELECT `odd\"``name`.`a``b\"c` FROM `odd\"``name`");
}
