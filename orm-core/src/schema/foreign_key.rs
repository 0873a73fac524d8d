//! A foreign key, and the relation that it makes in both directions.

use super::Table;

/// A foreign key of one table on the primary key of another, or on unique columns of it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// let key = Post::table().foreign_keys[0];
/// assert_eq!((key.name, (key.parent)().name), ("author", "users"));
/// assert_eq!(Post::table().column(key.columns[0]).name, "author_id");
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct ForeignKey {
    /// The relation's name on the side that has the key, such as `author`.
    pub name: &'static str,
    /// The table that has the key.
    pub child: fn() -> &'static Table,
    /// The table that the key points at.
    pub parent: fn() -> &'static Table,
    /// The positions of the key's columns in the child, in the order of those that it points at.
    pub columns: &'static [u16],
    /// The positions of the unique columns in the parent that it points at, if that is not the primary key.
    pub to: Option<&'static [u16]>,
    /// What a deleted parent does to its children.
    pub on_delete: ReferentialAction,
    /// What a changed key of the parent does to its children.
    pub on_update: ReferentialAction,
    /// The name of the constraint in the database, if it is not made of the table and the relation.
    pub constraint: Option<&'static str>,
}

impl ForeignKey {
    /// The positions of the columns in the parent that the key points at.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// assert_eq!(Post::table().foreign_keys[0].parent_columns(), [0]); // `users.id`
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn parent_columns(&self) -> &'static [u16] {
        self.to.unwrap_or_else(|| (self.parent)().primary_key)
    }

    /// Whether a child may have no parent.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// assert!(!Post::table().foreign_keys[0].optional()); // `author_id` is no `Option`
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn optional(&self) -> bool {
        let child = (self.child)();
        self.columns.iter().any(|&column| child.columns[usize::from(column)].nullable)
    }
}

/// What a foreign key does when the row that it points at is deleted or its key changes.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::schema::ReferentialAction;
/// let key = Post::table().foreign_keys[0]; // `#[orm(belongs_to = User, on_delete = cascade)]`
/// assert_eq!((key.on_delete, key.on_update), (ReferentialAction::Cascade, ReferentialAction::NoAction));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum ReferentialAction {
    /// Refuse, at the end of the statement.
    #[default]
    NoAction,
    /// Refuse at once.
    Restrict,
    /// Do the same to the rows that point there.
    Cascade,
    /// Let them point at nothing.
    SetNull,
    /// Let them point at what their defaults say, where the database can.
    SetDefault,
}

impl ReferentialAction {
    /// The words of SQL.
    ///
    /// ```
    /// use orm::schema::ReferentialAction;
    /// assert_eq!(ReferentialAction::SetNull.sql(), "SET NULL");
    /// ```
    #[must_use]
    pub const fn sql(self) -> &'static str {
        match self {
            ReferentialAction::NoAction => "NO ACTION",
            ReferentialAction::Restrict => "RESTRICT",
            ReferentialAction::Cascade => "CASCADE",
            ReferentialAction::SetNull => "SET NULL",
            ReferentialAction::SetDefault => "SET DEFAULT",
        }
    }
}

/// A foreign key and the direction in which it is followed.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::schema::{Direction, Link};
/// let to_author = Link { key: Post::table().foreign_keys[0], direction: Direction::ToParent };
/// assert_eq!(to_author.target().name, "users");
/// assert_eq!(to_author.columns().collect::<Vec<_>>(), [(1, 0)]); // `author_id` there is `id` here
/// assert!(!to_author.optional()); // each post has an author
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// The key.
    pub key: &'static ForeignKey,
    /// Which end is reached.
    pub direction: Direction,
}

/// Which end of a foreign key is reached.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::schema::{Direction, Link};
/// let to_posts = Link { key: Post::table().foreign_keys[0], direction: Direction::ToChild };
/// assert_eq!(to_posts.target().name, "posts");
/// assert!(to_posts.optional()); // a user may have none
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the row that has the key to the row that it points at.
    ToParent,
    /// From a row to the rows whose key points at it.
    ToChild,
}

impl Link {
    /// The table that is reached.
    #[must_use]
    pub fn target(self) -> &'static Table {
        match self.direction {
            Direction::ToParent => (self.key.parent)(),
            Direction::ToChild => (self.key.child)(),
        }
    }

    /// The columns that match, as positions at the near end and the far end.
    pub fn columns(self) -> impl Iterator<Item = (u16, u16)> {
        let pairs = self.key.columns.iter().copied().zip(self.key.parent_columns().iter().copied());
        pairs.map(move |(child, parent)| match self.direction {
            Direction::ToParent => (child, parent),
            Direction::ToChild => (parent, child),
        })
    }

    /// Whether a row may have nothing at the far end.
    #[must_use]
    pub fn optional(self) -> bool {
        self.direction == Direction::ToChild || self.key.optional()
    }
}
