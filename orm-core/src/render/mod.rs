//! From the syntax tree to SQL text and values: one renderer, which asks the dialect where databases differ.

mod aggregate;
mod arithmetic;
mod assignment;
mod bind;
mod by_key;
mod change;
mod compound;
mod cte;
mod find;
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

/// The statement for `command` in `dialect`.
///
/// # Errors
/// If the database lacks something that the statement needs, or the command was put together wrongly.
pub(crate) fn render(command: Command, dialect: &Dialect) -> Result<Statement> {
    render_scoped(command, dialect, &[])
}

/// The same on a database with scopes.
pub(crate) fn render_scoped(command: Command, dialect: &Dialect, scopes: &[Arc<Scope>]) -> Result<Statement> {
    find::remembered(command, dialect, scopes, |renderer, command| renderer.command(command))
}

/// As [`render_scoped`], unless the models of its tables say that they are in several databases.
///
/// # Errors
/// If they are, naming two of them, and those of [`render`].
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
    /// What the database adds to statements about some models.
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
    /// Whether a change is written.
    in_change: bool,
    /// Whether values are written out: inside a computed key of groups.
    in_key: bool,
    /// Whether the keys of groups are written, where they are declared.
    in_group_by: bool,
    /// Whether the condition on groups is written.
    in_having: bool,
    /// Whether what is written may be computed over a window: columns and orders of a select.
    takes_windows: bool,
    /// Whether what comes next is a value over a window of which nothing else is computed.
    bare_window: bool,
    /// Whether the select at hand is a value, so that something may be computed of what it selects.
    in_value: bool,
    /// Whether the select at hand has groups.
    grouped: bool,
    /// Whether what comes next is a whole column or order, which the server knows again if it is a key of groups.
    whole: bool,
    /// The computed keys among the columns of the select at hand, if it has totals.
    keys: rollup::SelectedKeys,
    /// The windows with names of the select at hand.
    windows: named_window::NamedWindows,
    /// The number of the next column alias, where columns are told apart by number.
    next_alias: Option<usize>,
}

impl<'d> Renderer<'d> {
    fn new(dialect: &'d Dialect, scopes: &'d [Arc<Scope>]) -> Self {
        // Room for a query of a few tables, so that the text seldom moves.
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
                // Names of columns may occur twice among joined tables, which a derived table refuses.
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

    /// Writes text: one whose length the compiler knows without a call, so that two lines may be better than one that
    /// writes either of two texts.
    fn push(&mut self, text: &str) {
        self.sql.push_str(text);
    }

    /// The name of a column.
    fn column_name(&mut self, column: &crate::schema::ColumnDef) {
        self.sql.push_name(&column.quoted, self.dialect.quote);
    }

    fn identifier(&mut self, name: &str) {
        identifier::push_quoted(&mut self.sql, name, self.dialect.quote);
    }
}
