//! Text that is the same in many statements on a table, put together once.

use std::sync::OnceLock;

/// What statements on a table have in common, as text in each kind of quotes, once somebody has asked for it.
/// `#[derive(Model)]` writes an empty one beside the [columns](super::Table::columns).
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Remembered {
    /// All columns, as a select lists them, with the table's own name before each.
    pub(crate) select_list: InQuotes,
    /// The select of a row by its key.
    pub(crate) find: InQuotes,
}

impl Remembered {
    /// Nothing is put together yet.
    #[must_use]
    pub const fn new() -> Self {
        Remembered { select_list: InQuotes::new(), find: InQuotes::new() }
    }
}

/// Text in each kind of quotes.
#[derive(Debug, Default)]
pub(crate) struct InQuotes {
    backticks: OnceLock<String>,
    double: OnceLock<String>,
}

impl InQuotes {
    const fn new() -> Self {
        InQuotes { backticks: OnceLock::new(), double: OnceLock::new() }
    }

    /// The text in these quotes, once it is there.
    #[inline]
    pub(crate) fn get(&self, quote: char) -> &OnceLock<String> {
        if quote == '`' { &self.backticks } else { &self.double }
    }
}
