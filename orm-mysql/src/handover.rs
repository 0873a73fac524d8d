//! How lists and rows of values are sent as one JSON text, and read by JSON_TABLE.
//!
//! A text is compared by the rules of the other operand, as a bound value is: computed values give way to columns, while
//! columns of a JSON_TABLE do not.

use orm_core::dialect::{JsonElement, ListElement, Template};
use orm_core::value::Kind;

const ASCII: &str = "LONGTEXT CHARACTER SET ascii";
const BYTES: Template = "UNHEX({0})";

/// Returns how an element of a list is read.
pub(crate) fn list_element(kind: Kind) -> Option<ListElement> {
    match kind {
        Kind::Text | Kind::Choice(_) => {
            Some(ListElement { ty: "JSON", value: "JSON_UNQUOTE({0})", text_as_hex: false })
        }
        kind => plain_list_element(kind),
    }
}

/// Returns how a value of a row is read by MySQL.
pub(crate) fn json_element_of_mysql(kind: Kind) -> JsonElement {
    let element = json_element_of_mariadb(kind);
    match kind {
        Kind::JsonDocument => JsonElement { listed: "CAST(JSON_UNQUOTE({0}) AS JSON)", ..element },
        _ => element,
    }
}

/// Returns how a value of a row is read by MariaDB.
pub(crate) fn json_element_of_mariadb(kind: Kind) -> JsonElement {
    const TEXT: Template = "JSON_UNQUOTE({0})";
    let text = JsonElement { ty: "JSON", stored: TEXT, compared: TEXT, listed: TEXT, text_as_hex: false };
    match kind {
        Kind::JsonDocument => text,
        Kind::Text | Kind::Choice(_) => {
            JsonElement { compared: "JSON_UNQUOTE({0}) COLLATE utf8mb4_bin", ..text }
        }
        kind => plain_json_element(kind),
    }
}

/// The text of hexadecimal digits, compared by the rules of the other operand: of all functions that keep any text,
/// JSON_QUOTE has that effect, if the other operand is utf8mb4, too. The letter in front is for empty texts, for which
/// JSON_VALUE returned NULL in 10.11.14, 11.4.8 and 11.8.3 (MDEV-37428).
const OF_HEX: Template =
    "SUBSTR(JSON_VALUE(JSON_QUOTE(CONVERT(UNHEX(CONCAT('78', {0})) USING utf8mb4)), '$'), 2)";

/// Like [`list_element`], for the versions of MariaDB that misread a text in JSON: it is sent as hexadecimal digits.
pub(crate) fn list_element_in_hex(kind: Kind) -> Option<ListElement> {
    match kind {
        Kind::Text | Kind::Choice(_) => Some(ListElement { ty: ASCII, value: OF_HEX, text_as_hex: true }),
        kind => plain_list_element(kind),
    }
}

/// Like [`json_element_of_mariadb`], for the versions that misread a text in JSON: it is sent as hexadecimal digits.
pub(crate) fn json_element_in_hex(kind: Kind) -> JsonElement {
    const TEXT: Template = "CONVERT(UNHEX({0}) USING utf8mb4)";
    let text = JsonElement { ty: ASCII, stored: TEXT, compared: TEXT, listed: OF_HEX, text_as_hex: true };
    match kind {
        Kind::JsonDocument => text,
        Kind::Text | Kind::Choice(_) => {
            JsonElement { compared: "CONVERT(UNHEX({0}) USING utf8mb4) COLLATE utf8mb4_bin", ..text }
        }
        kind => plain_json_element(kind),
    }
}

fn plain_list_element(kind: Kind) -> Option<ListElement> {
    let ty = element_type(kind);
    (!ty.is_empty()).then_some(ListElement { ty, value: "{0}", text_as_hex: false })
}

/// Columns of different collations cannot be compared, so texts of a key have a binary one.
fn plain_json_element(kind: Kind) -> JsonElement {
    let of =
        |ty, value| JsonElement { ty, stored: value, compared: value, listed: value, text_as_hex: false };
    match kind {
        Kind::Blob | Kind::Guid => of(ASCII, BYTES),
        Kind::Real | Kind::DoublePrecision => of("DOUBLE", "{0}"),
        kind => of(element_type(kind), "{0}"),
    }
}

/// Returns the type of a column of the JSON_TABLE; empty for kinds with a special form.
fn element_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean | Kind::TinyInt | Kind::SmallInt | Kind::Integer | Kind::BigInt => "BIGINT",
        kind if kind.is_integer() => "BIGINT UNSIGNED",
        Kind::Numeric => "DECIMAL(65, 30)",
        Kind::Date => "DATE",
        Kind::Clock => "TIME(6)",
        Kind::Timestamp | Kind::UtcTimestamp => "DATETIME(6)",
        _ => "",
    }
}
