//! One table.

use super::{Alternatives, ColumnDef, ForeignKey, FullText, Quoted, Remembered};
use crate::value::{Cells, Datum};

/// One table, as its model declares it.
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
    /// Whether it is a view, which is only read, and has no more than columns and perhaps a key.
    pub view: bool,
    /// That name in quotes.
    pub quoted: Quoted,
    /// What it was called before.
    pub renamed_from: Option<&'static str>,
    /// The schema (on MySQL: the database) that has it, if it is not the connection's own.
    pub schema: Option<&'static str>,
    /// The database that has it, by the name that the program gave it; the default one if there is none.
    pub bind: Option<&'static str>,
    /// The columns, in the order of the model's fields.
    pub columns: &'static [ColumnDef],
    /// What many statements have in common.
    #[doc(hidden)]
    pub remembered: Remembered,
    /// The positions of the primary key's columns: none of a view without a key.
    pub primary_key: &'static [u16],
    /// How rows are marked as deleted, if they are.
    pub soft_delete: Option<DeletionMark>,
    /// Unique keys over several columns.
    pub uniques: &'static [Index],
    /// Indexes over several columns.
    pub indexes: &'static [Index],
    /// Full-text indexes.
    pub full_texts: &'static [FullText],
    /// SQL conditions that every row meets.
    pub checks: &'static [Check],
    /// The foreign keys.
    pub foreign_keys: &'static [&'static ForeignKey],
    /// Foreign keys of which each row has exactly one.
    pub one_of: &'static [Alternatives],
    /// How it is stored, where databases have a choice.
    pub storage: Storage,
    /// What the database says about it.
    pub comment: Option<&'static str>,
    /// Whether a column is sensitive: then no value of a statement with this table gets into a log or an error.
    pub sensitive: bool,
}

impl Table {
    /// Whether it is the same table in the database, whatever its model.
    pub(crate) fn is(&self, other: &Table) -> bool {
        self.name == other.name && self.schema == other.schema && self.bind == other.bind
    }

    /// How many columns it has: no database has tables with more than some thousands.
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

    /// The column at `index`; positions come from the derive, so there is one.
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

    /// The position and definition of the column that the server counts up.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// let (index, column) = User::table().auto_column().unwrap();
    /// assert_eq!((index, column.name), (0, "id"));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn auto_column(&self) -> Option<(usize, &'static ColumnDef)> {
        self.columns.iter().enumerate().find(|(_, column)| column.auto)
    }

    /// The position and definition of the column that counts changes.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// use orm_doc::Account;
    /// assert_eq!(Account::table().version_column().map(|(_, column)| column.name), Some("version"));
    /// assert!(User::table().version_column().is_none()); // whoever writes last wins
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn version_column(&self) -> Option<(usize, &'static ColumnDef)> {
        self.columns.iter().enumerate().find(|(_, column)| column.version)
    }

    /// Whether an outer join left the row empty whose cells come next: it has no primary key then. Of a view without a key,
    /// all is NULL.
    pub(crate) fn left_empty(&self, cells: &Cells<'_, '_>) -> bool {
        let null = |column: &u16| cells.is_null(usize::from(*column));
        if self.primary_key.is_empty() {
            return (0..self.width()).all(|column| null(&column));
        }
        self.primary_key.iter().all(null)
    }

    /// The name of an index: the one that is given, or one that is made of the columns.
    pub(crate) fn index_name(&self, index: &Index, unique: bool) -> String {
        index.name.map_or_else(|| self.made_name(index.parts, unique), str::to_owned)
    }

    pub(crate) fn made_name(&self, parts: &[IndexPart], unique: bool) -> String {
        let columns = parts.iter().filter_map(|part| part.column());
        let names: Vec<&str> = columns.map(|column| self.column(column).name).collect();
        format!("{}_{}_{}", self.name, names.join("_"), if unique { "key" } else { "idx" })
    }

    /// The unique keys of whole columns beside the primary one, each with its name.
    pub(crate) fn unique_keys(&self) -> impl Iterator<Item = (Vec<u16>, String)> {
        let single = (0u16..).zip(self.columns).filter(|(_, column)| column.unique);
        let single = single.map(|(index, _)| (vec![index], self.made_name(&[IndexPart::Whole(index)], true)));
        let several = self.uniques.iter();
        single.chain(several.filter_map(|key| Some((key.columns()?, self.index_name(key, true)))))
    }
}

/// A condition that every row of a table meets.
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
    /// Its name, if one is given: [`Error::constraint`](crate::Error::constraint) tells it.
    pub name: Option<&'static str>,
    /// The SQL condition.
    pub condition: &'static str,
}

/// A key or index of one table.
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
/// assert_eq!(index.columns(), None); // the title is there in part
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Index {
    /// Its name, if it is not made from the table and columns.
    pub name: Option<&'static str>,
    /// What it is over.
    pub parts: &'static [IndexPart],
    /// A condition that rows in it meet, where the server has partial indexes.
    pub condition: Option<&'static str>,
}

impl Index {
    /// The positions of its columns, if it is over whole columns and nothing else, in either order.
    #[must_use]
    pub fn columns(&self) -> Option<Vec<u16>> {
        let whole = |part: &IndexPart| match part.over() {
            IndexPart::Whole(column) => Some(column),
            _ => None,
        };
        self.parts.iter().map(whole).collect()
    }
}

/// What an index is over.
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
    /// A column, by its position.
    Whole(u16),
    /// The first characters of a text, or bytes of a blob: the column, and how many.
    Prefix(u16, u32),
    /// An SQL expression.
    Expression(&'static str),
    /// One of the others, with the greatest first.
    Descending(&'static IndexPart),
}

impl IndexPart {
    /// The position of the column, if it is one or begins one.
    #[must_use]
    pub const fn column(&self) -> Option<u16> {
        match self {
            IndexPart::Whole(column) | IndexPart::Prefix(column, _) => Some(*column),
            IndexPart::Expression(_) => None,
            IndexPart::Descending(part) => part.column(),
        }
    }

    /// What it is over, whichever comes first.
    #[must_use]
    pub const fn over(self) -> IndexPart {
        match self {
            IndexPart::Descending(part) => part.over(),
            part => part,
        }
    }
}

/// How a table is stored, as far as its model says: what it does not say is as the database has it.
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
    /// The character set of its texts.
    pub charset: Option<&'static str>,
    /// How its texts are compared.
    pub collation: Option<&'static str>,
}

impl Storage {
    /// As the database has it.
    pub const NONE: Storage = Storage { engine: None, charset: None, collation: None };
}

/// The column that marks rows as deleted: NULL until they are.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
/// # fn main() { run(async |db| { notes(db).await?;
/// let mark = Note::table().soft_delete.unwrap();
/// assert_eq!(Note::table().column(mark.column).name, "deleted_at");
/// assert!(User::table().soft_delete.is_none()); // deleted rows are gone
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct DeletionMark {
    /// The position of the column.
    pub column: u16,
    /// What it is set to: the present moment.
    pub now: fn() -> Datum,
}
