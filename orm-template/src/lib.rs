//! The parser for raw SQL in [`orm`](https://docs.rs/orm): text with placeholders for values and names in braces.
//!
//! The macros use it at compile time, and the library for SQL that comes from a file.
//!
//! | in the text | stands for |
//! |---|---|
//! | `{email}`, `{user.email}` | a value, bound as a parameter |
//! | `{..ids}` | a list of values, separated by commas |
//! | `{@User}`, `{@User.email}` | the name of a table or a column, quoted |
//! | `{{`, `}}` | a literal brace |
//!
//! Quoted text and comments are left as they are: braces and question marks in them have no meaning.

mod mistake;
mod scan;
mod slot;

pub use mistake::Mistake;
pub use slot::Slot;

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    /// SQL as it is.
    Text(&'t str),
    /// A placeholder in braces.
    Slot(Slot<'t>),
}

/// Returns the parts of a template, in order.
///
/// # Errors
/// A description of the mistake, for the author of the SQL.
pub fn parse(text: &str) -> Result<Vec<Part<'_>>, Mistake> {
    scan::Scanner::new(text).parts()
}
