//! Text functions: SQLite's own only know ASCII, and some are missing.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Result};

/// SQLITE_MAX_LENGTH, <https://sqlite.org/limits.html>.
const LONGEST: u32 = 1_000_000_000;

/// Registers the functions `text_…` on a connection.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let of_one: [(&str, fn(&str) -> String); 4] = [
        ("text_lower", |text| text.chars().map(|letter| one(letter, letter.to_lowercase())).collect()),
        ("text_upper", |text| text.chars().map(|letter| one(letter, letter.to_uppercase())).collect()),
        ("text_reverse", |text| text.chars().rev().collect()),
        ("text_fraction", fraction),
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
                return Err(too_long(length.into()));
            }
            Ok(text.map(|text| pad(&text, length as usize, &fill, at_start)))
        })?;
    }
    connection.create_scalar_function("text_substring", 3, flags(), |context| {
        let (text, start, length): (Option<String>, Option<i64>, Option<i64>) =
            (context.get(0)?, context.get(1)?, context.get(2)?);
        let (Some(text), Some(start), Some(length)) = (text, start, length) else { return Ok(None) };
        Ok(Some(substring(&text, start, length)))
    })?;
    connection.create_scalar_function("text_right", 2, flags(), |context| {
        let (Some(text), Some(length)) = (context.get::<Option<String>>(0)?, context.get::<Option<i64>>(1)?)
        else {
            return Ok(None);
        };
        let before = text.chars().count().saturating_sub(not_negative(length));
        Ok(Some(text.chars().skip(before).collect::<String>()))
    })?;
    connection.create_scalar_function("text_repeat", 2, flags(), |context| {
        let (Some(text), Some(times)) = (context.get::<Option<String>>(0)?, context.get::<Option<i64>>(1)?)
        else {
            return Ok(None);
        };
        let times = not_negative(times);
        let length = text.len().saturating_mul(times);
        if length > LONGEST as usize { Err(too_long(length as u64)) } else { Ok(Some(text.repeat(times))) }
    })
}

#[cold]
fn too_long(length: u64) -> rusqlite::Error {
    rusqlite::Error::UserFunctionError(format!("a text of {length} characters is too long for SQLite").into())
}

fn not_negative(number: i64) -> usize {
    usize::try_from(number.max(0)).unwrap_or(usize::MAX)
}

/// Returns a part of a text as MySQL does: nothing is at position 0, and negative positions count from the end.
fn substring(text: &str, start: i64, length: i64) -> String {
    let before = if start < 0 {
        let from_end = usize::try_from(start.unsigned_abs()).unwrap_or(usize::MAX);
        text.chars().count().checked_sub(from_end)
    } else {
        not_negative(start).checked_sub(1)
    };
    let Some(before) = before else { return String::new() };
    text.chars().skip(before).take(not_negative(length)).collect()
}

/// Returns the fraction of a second in the text of a time: a point and six digits.
fn fraction(time: &str) -> String {
    let (_, rest) = time.split_once('.').unwrap_or_default();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).take(6).collect();
    format!(".{digits:0<6}")
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
