//! Pictures of tables and of the foreign keys between them.

mod mermaid;
mod svg;

use super::{ColumnSchema, ForeignKeySchema, Schema, TableSchema};

/// A picture of tables and of the foreign keys between them: see [`Schema::diagram`].
///
/// Each column has its type, with a `?` if it may be NULL, and the keys that it is a part of: PK, FK, and UK if its values
/// are unique. How many rows there are at both ends of a foreign key follows from whether it may be NULL and whether it is
/// unique. Keys that lead to tables which are not in the picture are columns only.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::{Schema, dialect::MYSQL};
/// let text = Schema::of::<(User, Post)>(&MYSQL)?.diagram().mermaid();
/// assert!(text.starts_with("erDiagram"));
/// assert!(text.contains("author_id"));
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
    comment: Option<String>,
    rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: String,
    ty: String,
    optional: bool,
    /// PK, FK, UK.
    marks: Vec<&'static str>,
    comment: Option<String>,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    /// Its columns.
    name: String,
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

impl Schema {
    /// A picture of the tables and of the foreign keys between them, as Mermaid or SVG: of what models ask for, or of what
    /// is in a database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// use orm::{Schema, dialect::MYSQL};
    /// let diagram = Schema::of::<(User, Post)>(&MYSQL)?.diagram();
    /// println!("{}", diagram.mermaid()); // into a README
    /// # let file = std::env::temp_dir().join("orm-doc-schema.svg");
    /// std::fs::write(&file, diagram.svg()).unwrap();
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn diagram(&self) -> Diagram {
        let keys = self.tables.iter().enumerate().flat_map(|(child, table)| {
            table.foreign_keys.iter().filter_map(move |key| Key::of(key, child, &self.tables))
        });
        Diagram { entities: self.tables.iter().map(Entity::of).collect(), keys: keys.collect() }
    }
}

impl Diagram {
    fn row(&self, end: End) -> &Row {
        &self.entities[end.entity].rows[end.row]
    }
}

impl Entity {
    fn of(table: &TableSchema) -> Self {
        let rows = table.columns.iter().map(|column| Row::of(table, column));
        Entity { name: table.name.to_string(), comment: table.comment.clone(), rows: rows.collect() }
    }
}

impl Row {
    fn of(table: &TableSchema, column: &ColumnSchema) -> Self {
        let name = &column.name;
        let marks = [
            ("PK", table.primary_key.contains(name)),
            ("FK", table.foreign_keys.iter().any(|key| key.columns.contains(name))),
            ("UK", unique_keys(table).any(|columns| columns == [name.as_str()])),
        ];
        Row {
            name: name.clone(),
            ty: column.ty.clone(),
            optional: column.nullable,
            marks: marks.into_iter().filter(|(_, is)| *is).map(|(mark, _)| mark).collect(),
            comment: column.comment.clone(),
        }
    }
}

impl Key {
    /// Nothing if it leads to a table that is not among these.
    fn of(key: &ForeignKeySchema, child: usize, tables: &[TableSchema]) -> Option<Self> {
        let parent = tables.iter().position(|table| table.name == key.parent)?;
        let table = &tables[child];
        let column = |table: &TableSchema, name: Option<&String>| {
            let name = name?;
            table.columns.iter().position(|column| column.name == *name)
        };
        let nullable = |name: &String| table.column(name).is_some_and(|column| column.nullable);
        let covers =
            |columns: &[&str]| columns.iter().all(|&column| key.columns.iter().any(|own| own == column));
        let primary: Vec<&str> = table.primary_key.iter().map(String::as_str).collect();
        Some(Key {
            name: key.columns.join(", "),
            child: End { entity: child, row: column(table, key.columns.first())? },
            parent: End { entity: parent, row: column(&tables[parent], key.parent_columns.first())? },
            optional: key.columns.iter().any(nullable),
            single: (!primary.is_empty() && covers(&primary)) || unique_keys(table).any(|key| covers(&key)),
        })
    }
}

/// The columns of each unique key beside the primary one.
fn unique_keys(table: &TableSchema) -> impl Iterator<Item = Vec<&str>> {
    table.indexes.iter().filter(|index| index.unique).filter_map(|index| index.columns())
}
