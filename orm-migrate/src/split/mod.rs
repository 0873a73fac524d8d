//! Splits a script into statements.
//!
//! A statement ends with a semicolon outside of quotes and comments. A CREATE of a trigger, procedure, function or
//! event ends with the first semicolon after its last END. Statements that end otherwise, such as `BEGIN NOT ATOMIC`,
//! are placed between the lines `-- orm:begin` and `-- orm:end`. The line `-- orm:rust NAME` calls a step in Rust, and
//! is a statement. Other comments before and after a statement are left out; those inside it, and version comments
//! (`/*! … */`), are part of it.

mod body;
mod parts;
#[cfg(test)]
mod tests;

use orm::dialect::Dialect;
pub(crate) use parts::{is_ended, words};

/// Returns the statements of a script, without the semicolons between them.
pub(crate) fn statements(script: &str, dialect: &Dialect) -> Vec<String> {
    parts::split(script, dialect).into_iter().map(str::to_owned).collect()
}
