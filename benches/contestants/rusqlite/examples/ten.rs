//! Ten entities with handwritten code on `rusqlite`, to measure its build.

use anyhow::{Context as _, Result};
use rusqlite::Connection;

macro_rules! entity {
    ($Model:ident, $table:literal) => {
        #[derive(Debug)]
        #[allow(dead_code, reason = "printed")]
        struct $Model {
            id: i64,
            parent_id: i64,
            name: String,
            note: Option<String>,
            amount: i64,
            active: bool,
        }

        impl $Model {
            fn insert(&self, connection: &Connection) -> Result<()> {
                let sql = concat!(
                    "INSERT INTO ",
                    $table,
                    " (id, parent_id, name, note, amount, active) VALUES (?, ?, ?, ?, ?, ?)"
                );
                let row = (self.id, self.parent_id, &self.name, &self.note, self.amount, self.active);
                connection.prepare_cached(sql)?.execute(row)?;
                Ok(())
            }

            fn rename(connection: &Connection, id: i64, name: &str) -> Result<()> {
                let sql = concat!("UPDATE ", $table, " SET name = ? WHERE id = ?");
                connection.prepare_cached(sql)?.execute((name, id))?;
                Ok(())
            }

            fn above(connection: &Connection, amount: i64) -> Result<Vec<Self>> {
                let sql = concat!(
                    "SELECT id, parent_id, name, note, amount, active FROM ",
                    $table,
                    " WHERE active AND amount > ? ORDER BY name LIMIT 10"
                );
                let mut statement = connection.prepare_cached(sql)?;
                let rows = statement.query_map([amount], |row| {
                    Ok($Model {
                        id: row.get(0)?,
                        parent_id: row.get(1)?,
                        name: row.get(2)?,
                        note: row.get(3)?,
                        amount: row.get(4)?,
                        active: row.get(5)?,
                    })
                })?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            }

            fn all_three(connection: &Connection) -> Result<()> {
                let (name, note) = ("Ann".to_owned(), None);
                let it = $Model { id: 1, parent_id: 1, name, note, amount: 7, active: true };
                it.insert(connection)?;
                Self::rename(connection, 1, "Bob")?;
                println!("{:?}", Self::above(connection, 5)?);
                Ok(())
            }
        }
    };
}

entity!(Account, "accounts");
entity!(Book, "books");
entity!(City, "cities");
entity!(Device, "devices");
entity!(Event, "events");
entity!(Folder, "folders");
entity!(Garden, "gardens");
entity!(House, "houses");
entity!(Invoice, "invoices");
entity!(Job, "jobs");

fn main() -> Result<()> {
    let file = std::env::args().nth(1).context("ten FILE")?;
    let connection = &Connection::open(file)?;
    Account::all_three(connection)?;
    Book::all_three(connection)?;
    City::all_three(connection)?;
    Device::all_three(connection)?;
    Event::all_three(connection)?;
    Folder::all_three(connection)?;
    Garden::all_three(connection)?;
    House::all_three(connection)?;
    Invoice::all_three(connection)?;
    Job::all_three(connection)
}
