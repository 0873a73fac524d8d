//! Joins distinct texts: `GROUP_CONCAT(DISTINCT …)` takes no separator.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Result};

/// Registers the function `joined_texts` on a connection: joins the texts of a JSON array with a separator; NULL if
/// there is none.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("joined_texts", 2, flags, |context| {
        let (json, separator): (String, String) = (context.get(0)?, context.get(1)?);
        let texts: Vec<String> =
            serde_json::from_str(&json).map_err(|error| rusqlite::Error::UserFunctionError(error.into()))?;
        Ok((!texts.is_empty()).then(|| texts.join(&separator)))
    })
}
