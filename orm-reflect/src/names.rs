//! Derives Rust names from names in a database.

use std::collections::HashSet;

/// Names that a field cannot have, not even as a raw identifier.
const NEVER: &[&str] = &["self", "super", "crate", "Self", "_"];

/// Keywords of Rust.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Methods of a builder, which a column of the same name would hide.
const METHODS: &[&str] = &["execute", "returning", "to_sql", "with_values", "explain", "clone"];

/// Types that every program has in scope.
const TYPES: &[&str] = &[
    "Box",
    "Clone",
    "Column",
    "Condition",
    "Copy",
    "Database",
    "DateTime",
    "Debug",
    "Decimal",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "ErrorKind",
    "Executor",
    "Fn",
    "From",
    "Handle",
    "Insert",
    "Into",
    "Iterator",
    "Mode",
    "Model",
    "Models",
    "NaiveDate",
    "NaiveDateTime",
    "NaiveTime",
    "New",
    "None",
    "Nullable",
    "Ok",
    "Open",
    "Option",
    "Ord",
    "Patch",
    "PartialEq",
    "PartialOrd",
    "Query",
    "Required",
    "Result",
    "Row",
    "Rows",
    "Self",
    "Send",
    "Session",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToString",
    "Transaction",
    "Utc",
    "Uuid",
    "Value",
    "Vec",
];

/// Splits a name into words, in lower case: `orderLines`, `ORDER_LINES` and `order-lines` give the same.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let letters: Vec<char> = name.chars().collect();
    let mut open = false;
    for (at, &letter) in letters.iter().enumerate() {
        if letter == '\'' {
            continue;
        }
        if !letter.is_alphanumeric() {
            open = false;
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let after = letters.get(at + 1).copied();
        // A new word begins after lower-case letters, and before the last of several capitals.
        let begins = letter.is_uppercase()
            && (before.is_some_and(char::is_lowercase)
                || (before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_lowercase)));
        match words.last_mut().filter(|_| open && !begins) {
            Some(word) => word.extend(letter.to_lowercase()),
            None => words.push(letter.to_lowercase().collect()),
        }
        open = true;
    }
    words
}

/// Converts to snake case: `order_lines`.
pub(crate) fn snake(name: &str) -> String {
    let name = words(name).join("_");
    if name.starts_with(|first: char| first.is_numeric()) || name.is_empty() {
        format!("n{name}")
    } else {
        name
    }
}

/// Converts to camel case: `OrderLines`.
pub(crate) fn camel(name: &str) -> String {
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    let name: String = words(name).iter().map(capital).collect();
    if name.starts_with(|first: char| first.is_numeric()) || name.is_empty() {
        format!("N{name}")
    } else {
        name
    }
}

/// The names taken in one scope.
#[derive(Default)]
pub(crate) struct Taken(HashSet<String>);

impl Taken {
    /// Returns the names taken in a module of models.
    pub(crate) fn types() -> Self {
        Taken(TYPES.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Returns a free field name for a column, with a suffix if a field cannot have its name.
    pub(crate) fn free_field(&mut self, column: &str) -> String {
        let name = snake(column);
        let refused = METHODS.contains(&name.as_str()) || NEVER.contains(&name.as_str());
        self.free(&if refused { format!("{name}_column") } else { name })
    }

    /// Returns the name, with a number if it is taken, and takes it.
    pub(crate) fn free(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        let mut number = 2;
        while !self.0.insert(free.clone()) {
            free = format!("{name}_{number}");
            number += 1;
        }
        free
    }

    /// Does the same for a type; a table may have the name of a type that every program has in scope, which gives
    /// `SessionRow`.
    pub(crate) fn free_type(&mut self, name: &str) -> String {
        let name = if TYPES.contains(&name) { format!("{name}Row") } else { name.to_owned() };
        let mut free = name.clone();
        let mut number = 2;
        while !self.0.insert(free.clone()) {
            free = format!("{name}{number}");
            number += 1;
        }
        free
    }

    /// Returns whether the name is free.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.0.contains(name)
    }
}

/// Returns the name as it is written in Rust: raw, if it is a keyword.
pub(crate) fn written(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("r#{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Taken, camel, snake};

    #[test]
    fn of_every_style() {
        for name in ["OrderLines", "order_lines", "ORDER_LINES", "order-lines", "orderLines"] {
            assert_eq!((snake(name).as_str(), camel(name).as_str()), ("order_lines", "OrderLines"));
        }
        assert_eq!(
            (snake("userID"), snake("HTTPServer"), snake("2nd")),
            ("user_id".into(), "http_server".into(), "n2nd".into())
        );
    }

    #[test]
    fn that_are_taken_get_a_number() {
        let mut taken = Taken::types();
        assert_eq!(
            (taken.free_type("Session"), taken.free_type("User"), taken.free_type("User")),
            ("SessionRow".into(), "User".into(), "User2".into())
        );
    }
}
