//! Rows one by one.
//!
//! The boundary to drivers pushes rows, and a program pulls them. Between the two lies a chunk: a `Chunks` sink fills it
//! and asks for a pause, the stream empties it and polls on. Nothing is spawned, and no more rows are read than are
//! wanted and fit a chunk.

mod chunks;
mod rows;
mod terminal;

pub(crate) use chunks::{Chunks, Shared};
pub use rows::{NextRow, RowChunks, RowStream};
pub(crate) use terminal::typed;
