//! Merging INSERTs that differ only in their values into multi-row INSERTs.

use super::Sql;
use crate::dialect::Dialect;
use crate::syntax::{Node, Piece};
use crate::value::Datum;

/// Merges consecutive INSERTs with the same text, up to the limits of one statement.
pub(super) fn merge(statements: Vec<Sql>, dialect: &Dialect) -> Vec<Sql> {
    let mut merged: Vec<Open> = Vec::with_capacity(1);
    for sql in statements {
        let size = Size::of(&sql);
        if let Some(last) = merged.last_mut()
            && last.takes(&sql, size, dialect)
        {
            last.rows.push(sql);
            last.size = last.size.and(size);
        } else {
            merged.push(Open { row: row(&sql), first: sql, rows: Vec::new(), size });
        }
    }
    merged.into_iter().map(Open::close).collect()
}

/// An insert to which rows are added.
struct Open {
    first: Sql,
    /// Where its row begins, if rows can be added.
    row: Option<(usize, usize)>,
    rows: Vec<Sql>,
    size: Size,
}

impl Open {
    fn takes(&self, sql: &Sql, size: Size, dialect: &Dialect) -> bool {
        self.row.is_some() && self.size.and(size).fits(dialect) && is_alike(&self.first, sql)
    }

    fn close(self) -> Sql {
        let Open { first: mut insert, row, rows, .. } = self;
        let Some((at, opening)) = row else { return insert };
        // The text at the beginning of each row.
        let beginning = match &insert.pieces[at] {
            Piece::Text(text) => format!(", {}", &text[opening..]),
            _ => return insert,
        };
        for sql in rows {
            insert.pieces.push(Piece::Text(beginning.clone().into()));
            insert.pieces.extend(sql.pieces.into_iter().skip(at + 1));
        }
        insert
    }
}

/// The size of a statement, relative to the limits.
#[derive(Clone, Copy)]
struct Size {
    values: usize,
    bytes: usize,
}

impl Size {
    fn of(sql: &Sql) -> Self {
        let sizes = sql.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => (0, text.len()),
            Piece::Node(Node::Value(value)) => (1, value.size()),
            Piece::List(values) => (values.len().next_power_of_two(), values.iter().map(Datum::size).sum()),
            _ => (0, 64),
        });
        let (values, bytes) = sizes.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        Size { values, bytes }
    }

    fn and(self, other: Size) -> Self {
        Size { values: self.values + other.values, bytes: self.bytes + other.bytes }
    }

    fn fits(self, dialect: &Dialect) -> bool {
        self.values <= dialect.max_params && self.bytes <= dialect.max_bytes
    }
}

/// Whether two statements have the same text, and single values in the same places.
fn is_alike(one: &Sql, other: &Sql) -> bool {
    one.error.is_none()
        && other.error.is_none()
        && one.pieces.len() == other.pieces.len()
        && one.pieces.iter().zip(&other.pieces).all(|pieces| match pieces {
            (Piece::Text(one), Piece::Text(other)) => one == other,
            (Piece::Node(Node::Value(_)), Piece::Node(Node::Value(_))) => true,
            (Piece::Table(one), Piece::Table(other)) => std::ptr::eq(*one, *other),
            (Piece::Column(one, at), Piece::Column(other, there)) => {
                std::ptr::eq(*one, *other) && at == there
            }
            _ => false,
        })
}

/// Where the row of an insert begins: the piece, and the offset of the parenthesis in its text. The row must be the end of
/// the statement, and contain no quotes or comments, which might contain parentheses.
fn row(sql: &Sql) -> Option<(usize, usize)> {
    let (at, opening) = sql.pieces.iter().enumerate().find_map(|(at, piece)| match piece {
        Piece::Text(text) => values(text).map(|opening| (at, opening)),
        _ => None,
    })?;
    let is_insert = matches!(sql.pieces.first(), Some(Piece::Text(text)) if begins_insert(text));
    let mut depth = 0;
    for (index, piece) in sql.pieces.iter().enumerate().skip(at) {
        let Piece::Text(text) = piece else { continue };
        let text = if index == at { &text[opening..] } else { text };
        for (place, byte) in text.bytes().enumerate() {
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\'' | b'"' | b'`' | b'#' | b'-' | b'/' => return None,
                _ => {}
            }
            let is_end = index + 1 == sql.pieces.len() && place + 1 == text.len();
            if depth == 0 && !is_end {
                return None;
            }
        }
    }
    (depth == 0 && is_insert).then_some((at, opening))
}

fn begins_insert(text: &str) -> bool {
    let word = text.split_ascii_whitespace().next().unwrap_or_default();
    word.eq_ignore_ascii_case("insert") || word.eq_ignore_ascii_case("replace")
}

/// The offset of the parenthesis after `VALUES`.
fn values(text: &str) -> Option<usize> {
    let found = text.to_ascii_lowercase().find("values")?;
    let after = text.get(found + "values".len()..)?;
    let gap = after.len() - after.trim_start().len();
    after[gap..].starts_with('(').then_some(found + "values".len() + gap)
}

#[cfg(test)]
mod tests;
