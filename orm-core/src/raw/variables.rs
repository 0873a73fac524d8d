//! Session variables of a connection.

use super::{FromCell, KnownText, Param, RawConnection, Sql};
use crate::error::{Error, ErrorKind, Result};
use crate::session::Pending;
use crate::syntax::{Node, Piece};

impl RawConnection<'_> {
    /// Reads a session variable, or the global one if there is none for sessions. SQLite has no variables.
    ///
    /// ```no_run
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mode: String = db.connection().await?.variable("sql_mode").await?;
    /// # let _ = mode; Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn variable<T: FromCell>(&mut self, name: impl KnownText) -> Pending<'_, T> {
        let statement = self.named(name.text()).map(|name| Sql::of(vec![text("SELECT @@"), name]));
        let value = statement.map(|sql| sql.scalar(self));
        Pending::new(async move { value?.await })
    }

    /// Sets a session variable, until the connection is returned. A user variable, such as `@rest`, is set and read with
    /// [`execute`](RawConnection::execute) of `SET @rest = 5` and `SELECT @rest`.
    ///
    /// ```no_run
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.set_variable("max_execution_time", 500).await?;
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn set_variable(&mut self, name: impl KnownText, value: impl Param) -> Pending<'_, ()> {
        let value = Piece::Node(Node::Value(value.datum()));
        let statement =
            self.named(name.text()).map(|name| Sql::of(vec![text("SET SESSION "), name, text(" = "), value]));
        let set = statement.map(|sql| sql.execute(self));
        Pending::new(async move { set?.await.map(drop) })
    }

    fn named(&self, name: &'static str) -> Result<Piece> {
        let dialect = self.lease().dialect();
        if dialect.variables {
            return Ok(Piece::Name(name));
        }
        let message = format!(
            "{} has no variables such as `{name}`: what can be set there is a PRAGMA, for `execute`",
            dialect.name
        );
        Err(Error::new(ErrorKind::Unsupported, message))
    }
}

fn text(text: &'static str) -> Piece {
    Piece::Text(text.into())
}
