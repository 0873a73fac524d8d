//! Keys, indexes and conditions of a table.

use serde::{Deserialize, Serialize};

use super::TableName;
use crate::schema::ReferentialAction;

/// A unique key or an index.
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
    /// Its name; empty where the server has none for a unique key.
    pub name: String,
    /// Whether no two rows have the same values in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// Whether it is an index of the words in its columns, in whatever order they are named.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub full_text: bool,
    /// What it is over, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<KeyPart>,
    /// The condition that rows in it meet, if it does not have all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// What takes the texts of a full-text index apart, if not what the server takes by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parser: Option<String>,
}

impl IndexSchema {
    /// The names of its columns, if it finds rows by the values of whole columns and has all rows, in either order.
    #[must_use]
    pub fn columns(&self) -> Option<Vec<&str>> {
        let finds_values = self.condition.is_none() && !self.full_text;
        if finds_values { self.parts.iter().map(KeyPart::whole_column).collect() } else { None }
    }
}

/// What an index is over.
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
        /// Its name.
        name: String,
        /// So many characters or bytes at its start, if not all of it.
        prefix: Option<u32>,
    },
    /// An SQL expression.
    Expression(String),
    /// One of the others, with the greatest first.
    Descending(Box<KeyPart>),
}

impl KeyPart {
    /// The name of the column, if it is over all of one.
    fn whole_column(&self) -> Option<&str> {
        match self.over() {
            KeyPart::Named { name, prefix: None } => Some(name),
            _ => None,
        }
    }

    /// What it is over, whichever comes first.
    #[must_use]
    pub fn over(&self) -> &KeyPart {
        match self {
            KeyPart::Descending(part) => part.over(),
            part => part,
        }
    }

    /// What it is over, to be changed.
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

    /// Whether the greatest comes first.
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
    /// Its name; empty where the database keeps none.
    pub name: String,
    /// The names of its columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// The table that it points at.
    pub parent: TableName,
    /// The columns there, in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parent_columns: Vec<String>,
    /// What a deleted parent does to its children.
    pub on_delete: ReferentialAction,
    /// What a changed key of the parent does to its children.
    pub on_update: ReferentialAction,
    /// Whether a model says the name: then one of another name differs from it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_named: bool,
}

/// A condition that every row meets.
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
    /// Its name, if one is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The SQL condition.
    pub condition: String,
    /// Whether a model says the name: then one of another name differs from it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_named: bool,
}

impl CheckSchema {
    /// A condition whose name, if it has one, no model says.
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
