//! Streams of rows.
//!
//! Drivers push rows, and a program pulls them. Between the two is a chunk: a `Chunks` sink fills it and asks the driver to
//! pause, the stream empties it and polls on. Nothing is spawned, and no more rows are read than are wanted and fit into a
//! chunk. Rows with relations are not one result read in parts: each portion is a statement of its own, with one more for
//! each relation, and a chunk then receives a whole portion.

mod chunks;
mod rows;
mod terminal;

pub(crate) use chunks::Shared;
pub use rows::{NextRow, RowChunks, RowStream};
pub(crate) use terminal::typed;
