//! Statements with their values in the SQL, for people.

use std::fmt::Write as _;

use super::key::digits;
use crate::dialect::{Decimals, Dialect};
use crate::syntax::Statement;
use crate::value::{Datum, text_form};

impl Statement {
    /// Returns the SQL with the values in it, for logs and for trying it in the server's own client. Never run it from a
    /// program, and mind where it goes: it contains personal data.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let query = User::query().filter(|u| u.name.eq("O'Hara").and(u.age.ge(18))).select(|u| u.id);
    /// let text = query.to_sql(db.dialect())?.with_values(db.dialect());
    /// assert_eq!(text, r#"SELECT "users"."id" FROM "users" WHERE "users"."name" = 'O''Hara' AND "users"."age" >= 18"#);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn with_values(&self, dialect: &Dialect) -> String {
        let mut text = String::with_capacity(self.sql.len() + self.params.len() * 8);
        let mut params = self.params.iter();
        let mut rest = self.sql.as_str();
        while let Some(at) = rest.find(['?', '\'', '"', '`']) {
            let (before, from) = rest.split_at(at);
            text.push_str(before);
            let length = if from.starts_with('?') {
                match params.next() {
                    Some(value) => push_literal(&mut text, value, dialect),
                    None => text.push('?'),
                }
                1
            } else {
                let length = quoted(from, dialect);
                text.push_str(&from[..length]);
                length
            };
            rest = &from[length..];
        }
        text.push_str(rest);
        text
    }
}

/// Returns the length of the quoted name or text at the start, including the quotes. A doubled quote is treated as an end
/// and a new start, which has the same effect.
fn quoted(text: &str, dialect: &Dialect) -> usize {
    let mut letters = text.char_indices();
    let quote = letters.next().map_or('\'', |(_, quote)| quote);
    let escapes = dialect.backslash_escapes && quote != '`';
    while let Some((at, letter)) = letters.next() {
        if letter == quote {
            return at + 1;
        }
        if letter == '\\' && escapes {
            letters.next();
        }
    }
    text.len()
}

/// Writes a value as a literal. Writing to a string cannot fail.
fn push_literal(text: &mut String, value: &Datum, dialect: &Dialect) {
    let _ = match value {
        // `Unwritable` gets into no statement.
        Datum::Null | Datum::Unwritable(_) => write!(text, "NULL"),
        Datum::Bool(truth) => write!(text, "{}", u8::from(*truth)),
        Datum::Int(number) => write!(text, "{number}"),
        Datum::UInt(number) => write!(text, "{number}"),
        Datum::Float(number) => write!(text, "{:?}", f64::from(*number)),
        Datum::Double(number) => write!(text, "{number:?}"),
        Datum::Exact(number) if dialect.decimals == Decimals::Functions => write!(text, "'{number}'"),
        Datum::Exact(number) => write!(text, "{number}"),
        Datum::Text(content) => {
            push_text(text, content, dialect);
            Ok(())
        }
        Datum::JsonText(content) => {
            push_text(text, content, dialect);
            Ok(())
        }
        Datum::Blob(bytes) => write!(text, "{}", digits(bytes)),
        Datum::Guid(id) => write!(text, "{}", digits(id.as_bytes())),
        Datum::Date(day) => write!(text, "'{}'", text_form::date(day)),
        Datum::Clock(time) => write!(text, "'{}'", text_form::clock(time)),
        Datum::Timestamp(at) => write!(text, "'{}'", text_form::timestamp(at)),
    };
}

fn push_text(text: &mut String, content: &str, dialect: &Dialect) {
    text.push('\'');
    for letter in content.chars() {
        match letter {
            '\'' => text.push_str("''"),
            '\\' if dialect.backslash_escapes => text.push_str(r"\\"),
            letter => text.push(letter),
        }
    }
    text.push('\'');
}
