//! The differences between two schemas.

mod collation;
pub mod expression;
mod facets;
mod fix;
mod names;
mod rekey;
mod table;
mod text;
mod way;

use super::{CheckSchema, ColumnSchema, ForeignKeySchema, IndexSchema, Schema, TableName, TableSchema};
use crate::dialect::Dialect;

/// A difference between a database and the wanted schema.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Schema;
/// sql!("ALTER TABLE posts DROP COLUMN body").execute(db).await?;
/// let wanted = Schema::of::<(User, Post)>(db.dialect())?;
/// let differences = wanted.compare(&Schema::reflect(db).await?, db.dialect());
/// assert!(differences[0].to_string().contains("body"), "{differences:?}");
/// assert!(!differences[0].harmless);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table concerned.
    pub table: TableName,
    /// What differs.
    pub part: TablePart,
    /// The statements that would fix it, in order. Differences that can only be fixed together have the same
    /// statements, which must run once, on one connection: all differences of a table that must be rebuilt, a primary
    /// key with the columns that must change with it, and the collations of columns that share a full-text index.
    pub fix: Vec<String>,
    /// Whether programs work regardless: something extra does no harm, or only a name, a comment or the like differs.
    /// An extra column of a table that must be rebuilt is not harmless: the statements for the other differences drop
    /// it with its values.
    pub harmless: bool,
    /// A description.
    text: String,
}

/// The part of a table that differs.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Schema;
/// use orm::schema::{Pair, TablePart};
/// sql!("ALTER TABLE posts DROP COLUMN body").execute(db).await?;
/// let wanted = Schema::of::<(User, Post)>(db.dialect())?;
/// for difference in wanted.compare(&Schema::reflect(db).await?, db.dialect()) {
///     match difference.part {
///         TablePart::TableColumn(Pair::Absent(column)) => assert_eq!(column.name, "body"),
///         _ => panic!("{difference}"),
///     }
/// }
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TablePart {
    /// A view that is missing or cannot be read, or the names of the columns that it lacks.
    View(Vec<String>),
    /// A whole table.
    Table(Box<Pair<TableSchema>>),
    /// A column.
    TableColumn(Pair<ColumnSchema>),
    /// The names of the primary key columns.
    PrimaryKey(Pair<Vec<String>>),
    /// A unique constraint or an index.
    Index(Pair<IndexSchema>),
    /// A foreign key.
    ForeignKey(Pair<ForeignKeySchema>),
    /// A CHECK constraint.
    Check(Pair<CheckSchema>),
    /// The storage engine of the table.
    Engine(Pair<String>),
    /// The character set or collation of the table.
    Charset(Pair<String>),
    /// The comment of the table.
    Comment(Pair<String>),
}

/// The wanted and the found version of something.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Schema;
/// use orm::schema::{Pair, TablePart};
/// sql!("ALTER TABLE users ADD COLUMN colour TEXT").execute(db).await?;
/// let wanted = Schema::of::<(User, Post)>(db.dialect())?;
/// let differences = wanted.compare(&Schema::reflect(db).await?, db.dialect());
/// let TablePart::TableColumn(Pair::Extra(column)) = &differences[0].part else { panic!("{differences:?}") };
/// assert_eq!(column.name, "colour");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pair<T> {
    /// It is missing.
    Absent(T),
    /// It exists, but is not wanted.
    Extra(T),
    /// It exists in another form.
    Differs {
        /// The version that is wanted.
        wanted: T,
        /// The version that exists.
        found: T,
    },
}

impl Difference {
    /// Returns what to see to before running the statements that fix it by hand.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Schema;
    /// sql!("ALTER TABLE posts DROP COLUMN title").execute(db).await?;
    /// let wanted = Schema::of::<(User, Post)>(db.dialect())?;
    /// let differences = wanted.compare(&Schema::reflect(db).await?, db.dialect());
    /// let cautions: Vec<&str> = differences.iter().flat_map(|difference| difference.cautions()).collect();
    /// assert!(cautions[0].starts_with("the old table is dropped"), "{differences:?}"); // SQLite cannot add the column in place
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn cautions(&self) -> Vec<&'static str> {
        let mut cautions = Vec::new();
        // A shell continues after an error, and rows that could not be copied would be lost with the old table.
        if !matches!(self.part, TablePart::Table(_))
            && self.fix.iter().any(|sql| sql.starts_with("DROP TABLE "))
        {
            cautions.push("the old table is dropped: let the shell stop at the first error, with `.bail on`");
        }
        if converts_times(&self.part) {
            cautions.push(
                "times are converted by the session's time zone: set that of the program first, SET time_zone = '+00:00'",
            );
        }
        cautions
    }
}

/// Returns whether a server converts times from or to its TIMESTAMP.
fn converts_times(part: &TablePart) -> bool {
    let TablePart::TableColumn(Pair::Differs { wanted, found }) = part else { return false };
    let is = |ty: &str, word: &str| ty.to_ascii_lowercase().starts_with(word);
    let ends = [(&wanted.ty, &found.ty), (&found.ty, &wanted.ty)];
    ends.iter().any(|(one, other)| is(one, "timestamp") && is(other, "datetime"))
}

impl<T> Pair<T> {
    /// Pairs two values, either of which may be absent; `None` if both are.
    fn of(wanted: Option<T>, found: Option<T>) -> Option<Self> {
        match (wanted, found) {
            (Some(wanted), Some(found)) => Some(Pair::Differs { wanted, found }),
            (Some(wanted), None) => Some(Pair::Absent(wanted)),
            (None, Some(found)) => Some(Pair::Extra(found)),
            (None, None) => None,
        }
    }
}

impl std::fmt::Display for Difference {
    /// Writes a description of the difference.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Schema {
    /// Returns every difference between this schema and the one [reflected](Self::reflect) from a database.
    ///
    /// Types are equal if the database stores them in the same way, whatever their names; expressions are equal if they
    /// differ only in notation. Foreign keys and checks are matched by their definitions and may have any name, unless
    /// a model states another one, which is a [harmless](Difference::harmless) difference. Views and procedures are not
    /// compared.
    ///
    /// They are in an order in which they can be fixed. A part that is in the way, as a foreign key is when the type of its
    /// columns changes, appears twice: it is dropped first, and added back later.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Schema;
    /// sql!("DROP TABLE posts").execute(db).await?;
    /// let wanted = Schema::of::<(User, Post)>(db.dialect())?;
    /// let differences = wanted.compare(&Schema::reflect(db).await?, db.dialect());
    /// assert_eq!(differences[0].to_string(), "the table `posts` is missing");
    /// assert!(differences[0].fix[0].starts_with("CREATE TABLE"));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn compare(&self, found: &Schema, dialect: &Dialect) -> Vec<Difference> {
        let names = names::Names::of(self, found, dialect);
        let there = |wanted: &TableSchema| {
            let mut tables = found.tables.iter();
            tables.find(|table| same_table(&table.name, &wanted.name, dialect))
        };
        let both = self.tables.iter().filter_map(|wanted| Some((wanted, there(wanted)?)));
        let mut compared: Vec<_> =
            both.map(|(wanted, found)| table::Compared::of(wanted, found, dialect)).collect();
        way::clear(&mut compared, dialect);
        let (mut first, mut differences, mut last) = (Vec::new(), Vec::new(), Vec::new());
        let mut compared = compared.into_iter().peekable();
        for (at, wanted) in self.tables.iter().enumerate() {
            let [goes, changes, comes] = match compared.next_if(|table| table.wanted.name == wanted.name) {
                Some(table) => table.differences(&names, dialect),
                None => new(wanted, &self.tables[at + 1..], dialect),
            };
            first.extend(goes);
            differences.extend(changes);
            last.extend(comes);
        }
        // Servers refuse to drop an index that a foreign key needs, even one of another table.
        first.sort_by_key(|difference: &Difference| !matches!(difference.part, TablePart::ForeignKey(_)));
        first.extend(differences.into_iter().chain(last));
        for extra in &found.tables {
            if !self.tables.iter().any(|table| same_table(&table.name, &extra.name, dialect)) {
                first.push(whole(Pair::Extra(extra.clone()), &extra.name, dialect));
            }
        }
        first
    }
}

/// Creates a missing table, and adds its foreign keys to later tables at the end, where the dialect can add them.
fn new(wanted: &TableSchema, later: &[TableSchema], dialect: &Dialect) -> [Vec<Difference>; 3] {
    let is_late = |key: &mut ForeignKeySchema| {
        dialect.ddl.late_keys.added && later.iter().any(|later| later.name == key.parent)
    };
    let mut table = wanted.clone();
    let late: Vec<ForeignKeySchema> = table.foreign_keys.extract_if(.., is_late).collect();
    let late = late.into_iter().map(|key| {
        let part = TablePart::ForeignKey(Pair::Absent(key));
        difference(&wanted.name, part, false, dialect)
    });
    [Vec::new(), vec![whole(Pair::Absent(table), &wanted.name, dialect)], late.collect()]
}

/// A view that lacks columns, or is missing if none is named; `text` replaces the usual description.
pub(super) fn view(
    name: TableName,
    missing: Vec<String>,
    text: Option<String>,
    dialect: &Dialect,
) -> Difference {
    let part = TablePart::View(missing);
    let text = text.unwrap_or_else(|| text::of(&name, &part, false, dialect));
    Difference { table: name, part, fix: Vec::new(), harmless: false, text }
}

/// Returns whether two names mean one table; in SQLite, they are case-insensitive.
pub(super) fn same_table(one: &TableName, other: &TableName, dialect: &Dialect) -> bool {
    let same = one.schema == other.schema && one.name.eq_ignore_ascii_case(&other.name);
    one == other || (same && dialect.ddl.rebuild.is_some())
}

/// Returns the statements that fix a single part of a table.
pub(super) fn fixes(table: &TableName, part: &TablePart, dialect: &Dialect) -> Vec<String> {
    fix::of(table, part, dialect).unwrap_or_default()
}

/// A column under another name than the wanted one, with the statements that rename it; if there are none, that takes a
/// migration.
pub(super) fn renamed(name: TableName, pair: Pair<ColumnSchema>, fix: Vec<String>) -> Difference {
    let (Pair::Absent(is) | Pair::Extra(is) | Pair::Differs { found: is, .. }) = &pair;
    let (Pair::Absent(new) | Pair::Extra(new) | Pair::Differs { wanted: new, .. }) = &pair;
    let by = if fix.is_empty() { ": let a migration rename it" } else { "" };
    let text = format!("the column `{name}.{}` is still called `{}`{by}", new.name, is.name);
    Difference { table: name, part: TablePart::TableColumn(pair), fix, harmless: false, text }
}

fn whole(pair: Pair<TableSchema>, name: &TableName, dialect: &Dialect) -> Difference {
    let harmless = matches!(pair, Pair::Extra(_));
    difference(name, TablePart::Table(Box::new(pair)), harmless, dialect)
}

/// A difference that is fixed on its own.
fn difference(name: &TableName, part: TablePart, harmless: bool, dialect: &Dialect) -> Difference {
    Difference {
        table: name.clone(),
        fix: fixes(name, &part, dialect),
        harmless,
        text: text::of(name, &part, false, dialect),
        part,
    }
}
