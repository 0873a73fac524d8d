//! Migrations: running, interrupting and generating them.

mod branches;
mod changes;
mod concurrent;
mod full_text;
mod history;
mod interrupted;
mod kept;
mod make;
mod named;
mod property;
mod questions;
pub mod random;
mod renamed_from;
mod run;
mod scripts;
mod squash;
mod steps;
mod swapped;
mod to_unique;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use orm::schema::ModelSet;
use orm::{Database, Schema, raw};

/// A folder for the test, removed when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("orm_migrations_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        Folder(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a statement, with `"` as identifier quotes.
async fn run_sql(db: &Database, sql: &str) -> orm::Result<()> {
    raw::sql_unchecked(sql.replace('"', &db.dialect().quote.to_string())).execute(db).await.map(drop)
}

/// Returns the names of the tables, without the one for migrations.
async fn tables(db: &Database) -> orm::Result<Vec<String>> {
    let schema = orm::Schema::reflect(db).await?;
    let mut names: Vec<String> = schema.tables.into_iter().map(|table| table.name.name).collect();
    names.retain(|name| name != "orm_migrations");
    names.sort();
    Ok(names)
}

/// Checks that nothing differs except indexes that servers created for foreign keys under other names.
async fn differs_in_no_way<S: ModelSet>(db: &Database) -> orm::Result<()> {
    Schema::verify::<S>(db).await?;
    let differences: Vec<String> =
        Schema::differences(db, S::tables()).await?.iter().map(ToString::to_string).collect();
    let left: Vec<&String> = differences.iter().filter(|text| !text.contains("orm_migrations")).collect();
    assert_eq!(left, Vec::<&String>::new());
    Ok(())
}
