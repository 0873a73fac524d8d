//! Why a cell could not become a value.

use std::fmt;

/// A cell that does not fit the type it is read as. Small, because every read returns a `Result` with it.
#[derive(Debug)]
pub struct Mismatch(Box<Reason>);

#[derive(Debug)]
enum Reason {
    Null,
    Class(&'static str),
    Range(String),
    Invalid(String),
}

impl Mismatch {
    /// NULL where a value is needed.
    #[must_use]
    pub fn null() -> Self {
        Mismatch(Box::new(Reason::Null))
    }

    /// A cell of another class, such as text where a number is needed; `found` reads "an integer", "text" and so on.
    #[must_use]
    pub fn class(found: &'static str) -> Self {
        Mismatch(Box::new(Reason::Class(found)))
    }

    /// A number that the type cannot hold without loss.
    #[must_use]
    pub fn range(found: impl fmt::Display) -> Self {
        Mismatch(Box::new(Reason::Range(found.to_string())))
    }

    /// A cell of the right class whose content is no valid value; `why` completes "found …".
    #[must_use]
    pub fn invalid(why: impl fmt::Display) -> Self {
        Mismatch(Box::new(Reason::Invalid(why.to_string())))
    }

    /// Whether the cell was NULL.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(*self.0, Reason::Null)
    }

    /// Whether the cell was a number out of the type's range.
    #[must_use]
    pub fn is_range(&self) -> bool {
        matches!(*self.0, Reason::Range(_))
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Reason::Null => f.write_str("NULL"),
            Reason::Class(found) => f.write_str(found),
            Reason::Range(found) => write!(f, "{found}, which does not fit without loss"),
            Reason::Invalid(why) => f.write_str(why),
        }
    }
}

/// A [`Mismatch`] with the position of its cell in the row and the type that was wanted.
#[derive(Debug)]
pub struct Fault {
    /// The position of the cell, from 0.
    pub index: usize,
    /// The Rust type that was wanted.
    pub expected: &'static str,
    /// What was there instead.
    pub mismatch: Mismatch,
}
