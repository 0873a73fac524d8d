//! JSON documents in MySQL and MariaDB: <https://dev.mysql.com/doc/refman/8.4/en/json-function-reference.html>.

use orm_core::dialect::Template;
use orm_core::syntax::JsonFunction;

pub(crate) fn template(function: JsonFunction) -> Template {
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
        _ => "",
    }
}
