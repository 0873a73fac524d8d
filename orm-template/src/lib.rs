//! The syntax of raw SQL in [`orm`](https://docs.rs/orm): text with values and names in braces.
//!
//! The macros read it when a program is compiled, the library reads it when text comes from a file: both with this.
//!
//! | in the text | stands for |
//! |---|---|
//! | `{email}`, `{user.email}` | a value, which is bound |
//! | `{..ids}` | a list of values with commas between them |
//! | `{@User}`, `{@User.email}` | the name of a table or a column, in quotes |
//! | `{{`, `}}` | a brace |
//!
//! What stands in quotes or comments is SQL's own: braces and question marks in there mean nothing.

mod mistake;
mod scan;
mod slot;

pub use mistake::Mistake;
pub use slot::Slot;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    /// SQL as it is.
    Text(&'t str),
    /// A pair of braces.
    Slot(Slot<'t>),
}

/// The parts of a text, in order.
///
/// # Errors
/// What is wrong with it, in words for whoever wrote it.
pub fn parse(text: &str) -> Result<Vec<Part<'_>>, Mistake> {
    scan::Scanner::new(text).parts()
}
