//! Finds the braces of placeholders.

use crate::slot::is_path;
use crate::{Mistake, Part, Slot};

/// A scanner of a text.
pub(crate) struct Scanner<'t> {
    text: &'t str,
    /// The current position, in bytes.
    at: usize,
    /// The start of the SQL that is not yet a part.
    start: usize,
    parts: Vec<Part<'t>>,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Scanner { text, at: 0, start: 0, parts: Vec::new() }
    }

    pub(crate) fn parts(mut self) -> Result<Vec<Part<'t>>, Mistake> {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'\'' | b'"' | b'`' => self.quoted(byte)?,
                b'-' if self.rest().starts_with("--") => self.dashes()?,
                b'#' => self.line(),
                b'/' if self.rest().starts_with("/*") => self.comment()?,
                b'{' => self.open()?,
                b'}' => self.close()?,
                b'?' => {
                    let message = "a bare `?` has no value: values are written in braces, as `{name}`";
                    return Err(Mistake::at(self.rest(), message));
                }
                b':' => self.colon()?,
                b'$' => self.dollar()?,
                _ => self.at += 1,
            }
        }
        self.push_text(self.text.len());
        Ok(self.parts)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push_text(&mut self, end: usize) {
        if self.start < end {
            self.parts.push(Part::Text(&self.text[self.start..end]));
        }
    }

    /// Skips a quoted literal or name. A quote in it is doubled.
    fn quoted(&mut self, quote: u8) -> Result<(), Mistake> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut end = 1;
        loop {
            match bytes.get(end) {
                None => return Err(Mistake::at(rest, "a quote is never closed")),
                Some(&byte) if byte == quote && bytes.get(end + 1) == Some(&quote) => end += 2,
                Some(&byte) if byte == quote => break,
                // MySQL continues after `\'`, SQLite does not.
                Some(b'\\') if quote != b'`' => {
                    let slashes = bytes[end..].iter().take_while(|byte| **byte == b'\\').count();
                    end += slashes;
                    if slashes % 2 == 1 && bytes.get(end) == Some(&quote) {
                        let message =
                            "`\\` before a quote is read differently by MySQL and SQLite: double the quote";
                        return Err(Mistake::at(rest, message));
                    }
                }
                Some(_) => end += 1,
            }
        }
        let inside = &rest[1..end];
        // Also in `'%{name}%'`: no one searches for a pattern that contains the braces.
        let value = inside.trim_matches('%');
        let slot = value.strip_prefix('{').and_then(|slot| slot.strip_suffix('}'));
        if slot.is_some_and(|slot| is_path(slot.trim_start_matches("..").trim())) {
            let message = if value == inside {
                "braces in quotes are plain text: remove the quotes, since the value is bound as a parameter"
            } else {
                "braces in quotes are plain text: bind the whole pattern, `LIKE {pattern}`, and pass it after the text, \
                `pattern = format!(\"%{name}%\")`"
            };
            return Err(Mistake::at(rest, message));
        }
        self.at += end + 1;
        Ok(())
    }

    /// Skips `-- a comment`.
    fn dashes(&mut self) -> Result<(), Mistake> {
        let after = self.rest().as_bytes().get(2);
        if after.is_some_and(|byte| !byte.is_ascii_whitespace()) {
            let message =
                "`--` begins a comment in SQLite, but not in MySQL: put a space after it, or between the two";
            return Err(Mistake::at(self.rest(), message));
        }
        self.line();
        Ok(())
    }

    /// Skips the rest of the line, which is a comment.
    fn line(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    /// Skips `/* a comment */`.
    fn comment(&mut self) -> Result<(), Mistake> {
        let end =
            self.rest().find("*/").ok_or_else(|| Mistake::at(self.rest(), "a comment is never closed"))?;
        self.at += end + 2;
        Ok(())
    }

    fn open(&mut self) -> Result<(), Mistake> {
        if self.rest().starts_with("{{") {
            self.brace();
            return Ok(());
        }
        let Some(end) = self.rest().find(['}', '\n']).filter(|end| self.rest()[*end..].starts_with('}'))
        else {
            return Err(Mistake::at(self.rest(), "`{` is never closed: write `{{` for a literal brace"));
        };
        let slot = Slot::parse(&self.rest()[1..end])?;
        self.push_text(self.at);
        self.parts.push(Part::Slot(slot));
        self.at += end + 1;
        self.start = self.at;
        Ok(())
    }

    fn close(&mut self) -> Result<(), Mistake> {
        if self.rest().starts_with("}}") {
            self.brace();
            return Ok(());
        }
        Err(Mistake::at(self.rest(), "`}` was never opened: write `}}` for a literal brace"))
    }

    /// Reads one of two braces.
    fn brace(&mut self) {
        self.push_text(self.at + 1);
        self.at += 2;
        self.start = self.at;
    }

    /// Refuses `$1`, which SQLite takes for a parameter that is NULL. Names in MySQL may contain a `$`.
    fn dollar(&mut self) -> Result<(), Mistake> {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
        let inside = self.text[..self.at].ends_with(is_word);
        if !inside && self.rest()[1..].starts_with(is_word) {
            return Err(Mistake::at(self.rest(), "values are written in braces: `{name}`, not `$1`"));
        }
        self.at += 1;
        Ok(())
    }

    /// Refuses `:name`, which SQLite takes for a parameter that is NULL.
    fn colon(&mut self) -> Result<(), Mistake> {
        let mut after = self.rest()[1..].chars();
        if after.next().is_some_and(|letter| letter.is_alphabetic() || letter == '_') {
            return Err(Mistake::at(self.rest(), "values are written in braces: `{name}`, not `:name`"));
        }
        self.at += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
