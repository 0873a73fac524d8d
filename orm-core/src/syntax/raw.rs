//! Raw SQL.

use std::borrow::Cow;

use super::Node;
use crate::schema::Table;
use crate::value::{Datum, Kind};

/// A piece of raw SQL.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Piece {
    /// SQL text, as is.
    Text(Cow<'static, str>),
    /// A value, or an expression of the surrounding query.
    Node(Node),
    /// Values separated by commas.
    List(Vec<Datum>),
    /// An identifier.
    Name(&'static str),
    /// The name of a table.
    Table(&'static Table),
    /// The name of a column.
    Column(&'static Table, u16),
    /// A value or list that is yet to be bound by name.
    Open {
        /// The name in the braces.
        name: Box<str>,
        /// Whether it is a list.
        list: bool,
    },
}

impl Piece {
    /// Returns the piece if it is SQL text.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Piece::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// An expression in raw SQL.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Fragment {
    pub kind: Kind,
    pub pieces: Vec<Piece>,
}
