//! Warnings of the server about statements that did not fail.

use super::{RawConnection, sql_unchecked};
use crate::session::Pending;

/// A warning of MySQL or MariaDB.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut connection = db.connection().await?;
/// connection.execute(sql!("UPDATE {@User} SET age = 42 WHERE id = 1")).await?;
/// let warnings = connection.warnings().await?;
/// assert!(warnings.iter().all(|warning| warning.level != "Error")); // SQLite has none at all
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// `Note`, `Warning` or `Error`.
    pub level: String,
    /// The server's code.
    pub code: u32,
    /// The message, which may contain values of the statement.
    pub message: String,
}

impl RawConnection<'_> {
    /// Returns the warnings of the last statement; SQLite has none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.execute(sql!("SELECT 1")).await?;
    /// assert_eq!(connection.warnings().await?, []);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn warnings(&mut self) -> Pending<'_, Vec<Warning>> {
        let ask = self.lease().dialect().warnings;
        let warnings = (!ask.is_empty()).then(|| sql_unchecked(ask).all::<(String, u32, String)>(self));
        Pending::new(async move {
            let Some(warnings) = warnings else { return Ok(Vec::new()) };
            let warnings = warnings.await?.into_iter();
            Ok(warnings.map(|(level, code, message)| Warning { level, code, message }).collect())
        })
    }
}
