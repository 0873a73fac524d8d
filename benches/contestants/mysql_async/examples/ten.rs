//! Ten entities with handwritten code on `mysql_async`, to measure its build.

use anyhow::{Context as _, Result};
use mysql_async::Conn;
use mysql_async::prelude::Queryable as _;

macro_rules! entity {
    ($Model:ident, $table:literal) => {
        #[derive(Debug)]
        #[allow(dead_code, reason = "printed")]
        struct $Model {
            id: u64,
            parent_id: u64,
            name: String,
            note: Option<String>,
            amount: i64,
            active: bool,
        }

        impl $Model {
            async fn insert(&self, connection: &mut Conn) -> Result<()> {
                let sql = concat!(
                    "INSERT INTO ",
                    $table,
                    " (id, parent_id, name, note, amount, active) VALUES (?, ?, ?, ?, ?, ?)"
                );
                let row = (self.id, self.parent_id, &self.name, &self.note, self.amount, self.active);
                Ok(connection.exec_drop(sql, row).await?)
            }

            async fn rename(connection: &mut Conn, id: u64, name: &str) -> Result<()> {
                let sql = concat!("UPDATE ", $table, " SET name = ? WHERE id = ?");
                Ok(connection.exec_drop(sql, (name, id)).await?)
            }

            async fn above(connection: &mut Conn, amount: i64) -> Result<Vec<Self>> {
                let sql = concat!(
                    "SELECT id, parent_id, name, note, amount, active FROM ",
                    $table,
                    " WHERE active AND amount > ? ORDER BY name LIMIT 10"
                );
                let row = |(id, parent_id, name, note, amount, active)| $Model {
                    id,
                    parent_id,
                    name,
                    note,
                    amount,
                    active,
                };
                Ok(connection.exec_map(sql, (amount,), row).await?)
            }

            async fn all_three(connection: &mut Conn) -> Result<()> {
                let (name, note) = ("Ann".to_owned(), None);
                let it = $Model { id: 1, parent_id: 1, name, note, amount: 7, active: true };
                it.insert(connection).await?;
                Self::rename(connection, 1, "Bob").await?;
                println!("{:?}", Self::above(connection, 5).await?);
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

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).context("ten URL")?;
    let connection = &mut Conn::from_url(url).await?;
    Account::all_three(connection).await?;
    Book::all_three(connection).await?;
    City::all_three(connection).await?;
    Device::all_three(connection).await?;
    Event::all_three(connection).await?;
    Folder::all_three(connection).await?;
    Garden::all_three(connection).await?;
    House::all_three(connection).await?;
    Invoice::all_three(connection).await?;
    Job::all_three(connection).await
}
