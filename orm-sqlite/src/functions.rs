//! The functions of SQLite: its own, and those that `decimal` and `regexp` teach it.

use orm_core::dialect::Template;
use orm_core::syntax::{Function, Unit};
use orm_core::value::Kind;
use regex::RegexBuilder;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};

/// Teaches a connection what the bundled SQLite is built without.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    regexp(connection)?;
    let functions: [(&str, fn(f64) -> f64); 5] =
        [("floor", f64::floor), ("ceil", f64::ceil), ("sqrt", f64::sqrt), ("exp", f64::exp), ("ln", f64::ln)];
    for (name, function) in functions {
        connection.create_scalar_function(name, 1, flags(), move |context| {
            Ok(number(context, 0).map(function).filter(|result| result.is_finite()))
        })?;
    }
    // SQLite's own takes halves away from zero; the other databases take those of floats to the even digit.
    connection.create_scalar_function("real_round", 2, flags(), |context| {
        let scale = 10f64.powf(number(context, 1).unwrap_or_default());
        Ok(number(context, 0).map(|number| (number * scale).round_ties_even() / scale))
    })?;
    connection.create_scalar_function("pow", 2, flags(), |context| {
        let power = number(context, 0).zip(number(context, 1)).map(|(base, exponent)| base.powf(exponent));
        Ok(power.filter(|result| result.is_finite()))
    })
}

fn flags() -> FunctionFlags {
    FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC
}

/// A number, also one in the text of an exact one.
#[allow(clippy::cast_precision_loss, reason = "what is asked for is a float")]
fn number(context: &Context<'_>, index: usize) -> Option<f64> {
    match context.get_raw(index) {
        ValueRef::Integer(number) => Some(number as f64),
        ValueRef::Real(number) => Some(number),
        ValueRef::Text(text) => std::str::from_utf8(text).ok()?.parse().ok(),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}

/// `REGEXP` calls this function with the expression first. Upper and lower case are alike, as they are by default on
/// the other databases.
fn regexp(connection: &Connection) -> Result<()> {
    connection.create_scalar_function("regexp", 2, flags(), |context| {
        let wrong = |error: regex::Error| Error::UserFunctionError(Box::new(error));
        let expression = context.get_or_create_aux(0, |value| {
            RegexBuilder::new(value.as_str().unwrap_or_default())
                .case_insensitive(true)
                .build()
                .map_err(wrong)
        })?;
        let text: Option<String> = context.get(1)?;
        Ok(text.map(|text| expression.is_match(&text)))
    })
}

pub(crate) fn template(function: Function, kind: Kind) -> Template {
    let exact = kind == Kind::Numeric;
    match function {
        Function::Lower => "LOWER({0})",
        Function::Upper => "UPPER({0})",
        Function::CharLength => "LENGTH({0})",
        Function::Trim => "TRIM({0})",
        Function::TrimStart => "LTRIM({0})",
        Function::TrimEnd => "RTRIM({0})",
        Function::Concat => "({0} || {1})",
        Function::Replace => "REPLACE({*})",
        Function::Substring => "SUBSTR({*})",
        Function::Left => "SUBSTR({0}, 1, {1})",
        Function::Position => "INSTR({*})",
        Function::Matches => "({0} REGEXP {1})",
        Function::Negate if exact => "decimal_sub(0, {0})",
        Function::Negate => "(-{0})",
        Function::Abs if exact => "decimal_abs({0})",
        Function::Abs => "ABS({0})",
        Function::Sign => "SIGN({0})",
        Function::Round if exact => "decimal_round({*})",
        Function::Round => "real_round({*})",
        Function::Floor if exact => "decimal_floor({0})",
        Function::Floor => "FLOOR({0})",
        Function::Ceiling if exact => "decimal_ceil({0})",
        Function::Ceiling => "CEIL({0})",
        Function::Power => "POW({*})",
        Function::SquareRoot => "SQRT({0})",
        Function::Exponential => "EXP({0})",
        Function::Logarithm => "LN({0})",
        Function::Greatest if exact => "decimal_greatest({*})",
        Function::Least if exact => "decimal_least({*})",
        Function::Greatest => "MAX({*})",
        Function::Least => "MIN({*})",
        Function::BitAnd => "({0} & {1})",
        Function::BitOr => "({0} | {1})",
        Function::BitXor => "(({0} | {1}) - ({0} & {1}))",
        Function::ShiftLeft => "({0} << {1})",
        Function::ShiftRight => "({0} >> {1})",
        Function::Coalesce => "COALESCE({*})",
        Function::NullIf => "NULLIF({*})",
        Function::Cast => cast(kind),
        Function::Year => "CAST(strftime('%Y', {0}) AS INTEGER)",
        Function::Month => "CAST(strftime('%m', {0}) AS INTEGER)",
        Function::Day => "CAST(strftime('%d', {0}) AS INTEGER)",
        Function::Hour => "CAST(strftime('%H', {0}) AS INTEGER)",
        Function::Minute => "CAST(strftime('%M', {0}) AS INTEGER)",
        Function::Second => "CAST(strftime('%S', {0}) AS INTEGER)",
        Function::Weekday => "CAST(strftime('%u', {0}) AS INTEGER)",
        Function::DayOfYear => "CAST(strftime('%j', {0}) AS INTEGER)",
        Function::Date => "date({0})",
        Function::Truncate(unit) => truncate(unit, kind),
        Function::Add(unit) => add(unit, kind),
        Function::DaysSince => "CAST(julianday(date({0})) - julianday(date({1})) AS INTEGER)",
        Function::SecondsSince => "CAST(unixepoch({0}, 'subsec') - unixepoch({1}, 'subsec') AS INTEGER)",
        Function::Now => "strftime('%Y-%m-%d %H:%M:%f000', 'now')",
        Function::Today => "date('now')",
        Function::Json(function) => crate::json::template(function),
        _ => "",
    }
}

fn cast(kind: Kind) -> Template {
    match kind {
        kind if kind.is_integer() || kind == Kind::Boolean => "CAST({0} AS INTEGER)",
        Kind::Real | Kind::DoublePrecision => "CAST({0} AS REAL)",
        Kind::Numeric => "decimal_add({0}, 0)",
        Kind::Text => "CAST({0} AS TEXT)",
        Kind::Blob => "CAST({0} AS BLOB)",
        Kind::Date => "date({0})",
        Kind::Clock => "strftime('%H:%M:%f000', {0})",
        Kind::Timestamp | Kind::UtcTimestamp => "strftime('%Y-%m-%d %H:%M:%f000', {0})",
        _ => "",
    }
}

/// In the form in which dates and times are stored, so that they compare.
fn truncate(unit: Unit, kind: Kind) -> Template {
    match (unit, kind) {
        (Unit::Year, Kind::Date) => "strftime('%Y-01-01', {0})",
        (Unit::Month, Kind::Date) => "strftime('%Y-%m-01', {0})",
        (_, Kind::Date) => "{0}",
        (Unit::Year, _) => "strftime('%Y-01-01 00:00:00.000000', {0})",
        (Unit::Month, _) => "strftime('%Y-%m-01 00:00:00.000000', {0})",
        (Unit::Day, _) => "strftime('%Y-%m-%d 00:00:00.000000', {0})",
        (Unit::Hour, _) => "strftime('%Y-%m-%d %H:00:00.000000', {0})",
        (Unit::Minute, _) => "strftime('%Y-%m-%d %H:%M:00.000000', {0})",
        (Unit::Second, _) => "strftime('%Y-%m-%d %H:%M:%S.000000', {0})",
    }
}

/// `floor` takes the last day of a month that lacks the day: <https://sqlite.org/lang_datefunc.html>. Whole units leave
/// the fraction of a second as it is.
fn add(unit: Unit, kind: Kind) -> Template {
    match (unit, kind) {
        (Unit::Year, Kind::Date) => "date({0}, {1} || ' years', 'floor')",
        (Unit::Month, Kind::Date) => "date({0}, {1} || ' months', 'floor')",
        (_, Kind::Date) => "date({0}, {1} || ' days')",
        (Unit::Year, _) => "(datetime({0}, {1} || ' years', 'floor') || SUBSTR({0}, 20))",
        (Unit::Month, _) => "(datetime({0}, {1} || ' months', 'floor') || SUBSTR({0}, 20))",
        (Unit::Day, _) => "(datetime({0}, {1} || ' days') || SUBSTR({0}, 20))",
        (Unit::Hour, _) => "(datetime({0}, {1} || ' hours') || SUBSTR({0}, 20))",
        (Unit::Minute, _) => "(datetime({0}, {1} || ' minutes') || SUBSTR({0}, 20))",
        (Unit::Second, _) => "(datetime({0}, {1} || ' seconds') || SUBSTR({0}, 20))",
    }
}
