//! Quoted names, built at compile time.

use std::fmt;

/// The name of a table or column in each kind of quotes, followed by a dot, so that statements need not build it.
///
/// ```
/// use orm::schema::Quoted;
/// const USERS: Quoted = Quoted::new("users"); // in a `static Table`
/// assert_eq!(format!("{USERS:?}"), r#"Quoted("users")"#);
/// ```
#[derive(Clone, Copy)]
pub struct Quoted {
    name: &'static str,
    backticks: [u8; Quoted::ROOM],
    double: [u8; Quoted::ROOM],
    /// 0 for names that are too long or contain quotes.
    length: usize,
}

impl Quoted {
    /// Two vector registers: nearly all names fit.
    pub(crate) const ROOM: usize = 32;

    /// Quotes `name`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        let bytes = name.as_bytes();
        let none = Quoted { name, backticks: [b'`'; Self::ROOM], double: [b'"'; Self::ROOM], length: 0 };
        let length = bytes.len() + 2;
        if length + 1 > Self::ROOM {
            return none;
        }
        let mut quoted = Quoted { length, ..none };
        quoted.backticks[length] = b'.';
        quoted.double[length] = b'.';
        let mut index = 0;
        while index < bytes.len() {
            if matches!(bytes[index], b'`' | b'"') {
                return none;
            }
            quoted.backticks[index + 1] = bytes[index];
            quoted.double[index + 1] = bytes[index];
            index += 1;
        }
        quoted
    }

    /// Returns the unquoted name.
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the quoted name and its length in bytes; the byte after it is a dot. `None` if the name must be quoted
    /// at run time.
    #[inline]
    pub(crate) fn get(&self, quote: char) -> Option<(&[u8; Quoted::ROOM], usize)> {
        let bytes = if quote == '`' { &self.backticks } else { &self.double };
        (self.length > 0).then_some((bytes, self.length))
    }
}

impl fmt::Debug for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Quoted").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Quoted;

    fn get(name: &'static str, quote: char) -> Option<String> {
        let quoted = Quoted::new(name);
        let (bytes, length) = quoted.get(quote)?;
        assert_eq!(bytes[length], b'.');
        Some(String::from_utf8_lossy(&bytes[..length]).into_owned())
    }

    #[test]
    fn a_name_is_there_in_both_kinds_of_quotes() {
        assert_eq!(get("users", '`').as_deref(), Some("`users`"));
        assert_eq!(get("users", '"').as_deref(), Some("\"users\""));
        let longest = "name_of_29_letters_in_the_sum";
        assert_eq!(get(longest, '`'), Some(format!("`{longest}`")));
    }

    #[test]
    fn a_long_name_or_one_with_quotes_is_quoted_with_care() {
        assert_eq!(get("name_of_thirty_letters_in_sum_", '`'), None);
        assert_eq!(get("a`b", '"'), None);
    }
}
