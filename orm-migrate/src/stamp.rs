//! Records migrations without running them.

use orm::{Database, Executor, Result};

use crate::Migrations;
use crate::history::{Applied, create, forget, note, read};
use crate::plan::script;
use crate::runner::{Hand, begin_whole};

impl Migrations {
    /// Records all migrations up to this one as applied, in their present form, and deletes the records of all others,
    /// including later ones. Nothing is run: use it for a database that got its schema by other means. It is atomic.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// sql!("CREATE TABLE t (n INTEGER)").execute(&db).await?; // before migrations were used
    /// let migrations = Migrations::from_files([
    ///     ("1_t/up.sql", "CREATE TABLE t (n INTEGER);"),
    ///     ("2_u/up.sql", "CREATE TABLE u (n INTEGER);"),
    /// ])?;
    /// migrations.stamp(&db, "1_t").await?;
    /// assert_eq!(migrations.up(&db).await?[0].name, "2_u");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If there is no such migration, one has no script for the database, or another program is running migrations.
    pub async fn stamp(&self, db: &Database, name: &str) -> Result<()> {
        self.are_somewhere()?;
        let (count, db) = (self.position(name)? + 1, self.database(db)?);
        if !db.dialect().ddl.commits {
            let mut s = begin_whole(self, &db).await?;
            self.note_first(&mut s, count, &db).await?;
            return s.commit().await;
        }
        let mut hand = Hand::take(&db, self.options.wait).await?;
        let result = self.note_in_hand(&mut hand, count).await;
        let released = hand.release().await;
        result.and(released)
    }

    async fn note_in_hand(&self, hand: &mut Hand<'_>, count: usize) -> Result<()> {
        let db = hand.db;
        // This commits implicitly.
        create(hand.connection(), db.dialect()).await?;
        hand.execute("START TRANSACTION").await?;
        let noted = self.note_first(hand.connection(), count, db).await;
        hand.end(noted).await
    }

    /// Records the first so many migrations, and no others.
    async fn note_first(&self, on: impl Executor<'_>, count: usize, db: &Database) -> Result<()> {
        let mut on = on.on();
        let mut wanted = Vec::new();
        for migration in &self.list[..count] {
            let statements = script(migration, true, db.dialect())?;
            wanted.push(Applied::new(&migration.name, true, &statements, statements.len()));
        }
        let history = read(&mut on).await?;
        let is_noted = |wanted: &Applied, noted: &Applied| {
            noted.name == wanted.name && noted.is_whole() && noted.checksum == wanted.checksum
        };
        for noted in history.iter().filter(|noted| !wanted.iter().any(|wanted| is_noted(wanted, noted))) {
            forget(&mut on, &noted.name).await?;
        }
        for wanted in wanted.iter().filter(|wanted| !history.iter().any(|noted| is_noted(wanted, noted))) {
            note(&mut on, wanted).await?;
        }
        Ok(())
    }
}
