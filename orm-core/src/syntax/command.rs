//! Whole statements.

use super::{Delete, Insert, Piece, Select, Update, UpdateRows, Words};
use crate::schema::Table;
use crate::value::Datum;

/// A statement before it is rendered to SQL.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Command {
    /// A select.
    Select(Box<Select>),
    /// Counts the rows of a select.
    Count(Box<Select>),
    /// Tests whether a select has rows.
    Exists(Box<Select>),
    /// An insert.
    Insert(Box<Insert>),
    /// An insert of values, sent as a file of rows.
    Load(Box<Insert>),
    /// An update.
    Update(Box<Update>),
    /// An update of many rows, each with its own values.
    UpdateRows(Box<UpdateRows>),
    /// A delete.
    Delete(Box<Delete>),
    /// The query plan of a statement.
    Explain(Box<Command>),
    /// Raw SQL.
    Raw(Vec<Piece>),
}

impl Command {
    /// Returns the table whose rows it changes, if any.
    pub(crate) fn changes(&self) -> Option<&'static Table> {
        match self {
            Command::Insert(insert) | Command::Load(insert) => Some(insert.table),
            Command::Update(update) => Some(update.target.table),
            Command::UpdateRows(update) => Some(update.table),
            Command::Delete(delete) => Some(delete.target.table),
            _ => None,
        }
    }

    /// Returns whether it locks rows.
    pub(crate) fn locks(&self) -> bool {
        match self {
            Command::Select(select) | Command::Count(select) | Command::Exists(select) => {
                select.lock.is_some()
            }
            _ => false,
        }
    }

    /// Returns whether it is raw SQL that locks rows.
    pub(crate) fn locks_by_hand(&self) -> bool {
        let Command::Raw(pieces) = self else { return false };
        let words: Vec<String> = pieces.iter().filter_map(Piece::text).flat_map(Words::of).collect();
        words
            .windows(2)
            .any(|two| matches!([&*two[0], &*two[1]], ["FOR", "UPDATE" | "SHARE"] | ["LOCK", "IN"]))
    }

    /// Returns its first table that belongs to a model.
    pub(crate) fn first_table(&self) -> Option<&'static Table> {
        match self {
            Command::Select(select) | Command::Count(select) | Command::Exists(select) => {
                select.first_table()
            }
            Command::Insert(insert) | Command::Load(insert) => Some(insert.table),
            Command::Update(update) => Some(update.target.table),
            Command::UpdateRows(update) => Some(update.table),
            Command::Delete(delete) => Some(delete.target.table),
            Command::Explain(command) => command.first_table(),
            Command::Raw(pieces) => pieces.iter().find_map(|piece| match piece {
                Piece::Table(table) => Some(*table),
                _ => None,
            }),
        }
    }

    /// Returns the database of its first table, if that is not the default one.
    pub(crate) fn bind(&self) -> Option<&'static str> {
        self.first_table()?.bind
    }
}

/// A statement ready to be sent: its SQL and bind parameters.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let statement = User::query().filter(|u| u.id.eq(1)).select(|u| u.name).to_sql(db.dialect())?;
/// assert_eq!(statement.to_string(), r#"SELECT "users"."name" FROM "users" WHERE "users"."id" = ?"#);
/// assert_eq!(statement.params.len(), 1);
/// # Ok(()) }) }
/// ```
#[derive(Clone, PartialEq)]
pub struct Statement {
    /// The SQL, with a placeholder for each value.
    pub sql: String,
    /// The values, in the order of their placeholders.
    pub params: Vec<Datum>,
    /// The file that it loads, if any. See [`Dialect::load`](crate::dialect::Dialect::load).
    pub file: Option<Box<RowFile>>,
    /// Whether it consists of several statements separated by semicolons, which are sent as they are.
    pub several: bool,
    /// Whether the caller wants its values back: whoever runs it leaves them in place.
    pub lent: bool,
    /// Whether its values are always kept out of logs and errors, whatever the program's settings.
    pub sensitive: bool,
}

impl std::fmt::Debug for Statement {
    /// Leaves out the values if they are sensitive.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Statement { sql, params, file, several, lent, sensitive } = self;
        let mut shown = f.debug_struct("Statement");
        shown.field("sql", sql);
        match sensitive {
            true => shown.field("params", &format_args!("[{} sensitive]", params.len())),
            false => shown.field("params", params),
        };
        shown.field("file", file).field("several", several).field("lent", lent).finish()
    }
}

/// Rows in the form of the file that a statement loads.
#[derive(Clone, PartialEq)]
pub struct RowFile {
    /// The content of the file.
    pub bytes: Vec<u8>,
    /// The number of rows.
    pub rows: u64,
}

impl std::fmt::Debug for RowFile {
    /// Leaves out the content, which may be personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RowFile").field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl Statement {
    /// Makes a statement from SQL and its bind parameters.
    ///
    /// ```
    /// use orm::Statement;
    /// use orm::value::Datum;
    /// let statement = Statement::new("SELECT ?", vec![Datum::Int(1)]);
    /// assert_eq!(statement.to_string(), "SELECT ?");
    /// ```
    #[must_use]
    pub fn new(sql: impl Into<String>, params: Vec<Datum>) -> Self {
        Statement { sql: sql.into(), params, file: None, several: false, lent: false, sensitive: false }
    }
}

impl std::fmt::Display for Statement {
    /// Writes only the SQL, since values may be personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sql)
    }
}
