//! Raw SQL statements.

use std::fmt;

use super::{Param, ParamList};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::render::render;
use crate::syntax::{Command, Node, Piece, Statement};
use crate::value::Datum;

/// A raw SQL statement, made by `sql!`, or by [`sql`](super::sql) from text that is kept elsewhere.
///
/// Values are bound, never part of the text. The same text works on every database that understands its SQL.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let (email, ids) = ("ann@example.org", [1, 2, 3]);
/// let statement = sql!("SELECT * FROM {@User} WHERE {@User.email} = {email} AND id IN ({..ids})");
/// let sql = statement.to_sql(&orm::dialect::MYSQL)?;
/// assert_eq!(sql.sql, "SELECT * FROM `users` WHERE `email` = ? AND id IN (?, ?, ?, ?)");
/// let users: Vec<User> = statement.all(db).await?;
/// assert_eq!(users[0].name, "Ann");
/// # Ok(()) }) }
/// ```
#[derive(Clone)]
#[must_use = "a statement does nothing until a terminal such as `.all(&db)` or `.execute(&db)` runs it"]
pub struct Sql {
    pub(super) pieces: Vec<Piece>,
    /// The error, if the statement was built wrongly.
    pub(super) error: Option<Error>,
}

impl fmt::Debug for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sql").field(&self.pieces).finish()
    }
}

impl Sql {
    pub(super) fn of(pieces: Vec<Piece>) -> Self {
        Sql { pieces, error: None }
    }

    /// Binds a value to `{name}`, wherever it occurs in a text from [`sql`](super::sql).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let by_name = orm::raw::sql("SELECT id FROM users WHERE name = {name}");
    /// assert_eq!(by_name.bind("name", "Bob").scalar::<u64>(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn bind(self, name: &str, value: impl Param) -> Self {
        self.fill(name, false, &mut || Piece::Node(Node::Value(value.datum())))
    }

    /// Binds values to `{..name}`, wherever it occurs in a text from [`sql`](super::sql).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let names = orm::raw::sql("SELECT name FROM users WHERE id IN ({..ids}) ORDER BY id").bind_list("ids", [1, 2]);
    /// assert_eq!(names.all::<String>(db).await?, ["Ann", "Bob"]);
    /// # Ok(()) }) }
    /// ```
    pub fn bind_list(self, name: &str, values: impl ParamList) -> Self {
        self.fill(name, true, &mut || Piece::List(values.data()))
    }

    fn fill(mut self, name: &str, list: bool, value: &mut dyn FnMut() -> Piece) -> Self {
        let mut found = false;
        for piece in &mut self.pieces {
            if matches!(piece, Piece::Open { name: open, list: lists } if **open == *name && *lists == list) {
                *piece = value();
                found = true;
            }
        }
        if !found && self.error.is_none() {
            let dots = if list { ".." } else { "" };
            let message = format!("the statement has no unbound placeholder `{{{dots}{name}}}`");
            self.error = Some(Error::new(ErrorKind::InvalidQuery, message));
        }
        self
    }

    /// Renders the statement for a dialect, without a database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let name = "x' OR 1 = 1";
    /// let statement = sql!("SELECT 1 FROM {@User} WHERE name = {name}").to_sql(db.dialect())?;
    /// assert_eq!(statement.sql, r#"SELECT 1 FROM "users" WHERE name = ?"#);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If the text is invalid, or one of its values has not been bound.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        render(self.clone().into_command()?, dialect)
    }

    pub(crate) fn into_command(self) -> Result<Command> {
        match self.error {
            None => Ok(Command::Raw(self.pieces)),
            Some(error) => Err(error),
        }
    }
}

/// A value as a part of a statement.
pub(super) fn value(value: Datum) -> Piece {
    Piece::Node(Node::Value(value))
}
