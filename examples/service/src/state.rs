//! What every handler has.

use orm::CursorKey;
use orm::prelude::*;

use crate::config::{Config, Limits};
use crate::migrations;

/// One for the whole program. A clone is as cheap as that of the database, which is a handle.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The main database, `audit` and `cache`.
    pub db: Database,
    /// What cursors are sealed with before a client gets them.
    pub cursor_key: CursorKey,
    pub limits: Limits,
}

impl AppState {
    /// Reads the options and connects to nothing: the first statement does.
    pub fn open(config: Config) -> orm::Result<Self> {
        let db = Database::builder().config(config.database).open()?;
        let cursor_key = CursorKey::new(config.cursor_secret.as_bytes());
        Ok(AppState { db, cursor_key, limits: config.limits })
    }

    /// Brings the tables to where the models are; of several instances that start at once, one does it.
    pub async fn prepare(&self) -> orm::Result<()> {
        migrations::up(&self.db).await
    }
}
