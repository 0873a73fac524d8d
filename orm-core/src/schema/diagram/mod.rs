//! Pictures of tables and of the foreign keys between them.

mod mermaid;
mod svg;

use super::{ColumnDef, ForeignKey, ModelSet, Table};
use crate::value::Kind;

/// A picture of tables and of the foreign keys between them, as Mermaid or SVG.
///
/// Each column has its type, in the words of Rust where it can be, with a `?` if it may be NULL, and the keys that it is a
/// part of: PK, FK, and UK if its values are unique. How many rows there are at both ends of a foreign key follows from
/// whether it may be NULL and whether it is unique. Keys that lead to tables which are not in the picture are columns only.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::schema::Diagram;
/// let diagram = Diagram::of::<(User, Post)>();
/// println!("{}", diagram.mermaid()); // into a README
/// # let file = std::env::temp_dir().join("orm-doc-schema.svg");
/// std::fs::write(&file, diagram.svg()).unwrap();
/// # std::fs::remove_file(file).unwrap();
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    entities: Vec<Entity>,
    keys: Vec<Key>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entity {
    name: String,
    comment: Option<&'static str>,
    rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: &'static str,
    ty: String,
    optional: bool,
    /// PK, FK, UK.
    marks: Vec<&'static str>,
    comment: Option<&'static str>,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    name: &'static str,
    child: End,
    parent: End,
    /// Whether a child may have no parent.
    optional: bool,
    /// Whether a parent has one child at most.
    single: bool,
}

/// What a foreign key is at one end: the first of its columns, by the positions of the table and the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    entity: usize,
    row: usize,
}

impl Diagram {
    /// The tables of a model or a tuple of models, each of them once.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// use orm::schema::Diagram;
    /// assert_eq!(Diagram::of::<(User, (Post, User))>(), Diagram::of::<(User, Post)>());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn of<S: ModelSet>() -> Self {
        let mut tables: Vec<&'static Table> = Vec::new();
        for table in S::tables() {
            if !tables.iter().any(|known| known.is(table)) {
                tables.push(table);
            }
        }
        Diagram::of_tables(&tables)
    }

    fn of_tables(tables: &[&'static Table]) -> Self {
        let keys = tables.iter().enumerate().flat_map(|(child, table)| {
            table.foreign_keys.iter().filter_map(move |key| Key::of(key, child, tables))
        });
        Diagram { entities: tables.iter().map(|table| Entity::of(table)).collect(), keys: keys.collect() }
    }

    fn row(&self, end: End) -> &Row {
        &self.entities[end.entity].rows[end.row]
    }
}

impl Entity {
    fn of(table: &'static Table) -> Self {
        let name = match table.schema {
            Some(schema) => format!("{schema}.{}", table.name),
            None => table.name.to_owned(),
        };
        let rows = (0u16..).zip(table.columns).map(|(index, column)| Row::of(table, index, column));
        Entity { name, comment: table.comment, rows: rows.collect() }
    }
}

impl Row {
    fn of(table: &Table, index: u16, column: &'static ColumnDef) -> Self {
        let marks = [
            ("PK", table.primary_key.contains(&index)),
            ("FK", table.foreign_keys.iter().any(|key| key.columns.contains(&index))),
            ("UK", column.unique),
        ];
        Row {
            name: column.name,
            ty: type_name(column),
            optional: column.nullable,
            marks: marks.into_iter().filter(|(_, is)| *is).map(|(mark, _)| mark).collect(),
            comment: column.comment,
        }
    }
}

impl Key {
    /// Nothing if it leads to a table that is not among these.
    fn of(key: &'static ForeignKey, child: usize, tables: &[&'static Table]) -> Option<Self> {
        let parent = tables.iter().position(|table| table.is((key.parent)()))?;
        let first = |columns: &[u16]| columns.first().map(|&column| usize::from(column));
        let unique = |columns: &[u16]| columns.iter().all(|column| key.columns.contains(column));
        let table = tables[child];
        Some(Key {
            name: key.name,
            child: End { entity: child, row: first(key.columns)? },
            parent: End { entity: parent, row: first(tables[parent].primary_key)? },
            optional: key.optional(),
            single: unique(table.primary_key) || table.unique_keys().any(|(columns, _)| unique(&columns)),
        })
    }
}

/// The type of a column, for people.
fn type_name(column: &ColumnDef) -> String {
    if let Some(exact) = column.sql_type {
        return exact.to_owned();
    }
    let name = match column.kind {
        Kind::Boolean => "bool",
        Kind::TinyInt => "i8",
        Kind::SmallInt => "i16",
        Kind::Integer => "i32",
        Kind::BigInt => "i64",
        Kind::UnsignedTinyInt => "u8",
        Kind::UnsignedSmallInt => "u16",
        Kind::UnsignedInteger => "u32",
        Kind::UnsignedBigInt => "u64",
        Kind::Real => "f32",
        Kind::DoublePrecision => "f64",
        Kind::Numeric => {
            let (digits, scale) = column.digits();
            return format!("decimal({digits},{scale})");
        }
        Kind::Text => "text",
        Kind::Blob => "bytes",
        Kind::Date => "date",
        Kind::Clock => "time",
        Kind::Timestamp => "datetime",
        Kind::UtcTimestamp => "datetime(utc)",
        Kind::Guid => "uuid",
        Kind::JsonDocument => "json",
        Kind::Choice(_) => "enum",
    };
    match column.length {
        Some(length) if column.kind.has_length() => format!("{name}({length})"),
        _ => name.to_owned(),
    }
}
