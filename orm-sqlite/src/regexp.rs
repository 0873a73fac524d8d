//! Regular expressions, of which SQLite has only the operator.

use regex::RegexBuilder;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Error, Result};

/// Registers the function that `REGEXP` calls, with the expression first. Matching is case-insensitive, as it is by
/// default on the other databases.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("regexp", 2, flags, |context| {
        let wrong = |error: regex::Error| Error::UserFunctionError(Box::new(error));
        let expression = context.get_or_create_aux(0, |value| {
            RegexBuilder::new(value.as_str().unwrap_or_default())
                .case_insensitive(true)
                .build()
                .map_err(wrong)
        })?;
        let text: Option<String> = context.get(1)?;
        Ok(text.map(|text| expression.is_match(&text)))
    })
}
