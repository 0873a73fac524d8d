//! Parses CREATE TABLE and CREATE INDEX for what no pragma reports. SQLite stores the statements as they were written.

use std::mem::take;

/// A token: a word, a quoted name or text, a punctuation character, or a whole group in parentheses.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Quoted(&'a str),
    Sign(&'a str),
    /// The content of the parentheses.
    Group(&'a str),
}

impl Token<'_> {
    fn is(&self, word: &str) -> bool {
        matches!(self, Token::Word(own) if own.eq_ignore_ascii_case(word))
    }

    /// Returns the unquoted name.
    fn name(&self) -> String {
        match self {
            Token::Word(name) | Token::Sign(name) | Token::Group(name) => (*name).to_owned(),
            Token::Quoted(quoted) => {
                let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
                let quote = &quoted[..1];
                inner.replace(&quote.repeat(2), quote)
            }
        }
    }
}

/// The parsed definition of a table.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Definition {
    pub(crate) clauses: Vec<Clause>,
}

/// A part of it.
#[derive(Debug, PartialEq)]
pub(crate) enum Clause {
    Check { name: Option<String>, condition: String },
    Collation { column: String, collation: String },
    Generated { column: String, expression: String },
    Unique { name: String, columns: Vec<String> },
    ForeignKey { name: String, columns: Vec<String> },
}

impl Definition {
    /// Parses CREATE TABLE.
    pub(crate) fn read(sql: &str) -> Self {
        let mut definition = Definition::default();
        let body = tokens(sql).into_iter().find_map(|token| match token {
            Token::Group(body) => Some(body),
            _ => None,
        });
        for item in split(body.unwrap_or_default()) {
            definition.item(&tokens(item));
        }
        definition
    }

    fn item(&mut self, tokens: &[Token<'_>]) {
        let Some(first) = tokens.first() else { return };
        let of_table = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];
        if of_table.iter().any(|word| first.is(word)) {
            self.clauses_of(tokens, None);
        } else {
            self.clauses_of(&tokens[1..], Some(first.name()));
        }
    }

    fn clauses_of(&mut self, tokens: &[Token<'_>], column: Option<String>) {
        let mut name: Option<String> = None;
        let columns = |group: &str| split(group).iter().filter_map(|item| first_name(item)).collect();
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1);
            match (next, &column) {
                (Some(next), _) if token.is("CONSTRAINT") => name = Some(next.name()),
                (Some(Token::Group(condition)), _) if token.is("CHECK") => {
                    self.clauses.push(Clause::Check {
                        name: take(&mut name),
                        condition: condition.trim().to_owned(),
                    });
                }
                (Some(next), Some(column)) if token.is("COLLATE") => {
                    let collation = next.name().to_ascii_uppercase();
                    self.clauses.push(Clause::Collation { column: column.clone(), collation });
                }
                (Some(Token::Group(expression)), Some(column)) if token.is("AS") => {
                    let expression = expression.trim().to_owned();
                    self.clauses.push(Clause::Generated { column: column.clone(), expression });
                }
                (Some(Token::Group(group)), None) if token.is("UNIQUE") => {
                    if let Some(name) = take(&mut name) {
                        self.clauses.push(Clause::Unique { name, columns: columns(group) });
                    }
                }
                (_, Some(column)) if token.is("UNIQUE") => {
                    if let Some(name) = take(&mut name) {
                        self.clauses.push(Clause::Unique { name, columns: vec![column.clone()] });
                    }
                }
                (Some(Token::Group(group)), None)
                    if token.is("KEY") && tokens[..at].iter().any(|t| t.is("FOREIGN")) =>
                {
                    if let Some(name) = take(&mut name) {
                        self.clauses.push(Clause::ForeignKey { name, columns: columns(group) });
                    }
                }
                (_, Some(column)) if token.is("REFERENCES") => {
                    if let Some(name) = take(&mut name) {
                        self.clauses.push(Clause::ForeignKey { name, columns: vec![column.clone()] });
                    }
                }
                _ => {}
            }
        }
    }
}

/// The parsed definition of an index.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct IndexDefinition {
    /// The indexed parts, as written, without sort order.
    pub(crate) parts: Vec<String>,
    /// The WHERE condition.
    pub(crate) condition: Option<String>,
}

impl IndexDefinition {
    /// Parses CREATE INDEX.
    pub(crate) fn read(sql: &str) -> Self {
        let tokens = tokens(sql);
        let Some(at) = tokens.iter().position(|token| matches!(token, Token::Group(_))) else {
            return IndexDefinition::default();
        };
        let Token::Group(body) = tokens[at] else { return IndexDefinition::default() };
        let condition = tokens.get(at + 1).filter(|token| token.is("WHERE")).and_then(|token| match token {
            Token::Word(word) => {
                // The word is a slice of the text.
                let start = word.as_ptr() as usize - sql.as_ptr() as usize + word.len();
                sql.get(start..).map(|condition| condition.trim().to_owned())
            }
            _ => None,
        });
        IndexDefinition { parts: split(body).into_iter().map(without_order).collect(), condition }
    }
}

/// The text that a default is, if it is one that has no quotes of a text: to SQLite, a name there is a text.
pub(crate) fn text_of_default(default: &str) -> Option<String> {
    let words = ["NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"];
    let text = match tokens(default)[..] {
        [name @ Token::Quoted(quoted)] if !quoted.starts_with('\'') => name.name(),
        [Token::Word(word)] if !word.starts_with(|first: char| first.is_ascii_digit() || first == '.') => {
            words.iter().all(|other| !other.eq_ignore_ascii_case(word)).then(|| word.to_owned())?
        }
        _ => return None,
    };
    Some(format!("'{}'", text.replace('\'', "''")))
}

/// The column that a part of an index is over, and how it is compared, if it says that.
pub(crate) fn collated(part: &str) -> Option<(String, String)> {
    match tokens(part)[..] {
        [column @ (Token::Word(_) | Token::Quoted(_)), collate, collation] if collate.is("COLLATE") => {
            Some((column.name(), collation.name().to_ascii_uppercase()))
        }
        _ => None,
    }
}

fn without_order(part: &str) -> String {
    let mut part = part.trim();
    for order in ["ASC", "DESC"] {
        let start = part.len().saturating_sub(order.len());
        if part.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(order))
            && part[..start].ends_with(char::is_whitespace)
        {
            part = part[..start].trim_end();
        }
    }
    part.to_owned()
}

fn first_name(item: &str) -> Option<String> {
    tokens(item).first().map(Token::name)
}

/// Splits at the commas that are outside of quotes and parentheses.
fn split(body: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut start = 0;
    scan(body, |at, token| {
        if token == Token::Sign(",") {
            items.push(&body[start..at]);
            start = at + 1;
        }
    });
    if !body[start..].trim().is_empty() {
        items.push(&body[start..]);
    }
    items
}

fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    scan(sql, |_, token| tokens.push(token));
    tokens
}

/// Calls `each` with every token and its start.
fn scan<'a>(sql: &'a str, mut each: impl FnMut(usize, Token<'a>)) {
    let mut at = 0;
    while let Some(letter) = sql[at..].chars().next() {
        let rest = &sql[at..];
        let length = match letter {
            '(' => {
                let length = group(rest);
                each(at, Token::Group(rest.get(1..length.saturating_sub(1)).unwrap_or_default()));
                length
            }
            letter if is_word(letter) => {
                let length = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
                each(at, Token::Word(&rest[..length]));
                length
            }
            letter => match opaque(rest) {
                Some((length, true)) => {
                    each(at, Token::Quoted(&rest[..length]));
                    length
                }
                Some((length, false)) => length,
                None => {
                    if !letter.is_whitespace() {
                        each(at, Token::Sign(&rest[..letter.len_utf8()]));
                    }
                    letter.len_utf8()
                }
            },
        };
        at += length;
    }
}

/// Returns the length of the comment, or of the quoted name or text, at the start of `rest`, and whether it is quoted.
fn opaque(rest: &str) -> Option<(usize, bool)> {
    match rest.chars().next()? {
        '-' if rest.starts_with("--") => Some((rest.find('\n').unwrap_or(rest.len()), false)),
        '/' if rest.starts_with("/*") => Some((rest.find("*/").map_or(rest.len(), |end| end + 2), false)),
        '[' => Some((quoted(rest, ']'), true)),
        quote @ ('\'' | '"' | '`') => Some((quoted(rest, quote), true)),
        _ => None,
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$' | '.')
}

/// Returns the length of a quoted name or text, including the quotes; a doubled quote is part of it.
fn quoted(rest: &str, end: char) -> usize {
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == end {
            if letters.peek().is_some_and(|&(_, next)| next == end) {
                letters.next();
            } else {
                return at + end.len_utf8();
            }
        }
    }
    rest.len()
}

/// Returns the length of a group, including the parentheses.
fn group(rest: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(letter) = rest[at..].chars().next() {
        let length = opaque(&rest[at..]).map_or(letter.len_utf8(), |(length, _)| length);
        at += length;
        match letter {
            '(' => depth += 1,
            ')' if depth == 1 => return at,
            ')' => depth -= 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests;
