//! Combines the columns of a model and of its embedded structs, at compile time.

use crate::schema::ColumnDef;

/// An embedded struct: the prefix of its column names, and its columns.
type Embedded = (&'static str, &'static [ColumnDef]);

/// The maximum length of a name on MySQL and MariaDB, in characters.
const LONGEST: usize = 64;

/// Returns the position of the first column after those of a model and of the structs that it has embedded before.
#[doc(hidden)]
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "no table has so many columns")]
pub const fn position(own: u16, embedded: &[&[ColumnDef]]) -> u16 {
    let mut position = own;
    let mut at = 0;
    while at < embedded.len() {
        position += embedded[at].len() as u16;
        at += 1;
    }
    position
}

/// Marks the columns of an enum with their position among them and their number.
#[doc(hidden)]
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "no table has so many columns")]
pub const fn of_enum<const N: usize>(mut columns: [ColumnDef; N]) -> [ColumnDef; N] {
    let mut at = 0;
    while at < N {
        columns[at].of_enum = Some([at as u16, N as u16]);
        at += 1;
    }
    columns
}

/// Returns whether any of the columns is sensitive.
#[doc(hidden)]
#[must_use]
pub const fn has_sensitive(columns: &[ColumnDef]) -> bool {
    let mut at = 0;
    while at < columns.len() {
        if columns[at].sensitive {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns the number of embedded columns.
#[doc(hidden)]
#[must_use]
pub const fn count(embedded: &[Embedded]) -> usize {
    let mut count = 0;
    let mut at = 0;
    while at < embedded.len() {
        count += embedded[at].1.len();
        at += 1;
    }
    count
}

/// Returns the total length of their names, in bytes.
#[doc(hidden)]
#[must_use]
pub const fn bytes(embedded: &[Embedded]) -> usize {
    let mut bytes = 0;
    let mut at = 0;
    while at < embedded.len() {
        let (prefix, columns) = embedded[at];
        let mut column = 0;
        while column < columns.len() {
            bytes += prefix.len() + columns[column].name.len();
            column += 1;
        }
        at += 1;
    }
    bytes
}

/// Returns their names, concatenated.
#[doc(hidden)]
#[must_use]
pub const fn names<const N: usize>(embedded: &[Embedded]) -> [u8; N] {
    let mut names = [0; N];
    let mut end = 0;
    let mut at = 0;
    while at < embedded.len() {
        let (prefix, columns) = embedded[at];
        let mut column = 0;
        while column < columns.len() {
            end = put(&mut names, end, prefix);
            end = put(&mut names, end, columns[column].name);
            column += 1;
        }
        at += 1;
    }
    names
}

const fn put(names: &mut [u8], at: usize, text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut index = 0;
    while index < bytes.len() {
        names[at + index] = bytes[index];
        index += 1;
    }
    at + bytes.len()
}

/// Returns the columns of a model and of its embedded structs, whose names are in `names`.
///
/// # Panics
/// While the model is compiled, if two columns have the same name, or a name is too long.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn columns<const N: usize>(
    own: &[ColumnDef],
    embedded: &[Embedded],
    names: &'static [u8],
) -> [ColumnDef; N] {
    let mut all = [ColumnDef::new("", "", crate::value::Kind::Blob); N];
    let mut end = 0;
    while end < own.len() {
        all[end] = own[end];
        end += 1;
    }
    let mut left = names;
    let mut at = 0;
    while at < embedded.len() {
        let (prefix, columns) = embedded[at];
        let mut column = 0;
        while column < columns.len() {
            let (name, rest) = left.split_at(prefix.len() + columns[column].name.len());
            left = rest;
            // Valid UTF-8, since it is concatenated from strings.
            let name = match std::str::from_utf8(name) {
                Ok(name) => name,
                Err(_) => "",
            };
            check_name(name, &all, end);
            all[end] = columns[column].renamed(name);
            end += 1;
            column += 1;
        }
        at += 1;
    }
    all
}

#[track_caller]
const fn check_name(name: &str, all: &[ColumnDef], end: usize) {
    assert!(
        name.len() <= LONGEST,
        "the name of an embedded column is longer than 64 characters: set a shorter prefix with `#[orm(embed = \"…\")]`"
    );
    let mut at = 0;
    while at < end {
        assert!(
            !is_same(all[at].name, name),
            "an embedded column has the same name as another column of the model: set another prefix with `#[orm(embed = \"…\")]`"
        );
        at += 1;
    }
}

/// Compares ignoring case, since servers do for column names.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at].eq_ignore_ascii_case(&other[at]) {
        at += 1;
    }
    at == one.len() && at == other.len()
}
