//! The functions of MySQL and MariaDB.

use orm_core::dialect::Template;
use orm_core::syntax::{Function, Unit};
use orm_core::value::Kind;

pub(crate) fn template(function: Function, kind: Kind) -> Template {
    match function {
        Function::Lower => "LOWER({0})",
        Function::Upper => "UPPER({0})",
        Function::CharLength => "CHAR_LENGTH({0})",
        Function::Trim => "TRIM({0})",
        Function::TrimStart => "LTRIM({0})",
        Function::TrimEnd => "RTRIM({0})",
        Function::Concat => "CONCAT({*})",
        Function::Replace => "REPLACE({*})",
        Function::Substring => "SUBSTR({*})",
        Function::Left => "LEFT({*})",
        Function::Position => "INSTR({*})",
        Function::Matches => "({0} REGEXP {1})",
        Function::MatchWords => "MATCH ({+}) AGAINST ({0} IN NATURAL LANGUAGE MODE)",
        Function::MatchBoolean => "MATCH ({+}) AGAINST ({0} IN BOOLEAN MODE)",
        Function::Negate => "(-{0})",
        Function::Abs => "ABS({0})",
        Function::Sign => "SIGN({0})",
        Function::Round => "ROUND({*})",
        Function::Floor => "FLOOR({0})",
        Function::Ceiling => "CEILING({0})",
        Function::Power => "POWER({*})",
        Function::SquareRoot => "SQRT({0})",
        Function::Exponential => "EXP({0})",
        Function::Logarithm => "LN({0})",
        Function::Greatest => "GREATEST({*})",
        Function::Least => "LEAST({*})",
        Function::BitAnd => bits(kind, "({0} & {1})", "CAST({0} & {1} AS SIGNED)"),
        Function::BitOr => bits(kind, "({0} | {1})", "CAST({0} | {1} AS SIGNED)"),
        Function::BitXor => bits(kind, "({0} ^ {1})", "CAST({0} ^ {1} AS SIGNED)"),
        Function::ShiftLeft => bits(kind, "({0} << {1})", "CAST({0} << {1} AS SIGNED)"),
        Function::ShiftRight => bits(kind, "({0} >> {1})", "CAST({0} >> {1} AS SIGNED)"),
        Function::Coalesce => "COALESCE({*})",
        Function::NullIf => "NULLIF({*})",
        Function::Cast => cast(kind),
        Function::Year => "YEAR({0})",
        Function::Month => "MONTH({0})",
        Function::Day => "DAY({0})",
        Function::Hour => "HOUR({0})",
        Function::Minute => "MINUTE({0})",
        Function::Second => "SECOND({0})",
        Function::Weekday => "(WEEKDAY({0}) + 1)",
        Function::DayOfYear => "DAYOFYEAR({0})",
        Function::Date => "DATE({0})",
        Function::Truncate(unit) => truncate(unit, kind),
        Function::Add(Unit::Year) => "DATE_ADD({0}, INTERVAL {1} YEAR)",
        Function::Add(Unit::Month) => "DATE_ADD({0}, INTERVAL {1} MONTH)",
        Function::Add(Unit::Day) => "DATE_ADD({0}, INTERVAL {1} DAY)",
        Function::Add(Unit::Hour) => "DATE_ADD({0}, INTERVAL {1} HOUR)",
        Function::Add(Unit::Minute) => "DATE_ADD({0}, INTERVAL {1} MINUTE)",
        Function::Add(Unit::Second) => "DATE_ADD({0}, INTERVAL {1} SECOND)",
        Function::DaysSince => "DATEDIFF({*})",
        Function::SecondsSince => "(-TIMESTAMPDIFF(SECOND, {*}))",
        Function::Now => "UTC_TIMESTAMP(6)",
        Function::Today => "UTC_DATE()",
        Function::Json(function) => crate::json::template(function),
        _ => "",
    }
}

/// Operators on bits have unsigned results here.
fn bits(kind: Kind, unsigned: Template, signed: Template) -> Template {
    match kind {
        Kind::TinyInt | Kind::SmallInt | Kind::Integer | Kind::BigInt => signed,
        _ => unsigned,
    }
}

fn cast(kind: Kind) -> Template {
    match kind {
        Kind::TinyInt | Kind::SmallInt | Kind::Integer | Kind::BigInt | Kind::Boolean => {
            "CAST({0} AS SIGNED)"
        }
        kind if kind.is_integer() => "CAST({0} AS UNSIGNED)",
        Kind::Real | Kind::DoublePrecision => "CAST({0} AS DOUBLE)",
        Kind::Numeric => "CAST({0} AS DECIMAL(65, 20))",
        Kind::Text => "CAST({0} AS CHAR)",
        Kind::Blob => "CAST({0} AS BINARY)",
        Kind::Date => "CAST({0} AS DATE)",
        Kind::Clock => "CAST({0} AS TIME(6))",
        Kind::Timestamp | Kind::UtcTimestamp => "CAST({0} AS DATETIME(6))",
        _ => "",
    }
}

fn truncate(unit: Unit, kind: Kind) -> Template {
    match (unit, kind) {
        (Unit::Year, Kind::Date) => "CAST(DATE_FORMAT({0}, '%Y-01-01') AS DATE)",
        (Unit::Month, Kind::Date) => "CAST(DATE_FORMAT({0}, '%Y-%m-01') AS DATE)",
        (_, Kind::Date) => "{0}",
        (Unit::Year, _) => "CAST(DATE_FORMAT({0}, '%Y-01-01') AS DATETIME(6))",
        (Unit::Month, _) => "CAST(DATE_FORMAT({0}, '%Y-%m-01') AS DATETIME(6))",
        (Unit::Day, _) => "CAST(DATE({0}) AS DATETIME(6))",
        (Unit::Hour, _) => "CAST(DATE_FORMAT({0}, '%Y-%m-%d %H:00:00') AS DATETIME(6))",
        (Unit::Minute, _) => "CAST(DATE_FORMAT({0}, '%Y-%m-%d %H:%i:00') AS DATETIME(6))",
        (Unit::Second, _) => "CAST(DATE_FORMAT({0}, '%Y-%m-%d %H:%i:%s') AS DATETIME(6))",
    }
}
