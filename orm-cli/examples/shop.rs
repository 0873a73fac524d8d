//! The command `orm` with the models of a program: its `src/bin/orm.rs`.
//!
//! ```sh
//! cargo run -p orm-cli --example shop -- ddl --dialect sqlite
//! ```

#![allow(missing_docs, reason = "the fields of a model speak for themselves")]

use orm::prelude::*;

#[derive(Model)]
#[orm(table = "customers", has_many(orders: Order))]
pub struct Customer {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 190)]
    pub email: String,
    pub name: Option<String>,
}

#[derive(Model)]
#[orm(table = "orders")]
pub struct Order {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Customer, on_delete = cascade)]
    pub customer_id: u64,
    #[orm(precision = (10, 2))]
    pub total: Decimal,
}

/// What happened, in a database of its own.
#[derive(Model)]
#[orm(table = "events", bind = "audit")]
pub struct Event {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub text: String,
}

fn main() -> std::process::ExitCode {
    orm_cli::run::<(Customer, Order, Event)>()
}
