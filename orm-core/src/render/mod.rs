//! Renders the syntax tree to SQL and bind parameters: one renderer, which consults the dialect where databases differ.

mod aggregate;
mod arithmetic;
mod assignment;
mod bind;
mod by_key;
mod change;
mod compound;
mod cte;
mod elements;
mod find;
mod from;
mod full_join;
mod function;
mod guess;
mod home;
mod identifier;
mod implied;
mod insert;
mod key;
mod list;
mod list_of_rows;
mod literal;
mod load;
mod lock;
mod name;
mod named_window;
mod names;
mod node;
mod order;
mod outer_join;
mod prefix;
mod quantified;
mod raw;
mod rollup;
mod select;
mod sight;
mod sketch;
mod text;
mod update_rows;
mod upsert;
mod window;

use std::sync::Arc;

use crate::dialect::Dialect;
use crate::error::Result;
use crate::schema::Table;
use crate::scoped::Scope;
use crate::syntax::{Command, Projection, RowFile, Statement};
use crate::value::Datum;

pub(crate) use change::is_plain;
pub(crate) use identifier::quote;
use names::Names;
pub(crate) use sketch::sketch;
use text::Text;

/// Renders `command` in `dialect`.
///
/// # Errors
/// If the database lacks something that the statement needs, or the command is invalid.
pub(crate) fn render(command: Command, dialect: &Dialect) -> Result<Statement> {
    render_scoped(command, dialect, &[])
}

/// Renders `command` for a database with scopes.
pub(crate) fn render_scoped(command: Command, dialect: &Dialect, scopes: &[Arc<Scope>]) -> Result<Statement> {
    find::remembered(command, dialect, scopes, |renderer, command| renderer.command(command))
}

/// Like [`render_scoped`], but requires all tables to be in one database.
///
/// # Errors
/// Those of [`render`], and if the models name different databases; the error names two of the models.
pub(crate) fn render_in_one_database(
    command: Command,
    dialect: &Dialect,
    scopes: &[Arc<Scope>],
) -> Result<Statement> {
    find::remembered(command, dialect, scopes, |renderer, command| {
        renderer.command(command)?;
        renderer.names.home.check()
    })
}

/// A statement being written.
struct Renderer<'d> {
    dialect: &'d Dialect,
    /// The scopes of the database.
    scopes: &'d [Arc<Scope>],
    /// The models whose scopes are being written.
    within: Vec<&'static Table>,
    sql: Text,
    params: Vec<Datum>,
    file: Option<Box<RowFile>>,
    names: Names,
    ctes: cte::Ctes,
    /// The table of an upsert, while its update is written.
    upserted: Option<&'static Table>,
    /// Whether the statement is a change.
    in_change: bool,
    /// Whether values are written as literals: inside a computed group key.
    in_key: bool,
    /// Whether GROUP BY is being written.
    in_group_by: bool,
    /// Whether HAVING is being written.
    in_having: bool,
    /// Whether a value over a window is allowed here: in columns and sort keys of a select.
    takes_windows: bool,
    /// Whether the next expression is a value over a window by itself, not part of a computation.
    bare_window: bool,
    /// Whether the current select is a scalar subquery, so that its result may be part of a computation.
    in_value: bool,
    /// Whether the current select has groups.
    grouped: bool,
    /// Whether the next expression is a whole column or sort key, which the server recognizes as a group key.
    whole: bool,
    /// The computed keys among the columns of the current select, if it has totals.
    keys: rollup::SelectedKeys,
    /// The named windows of the current select.
    windows: named_window::NamedWindows,
    /// The number of the next column alias, where columns are numbered.
    next_alias: Option<usize>,
}

impl<'d> Renderer<'d> {
    fn new(dialect: &'d Dialect, scopes: &'d [Arc<Scope>]) -> Self {
        // Capacity for a query over a few tables, to avoid reallocation.
        Renderer {
            dialect,
            scopes,
            within: Vec::new(),
            sql: Text::with_capacity(1024),
            params: Vec::with_capacity(8),
            file: None,
            names: Names::new(dialect.quote),
            ctes: cte::Ctes::default(),
            upserted: None,
            in_change: false,
            in_key: false,
            in_group_by: false,
            in_having: false,
            takes_windows: false,
            bare_window: false,
            in_value: false,
            grouped: false,
            whole: false,
            keys: rollup::SelectedKeys::default(),
            windows: named_window::NamedWindows::default(),
            next_alias: None,
        }
    }

    fn command(&mut self, command: Command) -> Result<()> {
        self.in_change = command.changes().is_some();
        match command {
            Command::Explain(command) => {
                let mut prefix = Text::default();
                prefix.push_str(self.dialect.explain(&command).prefix);
                self.command(*command)?;
                self.sql.insert(0, &prefix);
                return Ok(());
            }
            Command::Select(mut select) => self.select(&mut select)?,
            Command::Count(mut select) => {
                // Joined tables may have columns of the same name, which a derived table does not allow.
                if !matches!(select.projection, Projection::One) {
                    self.next_alias = Some(1);
                }
                self.push("SELECT COUNT(*) FROM (");
                self.inner_select(&mut select)?;
                self.push(") AS ");
                self.identifier("counted");
            }
            Command::Exists(mut select) => {
                self.push("SELECT EXISTS (");
                self.inner_select(&mut select)?;
                self.push(")");
            }
            Command::Insert(insert) => self.insert(*insert)?,
            Command::Load(insert) => self.load(*insert)?,
            Command::Update(update) => self.update(*update)?,
            Command::UpdateRows(update) => self.update_rows(*update)?,
            Command::Delete(delete) => self.delete(*delete)?,
            Command::Raw(pieces) => self.raw(pieces)?,
        }
        self.put_ctes(implied::Mark::default());
        Ok(())
    }

    /// Writes text. A literal, whose length the compiler knows, is copied without a call, so that two lines may be faster than
    /// one that writes either of two texts.
    fn push(&mut self, text: &str) {
        self.sql.push_str(text);
    }

    /// Writes the name of a column.
    fn column_name(&mut self, column: &crate::schema::ColumnDef) {
        self.sql.push_name(&column.quoted, self.dialect.quote);
    }

    fn identifier(&mut self, name: &str) {
        identifier::push_quoted(&mut self.sql, name, self.dialect.quote);
    }
}
