//! Comparison of SQL expressions, regardless of notation: servers rewrite the expressions that they are given.

use crate::dialect::Dialect;

/// Returns whether two expressions are the same, as far as their tokens tell.
///
/// ```
/// use orm::dialect::MYSQL;
/// use orm::schema::expression::same;
/// assert!(same("price >= 0", "(`price` >= 0)", &MYSQL));
/// assert!(!same("price >= 0", "price > 0", &MYSQL));
/// ```
#[must_use]
pub fn same(one: &str, other: &str, dialect: &Dialect) -> bool {
    normal(one, dialect) == normal(other, dialect)
}

/// Returns whether an expression names a column, or anything else of that name.
///
/// ```
/// use orm::dialect::MYSQL;
/// use orm::schema::expression::mentions;
/// assert!(mentions("`price` * 2", "price", &MYSQL));
/// assert!(!mentions("title = 'price'", "price", &MYSQL));
/// ```
#[must_use]
pub fn mentions(expression: &str, column: &str, dialect: &Dialect) -> bool {
    normal(expression, dialect).contains(&column.to_lowercase())
}

/// Returns an expression with a column renamed.
///
/// ```
/// use orm::dialect::MYSQL;
/// use orm::schema::expression::renamed;
/// assert_eq!(renamed("price > 1 AND title <> 'price'", "price", "cost", &MYSQL), "`cost` > 1 AND title <> 'price'");
/// ```
#[must_use]
pub fn renamed(expression: &str, from: &str, to: &str, dialect: &Dialect) -> String {
    let mut text = String::with_capacity(expression.len());
    let mut rest = expression;
    while let Some(letter) = rest.chars().next() {
        let is_text = letter == '\'' || (letter == '"' && dialect.quote != '"');
        let length = match letter {
            letter if is_text => self::text(rest, letter, dialect, &mut Vec::new()),
            '"' | '`' => name(rest, letter, &mut Vec::new()),
            '[' => name(rest, ']', &mut Vec::new()),
            letter if is_word(letter) => rest.find(|letter| !is_word(letter)).unwrap_or(rest.len()),
            letter => letter.len_utf8(),
        };
        let (word, behind) = rest.split_at(length);
        if !is_text && word.trim_matches(['"', '`', '[', ']']).eq_ignore_ascii_case(from) {
            text.push_str(&dialect.identifier(to));
        } else {
            text.push_str(word);
        }
        rest = behind;
    }
    text
}

/// Normalizes an expression: removes parentheses, identifier quotes and differences in case, and unifies synonyms.
/// Parentheses are removed although they can matter, since each server writes its own.
pub(super) fn normal(expression: &str, dialect: &Dialect) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = expression;
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            '\'' => text(rest, '\'', dialect, &mut tokens),
            '"' if dialect.quote != '"' => text(rest, '"', dialect, &mut tokens),
            '"' | '`' => name(rest, letter, &mut tokens),
            letter if is_word(letter) => {
                let length = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
                tokens.push(word(&rest[..length]));
                length
            }
            letter => sign(rest, letter, &mut tokens),
        };
        rest = &rest[length..];
    }
    without_charsets(tokens)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$' | '.' | '@')
}

/// Reads a string literal, which keeps its quotes, and drops the name of a character set before it.
fn text(rest: &str, quote: char, dialect: &Dialect, tokens: &mut Vec<String>) -> usize {
    let mut content = String::from("'");
    let mut letters = rest.char_indices().skip(1).peekable();
    let mut length = rest.len();
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && dialect.backslash_escapes {
            content.extend(letters.next().map(|(_, letter)| letter));
        } else if letter != quote {
            content.push(letter);
        } else if letters.next_if(|&(_, next)| next == quote).is_some() {
            content.push(quote);
        } else {
            length = at + 1;
            break;
        }
    }
    if tokens.last().is_some_and(|last| last.starts_with("_utf8") || last == "_latin1" || last == "_binary") {
        tokens.pop();
    }
    tokens.push(content);
    length
}

fn name(rest: &str, quote: char, tokens: &mut Vec<String>) -> usize {
    let inner = &rest[1..];
    let length = inner.find(quote).unwrap_or(inner.len());
    tokens.push(inner[..length].to_lowercase());
    (length + 2).min(rest.len())
}

fn sign(rest: &str, letter: char, tokens: &mut Vec<String>) -> usize {
    let two =
        [("!=", "<>"), ("<>", "<>"), ("==", "="), ("&&", "and"), ("<=", "<="), (">=", ">="), ("||", "||")];
    if let Some((from, to)) = two.iter().find(|(from, _)| rest.starts_with(from)) {
        tokens.push((*to).to_owned());
        return from.len();
    }
    if !letter.is_whitespace() && !matches!(letter, '(' | ')' | '[' | ']') {
        tokens.push(letter.to_string());
    }
    letter.len_utf8()
}

fn word(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "now" | "localtime" | "localtimestamp" => "current_timestamp".to_owned(),
        "true" => "1".to_owned(),
        "false" => "0".to_owned(),
        _ if lower.starts_with(|first: char| first.is_ascii_digit()) && lower.contains('.') => {
            lower.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => lower,
    }
}

/// Turns `CAST(x AS CHAR CHARSET utf8mb4)` into `CAST(x AS CHAR)`.
fn without_charsets(tokens: Vec<String>) -> Vec<String> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        if token == "charset" {
            tokens.next();
        } else {
            kept.push(token);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{normal, renamed};
    use crate::dialect::{Dialect, NONE};

    #[test]
    fn same_expressions_in_other_words() {
        let servers = Dialect { quote: '`', backslash_escapes: true, ..NONE.clone() };
        let same = |one: &str, other: &str, dialect| assert_eq!(normal(one, dialect), normal(other, dialect));
        same(
            "price >= 0 AND state != 'it''s'",
            r"((`price` >= 0) and (`state` <> _utf8mb4'it\'s'))",
            &servers,
        );
        same("NOW(6)", "current_timestamp(6)", &servers);
        same("0.50", "0.5", &servers);
        same("CAST(n AS CHAR)", "cast(`n` as char charset utf8mb4)", &servers);
        same("\"Price\" > 1", "price>1", &NONE);
        assert_ne!(normal("a = 'A'", &NONE), normal("a = 'a'", &NONE));
        assert_ne!(normal("a > 10", &NONE), normal("a > 100", &NONE));
        assert_ne!(normal("a", &NONE), normal("'a'", &NONE));
        assert_eq!(normal("'open", &NONE), ["'open"]);
    }

    #[test]
    fn only_the_column_has_the_new_name() {
        let renamed = |text| renamed(text, "price", "cost", &NONE);
        assert_eq!(renamed("PRICE > 1 AND note <> 'price'"), "\"cost\" > 1 AND note <> 'price'");
        assert_eq!(renamed("prices > \"price\""), "prices > \"cost\"");
        assert_eq!(renamed("[price] > `price` + [old price]"), "\"cost\" > \"cost\" + [old price]");
        assert_eq!(renamed("'it''s price' || 'price"), "'it''s price' || 'price");
    }
}
