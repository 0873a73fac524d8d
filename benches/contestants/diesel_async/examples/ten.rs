//! Ten entities with `diesel-async`, to measure its build: `../../README.md`.

use anyhow::{Context as _, Result};
use diesel::prelude::{
    Associations, ExpressionMethods as _, Identifiable, Insertable, QueryDsl as _, Queryable, Selectable,
    SelectableHelper as _,
};
use diesel_async::{AsyncConnection as _, AsyncMysqlConnection, RunQueryDsl as _};

macro_rules! entity {
    ($Model:ident, $table:ident, $Parent:ident) => {
        diesel::table! {
            $table {
                id -> Unsigned<BigInt>,
                parent_id -> Unsigned<BigInt>,
                name -> Text,
                note -> Nullable<Text>,
                amount -> BigInt,
                active -> Bool,
            }
        }

        #[derive(Debug, Associations, Identifiable, Insertable, Queryable, Selectable)]
        #[diesel(table_name = $table, belongs_to($Parent, foreign_key = parent_id))]
        struct $Model {
            id: u64,
            parent_id: u64,
            name: String,
            note: Option<String>,
            amount: i64,
            active: bool,
        }

        impl $Model {
            async fn insert(&self, connection: &mut AsyncMysqlConnection) -> Result<()> {
                diesel::insert_into($table::table).values(self).execute(connection).await?;
                Ok(())
            }

            async fn rename(connection: &mut AsyncMysqlConnection, id: u64, name: &str) -> Result<()> {
                diesel::update($table::table.find(id)).set($table::name.eq(name)).execute(connection).await?;
                Ok(())
            }

            async fn above(connection: &mut AsyncMysqlConnection, amount: i64) -> Result<Vec<Self>> {
                let query = $table::table.filter($table::active).filter($table::amount.gt(amount));
                Ok(query.order($table::name).limit(10).select(Self::as_select()).load(connection).await?)
            }

            async fn all_three(connection: &mut AsyncMysqlConnection) -> Result<()> {
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

entity!(Account, accounts, Job);
entity!(Book, books, Account);
entity!(City, cities, Book);
entity!(Device, devices, City);
entity!(Event, events, Device);
entity!(Folder, folders, Event);
entity!(Garden, gardens, Folder);
entity!(House, houses, Garden);
entity!(Invoice, invoices, House);
entity!(Job, jobs, Invoice);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).context("ten URL")?;
    let connection = &mut AsyncMysqlConnection::establish(&url).await?;
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
