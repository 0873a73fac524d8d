//! JSON documents in SQLite: its own functions, <https://sqlite.org/json1.html>, and those that it lacks.

use orm_core::dialect::{Elements, InSubqueries, Template};
use orm_core::syntax::JsonFunction;
use orm_core::value::Kind;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Result};
use serde_json::Value;
use serde_json::value::RawValue;

/// Registers functions on a connection: `json_contains`, which works like MySQL's; `json_elements`, which returns an array
/// of the texts of an array's elements, and NULL for anything else; and `json_float`, which writes a float with all digits.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("json_contains", 2, flags, |context| {
        let document: Option<String> = context.get(0)?;
        let Some(document) = document else { return Ok(None) };
        let part = context.get_or_create_aux(1, |value| parse(value.as_str().unwrap_or_default()))?;
        Ok(Some(contains(&parse(&document)?, &part)))
    })?;
    connection.create_scalar_function("json_elements", 1, flags, |context| {
        let document: Option<String> = context.get(0)?;
        document.filter(|text| text.trim_start().starts_with('[')).map(|text| elements(&text)).transpose()
    })?;
    connection.create_scalar_function("json_float", 1, flags, |context| {
        let number: Option<f64> = context.get(0)?;
        // Infinity is no number in JSON, and NULL on the servers.
        serde_json::to_string(&number).map_err(not_json)
    })
}

fn elements(array: &str) -> Result<String> {
    let elements: Vec<&RawValue> = serde_json::from_str(array).map_err(not_json)?;
    let texts: Vec<&str> = elements.into_iter().map(RawValue::get).collect();
    serde_json::to_string(&texts).map_err(not_json)
}

/// `json_each` would return booleans and nulls as other values, and round integers that exceed 64 bits, so it is given the
/// texts of the elements.
pub(crate) const ELEMENTS: Elements = Elements {
    rows: "json_each(json_elements({0}))",
    columns: COLUMNS,
    left_joined: COLUMNS,
    in_subqueries: InSubqueries::Plain,
    lost_by_merging: false,
};

const COLUMNS: &[Template; 2] = &["{0}.key", "{0}.value"];

fn parse(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(not_json)
}

fn not_json(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::UserFunctionError(error.into())
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

pub(crate) fn template(function: JsonFunction, kind: Kind) -> Template {
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
        JsonFunction::Written => written(kind),
        JsonFunction::Array => "('[' || COALESCE({0}, '') || ']')",
        _ => "",
    }
}

fn written(kind: Kind) -> Template {
    match kind {
        Kind::Boolean => "(CASE WHEN {0} IS NULL THEN 'null' WHEN {0} THEN 'true' ELSE 'false' END)",
        Kind::Real | Kind::DoublePrecision => "json_float({0})",
        Kind::JsonDocument => "COALESCE({0}, 'null')",
        _ => "json_quote({0})",
    }
}
