//! Ten entities with `sqlx`, to measure its build: `../../README.md`.

use anyhow::{Context as _, Result};
use sqlx::{Connection as _, MySqlConnection};

macro_rules! entity {
    ($Model:ident, $table:literal) => {
        #[derive(Debug, sqlx::FromRow)]
        struct $Model {
            id: u64,
            parent_id: u64,
            name: String,
            note: Option<String>,
            amount: i64,
            active: bool,
        }

        impl $Model {
            async fn insert(&self, connection: &mut MySqlConnection) -> Result<()> {
                let query = sqlx::query(concat!(
                    "INSERT INTO ",
                    $table,
                    " (id, parent_id, name, note, amount, active) VALUES (?, ?, ?, ?, ?, ?)"
                ));
                let query = query.bind(self.id).bind(self.parent_id).bind(&self.name).bind(&self.note);
                query.bind(self.amount).bind(self.active).execute(connection).await?;
                Ok(())
            }

            async fn rename(connection: &mut MySqlConnection, id: u64, name: &str) -> Result<()> {
                let query = sqlx::query(concat!("UPDATE ", $table, " SET name = ? WHERE id = ?"));
                query.bind(name).bind(id).execute(connection).await?;
                Ok(())
            }

            async fn above(connection: &mut MySqlConnection, amount: i64) -> Result<Vec<Self>> {
                let query = sqlx::query_as(concat!(
                    "SELECT id, parent_id, name, note, amount, active FROM ",
                    $table,
                    " WHERE active AND amount > ? ORDER BY name LIMIT 10"
                ));
                Ok(query.bind(amount).fetch_all(connection).await?)
            }

            async fn all_three(connection: &mut MySqlConnection) -> Result<()> {
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
    let connection = &mut MySqlConnection::connect(&url).await?;
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
