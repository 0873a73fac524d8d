//! What can be wrong with a text.

use std::fmt;

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake(String);

impl Mistake {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Mistake(message.into())
    }

    /// At the place where `rest` begins, which is quoted.
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
