//! The state that all handlers share.

use orm::CursorKey;
use orm::prelude::*;

use crate::config::{Config, Limits};
use crate::migrations;

/// One for the whole program. It is cheap to clone, because the database is only a handle.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The main database, `audit` and `cache`.
    pub db: Database,
    /// The key that seals cursors before a client gets them.
    pub cursor_key: CursorKey,
    pub limits: Limits,
}

impl AppState {
    /// Reads the options without connecting: the first statement connects.
    pub fn open(config: Config) -> orm::Result<Self> {
        let db = Database::builder().config(config.database).open()?;
        let cursor_key = CursorKey::new(config.cursor_secret.as_bytes());
        Ok(AppState { db, cursor_key, limits: config.limits })
    }

    /// Migrates the tables; if several instances start at once, one of them does it.
    pub async fn prepare(&self) -> orm::Result<()> {
        migrations::up(&self.db).await
    }
}
