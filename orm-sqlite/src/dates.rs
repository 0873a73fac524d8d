//! Dates and times in SQLite: <https://sqlite.org/lang_datefunc.html>.

use orm_core::dialect::Template;
use orm_core::syntax::{Function, Unit};
use orm_core::value::Kind;

/// Turns a computed time before the year 0 into NULL, as SQLite does after 9999: it begins with `-`, which sorts before `/`,
/// while digits sort after it.
macro_rules! within_years {
    ($time:literal) => {
        concat!("NULLIF(MAX(", $time, ", '/'), '/')")
    };
}

pub(crate) fn template(function: Function, kind: Kind) -> Template {
    match function {
        Function::Year => "CAST(strftime('%Y', {0}) AS INTEGER)",
        Function::Month => "CAST(strftime('%m', {0}) AS INTEGER)",
        Function::Day => "CAST(strftime('%d', {0}) AS INTEGER)",
        Function::Hour => "CAST(strftime('%H', {0}) AS INTEGER)",
        Function::Minute => "CAST(strftime('%M', {0}) AS INTEGER)",
        Function::Second => "CAST(strftime('%S', {0}) AS INTEGER)",
        Function::Microsecond => "CAST(SUBSTR({0}, 21, 6) AS INTEGER)",
        Function::Quarter => "((CAST(strftime('%m', {0}) AS INTEGER) + 2) / 3)",
        Function::IsoWeek => "CAST(strftime('%V', {0}) AS INTEGER)",
        Function::IsoYear => "CAST(strftime('%G', {0}) AS INTEGER)",
        Function::Weekday => "CAST(strftime('%u', {0}) AS INTEGER)",
        Function::DayOfYear => "CAST(strftime('%j', {0}) AS INTEGER)",
        Function::Date => "date({0})",
        Function::Truncate(unit) => truncate(unit, kind),
        Function::Add(unit) => add(unit, kind),
        Function::DaysSince => "CAST(julianday(date({0})) - julianday(date({1})) AS INTEGER)",
        // Computed in whole microseconds: SQLite's own fractions of seconds are rounded to three digits, and are floats.
        Function::SecondsSince => {
            "(((unixepoch(SUBSTR({0}, 1, 19)) - unixepoch(SUBSTR({1}, 1, 19))) * 1000000 \
            + SUBSTR({0}, 21, 6) - SUBSTR({1}, 21, 6)) / 1000000)"
        }
        // Computed 400 years earlier, when the calendar was the same, since no month follows December 9999.
        Function::LastDay => {
            "(strftime('%Y-%m-', {0}) || strftime('%d', {0}, 'start of month', '-4800 months', '+1 month', '-1 day'))"
        }
        // A fraction of a second would be rounded.
        Function::UnixSeconds => "unixepoch(SUBSTR({0}, 1, 19))",
        Function::FromUnixSeconds => within_years!("(datetime({0}, 'unixepoch') || '.000000')"),
        Function::Now => "strftime('%Y-%m-%d %H:%M:%f000', 'now')",
        Function::Today => "date('now')",
        _ => "",
    }
}

/// Truncates in the storage format of dates and times, so that the results compare.
fn truncate(unit: Unit, kind: Kind) -> Template {
    match (unit, kind) {
        (Unit::Year, Kind::Date) => "strftime('%Y-01-01', {0})",
        (Unit::Month, Kind::Date) => "strftime('%Y-%m-01', {0})",
        (Unit::Quarter, Kind::Date) => {
            "date({0}, 'start of month', ((1 - CAST(strftime('%m', {0}) AS INTEGER)) % 3) || ' months')"
        }
        (Unit::Week, Kind::Date) => "date({0}, (1 - CAST(strftime('%u', {0}) AS INTEGER)) || ' days')",
        (_, Kind::Date) => "{0}",
        (Unit::Year, _) => "strftime('%Y-01-01 00:00:00.000000', {0})",
        (Unit::Month, _) => "strftime('%Y-%m-01 00:00:00.000000', {0})",
        (Unit::Quarter, _) => {
            "(date({0}, 'start of month', ((1 - CAST(strftime('%m', {0}) AS INTEGER)) % 3) || ' months') \
            || ' 00:00:00.000000')"
        }
        (Unit::Week, _) => {
            "(date({0}, (1 - CAST(strftime('%u', {0}) AS INTEGER)) || ' days') || ' 00:00:00.000000')"
        }
        (Unit::Day, _) => "strftime('%Y-%m-%d 00:00:00.000000', {0})",
        (Unit::Hour, _) => "strftime('%Y-%m-%d %H:00:00.000000', {0})",
        (Unit::Minute, _) => "strftime('%Y-%m-%d %H:%M:00.000000', {0})",
        (Unit::Second, _) => "strftime('%Y-%m-%d %H:%M:%S.000000', {0})",
    }
}

/// `floor` selects the last day of a month that lacks the day: <https://sqlite.org/lang_datefunc.html>. Whole units
/// keep the fraction of a second.
fn add(unit: Unit, kind: Kind) -> Template {
    match (unit, kind) {
        (Unit::Year, Kind::Date) => within_years!("date({0}, {1} || ' years', 'floor')"),
        (Unit::Month, Kind::Date) => within_years!("date({0}, {1} || ' months', 'floor')"),
        (Unit::Quarter, Kind::Date) => within_years!("date({0}, ({1} * 3) || ' months', 'floor')"),
        (Unit::Week, Kind::Date) => within_years!("date({0}, ({1} * 7) || ' days')"),
        (_, Kind::Date) => within_years!("date({0}, {1} || ' days')"),
        (Unit::Year, _) => within_years!("(datetime({0}, {1} || ' years', 'floor') || SUBSTR({0}, 20))"),
        (Unit::Month, _) => within_years!("(datetime({0}, {1} || ' months', 'floor') || SUBSTR({0}, 20))"),
        (Unit::Quarter, _) => {
            within_years!("(datetime({0}, ({1} * 3) || ' months', 'floor') || SUBSTR({0}, 20))")
        }
        (Unit::Week, _) => within_years!("(datetime({0}, ({1} * 7) || ' days') || SUBSTR({0}, 20))"),
        (Unit::Day, _) => within_years!("(datetime({0}, {1} || ' days') || SUBSTR({0}, 20))"),
        (Unit::Hour, _) => within_years!("(datetime({0}, {1} || ' hours') || SUBSTR({0}, 20))"),
        (Unit::Minute, _) => within_years!("(datetime({0}, {1} || ' minutes') || SUBSTR({0}, 20))"),
        (Unit::Second, _) => within_years!("(datetime({0}, {1} || ' seconds') || SUBSTR({0}, 20))"),
    }
}
