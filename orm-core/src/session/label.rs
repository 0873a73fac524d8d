//! What the cells of a row contain, for error messages.

use crate::error::{Error, ErrorKind};
use crate::schema::Table;
use crate::syntax::{Item, Node, Origin, Projection, Select, Step, path_steps};
use crate::value::Fault;

/// Labels of the cells of a select, by position: built before it runs, used only if a cell cannot be decoded.
pub(crate) enum Labels {
    /// All columns of one table.
    Table(&'static Table),
    /// The parts, in order.
    Items(Vec<Part>),
}

/// The label of one or more cells.
pub(crate) enum Part {
    Row(&'static Table),
    Column(&'static Table, u16),
    Computed,
}

/// The label of one cell.
pub(crate) enum Label {
    Column { model: &'static str, field: &'static str, column: &'static str },
    Computed(usize),
}

impl Labels {
    pub(crate) fn of(select: &Select) -> Self {
        if let Some(compound) = &select.compound {
            return Labels::of(&compound.first);
        }
        let table = |source: crate::syntax::Source| {
            let root = usize::try_from(source.table.wrapping_sub(select.base)).ok();
            let root = root.and_then(|index| select.from.get(index)).and_then(|item| item.origin.table())?;
            Some(match path_steps(source.path).last() {
                Some((_, Step::Relation(link))) => link.target(),
                Some((_, Step::Part { .. })) | None => root,
            })
        };
        match &select.projection {
            Projection::Rows => match select.table() {
                Some(table) if select.from.len() == 1 => Labels::Table(table),
                _ => Labels::Items(select.from.iter().flat_map(|item| parts(&item.origin)).collect()),
            },
            Projection::Items(items) => {
                let parts = items.iter().map(|item| match item {
                    Item::Row(_, table) => Part::Row(table),
                    Item::Node(Node::Column(column)) => table(column.source())
                        .map_or(Part::Computed, |table| Part::Column(table, column.index)),
                    Item::Node(_) | Item::Nulls(_) => Part::Computed,
                });
                Labels::Items(parts.collect())
            }
            Projection::One | Projection::Count => Labels::Items(vec![Part::Computed]),
        }
    }

    pub(crate) fn at(&self, index: usize) -> Label {
        match self {
            Labels::Table(table) => column_of(table, index),
            Labels::Items(parts) => {
                let mut left = index;
                for part in parts {
                    match part {
                        Part::Row(table) if left < table.columns.len() => return column_of(table, left),
                        Part::Row(table) => left -= table.columns.len(),
                        Part::Column(table, column) if left == 0 => {
                            return column_of(table, usize::from(*column));
                        }
                        Part::Computed if left == 0 => break,
                        Part::Column(..) | Part::Computed => left -= 1,
                    }
                }
                Label::Computed(index)
            }
        }
    }
}

fn parts(origin: &Origin) -> Vec<Part> {
    match origin.table() {
        Some(table) => vec![Part::Row(table)],
        None => (0..origin.width()).map(|_| Part::Computed).collect(),
    }
}

/// Returns the label of the column at a position in a table.
pub(crate) fn column_of(table: &'static Table, index: usize) -> Label {
    table.columns.get(index).map_or(Label::Computed(index), |column| Label::Column {
        model: table.model,
        field: column.field,
        column: column.name,
    })
}

impl Label {
    /// Returns the error for a cell that cannot be decoded.
    #[cold]
    pub(crate) fn error(self, fault: &Fault) -> Error {
        let expected = short(fault.expected);
        let null = if fault.mismatch.is_null() { "; make it an `Option` if it may be NULL" } else { "" };
        let found = &fault.mismatch;
        match self {
            Label::Column { model, field, column } => Error::new(
                ErrorKind::Decode,
                format!(
                    "`{model}.{field}` is read as `{expected}`, but column `{column}` holds {found}{null}"
                ),
            )
            .with_columns([column]),
            Label::Computed(index) => Error::new(
                ErrorKind::Decode,
                format!(
                    "column {} of the result is read as `{expected}`, but holds {found}{null}",
                    index + 1
                ),
            ),
        }
    }
}

/// Shortens a type name: `alloc::string::String` becomes `String`.
fn short(name: &str) -> String {
    name.split_inclusive(['<', '>', ',', ' ']).map(|part| part.rsplit("::").next().unwrap_or(part)).collect()
}
