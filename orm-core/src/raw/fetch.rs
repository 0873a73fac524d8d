//! The rows of a connection in hand.

use super::{FromRow, RawConnection};
use crate::error::Result;

impl RawConnection<'_> {
    /// The next row of the result set at hand, or `None` at its end.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.execute(sql!("SELECT * FROM {@User} WHERE id = 1")).await?;
    /// assert_eq!(connection.fetch_one::<User>()?.unwrap().name, "Ann");
    /// assert_eq!(connection.fetch_one::<User>()?, None);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Decode` if the row is no `T`; it is passed over.
    pub fn fetch_one<T: FromRow>(&mut self) -> Result<Option<T>> {
        Ok(self.set.take(1)?.pop())
    }

    /// The next rows of the result set at hand, so many at most.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.execute(sql!("SELECT name FROM {@User} ORDER BY id")).await?;
    /// assert_eq!(connection.fetch_many::<String>(1)?, ["Ann"]);
    /// assert_eq!(connection.fetch_many::<String>(5)?, ["Bob"]);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Decode` if a row is no `T`; the rows up to it are passed over.
    pub fn fetch_many<T: FromRow>(&mut self, rows: usize) -> Result<Vec<T>> {
        self.set.take(rows)
    }

    /// All rows that are left of the result set at hand.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.execute(sql!("SELECT name FROM {@User} ORDER BY id")).await?;
    /// assert_eq!(connection.fetch_all::<String>()?, ["Ann", "Bob"]);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Decode` if a row is no `T`; the rows up to it are passed over.
    pub fn fetch_all<T: FromRow>(&mut self) -> Result<Vec<T>> {
        self.set.take(usize::MAX)
    }

    /// Turns to the next result set of the statement; `false` if there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.execute(sql!("SELECT 1")).await?;
    /// assert!(!connection.next_set()); // only procedures give several
    /// # Ok(()) }) }
    /// ```
    pub fn next_set(&mut self) -> bool {
        let next = self.sets.next();
        let found = next.is_some();
        self.set = next.unwrap_or_default();
        found
    }

    /// The names of the columns of the result set at hand.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.execute(sql!("SELECT id, name AS who FROM {@User}")).await?;
    /// assert_eq!(connection.columns(), ["id", "who"]);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn columns(&self) -> &[String] {
        self.set.names()
    }
}
