//! Ten entities with `mysql`, to measure its build: `../../README.md`.

use anyhow::{Context as _, Result};
use mysql::Conn;
use mysql::prelude::Queryable as _;

type Row = (u64, u64, String, Option<String>, i64, bool);

macro_rules! entity {
    ($Model:ident, $table:literal) => {
        #[derive(Debug)]
        #[allow(dead_code)]
        struct $Model {
            id: u64,
            parent_id: u64,
            name: String,
            note: Option<String>,
            amount: i64,
            active: bool,
        }

        impl $Model {
            fn insert(&self, connection: &mut Conn) -> Result<()> {
                let sql = concat!(
                    "INSERT INTO ",
                    $table,
                    " (id, parent_id, name, note, amount, active) VALUES (?, ?, ?, ?, ?, ?)"
                );
                let row = (self.id, self.parent_id, &self.name, &self.note, self.amount, self.active);
                Ok(connection.exec_drop(sql, row)?)
            }

            fn rename(connection: &mut Conn, id: u64, name: &str) -> Result<()> {
                let sql = concat!("UPDATE ", $table, " SET name = ? WHERE id = ?");
                Ok(connection.exec_drop(sql, (name, id))?)
            }

            fn above(connection: &mut Conn, amount: i64) -> Result<Vec<Self>> {
                let sql = concat!(
                    "SELECT id, parent_id, name, note, amount, active FROM ",
                    $table,
                    " WHERE active AND amount > ? ORDER BY name LIMIT 10"
                );
                let row = |(id, parent_id, name, note, amount, active): Row| $Model {
                    id,
                    parent_id,
                    name,
                    note,
                    amount,
                    active,
                };
                Ok(connection.exec_map(sql, (amount,), row)?)
            }

            fn all_three(connection: &mut Conn) -> Result<()> {
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
    let url = std::env::args().nth(1).context("ten URL")?;
    let connection = &mut Conn::new(url.as_str())?;
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
