//! JSON documents in MySQL and MariaDB: <https://dev.mysql.com/doc/refman/8.4/en/json-function-reference.html>.

use orm_core::dialect::{Elements, InSubqueries, Template};
use orm_core::syntax::JsonFunction;
use orm_core::value::Kind;

const ROWS: Template = "JSON_TABLE({0}, '$[*]' COLUMNS (`c1` FOR ORDINALITY, `c2` JSON PATH '$'))";

/// `JSON_TABLE` counts from 1.
pub(crate) const ELEMENTS: Elements = Elements {
    rows: ROWS,
    columns: COLUMNS,
    left_joined: COLUMNS,
    in_subqueries: InSubqueries::Plain,
    lost_by_merging: false,
};

const COLUMNS: &[Template; 2] = &["({0}.`c1` - 1)", "{0}.`c2`"];

/// `JSON_TABLE` turns JSON `null` into NULL here. Seen with 9.7: a semijoin ignores that the table function uses columns
/// of other tables.
pub(crate) const ELEMENTS_OF_MYSQL: Elements = Elements {
    rows: ROWS,
    columns: &["(CAST({0}.`c1` AS SIGNED) - 1)", "COALESCE({0}.`c2`, CAST('null' AS JSON))"],
    left_joined: &[
        "(CAST({0}.`c1` AS SIGNED) - 1)",
        "(CASE WHEN {0}.`c1` IS NOT NULL THEN COALESCE({0}.`c2`, CAST('null' AS JSON)) END)",
    ],
    in_subqueries: InSubqueries::AsValues,
    lost_by_merging: false,
};

pub(crate) fn template(function: JsonFunction, kind: Kind) -> Template {
    match function {
        JsonFunction::Part => "JSON_EXTRACT({*})",
        // `[0]` alone would treat anything but an array as its own first element.
        JsonFunction::First => "JSON_EXTRACT(JSON_EXTRACT({0}, '$[*]'), '$[0]')",
        JsonFunction::Text => "(CASE JSON_TYPE({0}) WHEN 'STRING' THEN JSON_UNQUOTE({0}) END)",
        // A cast of too large a number would wrap. MariaDB classifies `1e2` as an integer.
        JsonFunction::Int => {
            "(CASE WHEN JSON_TYPE({0}) IN ('INTEGER', 'UNSIGNED INTEGER') AND {0} NOT LIKE '%e%' \
            AND CAST(JSON_UNQUOTE({0}) AS DECIMAL(65)) BETWEEN -9223372036854775808 AND 9223372036854775807 \
            THEN CAST({0} AS SIGNED) END)"
        }
        JsonFunction::Float => {
            "(CASE WHEN JSON_TYPE({0}) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL') \
            THEN CAST({0} AS DOUBLE) END)"
        }
        JsonFunction::Bool => "(CASE JSON_TYPE({0}) WHEN 'BOOLEAN' THEN JSON_UNQUOTE({0}) = 'true' END)",
        JsonFunction::IsNull => "(JSON_TYPE({0}) = 'NULL')",
        JsonFunction::Length => "(CASE JSON_TYPE({0}) WHEN 'ARRAY' THEN JSON_LENGTH({0}) END)",
        JsonFunction::Contains => "JSON_CONTAINS({*})",
        JsonFunction::MergePatch => "JSON_MERGE_PATCH({*})",
        JsonFunction::Written => written(kind),
        JsonFunction::Array => "CONCAT('[', COALESCE({0}, ''), ']')",
        _ => "",
    }
}

fn written(kind: Kind) -> Template {
    match kind {
        Kind::Text => "COALESCE(JSON_QUOTE({0}), 'null')",
        Kind::Boolean => "(CASE WHEN {0} IS NULL THEN 'null' WHEN {0} THEN 'true' ELSE 'false' END)",
        // As a FLOAT, it would have six digits.
        Kind::Real => "COALESCE(CAST(CAST({0} AS DOUBLE) AS CHAR), 'null')",
        _ => "COALESCE(CAST({0} AS CHAR), 'null')",
    }
}
