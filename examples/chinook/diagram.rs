//! The diagram of the tables, shown in the README of this folder.

use std::path::Path;

use anyhow::{Context as _, Result};
use orm::Schema;
use orm::dialect::MYSQL;

use super::models::Store;

/// Draws it from the models.
pub(crate) fn draw() -> Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/chinook/schema.svg");
    std::fs::write(&path, Schema::of::<Store>(&MYSQL)?.diagram().svg())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    println!("{} shows the tables", path.display());
    Ok(())
}
