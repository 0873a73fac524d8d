//! The Chinook music store: loads its 15,607 rows, and answers ten questions about them.
//!
//! ```sh
//! cargo run --example chinook -- chinook.json
//! DATABASE_URL=mysql://root@localhost/test cargo run --example chinook -- chinook.json
//! ```
//!
//! `--diagram` instead of the data draws `schema.svg`, the diagram of its tables.
//!
//! It runs on SQLite in memory unless `DATABASE_URL` says otherwise. Its tables begin with `chinook_`; they are dropped
//! and recreated at the start, and left for you to look at. Run without an argument, it says where to get the data.

mod answer;
mod diagram;
mod json;
mod load;
mod models;
mod questions;
mod rows;

use std::time::Instant;

use anyhow::{Result, bail};
use orm::prelude::*;

use crate::answer::Digest;
use crate::json::Data;

/// Printed if no data file is given.
const HELP: &str = "\
name the data: cargo run --example chinook -- chinook.json

It is the Chinook database, a music store made up for examples, as one JSON object with an array for each table:
    {\"Genre\": [{\"GenreId\": 1, \"Name\": \"Rock\"}, …], \"MediaType\": […], …}
Its tables are Genre, MediaType, Artist, Album, Track, Employee, Customer, Invoice, InvoiceLine, Playlist and
PlaylistTrack. Get it from https://github.com/lerocha/chinook-database, and convert it if it comes in another form.";

#[tokio::main]
async fn main() -> Result<()> {
    let Some(path) = std::env::args().nth(1) else { bail!(HELP) };
    if path == "--diagram" {
        return diagram::draw();
    }
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite::memory:".to_owned());
    let data = Data::read(&path)?;
    let db = Database::open(&url)?;

    let loaded = load::load(&db, &data).await?;
    println!("{} rows loaded into {} in {:.0?}\n", loaded.rows, db.dialect().name, loaded.time);

    let start = Instant::now();
    let mut digest = Digest::default();
    for answer in questions::ask(&db).await? {
        println!("{answer}");
        digest.add(&answer);
    }
    println!("ten questions answered in {:.0?}", start.elapsed());
    println!("{digest}");
    Ok(())
}
