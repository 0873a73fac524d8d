//! Entity-relationship diagrams.

mod mermaid;
mod svg;

use super::{ColumnSchema, ForeignKeySchema, Schema, TableSchema};

/// An entity-relationship diagram of tables and the foreign keys between them: see [`Schema::diagram`].
///
/// Each column shows its type, followed by `?` if it is nullable, and its keys: PK, FK, and UK if its values are
/// unique. The cardinality at both ends of a foreign key is derived from whether the key is nullable and unique. A key
/// that references a table outside the diagram appears only as a column.
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
    /// The names of its columns.
    name: String,
    child: End,
    parent: End,
    /// Whether a child may have no parent (a nullable key).
    optional: bool,
    /// Whether a parent has at most one child (a unique key).
    single: bool,
}

/// One end of a foreign key: its first column, as the positions of the table and the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    entity: usize,
    row: usize,
}

impl Schema {
    /// Returns an entity-relationship diagram of the tables and the foreign keys between them, as Mermaid or SVG: of
    /// the schema that models require, or of the one in a database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// use orm::{Schema, dialect::MYSQL};
    /// let diagram = Schema::of::<(User, Post)>(&MYSQL)?.diagram();
    /// println!("{}", diagram.mermaid()); // for a README
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
    /// Returns `None` if it references a table that is not among these.
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

/// Returns the columns of each unique constraint except the primary key.
fn unique_keys(table: &TableSchema) -> impl Iterator<Item = Vec<&str>> {
    table.indexes.iter().filter(|index| index.unique).filter_map(|index| index.columns())
}
