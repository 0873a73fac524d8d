//! What differs between two descriptions.

pub mod expression;
mod facets;
mod mend;
mod names;
mod rekey;
mod table;
mod text;

use super::{CheckSchema, ColumnSchema, ForeignKeySchema, IndexSchema, Schema, TableName, TableSchema};
use crate::dialect::Dialect;

/// One thing in which a database differs from what is wanted.
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
    /// The table that it is about.
    pub table: TableName,
    /// What differs.
    pub part: TablePart,
    /// The statements that would mend it, in order. What can only be mended together has the same statements, which are to be
    /// run once, on one connection: all that differs in a table that has to be built anew, a primary key with the columns
    /// that must change with it, and the collations of columns with a full-text index in common.
    pub mend: Vec<String>,
    /// Whether a program works all the same: what is there and not asked for, and is in nobody's way. A column of a table
    /// that is to be built anew is in the way: the statements for the rest leave it out, and what is in it.
    pub harmless: bool,
    /// What it is, in words.
    text: String,
}

/// What differs.
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
    /// A view that is missing, or cannot be read, or the names of the columns that it lacks.
    View(Vec<String>),
    /// A whole table.
    Table(Box<Pair<TableSchema>>),
    /// A column.
    TableColumn(Pair<ColumnSchema>),
    /// The names of the primary key's columns.
    PrimaryKey(Pair<Vec<String>>),
    /// A unique key or an index.
    Index(Pair<IndexSchema>),
    /// A foreign key.
    ForeignKey(Pair<ForeignKeySchema>),
    /// A condition.
    Check(Pair<CheckSchema>),
    /// The engine of the table.
    Engine(Pair<String>),
    /// The character set or collation of the table.
    Charset(Pair<String>),
    /// The comment of the table.
    Comment(Pair<String>),
}

/// What is wanted, and what was found.
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
    /// It is not there.
    Absent(T),
    /// It is there, and was not asked for.
    Extra(T),
    /// It is there in another form.
    Differs {
        /// As it should be.
        wanted: T,
        /// As it is.
        found: T,
    },
}

impl<T> Pair<T> {
    /// Of two values of which one may be absent; `None` if both are.
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
    /// What differs, in words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Schema {
    /// Everything in which a database, as it was [reflected](Self::reflect), differs from this.
    ///
    /// Types are the same if the database stores the same in them, whatever they are called; expressions if they differ only
    /// in how they are written. Foreign keys and checks are known by what they say, and keep the names that they have, unless a
    /// model says another one, which is a [harmless](Difference::harmless) difference. Views and procedures are not compared.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Schema;
    /// sql!("DROP TABLE posts").execute(db).await?;
    /// let wanted = Schema::of::<(User, Post)>(db.dialect())?;
    /// let differences = wanted.compare(&Schema::reflect(db).await?, db.dialect());
    /// assert_eq!(differences[0].to_string(), "the table `posts` is missing");
    /// assert!(differences[0].mend[0].starts_with("CREATE TABLE"));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn compare(&self, found: &Schema, dialect: &Dialect) -> Vec<Difference> {
        let names = names::Names::of(self, dialect);
        let (mut first, mut differences) = (Vec::new(), Vec::new());
        for wanted in &self.tables {
            match found.tables.iter().find(|table| table.name == wanted.name) {
                Some(found) => {
                    let [goes, others] = table::compare(wanted, found, &names, dialect);
                    first.extend(goes);
                    differences.extend(others);
                }
                None => differences.push(whole(Pair::Absent(wanted.clone()), &wanted.name, dialect)),
            }
        }
        for extra in &found.tables {
            if !self.tables.iter().any(|table| table.name == extra.name) {
                differences.push(whole(Pair::Extra(extra.clone()), &extra.name, dialect));
            }
        }
        first.extend(differences);
        first
    }
}

/// A view that lacks columns, or is missing if none is named; `text` says it in other words.
pub(super) fn view(
    name: TableName,
    missing: Vec<String>,
    text: Option<String>,
    dialect: &Dialect,
) -> Difference {
    let part = TablePart::View(missing);
    let text = text.unwrap_or_else(|| text::of(&name, &part, dialect));
    Difference { table: name, part, mend: Vec::new(), harmless: false, text }
}

/// What drops a part of a table.
pub(super) fn dropped(table: &TableName, part: &TablePart, dialect: &Dialect) -> Vec<String> {
    mend::of(table, part, dialect).unwrap_or_default()
}

/// A column that has another name than is wanted, and what renames it; a migration does, if that is nothing.
pub(super) fn renamed(name: TableName, pair: Pair<ColumnSchema>, mend: Vec<String>) -> Difference {
    let (Pair::Absent(is) | Pair::Extra(is) | Pair::Differs { found: is, .. }) = &pair;
    let (Pair::Absent(new) | Pair::Extra(new) | Pair::Differs { wanted: new, .. }) = &pair;
    let by = if mend.is_empty() { ": let a migration rename it" } else { "" };
    let text = format!("the column `{name}.{}` is still called `{}`{by}", new.name, is.name);
    Difference { table: name, part: TablePart::TableColumn(pair), mend, harmless: false, text }
}

fn whole(pair: Pair<TableSchema>, name: &TableName, dialect: &Dialect) -> Difference {
    let harmless = matches!(pair, Pair::Extra(_));
    let part = TablePart::Table(Box::new(pair));
    Difference {
        table: name.clone(),
        mend: mend::of(name, &part, dialect).unwrap_or_default(),
        harmless,
        text: text::of(name, &part, dialect),
        part,
    }
}
