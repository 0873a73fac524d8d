//! Ten entities with `diesel`, to measure its build: `../../README.md`.

use anyhow::{Context as _, Result};
use diesel::mysql::MysqlConnection;
use diesel::prelude::*;

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
            fn insert(&self, connection: &mut MysqlConnection) -> Result<()> {
                diesel::insert_into($table::table).values(self).execute(connection)?;
                Ok(())
            }

            fn rename(connection: &mut MysqlConnection, id: u64, name: &str) -> Result<()> {
                diesel::update($table::table.find(id)).set($table::name.eq(name)).execute(connection)?;
                Ok(())
            }

            fn above(connection: &mut MysqlConnection, amount: i64) -> Result<Vec<Self>> {
                let query = $table::table.filter($table::active).filter($table::amount.gt(amount));
                Ok(query.order($table::name).limit(10).select(Self::as_select()).load(connection)?)
            }

            fn all_three(connection: &mut MysqlConnection) -> Result<()> {
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

fn main() -> Result<()> {
    let url = std::env::args().nth(1).context("ten URL")?;
    let connection = &mut MysqlConnection::establish(&url)?;
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
