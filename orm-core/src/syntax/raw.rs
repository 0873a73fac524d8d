//! SQL that is written by hand.

use std::borrow::Cow;

use super::Node;
use crate::schema::Table;
use crate::value::{Datum, Kind};

/// A part of SQL that is written by hand.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Piece {
    /// Text as it is.
    Text(Cow<'static, str>),
    /// A value, or an expression of the query around it.
    Node(Node),
    /// Values with commas between them.
    List(Vec<Datum>),
    /// A name.
    Name(&'static str),
    /// The name of a table.
    Table(&'static Table),
    /// The name of a column.
    Column(&'static Table, u16),
    /// A value or a list that is still to be bound, by its name.
    Open {
        /// What stands in the braces.
        name: Box<str>,
        /// Whether it is a list.
        list: bool,
    },
}

impl Piece {
    /// Text that stands in it as it is.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Piece::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// An expression that is written by hand.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Fragment {
    pub kind: Kind,
    pub pieces: Vec<Piece>,
}
