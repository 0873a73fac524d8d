//! Constraints and indexes of a table.

use serde::{Deserialize, Serialize};

use super::TableName;
use crate::schema::ReferentialAction;

/// A unique constraint or an index.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let schema = orm::Schema::reflect(db).await?;
/// let unique = schema.table("users").unwrap().indexes.iter().find(|index| index.unique).unwrap();
/// assert_eq!(unique.columns(), Some(vec!["email"]));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IndexSchema {
    /// The name; empty if the server has none for a unique constraint.
    pub name: String,
    /// Whether it is unique.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// Whether it is a full-text index; the order of its columns does not matter.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub full_text: bool,
    /// The indexed parts, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<KeyPart>,
    /// The condition of a partial index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// The parser of a full-text index, if not the server's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parser: Option<String>,
}

impl IndexSchema {
    /// Returns the names of its columns if it indexes all rows by the values of whole columns, ascending or descending.
    #[must_use]
    pub fn columns(&self) -> Option<Vec<&str>> {
        let finds_values = self.condition.is_none() && !self.full_text;
        if finds_values { self.parts.iter().map(KeyPart::whole_column).collect() } else { None }
    }
}

/// A part of an index.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Schema;
/// use orm::schema::KeyPart;
/// sql!("CREATE INDEX by_shout ON users (upper(name), age DESC)").execute(db).await?;
/// let schema = Schema::reflect(db).await?;
/// let index = schema.table("users").unwrap().indexes.iter().find(|index| index.name == "by_shout").unwrap();
/// assert_eq!(index.parts[0], KeyPart::Expression("upper(name)".to_owned()));
/// let age = KeyPart::Named { name: "age".to_owned(), prefix: None };
/// assert_eq!((index.parts[1].over(), index.parts[1].is_descending()), (&age, true));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyPart {
    /// A column.
    Named {
        /// The name of the column.
        name: String,
        /// The length of the prefix in characters or bytes, if not the whole column.
        prefix: Option<u32>,
    },
    /// An SQL expression.
    Expression(String),
    /// Another part, in descending order.
    Descending(Box<KeyPart>),
}

impl KeyPart {
    /// Returns the name of the column, if the part is a whole column.
    fn whole_column(&self) -> Option<&str> {
        match self.over() {
            KeyPart::Named { name, prefix: None } => Some(name),
            _ => None,
        }
    }

    /// Returns the part without its sort order.
    #[must_use]
    pub fn over(&self) -> &KeyPart {
        match self {
            KeyPart::Descending(part) => part.over(),
            part => part,
        }
    }

    /// Returns the part without its sort order, mutably.
    ///
    /// ```
    /// use orm::schema::KeyPart;
    /// let mut part = KeyPart::Descending(Box::new(KeyPart::Expression("lower(name)".to_owned())));
    /// *part.over_mut() = KeyPart::Named { name: "name".to_owned(), prefix: None };
    /// assert!(part.is_descending() && matches!(part.over(), KeyPart::Named { .. }));
    /// ```
    #[must_use]
    pub fn over_mut(&mut self) -> &mut KeyPart {
        match self {
            KeyPart::Descending(part) => part.over_mut(),
            part => part,
        }
    }

    /// Returns whether the part is in descending order.
    #[must_use]
    pub const fn is_descending(&self) -> bool {
        matches!(self, KeyPart::Descending(_))
    }
}

/// A foreign key.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let schema = orm::Schema::reflect(db).await?;
/// let key = &schema.table("posts").unwrap().foreign_keys[0];
/// assert_eq!((key.columns[0].as_str(), key.parent_columns[0].as_str()), ("author_id", "id"));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKeySchema {
    /// The name; empty if the database does not keep it.
    pub name: String,
    /// The names of its columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// The referenced table.
    pub parent: TableName,
    /// The referenced columns, in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parent_columns: Vec<String>,
    /// The ON DELETE action.
    pub on_delete: ReferentialAction,
    /// The ON UPDATE action.
    pub on_update: ReferentialAction,
    /// Whether a model states the name: then a key of another name differs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_named: bool,
}

/// A CHECK constraint.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::{Schema, dialect::SQLITE};
/// use orm_doc::Account;
/// let schema = Schema::of::<Account>(&SQLITE)?;
/// let checks = &schema.table("accounts").unwrap().checks;
/// assert!(checks.iter().any(|check| check.condition == "balance >= 0"), "{checks:?}");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckSchema {
    /// The name, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The SQL condition.
    pub condition: String,
    /// Whether a model states the name: then a check of another name differs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_named: bool,
}

impl CheckSchema {
    /// Creates a CHECK constraint whose name, if it has one, is not stated by a model.
    ///
    /// ```
    /// use orm::schema::CheckSchema;
    /// let check = CheckSchema::new(None, "price >= 0");
    /// assert!(check.name.is_none() && !check.is_named);
    /// ```
    #[must_use]
    pub fn new(name: Option<String>, condition: impl Into<String>) -> Self {
        CheckSchema { name, condition: condition.into(), is_named: false }
    }
}
