//! Which steps lose data.

use orm::schema::{Pair, TablePart, unquoted};

use super::{Draft, choices};

impl Draft {
    /// Permits steps that lose the data of a table or a column.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm::{Schema, dialect::SQLITE};
    /// # use orm_migrate::Draft;
    /// mod before {
    ///     # use orm::prelude::*;
    ///     #[derive(Model)]
    ///     #[orm(table = "users")]
    ///     pub struct User {
    ///         #[orm(primary_key, auto)]
    ///         pub id: u64,
    ///         pub name: String,
    ///     }
    /// }
    ///
    /// #[derive(Model)]
    /// #[orm(table = "users")]
    /// pub struct User {
    ///     #[orm(primary_key, auto)]
    ///     pub id: u64,
    /// }
    /// let (from, to) = (Schema::of::<before::User>(&SQLITE)?, Schema::of::<User>(&SQLITE)?);
    /// let draft = Draft::between(from, to, &SQLITE);
    /// assert!(draft.steps(&SQLITE)?.iter().any(|step| step.loses_data));
    /// let folder = std::env::temp_dir().join(format!("orm_migrate_loss_{}", std::process::id()));
    /// assert!(draft.write(&folder, "drop names").unwrap_err().is_configuration());
    /// draft.allow_data_loss().write(&folder, "drop names")?;
    /// # std::fs::remove_dir_all(folder).unwrap();
    /// # Ok::<(), orm::Error>(())
    /// ```
    #[must_use]
    pub fn allow_data_loss(mut self) -> Self {
        self.may_lose = true;
        self
    }
}

/// Returns whether rows or values are lost.
pub(super) fn loses_data(part: &TablePart) -> bool {
    match part {
        TablePart::Table(pair) => matches!(**pair, Pair::Extra(_)),
        TablePart::TableColumn(Pair::Extra(column)) => column.generated.is_none(),
        TablePart::TableColumn(Pair::Differs { wanted, found }) => {
            found.generated.is_none() && (wanted.generated.is_some() || !holds(&wanted.ty, &found.ty))
        }
        _ => false,
    }
}

/// Types that can hold all values of those before them.
const WIDER: [&[&str]; 4] = [
    &["TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT"],
    &["FLOAT", "DOUBLE"],
    &["CHAR", "VARCHAR", "TEXT", "MEDIUMTEXT", "LONGTEXT"],
    &["BINARY", "VARBINARY", "BLOB", "MEDIUMBLOB", "LONGBLOB"],
];

/// Returns whether every value of `from` is one of `to`, judging by the types.
pub(super) fn holds(to: &str, from: &str) -> bool {
    let (to, from) = (to.to_uppercase(), from.to_uppercase());
    if to == from {
        return true;
    }
    if let (Some(to), Some(from)) = (choices::of_type(&to), choices::of_type(&from)) {
        return from.iter().all(|word| to.contains(word));
    }
    if let (Some(words), Some(length)) = (choices::of_type(&from), length(&to)) {
        return words.iter().all(|word| unquoted(word, true).chars().count() as u64 <= length);
    }
    if let (Some(to), Some(from)) = (digits(&to), digits(&from)) {
        return to.0 >= from.0 && to.1 >= from.1 && to.2 == from.2;
    }
    let (to_word, to_size, to_rest) = parts(&to);
    let (from_word, from_size, from_rest) = parts(&from);
    let place = |word: &str| {
        WIDER
            .iter()
            .enumerate()
            .find_map(|(row, words)| Some((row, words.iter().position(|other| *other == word)?)))
    };
    let grows = match (place(to_word), place(from_word)) {
        (Some((row, to)), Some((other, from))) if row == other => to >= from,
        _ => to_word == from_word,
    };
    let fits = match (to_size, from_size) {
        (Some(to), Some(from)) => to >= from,
        (Some(_), None) => false,
        (None, None) => true,
        // The size of an integer is that of its display; other types have a small one if none is given.
        (None, Some(_)) => place(to_word).is_some() && !["CHAR", "BINARY"].contains(&to_word),
    };
    grows && fits && to_rest == from_rest && !to.contains(',')
}

/// Returns the maximum length of a text.
fn length(ty: &str) -> Option<u64> {
    let (word, size, _) = parts(ty);
    match word {
        "CHAR" | "VARCHAR" => size,
        "TEXT" | "MEDIUMTEXT" | "LONGTEXT" => Some(u64::from(u16::MAX)),
        _ => None,
    }
}

/// Returns the digits of an exact number before and after the decimal point, and the rest of the type.
fn digits(ty: &str) -> Option<(u32, u32, &str)> {
    let behind = ty.strip_prefix("DECIMAL").filter(|behind| !behind.starts_with('_'))?;
    let (sizes, rest) =
        behind.strip_prefix('(').and_then(|sizes| sizes.split_once(')')).unwrap_or(("10", behind));
    let (all, after) = sizes.split_once(',').unwrap_or((sizes, "0"));
    let (all, after): (u32, u32) = (all.trim().parse().ok()?, after.trim().parse().ok()?);
    Some((all.checked_sub(after)?, after, rest.trim()))
}

/// Returns the type's name, the number in parentheses, and the rest.
fn parts(ty: &str) -> (&str, Option<u64>, &str) {
    let end = ty.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(ty.len());
    let (word, rest) = ty.split_at(end);
    match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((size, rest)) => (word, size.parse().ok(), rest.trim()),
        None => (word, None, rest.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn only_wider_types_hold_everything() {
        for (to, from) in [
            ("VARCHAR(200)", "varchar(100)"),
            ("TEXT", "VARCHAR(100)"),
            ("BIGINT", "INT"),
            ("INT", "INT"),
            ("DECIMAL(12, 4)", "decimal(10,2)"),
            ("ENUM('a', 'b', 'c')", "enum('c','a')"),
            ("VARCHAR(4)", "enum('open','ajar')"),
            ("LONGTEXT", "enum('open','ajar')"),
            ("INT", "int(11)"),
            ("DATETIME(6)", "datetime(3)"),
            ("DECIMAL(10)", "decimal"),
        ] {
            assert!(holds(to, from), "{from} to {to}");
        }
        for (to, from) in [
            ("VARCHAR(100)", "VARCHAR(200)"),
            ("VARCHAR(100)", "TEXT"),
            ("INT", "BIGINT"),
            ("INT UNSIGNED", "INT"),
            ("INT", "TEXT"),
            ("DECIMAL(8,2)", "DECIMAL(10,2)"),
            ("DECIMAL(10,4)", "DECIMAL(10,2)"),
            ("DECIMAL(12,1)", "DECIMAL(10,2)"),
            ("DECIMAL(12,2) UNSIGNED", "DECIMAL(10,2)"),
            ("ENUM('a')", "ENUM('a', 'b')"),
            ("ENUM('a', 'b')", "VARCHAR(9)"),
            ("VARCHAR(3)", "enum('open','ajar')"),
            ("INT", "enum('open','ajar')"),
            ("DATETIME", "DATETIME(6)"),
            ("TIMESTAMP(3)", "timestamp(6)"),
            ("TIME", "TIME(2)"),
            ("CHAR", "CHAR(36)"),
            ("BINARY", "BINARY(16)"),
            ("BIT", "BIT(8)"),
            ("DECIMAL", "DECIMAL(10,2)"),
            ("DECIMAL(10)", "DECIMAL(10,2)"),
        ] {
            assert!(!holds(to, from), "{from} to {to}");
        }
    }
}
