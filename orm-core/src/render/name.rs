//! The names of a statement's sources.

use std::sync::Arc;

use super::identifier::push_quoted;
use super::prefix::Prefix;
use super::text::Text;
use crate::schema::{Quoted, Table};

/// The base of a name.
#[derive(Clone)]
pub(super) enum Base {
    /// The table's own name, or one of the renderer's.
    Word(&'static str),
    /// A name that the program gave.
    Given(Arc<str>),
}

impl Base {
    #[inline]
    fn text(&self) -> &str {
        match self {
            Base::Word(word) => word,
            Base::Given(name) => name,
        }
    }
}

/// The name of a source: `users`, or `users_2` if that is taken.
#[derive(Clone)]
pub(super) struct Name {
    base: Base,
    /// 1 for the first, which is written without a number.
    number: usize,
    /// The name in quotes, with a dot, if it is the short name of a table.
    prefix: Prefix,
}

impl Name {
    /// Returns a name that none of `others` has.
    #[inline]
    pub(super) fn beside<'a>(others: impl Iterator<Item = &'a Name> + Clone, base: Base) -> Self {
        Name { number: free_number(others, base.text()), base, prefix: Prefix::NONE }
    }

    /// Returns a name for a table that none of `others` has.
    #[inline]
    pub(super) fn of_table<'a>(
        others: impl Iterator<Item = &'a Name> + Clone,
        table: &'static Table,
        quote: char,
    ) -> Self {
        let number = free_number(others, table.name);
        let prefix = table.quoted.get(quote).map_or(Prefix::NONE, |quoted| Prefix::new(quoted, number));
        Name { base: Base::Word(table.name), number, prefix }
    }

    /// Returns whether it differs from the name of its table.
    pub(super) fn is_alias(&self) -> bool {
        self.number > 1
    }

    /// Returns whether it equals this name.
    pub(super) fn is(&self, name: &str) -> bool {
        name.strip_prefix(self.base.text()).is_some_and(|rest| rest == self.ending())
    }

    #[inline]
    fn begins_with(&self, name: &str) -> bool {
        let base = self.base.text();
        // Comparing the first letter is cheap, and mostly enough. The bit is that of lower case.
        let first = |text: &str| text.as_bytes().first().map_or(0, |letter| letter | 0x20);
        first(base) == first(name)
            && (behind(base, name).is_some()
                || self.is_alias() && behind(name, base).is_some_and(|rest| self.ending().starts_with(rest)))
    }

    /// Returns whether it is `base` with this number.
    fn is_numbered(&self, base: &str, number: usize) -> bool {
        let own = self.base.text();
        if self.is_alias() {
            return own.eq_ignore_ascii_case(base) && self.number == number;
        }
        let rest = behind(own, base).and_then(|rest| rest.strip_prefix('_'));
        rest.is_some_and(|rest| rest.parse() == Ok(number))
    }

    /// Returns what follows the base.
    fn ending(&self) -> String {
        if self.is_alias() { format!("_{}", self.number) } else { String::new() }
    }

    /// Writes it in quotes.
    #[inline]
    pub(super) fn write(&self, sql: &mut Text, quote: char) {
        match self.prefix.get() {
            Some((bytes, length)) => sql.push_start(bytes, length - 1),
            None => self.put_together(sql, quote),
        }
    }

    /// Returns it in quotes with a dot, if it is prepared.
    #[inline]
    pub(super) fn prefix(&self) -> Option<(&[u8; Quoted::ROOM], usize)> {
        self.prefix.get()
    }

    #[cold]
    fn put_together(&self, sql: &mut Text, quote: char) {
        push_quoted(sql, self.base.text(), quote);
        if self.is_alias()
            && let Some(quote) = sql.pop()
        {
            sql.push(b'_');
            push_digits(sql, self.number);
            sql.push(quote);
        }
    }
}

/// Returns what follows `start`, if the name begins with it. Case is ignored, as it is in names on SQLite.
#[inline]
fn behind<'a>(name: &'a str, start: &str) -> Option<&'a str> {
    let (own, rest) = name.split_at_checked(start.len())?;
    own.eq_ignore_ascii_case(start).then_some(rest)
}

/// Returns the first number with which the name is free.
fn free_number<'a>(others: impl Iterator<Item = &'a Name> + Clone, text: &str) -> usize {
    let mut number = 1 + others.clone().filter(|other| other.begins_with(text)).count();
    // A table may itself be called `users_2`.
    while number > 1 && others.clone().any(|other| other.is_numbered(text, number)) {
        number += 1;
    }
    number
}

fn push_digits(sql: &mut Text, number: usize) {
    if number > 9 {
        push_digits(sql, number / 10);
    }
    // One decimal digit is below 256.
    sql.push(b'0' + u8::try_from(number % 10).unwrap_or(0));
}

#[cfg(test)]
mod tests {
    use super::{Base, Name, Text};

    fn names(words: &[&'static str]) -> Vec<String> {
        let mut names: Vec<Name> = Vec::new();
        for word in words {
            names.push(Name::beside(names.iter(), Base::Word(word)));
        }
        let text = |name: &Name| {
            let mut text = Text::default();
            name.write(&mut text, '`');
            text.into_string()
        };
        names.iter().map(text).collect()
    }

    #[test]
    fn no_two_sources_have_one_name() {
        assert_eq!(
            names(&["users", "posts", "users", "users"]),
            ["`users`", "`posts`", "`users_2`", "`users_3`"]
        );
        assert_eq!(names(&["users"; 12])[11], "`users_12`");
        assert_eq!(names(&["users", "users", "users_2"]), ["`users`", "`users_2`", "`users_2_2`"]);
        assert_eq!(names(&["users_2", "users", "users"]), ["`users_2`", "`users_3`", "`users_4`"]);
        assert_eq!(names(&["Users", "users", "USERS"]), ["`Users`", "`users_2`", "`USERS_3`"]);
    }

    #[test]
    fn a_name_is_known_with_its_number() {
        let first = Name::beside(std::iter::empty(), Base::Word("found"));
        let second = Name::beside(std::iter::once(&first), Base::Given("found".into()));
        assert!(first.is("found") && !first.is("found_2"));
        assert!(second.is("found_2") && !second.is("found"));
    }
}
