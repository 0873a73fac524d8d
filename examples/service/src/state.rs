//! What every handler has.

use orm::CursorKey;
use orm::prelude::*;

use crate::accounts::{Account, Transfer};
use crate::audit::AuditEntry;
use crate::cache::CachedReport;
use crate::comments::Comment;
use crate::config::Config;
use crate::posts::Post;
use crate::reports;
use crate::tags::{PostTag, Tag};
use crate::users::User;

/// Every table, in each of the databases.
pub type Tables = (User, Post, Comment, Tag, PostTag, Account, Transfer, AuditEntry, CachedReport);

/// One for the whole program. A clone is as cheap as that of the database, which is a handle.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The main database, `audit` and `cache`.
    pub db: Database,
    /// What cursors are sealed with before a client gets them.
    pub cursor_key: CursorKey,
}

impl AppState {
    /// Reads the options and connects to nothing: the first statement does.
    pub fn open(config: Config) -> orm::Result<Self> {
        let db = Database::builder().config(config.database).open()?;
        Ok(AppState { db, cursor_key: CursorKey::new(config.cursor_secret.as_bytes()) })
    }

    /// Creates the tables that are missing, each in its database, and says what is different in those that are there.
    pub async fn prepare(&self) -> orm::Result<()> {
        self.db.create_tables::<Tables>().await?;
        orm::Schema::verify::<Tables>(&self.db).await?;
        reports::prepare(&self.db).await
    }
}
