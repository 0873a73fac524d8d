//! The `{:?}` of queries and changes: their SQL, without a database and without values.

use std::fmt;

use super::render;
use crate::dialect::NONE;
use crate::syntax::Command;

/// Writes `Query(SELECT …)`.
pub(crate) fn sketch(f: &mut fmt::Formatter<'_>, name: &str, command: Command) -> fmt::Result {
    match render(command, &NONE) {
        Ok(statement) => write!(f, "{name}({statement})"),
        Err(error) => write!(f, "{name}(no statement: {error})"),
    }
}
