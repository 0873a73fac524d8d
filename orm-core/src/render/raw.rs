//! Raw SQL.

use super::Renderer;
use super::names::write_table;
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::{Fragment, Node, Piece};

/// An empty list: it contains nothing, for IN as well as NOT IN.
const NOTHING: &str = "SELECT NULL FROM (SELECT 1) AS no_rows WHERE 1 = 0";

impl Renderer<'_> {
    /// Writes an expression in parentheses, since its operators are unknown.
    pub(super) fn fragment(&mut self, fragment: Fragment) -> Result<()> {
        self.push("(");
        self.raw(fragment.pieces)?;
        self.push(")");
        Ok(())
    }

    pub(super) fn raw(&mut self, pieces: Vec<Piece>) -> Result<()> {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.push(&text),
                Piece::Node(Node::Value(value)) => self.bind(value, None)?,
                Piece::Node(node) => self.operand(node)?,
                Piece::List(values) if values.is_empty() => self.push(NOTHING),
                Piece::List(values) => {
                    for value in &values {
                        self.check(value, None)?;
                    }
                    self.bound_list(values, 1)?;
                }
                Piece::Name(name) => self.identifier(name),
                Piece::Table(table) => {
                    self.names.home.meet(table);
                    write_table(&mut self.sql, table, self.dialect.quote);
                }
                Piece::Column(table, index) => self.column_name(table.column(index)),
                Piece::Open { name, list } => return Err(unbound(&name, list)),
            }
        }
        Ok(())
    }
}

#[cold]
fn unbound(name: &str, list: bool) -> Error {
    let message = if list {
        format!("`{{..{name}}}` has no values: give them with `.bind_list(\"{name}\", ..)`")
    } else {
        format!("`{{{name}}}` has no value: give it with `.bind(\"{name}\", ..)`")
    };
    Error::new(ErrorKind::InvalidQuery, message)
}
