//! Tables, as models declare them.

use super::{Alternatives, ColumnDef, ForeignKey, FullText, Quoted, Remembered};
use crate::value::{Cells, Datum};

/// A table, as its model declares it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let table = Post::table();
/// let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
/// assert_eq!((table.name, columns[1]), ("posts", "author_id"));
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct Table {
    /// The name of the model.
    pub model: &'static str,
    /// The name in the database.
    pub name: &'static str,
    /// Whether it is a view, which is read-only and has nothing but columns and perhaps a key.
    pub view: bool,
    /// The quoted name.
    pub quoted: Quoted,
    /// The former name, from `renamed_from`.
    pub renamed_from: Option<&'static str>,
    /// The schema (on MySQL: the database) that contains it, if not the connection's own.
    pub schema: Option<&'static str>,
    /// The bind of its database, the name that the program gave it; `None` for the default one.
    pub bind: Option<&'static str>,
    /// The columns, in the order of the model's fields.
    pub columns: &'static [ColumnDef],
    /// SQL text that many statements share.
    #[doc(hidden)]
    pub remembered: Remembered,
    /// The positions of the primary key columns; empty for a view without a key.
    pub primary_key: &'static [u16],
    /// The soft-delete column, if there is one.
    pub soft_delete: Option<DeletionMark>,
    /// Unique constraints over several columns.
    pub uniques: &'static [Index],
    /// Indexes over several columns.
    pub indexes: &'static [Index],
    /// Full-text indexes.
    pub full_texts: &'static [FullText],
    /// CHECK constraints.
    pub checks: &'static [Check],
    /// The foreign keys.
    pub foreign_keys: &'static [&'static ForeignKey],
    /// Polymorphic relations: foreign keys of which each row has exactly one.
    pub one_of: &'static [Alternatives],
    /// Storage options, where databases have a choice.
    pub storage: Storage,
    /// The comment in the database.
    pub comment: Option<&'static str>,
    /// Whether a column is sensitive: then no value of a statement on this table appears in a log or an error.
    pub sensitive: bool,
}

impl Table {
    /// Returns whether it is the same table in the database, whatever its model.
    pub(crate) fn is(&self, other: &Table) -> bool {
        self.name == other.name && self.schema == other.schema && self.bind == other.bind
    }

    /// Returns the number of columns; no database allows more than a few thousand.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// assert_eq!(User::table().width(), 4); // id, email, name, age
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn width(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(u16::MAX)
    }

    /// Returns the column at `index`; positions come from the derive, so it exists.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// let table = User::table();
    /// assert_eq!(table.column(table.primary_key[0]).name, "id");
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn column(&self, index: u16) -> &'static ColumnDef {
        &self.columns[usize::from(index)]
    }

    /// Returns the position and definition of the auto-increment column.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// let (index, column) = User::table().auto_column().unwrap();
    /// assert_eq!((index, column.name), (0, "id"));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn auto_column(&self) -> Option<(u16, &'static ColumnDef)> {
        (0u16..).zip(self.columns).find(|(_, column)| column.auto)
    }

    /// Returns the position and definition of the version column.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// use orm_doc::Account;
    /// assert_eq!(Account::table().version_column().map(|(_, column)| column.name), Some("version"));
    /// assert!(User::table().version_column().is_none()); // the last writer wins
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn version_column(&self) -> Option<(u16, &'static ColumnDef)> {
        (0u16..).zip(self.columns).find(|(_, column)| column.version)
    }

    /// Returns whether the row in the next cells is missing because of an outer join: its primary key is NULL. For a
    /// view without a key, all of its columns must be NULL.
    pub(crate) fn left_empty(&self, cells: &Cells<'_, '_>) -> bool {
        let null = |column: &u16| cells.is_null(usize::from(*column));
        if self.primary_key.is_empty() {
            return (0..self.width()).all(|column| null(&column));
        }
        self.primary_key.iter().all(null)
    }

    /// Returns the name of an index: the given one, or one derived from the columns.
    pub(crate) fn index_name(&self, index: &Index, unique: bool) -> String {
        index.name.map_or_else(|| self.made_name(index.parts, unique), str::to_owned)
    }

    pub(crate) fn made_name(&self, parts: &[IndexPart], unique: bool) -> String {
        let columns = parts.iter().filter_map(|part| part.column());
        let names: Vec<&str> = columns.map(|column| self.column(column).name).collect();
        format!("{}_{}_{}", self.name, names.join("_"), if unique { "key" } else { "idx" })
    }

    /// Returns the unique constraints on whole columns except the primary key, each with its name.
    pub(crate) fn unique_keys(&self) -> impl Iterator<Item = (Vec<u16>, String)> {
        let single = (0u16..).zip(self.columns).filter(|(_, column)| column.unique);
        let single = single.map(|(index, _)| (vec![index], self.made_name(&[IndexPart::Whole(index)], true)));
        let several = self.uniques.iter();
        single.chain(several.filter_map(|key| Some((key.columns()?, self.index_name(key, true)))))
    }
}

/// A CHECK constraint.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// #[derive(Model)]
/// #[orm(table = "jars", check("sweets >= 0", name = "jars_not_negative"))]
/// struct Jar {
///     #[orm(primary_key)]
///     id: u64,
///     sweets: i32,
/// }
/// let check = Jar::table().checks[0];
/// assert_eq!((check.name, check.condition), (Some("jars_not_negative"), "sweets >= 0"));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// The name, if one is given: [`Error::constraint`](crate::Error::constraint) returns it.
    pub name: Option<&'static str>,
    /// The SQL condition.
    pub condition: &'static str,
}

/// A unique constraint or an index of a table.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::schema::IndexPart;
/// #[derive(Model)]
/// #[orm(table = "books", index(author, title(20), name = "by_author"))]
/// struct Book {
///     #[orm(primary_key)]
///     id: u64,
///     #[orm(length = 100)]
///     author: String,
///     title: String,
/// }
/// let index = Book::table().indexes[0];
/// assert_eq!(index.name, Some("by_author"));
/// assert_eq!(index.parts, [IndexPart::Whole(1), IndexPart::Prefix(2, 20)]);
/// assert_eq!(index.columns(), None); // only a prefix of the title is indexed
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Index {
    /// The name, if it is not derived from the table and columns.
    pub name: Option<&'static str>,
    /// The indexed parts.
    pub parts: &'static [IndexPart],
    /// The condition of a partial index, where the server supports them.
    pub condition: Option<&'static str>,
}

impl Index {
    /// Returns the positions of its columns, if it consists of whole columns only, ascending or descending.
    #[must_use]
    pub fn columns(&self) -> Option<Vec<u16>> {
        let whole = |part: &IndexPart| match part.over() {
            IndexPart::Whole(column) => Some(column),
            _ => None,
        };
        self.parts.iter().map(whole).collect()
    }
}

/// A part of an index.
///
/// ```
/// use orm::schema::IndexPart;
/// assert_eq!(IndexPart::Whole(1).column(), Some(1));
/// assert_eq!(IndexPart::Prefix(2, 20).column(), Some(2));
/// assert_eq!(IndexPart::Expression("lower(title)").column(), None);
/// let newest_first = IndexPart::Descending(&IndexPart::Whole(4)); // `created_at desc`
/// assert_eq!((newest_first.column(), newest_first.over()), (Some(4), IndexPart::Whole(4)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexPart {
    /// A column, by position.
    Whole(u16),
    /// A prefix of a column, in characters of text or bytes of a blob: the column, and the length.
    Prefix(u16, u32),
    /// An SQL expression.
    Expression(&'static str),
    /// Another part, in descending order.
    Descending(&'static IndexPart),
}

impl IndexPart {
    /// Returns the position of the column, if it is a column or a prefix of one.
    #[must_use]
    pub const fn column(&self) -> Option<u16> {
        match self {
            IndexPart::Whole(column) | IndexPart::Prefix(column, _) => Some(*column),
            IndexPart::Expression(_) => None,
            IndexPart::Descending(part) => part.column(),
        }
    }

    /// Returns the part without its sort order.
    #[must_use]
    pub const fn over(self) -> IndexPart {
        match self {
            IndexPart::Descending(part) => part.over(),
            part => part,
        }
    }
}

/// The storage options of a table that its model states; for the others, the database's defaults apply.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// #[derive(Model)]
/// #[orm(table = "logs", engine = "MyISAM")]
/// struct Log {
///     #[orm(primary_key)]
///     id: u64,
/// }
/// assert_eq!(Log::table().storage.engine, Some("MyISAM"));
/// assert_eq!(User::table().storage.engine, None);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Storage {
    /// The storage engine.
    pub engine: Option<&'static str>,
    /// The default character set.
    pub charset: Option<&'static str>,
    /// The default collation.
    pub collation: Option<&'static str>,
}

impl Storage {
    /// The database's defaults.
    pub const NONE: Storage = Storage { engine: None, charset: None, collation: None };
}

/// The soft-delete column: NULL until the row is deleted.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
/// # fn main() { run(async |db| { notes(db).await?;
/// let mark = Note::table().soft_delete.unwrap();
/// assert_eq!(Note::table().column(mark.column).name, "deleted_at");
/// assert!(User::table().soft_delete.is_none()); // deletes remove rows
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct DeletionMark {
    /// The position of the column.
    pub column: u16,
    /// The value that it is set to: the current time.
    pub now: fn() -> Datum,
}
