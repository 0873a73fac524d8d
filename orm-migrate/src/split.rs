//! The statements of a script.

use orm::dialect::Dialect;

/// Where a character of a script is.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Sql,
    Quotes(char),
    LineComment,
    Comment,
}

/// What begins and ends a statement with semicolons in it, on lines of their own.
const BEGIN: &str = "-- orm:begin";
const END: &str = "-- orm:end";

/// The statements of a script: each ends with a semicolon that is not in quotes or in a comment. One with semicolons in it,
/// such as a procedure, stands between the lines `-- orm:begin` and `-- orm:end`. Comments before a statement are left out.
pub(crate) fn statements(script: &str, dialect: &Dialect) -> Vec<String> {
    let (mut statements, mut rest) = (Vec::new(), script);
    while let Some((before, block)) = at_line(rest, BEGIN) {
        split(before, dialect, &mut statements);
        let (block, after) = at_line(block, END).unwrap_or((block, ""));
        push(block, &mut statements);
        rest = after;
    }
    split(rest, dialect, &mut statements);
    statements
}

/// What stands before and behind a line.
fn at_line<'s>(text: &'s str, line: &str) -> Option<(&'s str, &'s str)> {
    let mut at = 0;
    for found in text.split_inclusive('\n') {
        if found.trim() == line {
            return Some((&text[..at], &text[at + found.len()..]));
        }
        at += found.len();
    }
    None
}

fn split(script: &str, dialect: &Dialect, statements: &mut Vec<String>) {
    let (mut inside, mut start) = (Inside::Sql, 0);
    let mut characters = script.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        inside = match (inside, character) {
            (Inside::Sql, ';') => {
                push(&script[start..at], statements);
                start = at + 1;
                Inside::Sql
            }
            (Inside::Sql, '\'' | '"' | '`') => Inside::Quotes(character),
            (Inside::Sql, '-') if next == Some('-') => Inside::LineComment,
            (Inside::Sql, '/') if next == Some('*') => {
                characters.next();
                Inside::Comment
            }
            (Inside::Quotes(quote), _) if character == quote => Inside::Sql,
            (Inside::Quotes(quote), '\\') if dialect.backslash_escapes && quote != '`' => {
                characters.next();
                inside
            }
            (Inside::LineComment, '\n') => Inside::Sql,
            (Inside::Comment, '*') if next == Some('/') => {
                characters.next();
                Inside::Sql
            }
            _ => inside,
        };
    }
    push(&script[start..], statements);
}

/// Adds a statement, without the comments before it; nothing if there is nothing else.
fn push(text: &str, statements: &mut Vec<String>) {
    let mut text = text.trim();
    loop {
        let rest = if text.starts_with("--") {
            text.split_once('\n').map_or("", |(_, rest)| rest)
        } else if text.starts_with("/*") && !text.starts_with("/*!") {
            text.split_once("*/").map_or("", |(_, rest)| rest)
        } else {
            break;
        };
        text = rest.trim_start();
    }
    if !text.is_empty() {
        statements.push(text.trim_end_matches(';').to_owned());
    }
}

#[cfg(test)]
mod tests {
    use orm::dialect::{MYSQL, SQLITE};

    use super::statements;

    #[test]
    fn end_with_semicolons() {
        assert_eq!(statements("A;\n\n-- a comment; no end\nB ; C", &SQLITE), ["A", "B", "C"]);
        assert_eq!(statements(" ; ;\n-- nothing\n/* nothing; */", &SQLITE), Vec::<String>::new());
    }

    #[test]
    fn keep_semicolons_in_quotes_and_comments() {
        let script = "INSERT INTO t VALUES ('a;''b', \"c;\", `d;`) /* e; */ -- f;\n, g; H";
        assert_eq!(statements(script, &SQLITE)[1..], ["H"]);
    }

    #[test]
    fn know_backslashes_where_they_escape() {
        assert_eq!(statements(r"A 'b\'; c'; D", &MYSQL).len(), 2);
        assert_eq!(statements(r"A 'b\'; C 'd'", &SQLITE).len(), 2);
    }

    #[test]
    fn are_whole_between_lines_that_say_so() {
        let script = "A;\n-- orm:begin\nCREATE TRIGGER t BEGIN B; C; END;\n-- orm:end\nD;";
        assert_eq!(statements(script, &SQLITE), ["A", "CREATE TRIGGER t BEGIN B; C; END", "D"]);
    }
}
