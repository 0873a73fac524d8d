//! The first words of a statement.

/// Iterates over the words of a statement in upper case, without comments. The content of version comments
/// (`/*!40101 .. */`) is included, since it may apply to the server's version.
///
/// ```
/// use orm_core::syntax::Words;
///
/// assert_eq!(Words::of("-- pays\n/*!40101 call */ pay(1)").collect::<Vec<_>>(), ["CALL", "PAY", "1"]);
/// ```
#[derive(Debug, Clone)]
pub struct Words<'a>(&'a str);

impl<'a> Words<'a> {
    /// Starts at the beginning of a statement.
    ///
    /// ```
    /// use orm_core::syntax::Words;
    ///
    /// assert_eq!(Words::of("(select 1)").next().as_deref(), Some("SELECT"));
    /// ```
    #[must_use]
    pub const fn of(sql: &'a str) -> Self {
        Words(sql)
    }

    /// The text behind the last word.
    pub(crate) fn rest(&self) -> &'a str {
        self.0
    }

    /// Behind `SET`, the statement to which MariaDB's `SET STATEMENT … FOR …` limits the settings, if it is one.
    pub(crate) fn behind_for(mut self) -> Option<&'a str> {
        (self.next()? == "STATEMENT" && self.any(|word| word == "FOR")).then_some(self.0)
    }
}

impl Iterator for Words<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        loop {
            let text = self
                .0
                .trim_start_matches(|letter: char| !letter.is_alphanumeric() && !"-#/".contains(letter));
            self.0 = match text.as_bytes() {
                [] => return None,
                [b'-', b'-', ..] | [b'#', ..] => text.split_once('\n').map_or("", |(_, rest)| rest),
                [b'/', b'*', b'!', ..] => {
                    text[3..].trim_start_matches(|letter: char| letter.is_ascii_digit())
                }
                [b'/', b'*', b'M', b'!', ..] => {
                    text[4..].trim_start_matches(|letter: char| letter.is_ascii_digit())
                }
                [b'/', b'*', ..] => text[2..].split_once("*/").map_or("", |(_, rest)| rest),
                [b'-' | b'/', ..] => &text[1..],
                _ => {
                    let end = text
                        .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
                        .unwrap_or(text.len());
                    self.0 = &text[end..];
                    return Some(text[..end].to_ascii_uppercase());
                }
            };
        }
    }
}
