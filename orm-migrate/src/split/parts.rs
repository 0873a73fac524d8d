//! Finds the ends of statements.

use orm::dialect::Dialect;

use super::body::Body;
use crate::step::called;

/// The lines before and after a statement that must not be split.
const BEGIN: &str = "-- orm:begin";
const END: &str = "-- orm:end";

/// Returns the statements of a text.
pub(super) fn split<'t>(text: &'t str, dialect: &Dialect) -> Vec<&'t str> {
    let mut statements = Statements::read(text, dialect.backslash_escapes);
    statements.finish();
    statements.found
}

/// Returns whether the last statement of a text has its semicolon, on whatever database.
pub(crate) fn is_ended(text: &str) -> bool {
    [false, true].into_iter().all(|escapes| Statements::read(text, escapes).start.is_none())
}

/// A token, and its length in bytes.
#[derive(Clone, Copy)]
struct Token {
    kind: TokenKind,
    len: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum TokenKind {
    Space,
    Comment,
    /// The line before a statement that must not be split.
    Begin,
    /// The line that calls a step in Rust, which is a statement of its own.
    Step,
    Word,
    Semicolon,
    /// Quoted text, punctuation, and executable comments.
    Other,
}

/// The statements found so far, and the current one.
struct Statements<'t> {
    text: &'t str,
    at: usize,
    /// The start of the current statement, if it has started.
    start: Option<usize>,
    /// The end of the current statement, if only whitespace and comments follow.
    end: usize,
    body: Body,
    found: Vec<&'t str>,
}

impl<'t> Statements<'t> {
    /// Reads a text; its last statement may still lack its end.
    fn read(text: &'t str, escapes: bool) -> Self {
        let mut statements =
            Statements { text, at: 0, start: None, end: 0, body: Body::default(), found: Vec::new() };
        while let Some(token) = token(&text[statements.at..], escapes) {
            statements.take(token);
        }
        statements
    }

    fn take(&mut self, Token { kind, len }: Token) {
        match kind {
            TokenKind::Space | TokenKind::Comment => {}
            TokenKind::Semicolon if !self.body.is_open() => self.finish(),
            TokenKind::Begin if self.start.is_none() => return self.take_whole(len),
            TokenKind::Begin => {}
            TokenKind::Step if !self.body.is_open() => {
                self.finish();
                self.found.push(self.text[self.at..self.at + len].trim_end());
            }
            TokenKind::Step => {}
            TokenKind::Word | TokenKind::Semicolon | TokenKind::Other => {
                self.start.get_or_insert(self.at);
                self.end = self.at + len;
                let token = &self.text[self.at..self.end];
                match kind {
                    TokenKind::Word => self.body.word(token),
                    _ => self.body.sign(token),
                }
            }
        }
        self.at += len;
    }

    /// Takes a statement between its two lines.
    fn take_whole(&mut self, line: usize) {
        let rest = &self.text[self.at + line..];
        let mut len = 0;
        let inside = rest.split_inclusive('\n').take_while(|line| line.trim() != END);
        inside.for_each(|line| len += line.len());
        let statement = rest[..len].trim();
        let statement = statement.strip_suffix(';').unwrap_or(statement);
        if !statement.is_empty() {
            self.found.push(statement.trim_end());
        }
        self.at += line + len;
    }

    fn finish(&mut self) {
        if let Some(start) = self.start.take() {
            self.found.push(&self.text[start..self.end]);
        }
        self.body = Body::default();
    }
}

/// Returns the first token of a text. Where backslashes escape in texts, `#` begins a comment, and brackets quote no name.
fn token(text: &str, escapes: bool) -> Option<Token> {
    let first = text.chars().next()?;
    let second = text.chars().nth(1);
    let comment_ends = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    let (kind, len) = match (first, second) {
        _ if first.is_whitespace() => (TokenKind::Space, first.len_utf8()),
        // Where `--` has other meanings, `--1` is arithmetic.
        ('-', Some('-')) if !escapes || !text[2..].starts_with(|l: char| !l.is_whitespace()) => {
            let len = comment_ends("\n");
            (comment(&text[..len]), len)
        }
        ('#', _) if escapes => (TokenKind::Comment, comment_ends("\n")),
        ('/', Some('*')) => {
            let runs = text.starts_with("/*!") || text.starts_with("/*M!");
            (if runs { TokenKind::Other } else { TokenKind::Comment }, comment_ends("*/"))
        }
        ('\'' | '"' | '`', _) => (TokenKind::Other, quoted(text, first, escapes && first != '`')),
        ('[', _) if !escapes => (TokenKind::Other, quoted(text, ']', false)),
        (';', _) => (TokenKind::Semicolon, 1),
        _ if is_in_word(first) => {
            (TokenKind::Word, text.find(|letter| !is_in_word(letter)).unwrap_or(text.len()))
        }
        _ => (TokenKind::Other, first.len_utf8()),
    };
    Some(Token { kind, len })
}

/// Classifies a comment that ends with its line.
fn comment(line: &str) -> TokenKind {
    match line.trim() {
        BEGIN => TokenKind::Begin,
        line if called(line).is_some() => TokenKind::Step,
        _ => TokenKind::Comment,
    }
}

fn is_in_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '@' | '$')
}

/// Returns the length of a quoted text. A doubled quote ends one text and begins another, which has the same result.
fn quoted(text: &str, quote: char, escapes: bool) -> usize {
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        if escapes && letter == '\\' {
            letters.next();
        } else if letter == quote {
            return at + 1;
        }
    }
    text.len()
}

/// Returns the words, names, punctuation and texts of a statement, without comments.
pub(crate) fn words<'t>(statement: &'t str, dialect: &Dialect) -> Vec<&'t str> {
    let (mut words, mut rest) = (Vec::new(), statement);
    while let Some(Token { kind, len }) = token(rest, dialect.backslash_escapes) {
        let (part, behind) = rest.split_at(len);
        if !matches!(kind, TokenKind::Space | TokenKind::Comment | TokenKind::Begin | TokenKind::Step) {
            words.push(part);
        }
        rest = behind;
    }
    words
}
