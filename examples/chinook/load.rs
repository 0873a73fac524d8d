//! Fills the tables: one `insert_all` each, in one transaction.

use std::time::{Duration, Instant};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use orm::prelude::*;

use super::json::{Data, FromJson};
use super::models::*;

/// How many rows were inserted, and how long that took.
pub(crate) struct Loaded {
    /// The number of rows.
    pub(crate) rows: u64,
    /// The time for all of them, without that for creating the tables.
    pub(crate) time: Duration,
}

/// Drops the tables, creates them and loads the rows: all of them, or none.
pub(crate) async fn load(db: &Database, data: &Data) -> Result<Loaded> {
    db.drop_tables::<Store>().await?;
    db.create_tables::<Store>().await?;
    let start = Instant::now();
    let bar = ProgressBar::new(data.len()).with_style(ProgressStyle::with_template(
        "{msg:17} [{bar:40}] {human_pos} of {human_len} rows, {elapsed}",
    )?);
    // An error leaves through `?`, and the session rolls back.
    let mut session = db.session();
    // A row comes after those that it references.
    table::<Genre>(&mut session, data, &bar).await?;
    table::<MediaType>(&mut session, data, &bar).await?;
    table::<Artist>(&mut session, data, &bar).await?;
    table::<Album>(&mut session, data, &bar).await?;
    table::<Track>(&mut session, data, &bar).await?;
    table::<Employee>(&mut session, data, &bar).await?;
    table::<Customer>(&mut session, data, &bar).await?;
    table::<Invoice>(&mut session, data, &bar).await?;
    table::<InvoiceLine>(&mut session, data, &bar).await?;
    table::<Playlist>(&mut session, data, &bar).await?;
    table::<PlaylistTrack>(&mut session, data, &bar).await?;
    session.commit().await?;
    bar.finish_and_clear();
    Ok(Loaded { rows: bar.position(), time: start.elapsed() })
}

/// Loads one table.
async fn table<T: FromJson>(on: impl Executor<'_>, data: &Data, bar: &ProgressBar) -> Result<()> {
    bar.set_message(T::ARRAY);
    let rows: Vec<T> = data.rows()?;
    bar.inc(T::insert_all(rows).execute(on).await?);
    Ok(())
}
