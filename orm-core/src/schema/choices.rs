//! Lists of string literals, as an ENUM type and the CHECK that stands for one have them.

/// Returns the literals up to the closing parenthesis, with their quotes, and the rest after it; `None` if there is anything
/// else in the list.
#[doc(hidden)]
#[must_use]
pub fn literals(list: &str, backslash_escapes: bool) -> Option<(Vec<&str>, &str)> {
    let (mut literals, mut rest) = (Vec::new(), list.trim_start());
    loop {
        let (literal, behind) = rest.split_at(end(rest, backslash_escapes)?);
        literals.push(literal);
        rest = behind.trim_start();
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None => return rest.strip_prefix(')').map(|rest| (literals, rest)),
        }
    }
}

/// Returns the length of the literal at the start of a text.
fn end(text: &str, backslash_escapes: bool) -> Option<usize> {
    let mut letters = text.strip_prefix('\'')?.char_indices().peekable();
    loop {
        match letters.next()? {
            (_, '\\') if backslash_escapes => _ = letters.next(),
            (_, '\'') if letters.next_if(|&(_, next)| next == '\'').is_some() => {}
            (at, '\'') => return Some(at + 2),
            _ => {}
        }
    }
}

/// Returns the text that a literal stands for.
#[doc(hidden)]
#[must_use]
pub fn unquoted(literal: &str, backslash_escapes: bool) -> String {
    let inner = literal.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')).unwrap_or(literal);
    let mut text = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\'' || (letter == '\\' && backslash_escapes);
        text.extend(if escapes { letters.next() } else { Some(letter) });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{literals, unquoted};

    #[test]
    fn lists_end_with_their_parenthesis() {
        let texts = |list, escapes| {
            let (literals, _) = literals(list, escapes)?;
            Some(literals.into_iter().map(|literal| unquoted(literal, escapes)).collect::<Vec<_>>().join("|"))
        };
        assert_eq!(texts("'a', 'it''s, (so)', '') x", true).as_deref(), Some("a|it's, (so)|"));
        assert_eq!(texts(r"'a\\b','c\'d')", true).as_deref(), Some(r"a\b|c'd"));
        assert_eq!(texts(r"'a\b','c\')", false).as_deref(), Some(r"a\b|c\"));
        for list in ["'a', 3)", "'a'", "'a", ")", "", "'a',)", r"'a\')"] {
            assert_eq!(texts(list, true), None, "{list}");
        }
        assert_eq!(literals("'a') AND b", true), Some((vec!["'a'"], " AND b")));
    }
}
