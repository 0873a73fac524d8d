//! Foreign keys, and the relations that they define in both directions.

use super::Table;

/// A foreign key from one table to the primary key, or to unique columns, of another.
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
    /// The name of the relation from the child, such as `author`.
    pub name: &'static str,
    /// The child: the table that has the key.
    pub child: fn() -> &'static Table,
    /// The parent: the table that the key references.
    pub parent: fn() -> &'static Table,
    /// The positions of the key's columns in the child, in the order of the referenced columns.
    pub columns: &'static [u16],
    /// The positions of the referenced unique columns in the parent, if not the primary key.
    pub to: Option<&'static [u16]>,
    /// The ON DELETE action.
    pub on_delete: ReferentialAction,
    /// The ON UPDATE action.
    pub on_update: ReferentialAction,
    /// The name of the constraint in the database, if it is not derived from the table and the relation.
    pub constraint: Option<&'static str>,
}

impl ForeignKey {
    /// Returns the positions of the referenced columns in the parent.
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

    /// Returns whether a child may have no parent.
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

/// A referential action: what a foreign key does when the row that it references is deleted or its key changes.
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
    /// Refuses the change, at the end of the statement.
    #[default]
    NoAction,
    /// Refuses the change immediately.
    Restrict,
    /// Deletes or updates the referencing rows as well.
    Cascade,
    /// Sets the foreign key to NULL.
    SetNull,
    /// Sets the foreign key to its default, where the database supports it.
    SetDefault,
}

impl ReferentialAction {
    /// Returns the SQL keywords.
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

/// A foreign key, and the direction in which it is followed.
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
    /// The foreign key.
    pub key: &'static ForeignKey,
    /// The direction.
    pub direction: Direction,
}

/// The direction in which a foreign key is followed.
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
    /// From the child to the parent that it references.
    ToParent,
    /// From a parent to the children that reference it.
    ToChild,
}

impl Link {
    /// Returns the table at the far end.
    #[must_use]
    pub fn target(self) -> &'static Table {
        match self.direction {
            Direction::ToParent => (self.key.parent)(),
            Direction::ToChild => (self.key.child)(),
        }
    }

    /// Returns the pairs of matching columns, as positions at the near end and the far end.
    pub fn columns(self) -> impl Iterator<Item = (u16, u16)> {
        let pairs = self.key.columns.iter().copied().zip(self.key.parent_columns().iter().copied());
        pairs.map(move |(child, parent)| match self.direction {
            Direction::ToParent => (child, parent),
            Direction::ToChild => (parent, child),
        })
    }

    /// Returns whether there may be no row at the far end.
    #[must_use]
    pub fn optional(self) -> bool {
        self.direction == Direction::ToChild || self.key.optional()
    }
}
