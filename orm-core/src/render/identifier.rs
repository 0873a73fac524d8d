//! Identifiers.

use super::text::Text;

/// Returns `name` in quotes.
pub(crate) fn quote(name: &str, quote: char) -> String {
    let mut quoted = Text::with_capacity(name.len() + 2);
    push_quoted(&mut quoted, name, quote);
    quoted.into_string()
}

/// Appends `name` in quotes, which are ASCII. A quote inside is doubled, as all three databases require.
pub(super) fn push_quoted(text: &mut Text, name: &str, quote: char) {
    let quote = quote as u8;
    text.push(quote);
    if name.as_bytes().contains(&quote) {
        for part in name.as_bytes().split_inclusive(|letter| *letter == quote) {
            text.push_part(part);
            if part.last() == Some(&quote) {
                text.push(quote);
            }
        }
    } else {
        text.push_str(name);
    }
    text.push(quote);
}
