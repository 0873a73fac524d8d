//! From the syntax tree to SQL text and values: one renderer, which asks the dialect where databases differ.

mod aggregate;
mod bind;
mod change;
mod compound;
mod cte;
mod function;
mod identifier;
mod list;
mod literal;
mod lock;
mod names;
mod node;
mod rollup;
mod select;
mod sketch;
mod text;
mod upsert;
mod window;

use crate::dialect::Dialect;
use crate::error::Result;
use crate::syntax::{Command, Projection, Statement};
use crate::value::Datum;

pub(crate) use identifier::quote;
use names::Names;
pub(crate) use sketch::sketch;
use text::Text;

/// The statement for `command` in `dialect`.
///
/// # Errors
/// If the database lacks something that the statement needs, or the command was put together wrongly.
pub(crate) fn render(command: Command, dialect: &Dialect) -> Result<Statement> {
    let mut renderer = Renderer::new(dialect);
    match command {
        Command::Explain(command) => {
            let prefix = dialect.explain(&command).prefix;
            let mut statement = render(*command, dialect)?;
            statement.sql.insert_str(0, prefix);
            return Ok(statement);
        }
        Command::Select(mut select) => renderer.select(&mut select)?,
        Command::Count(mut select) => {
            // Names of columns may occur twice among joined tables, which a derived table refuses.
            if select.distinct || select.compound.is_some() {
                renderer.next_alias = Some(1);
            } else {
                select.projection = Projection::One;
            }
            renderer.push("SELECT COUNT(*) FROM (");
            renderer.select(&mut select)?;
            renderer.push(") AS ");
            renderer.identifier("counted");
        }
        Command::Exists(mut select) => {
            renderer.push("SELECT EXISTS (");
            renderer.select(&mut select)?;
            renderer.push(")");
        }
        Command::Insert(insert) => renderer.insert(insert)?,
        Command::Update(update) => renderer.update(update)?,
        Command::Delete(delete) => renderer.delete(delete)?,
        Command::Text(sql) => renderer.push(&sql),
    }
    renderer.put_ctes();
    Ok(Statement { sql: renderer.sql.into_string(), params: renderer.params })
}

/// A statement being written.
struct Renderer<'d> {
    dialect: &'d Dialect,
    sql: Text,
    params: Vec<Datum>,
    names: Names,
    ctes: cte::Ctes,
    /// The table of an upsert, while its update is written.
    upserted: Option<&'static crate::schema::Table>,
    /// The number of the next column alias, where columns are told apart by number.
    next_alias: Option<usize>,
}

impl<'d> Renderer<'d> {
    fn new(dialect: &'d Dialect) -> Self {
        // Room for a query of a few tables, so that the text seldom moves.
        Renderer {
            dialect,
            sql: Text::with_capacity(1024),
            params: Vec::with_capacity(8),
            names: Names::new(),
            ctes: cte::Ctes::default(),
            upserted: None,
            next_alias: None,
        }
    }

    fn push(&mut self, text: &str) {
        self.sql.push_str(text);
    }

    /// The name of a column.
    fn column_name(&mut self, column: &crate::schema::ColumnDef) {
        self.sql.push_column(column, self.dialect.quote);
    }

    fn identifier(&mut self, name: &str) {
        identifier::push_quoted(&mut self.sql, name, self.dialect.quote);
    }
}
