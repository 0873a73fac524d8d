//! SQL text that many statements on a table share, built once.

use std::sync::OnceLock;

/// The SQL text that statements on a table share, for each kind of quotes, built on first use. `#[derive(Model)]`
/// writes an empty one along with the [columns](super::Table::columns).
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Remembered {
    /// All columns, as a select lists them, each qualified with the table's name.
    pub(crate) select_list: InQuotes,
    /// The select of a row by its primary key.
    pub(crate) find: InQuotes,
}

impl Remembered {
    /// Creates an empty cache.
    #[must_use]
    pub const fn new() -> Self {
        Remembered { select_list: InQuotes::new(), find: InQuotes::new() }
    }
}

/// Text for each kind of quotes.
#[derive(Debug, Default)]
pub(crate) struct InQuotes {
    backticks: OnceLock<String>,
    double: OnceLock<String>,
}

impl InQuotes {
    const fn new() -> Self {
        InQuotes { backticks: OnceLock::new(), double: OnceLock::new() }
    }

    /// Returns the cell of the text for these quotes.
    #[inline]
    pub(crate) fn get(&self, quote: char) -> &OnceLock<String> {
        if quote == '`' { &self.backticks } else { &self.double }
    }
}
