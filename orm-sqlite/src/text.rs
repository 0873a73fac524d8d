//! Text functions: SQLite's own only know ASCII, and some are missing.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Result};

/// SQLITE_MAX_LENGTH, <https://sqlite.org/limits.html>.
const LONGEST: u32 = 1_000_000_000;

/// Registers the functions `text_…` on a connection.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let of_one: [(&str, fn(&str) -> String); 3] = [
        ("text_lower", |text| text.chars().map(|letter| one(letter, letter.to_lowercase())).collect()),
        ("text_upper", |text| text.chars().map(|letter| one(letter, letter.to_uppercase())).collect()),
        ("text_reverse", |text| text.chars().rev().collect()),
    ];
    for (name, function) in of_one {
        connection.create_scalar_function(name, 1, flags(), move |context| {
            let text: Option<String> = context.get(0)?;
            Ok(text.map(|text| function(&text)))
        })?;
    }
    for (name, at_start) in [("text_pad_start", true), ("text_pad_end", false)] {
        connection.create_scalar_function(name, 3, flags(), move |context| {
            let (text, length, fill): (Option<String>, u32, String) =
                (context.get(0)?, context.get(1)?, context.get(2)?);
            if length > LONGEST {
                let message = format!("a text of {length} characters is too long for SQLite");
                return Err(rusqlite::Error::UserFunctionError(message.into()));
            }
            Ok(text.map(|text| pad(&text, length as usize, &fill, at_start)))
        })?;
    }
    Ok(())
}

fn flags() -> FunctionFlags {
    FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC
}

/// Converts the case of a letter if the result is a single letter: the length of a text stays the same, as on the other
/// databases.
fn one(letter: char, mut other: impl ExactSizeIterator<Item = char>) -> char {
    if other.len() == 1 { other.next().unwrap_or(letter) } else { letter }
}

fn pad(text: &str, length: usize, fill: &str, at_start: bool) -> String {
    let missing = length.saturating_sub(text.chars().count());
    let fill = fill.chars().cycle().take(missing);
    let text = text.chars().take(length);
    if at_start { fill.chain(text).collect() } else { text.chain(fill).collect() }
}
