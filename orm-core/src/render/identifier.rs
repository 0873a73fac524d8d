//! Identifiers.

use super::text::Text;

/// `name` in quotes.
pub(crate) fn quote(name: &str, quote: char) -> String {
    let mut quoted = Text::with_capacity(name.len() + 2);
    push_quoted(&mut quoted, name, quote);
    quoted.into_string()
}

/// Adds `name` in quotes, which are ASCII; a quote inside is doubled, as all three databases want it.
pub(super) fn push_quoted(text: &mut Text, name: &str, quote: char) {
    quoted_parts(name, quote, |part| text.push_part(part));
}

/// The parts of `name` in quotes, one after the other.
pub(super) fn quoted_parts(name: &str, quote: char, mut push: impl FnMut(&[u8])) {
    let quote = &[quote as u8];
    push(quote);
    if name.as_bytes().contains(&quote[0]) {
        for part in name.as_bytes().split_inclusive(|letter| *letter == quote[0]) {
            push(part);
            if part.last() == quote.first() {
                push(quote);
            }
        }
    } else {
        push(name.as_bytes());
    }
    push(quote);
}
