//! Whole statements.

use super::{Delete, Insert, Piece, Select, Update, UpdateRows, Words};
use crate::schema::Table;
use crate::value::Datum;

/// A statement before it is rendered.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Command {
    /// A select.
    Select(Box<Select>),
    /// How many rows a select has.
    Count(Box<Select>),
    /// Whether a select has rows.
    Exists(Box<Select>),
    /// An insert.
    Insert(Box<Insert>),
    /// An insert of values, as a file of rows.
    Load(Box<Insert>),
    /// An update.
    Update(Box<Update>),
    /// An update of many rows, each with values of its own.
    UpdateRows(Box<UpdateRows>),
    /// A delete.
    Delete(Box<Delete>),
    /// What the server means to do with a statement.
    Explain(Box<Command>),
    /// What is written by hand.
    Raw(Vec<Piece>),
}

impl Command {
    /// The table whose rows it changes, if it does.
    pub(crate) fn changes(&self) -> Option<&'static Table> {
        match self {
            Command::Insert(insert) | Command::Load(insert) => Some(insert.table),
            Command::Update(update) => Some(update.target.table),
            Command::UpdateRows(update) => Some(update.table),
            Command::Delete(delete) => Some(delete.target.table),
            _ => None,
        }
    }

    /// Whether it locks rows.
    pub(crate) fn locks(&self) -> bool {
        match self {
            Command::Select(select) | Command::Count(select) | Command::Exists(select) => {
                select.lock.is_some()
            }
            _ => false,
        }
    }

    /// Whether it is written by hand, and locks rows.
    pub(crate) fn locks_by_hand(&self) -> bool {
        let Command::Raw(pieces) = self else { return false };
        let words: Vec<String> = pieces.iter().filter_map(Piece::text).flat_map(Words::of).collect();
        words
            .windows(2)
            .any(|two| matches!([&*two[0], &*two[1]], ["FOR", "UPDATE" | "SHARE"] | ["LOCK", "IN"]))
    }

    /// The first table of it that a model is of.
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

    /// The database that its first table is in, if that is not the default one.
    pub(crate) fn bind(&self) -> Option<&'static str> {
        self.first_table()?.bind
    }
}

/// A statement as it is sent: its text and the values it binds.
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
    /// The text, with a placeholder for each value.
    pub sql: String,
    /// The values, in the order of their placeholders.
    pub params: Vec<Datum>,
    /// The file that it loads, if it does: see [`Dialect::load`](crate::dialect::Dialect::load).
    pub file: Option<Box<RowFile>>,
    /// Whether it is several statements with semicolons between them, which are sent as they are.
    pub several: bool,
    /// Whether its values are wanted back: who runs it leaves them in their place.
    pub lent: bool,
    /// Whether its values are to stay out of logs and errors, whatever the program asks for.
    pub sensitive: bool,
}

impl std::fmt::Debug for Statement {
    /// Without its values, if they are sensitive.
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

/// Rows as the file that a statement loads.
#[derive(Clone, PartialEq)]
pub struct RowFile {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// How many rows that is.
    pub rows: u64,
}

impl std::fmt::Debug for RowFile {
    /// Without what is in it, which may be anybody's data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RowFile").field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl Statement {
    /// A text and the values that it binds.
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
    /// Only the text: values may be anybody's data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sql)
    }
}
