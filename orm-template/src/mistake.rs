//! Mistakes in templates.

use std::fmt;

/// A mistake in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake(String);

impl Mistake {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Mistake(message.into())
    }

    /// Creates a mistake at the position where `rest` begins, which the message quotes.
    pub(crate) fn at(rest: &str, message: &str) -> Self {
        let mut near: String = rest.chars().take(20).take_while(|letter| *letter != '\n').collect();
        if near.len() < rest.len() {
            near.push('…');
        }
        Mistake(format!("{message} (at `{near}`)"))
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mistake {}
