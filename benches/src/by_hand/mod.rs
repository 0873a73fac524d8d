//! The work by hand, as somebody would write it who knows the driver well.

mod mysql;
mod sqlite;

pub(crate) use mysql::Mysql;
pub(crate) use sqlite::Sqlite;

use anyhow::Result;
use orm::dialect::Dialect;

use crate::models::User;

/// What makes the table anew: the same text that `orm` sends.
fn new_table(dialect: &Dialect) -> Result<Vec<String>> {
    let mut statements = vec!["DROP TABLE IF EXISTS users".to_owned()];
    statements.extend(orm::schema::ddl::<User>(dialect)?);
    Ok(statements)
}

/// One statement for so many rows.
fn insert(rows: usize) -> String {
    format!("INSERT INTO users (name, hair_color) VALUES {}", vec!["(?, ?)"; rows].join(", "))
}

const LOAD: &str = "SELECT id, name, hair_color FROM users";
const FIND: &str = "SELECT id, name, hair_color FROM users WHERE id = ?";
const RENAME: &str = "UPDATE users SET name = ? WHERE id = ?";
