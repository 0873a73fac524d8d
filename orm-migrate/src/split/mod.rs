//! The statements of a script.
//!
//! Each ends with a semicolon that is not in quotes or in a comment. A CREATE of a trigger, procedure, function or event ends
//! with the first one behind its last END. What ends otherwise, such as `BEGIN NOT ATOMIC`, stands between the lines
//! `-- orm:begin` and `-- orm:end`. The line `-- orm:rust NAME` calls a step in Rust, and is a statement. Other comments before and behind a statement are left out; those inside, and those for some
//! versions of a server (`/*! … */`), are part of it.

mod body;
mod parts;
#[cfg(test)]
mod tests;

use orm::dialect::Dialect;
pub(crate) use parts::words;

/// The statements of a script, without the semicolons between them.
pub(crate) fn statements(script: &str, dialect: &Dialect) -> Vec<String> {
    parts::split(script, dialect).into_iter().map(str::to_owned).collect()
}
