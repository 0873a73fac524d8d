//! JSON documents in SQLite: its own functions, <https://sqlite.org/json1.html>, and one that it lacks.

use orm_core::dialect::Template;
use orm_core::syntax::JsonFunction;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Result};
use serde_json::Value;

/// Registers the function `json_contains` on a connection, which works like MySQL's.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("json_contains", 2, flags, |context| {
        let document: Option<String> = context.get(0)?;
        let Some(document) = document else { return Ok(None) };
        let part = context.get_or_create_aux(1, |value| parse(value.as_str().unwrap_or_default()))?;
        Ok(Some(contains(&parse(&document)?, &part)))
    })
}

fn parse(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| rusqlite::Error::UserFunctionError(error.into()))
}

/// <https://dev.mysql.com/doc/refman/8.4/en/json-search-functions.html#function_json-contains>
fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Array(whole), Value::Array(parts)) => {
            parts.iter().all(|part| whole.iter().any(|element| contains(element, part)))
        }
        (Value::Array(whole), part) => whole.iter().any(|element| contains(element, part)),
        (Value::Object(whole), Value::Object(parts)) => {
            parts.iter().all(|(key, part)| whole.get(key).is_some_and(|value| contains(value, part)))
        }
        // 1 and 1.0 are the same number.
        (Value::Number(whole), Value::Number(part)) => whole == part || whole.as_f64() == part.as_f64(),
        (whole, part) => whole == part,
    }
}

pub(crate) fn template(function: JsonFunction) -> Template {
    match function {
        JsonFunction::Part => "({0} -> {1})",
        JsonFunction::First => "({0} -> '$[0]')",
        JsonFunction::Text => "(CASE json_type({0}) WHEN 'text' THEN {0} ->> '$' END)",
        // Integers that exceed 64 bits arrive as floats.
        JsonFunction::Int => {
            "(CASE WHEN json_type({0}) = 'integer' AND typeof({0} ->> '$') = 'integer' THEN {0} ->> '$' END)"
        }
        JsonFunction::Float => {
            "(CASE WHEN json_type({0}) IN ('integer', 'real') THEN CAST({0} ->> '$' AS REAL) END)"
        }
        JsonFunction::Bool => "(CASE json_type({0}) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)",
        JsonFunction::IsNull => "(json_type({0}) = 'null')",
        JsonFunction::Length => "(CASE json_type({0}) WHEN 'array' THEN json_array_length({0}) END)",
        JsonFunction::Contains => "json_contains({*})",
        JsonFunction::MergePatch => "json_patch({*})",
        _ => "",
    }
}
