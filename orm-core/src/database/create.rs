//! Creating databases themselves.

use super::Database;
use crate::error::Result;

impl Database {
    /// Creates the databases of this handle that do not exist yet; existing ones are left as they are. On a server, that is the
    /// database that the URL names, with the character set utf8mb4; its user needs the privilege CREATE. For SQLite, it is the file.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let url = "sqlite::memory:";
    /// let db = Database::open(url)?; // such as mysql://root@localhost/app, where there is no `app` yet
    /// db.create_databases().await?;
    /// db.ping().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// If a server cannot be reached, if its URL names no database, or if the user may not create one.
    pub async fn create_databases(&self) -> Result<()> {
        for member in self.all() {
            member.driver().create_database().await.map_err(|error| member.named(error))?;
        }
        Ok(())
    }
}
