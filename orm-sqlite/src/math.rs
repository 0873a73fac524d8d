//! Mathematical functions that the bundled SQLite lacks, or computes differently.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

/// Registers functions of floats on a connection. A result that is not a number is NULL, as on the other databases.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let of_one: [(&str, fn(f64) -> f64); 16] = [
        ("floor", f64::floor),
        ("ceil", f64::ceil),
        ("sqrt", f64::sqrt),
        ("exp", f64::exp),
        ("ln", f64::ln),
        ("log10", f64::log10),
        ("log2", f64::log2),
        ("sin", f64::sin),
        ("cos", f64::cos),
        ("tan", f64::tan),
        ("asin", f64::asin),
        ("acos", f64::acos),
        ("atan", f64::atan),
        ("degrees", f64::to_degrees),
        ("radians", f64::to_radians),
        ("real_single", single),
    ];
    for (name, function) in of_one {
        connection.create_scalar_function(name, 1, flags(), move |context| {
            Ok(number(context, 0).map(function).filter(|result| result.is_finite()))
        })?;
    }
    let of_two: [(&str, fn(f64, f64) -> f64); 5] = [
        ("pow", f64::powf),
        ("atan2", f64::atan2),
        // SQLite's own `%` works on integers.
        ("real_rem", |left, right| left % right),
        // SQLite's own rounds halves away from zero; the other databases round those of floats to even.
        ("real_round", |number, digits| (number * scale(digits)).round_ties_even() / scale(digits)),
        ("real_cut", |number, digits| (number * scale(digits)).trunc() / scale(digits)),
    ];
    for (name, function) in of_two {
        connection.create_scalar_function(name, 2, flags(), move |context| {
            let result =
                number(context, 0).zip(number(context, 1)).map(|(left, right)| function(left, right));
            Ok(result.filter(|result| result.is_finite()))
        })?;
    }
    Ok(())
}

fn flags() -> FunctionFlags {
    FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC
}

/// Rounds to the nearest 32-bit float.
#[allow(clippy::cast_possible_truncation, reason = "this is what is asked for")]
fn single(number: f64) -> f64 {
    f64::from(number as f32)
}

fn scale(digits: f64) -> f64 {
    10f64.powf(digits)
}

/// Reads a number, including an exact one in a text.
#[allow(clippy::cast_precision_loss, reason = "what is asked for is a float")]
pub(crate) fn number(context: &Context<'_>, index: usize) -> Option<f64> {
    match context.get_raw(index) {
        ValueRef::Integer(number) => Some(number as f64),
        ValueRef::Real(number) => Some(number),
        ValueRef::Text(text) => std::str::from_utf8(text).ok()?.parse().ok(),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}
