//! The SQL text while it is being written.

use super::identifier::push_quoted;
use crate::schema::Quoted;

/// A buffer of UTF-8: only text is added. Kept as bytes, so that adding a prepared quoted name is one copy.
#[derive(Default)]
pub(super) struct Text(Vec<u8>);

impl Text {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Text(Vec::with_capacity(bytes))
    }

    #[inline]
    pub(super) fn push_str(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Appends an ASCII character.
    #[inline]
    pub(super) fn push(&mut self, letter: u8) {
        self.0.push(letter);
    }

    /// Removes and returns the last character, if there is one and it is ASCII.
    pub(super) fn pop(&mut self) -> Option<u8> {
        self.0.pop_if(|byte| byte.is_ascii())
    }

    /// Appends a quoted name.
    #[inline]
    pub(super) fn push_name(&mut self, quoted: &Quoted, quote: char) {
        match quoted.get(quote) {
            Some((bytes, length)) => self.push_start(bytes, length),
            None => push_quoted(self, quoted.name(), quote),
        }
    }

    /// Appends the first `length` bytes, which are text.
    #[inline]
    pub(super) fn push_start(&mut self, bytes: &[u8; Quoted::ROOM], length: usize) {
        // Copying a constant number of bytes takes a few instructions, a variable number takes a call.
        let end = self.0.len() + length;
        self.0.extend_from_slice(bytes);
        self.0.truncate(end);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns what was added from `start` on, a position at which text was added.
    pub(super) fn since(&self, start: usize) -> String {
        String::from_utf8_lossy(&self.0[start..]).into_owned()
    }

    /// Returns whether `text` occurs from `start` on.
    pub(super) fn has(&self, start: usize, text: &str) -> bool {
        self.0[start..].windows(text.len()).any(|part| part == text.as_bytes())
    }

    /// Inserts `text` in the middle.
    pub(super) fn insert_str(&mut self, at: usize, text: &str) {
        self.0.splice(at..at, text.bytes());
    }

    /// Like [`insert_str`](Self::insert_str).
    pub(super) fn insert(&mut self, at: usize, text: &Text) {
        self.0.splice(at..at, text.0.iter().copied());
    }

    /// Removes the end; the rest must be text.
    pub(super) fn truncate(&mut self, bytes: usize) {
        self.0.truncate(bytes);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn extend(&mut self, text: &Text) {
        self.0.extend_from_slice(&text.0);
    }

    /// Appends bytes that are part of a text.
    #[inline]
    pub(super) fn push_part(&mut self, part: &[u8]) {
        self.0.extend_from_slice(part);
    }

    pub(super) fn into_string(self) -> String {
        String::from_utf8(self.0)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}
