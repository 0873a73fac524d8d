//! The statements of a file.

mod body;
mod split;
#[cfg(test)]
mod tests;

use orm_core::dialect::Dialect;

/// The statements of a file.
///
/// Each ends with a semicolon that is not in quotes or comments. A CREATE of a trigger, procedure, function or event ends
/// with the first one behind its last END. What ends otherwise stands between two lines:
///
/// ```text
/// -- orm:begin
/// BEGIN NOT ATOMIC DELETE FROM a; DELETE FROM b; END
/// -- orm:end
/// ```
///
/// Comments before and behind a statement are left out; those inside, and those for some versions of a server
/// (`/*! … */`), are part of it.
///
/// ```
/// # use orm::migrate::{Direction, Migration};
/// let migration = Migration::of("1_log", [("up.sql", "
///     CREATE TABLE log (text VARCHAR(100));  -- this; and
///     CREATE TRIGGER on_post AFTER INSERT ON posts FOR EACH ROW BEGIN
///         INSERT INTO log VALUES ('a post');
///     END;
/// ")])?;
/// let script = migration.script(Direction::Up, &orm::dialect::SQLITE)?;
/// assert_eq!(script.statements().len(), 2);
/// # Ok::<(), orm::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script<'m> {
    statements: Vec<&'m str>,
}

impl<'m> Script<'m> {
    /// Takes a text apart, by what quotes and backslashes mean to the database.
    #[must_use]
    pub fn new(text: &'m str, dialect: &Dialect) -> Self {
        Script { statements: split::split(text, dialect) }
    }

    /// The statements, without the semicolons between them.
    #[must_use]
    pub fn statements(&self) -> &[&'m str] {
        &self.statements
    }
}
