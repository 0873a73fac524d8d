//! Rows one by one.
//!
//! The boundary to drivers pushes rows, and a program pulls them. Between the two lies a chunk: a `Chunks` sink fills it
//! and asks for a pause, the stream empties it and polls on. Nothing is spawned, and no more rows are read than are
//! wanted and fit a chunk. Rows with their relations are no answer in parts, but a statement for each part, and one for each
//! relation: what a chunk is given then is a whole portion.

mod chunks;
mod rows;
mod terminal;

pub(crate) use chunks::Shared;
pub use rows::{NextRow, RowChunks, RowStream};
pub(crate) use terminal::typed;
