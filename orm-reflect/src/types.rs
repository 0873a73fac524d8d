//! Rust types of columns.

use orm_core::dialect::Dialect;
use orm_core::schema::{ColumnDef, ColumnSchema};
use orm_core::value::Kind;

/// A type, with the attributes that it needs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RustType {
    /// The type as it is written.
    pub(crate) name: String,
    /// The kind of its values.
    pub(crate) kind: Kind,
    /// The attributes.
    pub(crate) attributes: Vec<String>,
}

fn begins_as_bool(column: &ColumnSchema) -> bool {
    column.default.as_deref().is_none_or(|default| ["0", "1"].contains(&default.trim_matches('\'')))
}

/// Returns the type of a column; in a key or index, it must have its length or its SQL type stated.
pub(crate) fn of(column: &ColumnSchema, in_key: bool, dialect: &Dialect) -> RustType {
    let plain = column.ty.to_lowercase();
    let (name, arguments) = match plain.split_once('(') {
        Some((name, rest)) => (name.trim(), rest.split_once(')').map_or("", |(arguments, _)| arguments)),
        None => (plain.as_str(), ""),
    };
    let numbers: Vec<u32> = arguments.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let unsigned = plain.contains("unsigned");
    let typed = !dialect.ddl.checks_types;
    let (name, kind) = match name.trim_end_matches(" unsigned") {
        // An auto-increment column, or one with a default other than 0 and 1, is not a boolean.
        "tinyint" if numbers == [1] && !unsigned && !column.auto && begins_as_bool(column) => {
            ("bool", Kind::Boolean)
        }
        "bool" | "boolean" => ("bool", Kind::Boolean),
        "bit" if numbers == [1] => ("bool", Kind::Boolean),
        // Without strict types, every integer has 64 bits, whatever the type's name.
        name if name.contains("int") && !typed => ("i64", Kind::BigInt),
        "tinyint" if unsigned => ("u8", Kind::UnsignedTinyInt),
        "tinyint" => ("i8", Kind::TinyInt),
        "smallint" if unsigned => ("u16", Kind::UnsignedSmallInt),
        "smallint" => ("i16", Kind::SmallInt),
        "mediumint" | "int" | "integer" if unsigned => ("u32", Kind::UnsignedInteger),
        "mediumint" | "int" | "integer" => ("i32", Kind::Integer),
        "bigint" if unsigned => ("u64", Kind::UnsignedBigInt),
        "bigint" => ("i64", Kind::BigInt),
        "year" => ("u16", Kind::UnsignedSmallInt),
        "float" if typed => ("f32", Kind::Real),
        "float" | "double" | "double precision" | "real" => ("f64", Kind::DoublePrecision),
        "decimal" | "numeric" if typed => ("Decimal", Kind::Numeric),
        "decimal_text" => ("Decimal", Kind::Numeric),
        "decimal" | "numeric" | "number" | "money" => ("f64", Kind::DoublePrecision),
        "date" | "date_text" => ("NaiveDate", Kind::Date),
        "time" | "time_text" => ("NaiveTime", Kind::Clock),
        "timestamp" if typed => ("DateTime<Utc>", Kind::UtcTimestamp),
        "datetime" | "datetime_text" | "timestamp" => ("NaiveDateTime", Kind::Timestamp),
        "json" | "json_text" => ("serde_json::Value", Kind::JsonDocument),
        "uuid_blob" => ("Uuid", Kind::Guid),
        "binary" if numbers == [16] => ("Uuid", Kind::Guid),
        // An enum becomes a text if its values cannot form a Rust enum.
        name if name.contains("char") || name.contains("text") || name.contains("clob") => {
            ("String", Kind::Text)
        }
        "enum" | "set" => ("String", Kind::Text),
        _ => ("Vec<u8>", Kind::Blob),
    };
    let mut attributes = Vec::new();
    let mut made = ColumnDef::new("", "", kind);
    match (kind, numbers.as_slice()) {
        (Kind::Numeric, [digits, scale]) if *digits <= 28 => {
            made.precision = u8::try_from(*digits).ok().zip(u8::try_from(*scale).ok());
            attributes.push(format!("precision = ({digits}, {scale})"));
        }
        (Kind::Text | Kind::Blob, [length]) if typed => {
            made.length = Some(*length);
            attributes.push(format!("length = {length}"));
        }
        _ => {}
    }
    let normal = dialect.ddl.normal_type;
    let as_it_is = normal(&(dialect.ddl.column_type)(&made)) == normal(&column.ty);
    let bounded = !in_key || made.length.is_some() || !matches!(kind, Kind::Text | Kind::Blob);
    let said = (column.auto && dialect.ddl.auto_is_key) || (as_it_is && bounded);
    if !said {
        // A column without a type in SQLite stores values unchanged, as a BLOB does.
        let ty = if column.ty.is_empty() { "BLOB" } else { &column.ty };
        attributes = vec![format!("sql_type = {ty:?}")];
    }
    RustType { name: name.to_owned(), kind, attributes }
}
