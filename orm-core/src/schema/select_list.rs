//! The columns of a table as text, put together once.

use std::sync::OnceLock;

/// All columns of a table as a select lists them, with the table's own name before each: in each kind of quotes, once
/// somebody has asked for it. `#[derive(Model)]` writes an empty one beside the [columns](super::Table::columns).
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct SelectList {
    backticks: OnceLock<String>,
    double: OnceLock<String>,
}

impl SelectList {
    /// Nothing is put together yet.
    #[must_use]
    pub const fn new() -> Self {
        SelectList { backticks: OnceLock::new(), double: OnceLock::new() }
    }

    /// The list in these quotes, which `write` puts together the first time.
    #[inline]
    pub(crate) fn get(&self, quote: char, write: impl FnOnce() -> String) -> &str {
        let list = if quote == '`' { &self.backticks } else { &self.double };
        list.get_or_init(write)
    }
}
