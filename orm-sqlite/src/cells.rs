//! Reads rows.

use orm_core::driver::{Flow, Sink};
use orm_core::value::Cell;
use rusqlite::types::ValueRef;
use rusqlite::{Rows, Statement};

/// The memory of a row's cells, reused by the next statement.
pub(crate) type Buffer = Vec<Cell<'static>>;

/// Pushes all rows of a statement into `sink`, until it stops.
pub(crate) fn push_rows(
    rows: &mut Rows<'_>,
    width: usize,
    buffer: &mut Buffer,
    sink: &mut dyn Sink,
) -> rusqlite::Result<()> {
    while let Some(row) = rows.next()? {
        let mut cells: Vec<Cell<'_>> = std::mem::take(buffer);
        for index in 0..width {
            cells.push(match row.get_ref(index)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(number) => Cell::Int(number),
                ValueRef::Real(number) => Cell::Double(number),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Cell::Borrowed(bytes),
            });
        }
        let flow = sink.row(&mut cells);
        *buffer = recycle(cells);
        if flow == Flow::Stop {
            break;
        }
    }
    Ok(())
}

/// Passes the names of the columns to the sink, if it wants them.
pub(crate) fn push_columns(statement: &Statement<'_>, sink: &mut dyn Sink) {
    if sink.wants_columns() {
        let names: Vec<&str> =
            (0..statement.column_count()).filter_map(|index| statement.column_name(index).ok()).collect();
        sink.columns(&names);
    }
}

/// Reuses the memory for the cells of another row: collecting in place keeps the allocation.
fn recycle(mut cells: Vec<Cell<'_>>) -> Buffer {
    cells.clear();
    cells.into_iter().map(|_| Cell::Null).collect()
}
