//! Reading the result sets of a raw connection.

use super::{FromRow, RawConnection};
use crate::error::Result;

impl RawConnection<'_> {
    /// Returns the next row of the current result set, or `None` at its end.
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
    /// Kind `Decode` if the row cannot be decoded as `T`; it is skipped.
    pub fn fetch_one<T: FromRow>(&mut self) -> Result<Option<T>> {
        Ok(self.set.take(1)?.pop())
    }

    /// Returns up to `rows` more rows of the current result set.
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
    /// Kind `Decode` if a row cannot be decoded as `T`; the rows up to and including it are skipped.
    pub fn fetch_many<T: FromRow>(&mut self, rows: usize) -> Result<Vec<T>> {
        self.set.take(rows)
    }

    /// Returns all remaining rows of the current result set.
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
    /// Kind `Decode` if a row cannot be decoded as `T`; the rows up to and including it are skipped.
    pub fn fetch_all<T: FromRow>(&mut self) -> Result<Vec<T>> {
        self.set.take(usize::MAX)
    }

    /// Advances to the next result set of the statement; `false` if there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.execute(sql!("SELECT 1")).await?;
    /// assert!(!connection.next_set()); // only procedures return several
    /// # Ok(()) }) }
    /// ```
    pub fn next_set(&mut self) -> bool {
        let next = self.sets.next();
        let found = next.is_some();
        self.set = next.unwrap_or_default();
        found
    }

    /// Returns the names of the columns of the current result set.
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
