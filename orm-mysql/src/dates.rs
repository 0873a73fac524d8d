//! Dates and times in MySQL and MariaDB: <https://dev.mysql.com/doc/refman/8.4/en/date-and-time-functions.html>.

use orm_core::dialect::Template;
use orm_core::syntax::{Function, Unit};
use orm_core::value::Kind;

pub(crate) fn template(function: Function, kind: Kind) -> Template {
    match function {
        Function::Year => "YEAR({0})",
        Function::Month => "MONTH({0})",
        Function::Day => "DAY({0})",
        Function::Hour => "HOUR({0})",
        Function::Minute => "MINUTE({0})",
        Function::Second => "SECOND({0})",
        Function::Microsecond => "MICROSECOND({0})",
        Function::Quarter => "QUARTER({0})",
        // Mode 3 is ISO 8601.
        Function::IsoWeek => "WEEK({0}, 3)",
        Function::IsoYear => "(YEARWEEK({0}, 3) DIV 100)",
        Function::Weekday => "(WEEKDAY({0}) + 1)",
        Function::DayOfYear => "DAYOFYEAR({0})",
        Function::Date => "DATE({0})",
        Function::Truncate(unit) => truncate(unit, kind),
        Function::Add(Unit::Year) => "DATE_ADD({0}, INTERVAL {1} YEAR)",
        Function::Add(Unit::Month) => "DATE_ADD({0}, INTERVAL {1} MONTH)",
        Function::Add(Unit::Quarter) => "DATE_ADD({0}, INTERVAL {1} QUARTER)",
        Function::Add(Unit::Week) => "DATE_ADD({0}, INTERVAL {1} WEEK)",
        Function::Add(Unit::Day) => "DATE_ADD({0}, INTERVAL {1} DAY)",
        Function::Add(Unit::Hour) => "DATE_ADD({0}, INTERVAL {1} HOUR)",
        Function::Add(Unit::Minute) => "DATE_ADD({0}, INTERVAL {1} MINUTE)",
        Function::Add(Unit::Second) => "DATE_ADD({0}, INTERVAL {1} SECOND)",
        Function::DaysSince => "DATEDIFF({*})",
        Function::SecondsSince => "(-TIMESTAMPDIFF(SECOND, {*}))",
        Function::LastDay => "LAST_DAY({0})",
        // Computed from whole seconds, so that the difference is not truncated towards zero.
        Function::UnixSeconds => "TIMESTAMPDIFF(SECOND, '1970-01-01', DATE_FORMAT({0}, '%Y-%m-%d %H:%i:%s'))",
        Function::FromUnixSeconds => "DATE_ADD(CAST('1970-01-01' AS DATETIME(6)), INTERVAL {0} SECOND)",
        Function::Now => "UTC_TIMESTAMP(6)",
        Function::Today => "UTC_DATE()",
        _ => "",
    }
}

fn truncate(unit: Unit, kind: Kind) -> Template {
    match (unit, kind) {
        (Unit::Year, Kind::Date) => "CAST(DATE_FORMAT({0}, '%Y-01-01') AS DATE)",
        (Unit::Month, Kind::Date) => "CAST(DATE_FORMAT({0}, '%Y-%m-01') AS DATE)",
        (Unit::Quarter, Kind::Date) => {
            "DATE_ADD(CAST(DATE_FORMAT({0}, '%Y-01-01') AS DATE), INTERVAL QUARTER({0}) - 1 QUARTER)"
        }
        (Unit::Week, Kind::Date) => "DATE_SUB({0}, INTERVAL WEEKDAY({0}) DAY)",
        (_, Kind::Date) => "{0}",
        (Unit::Year, _) => "CAST(DATE_FORMAT({0}, '%Y-01-01') AS DATETIME(6))",
        (Unit::Month, _) => "CAST(DATE_FORMAT({0}, '%Y-%m-01') AS DATETIME(6))",
        (Unit::Quarter, _) => {
            "DATE_ADD(CAST(DATE_FORMAT({0}, '%Y-01-01') AS DATETIME(6)), INTERVAL QUARTER({0}) - 1 QUARTER)"
        }
        (Unit::Week, _) => "CAST(DATE_SUB(DATE({0}), INTERVAL WEEKDAY({0}) DAY) AS DATETIME(6))",
        (Unit::Day, _) => "CAST(DATE({0}) AS DATETIME(6))",
        (Unit::Hour, _) => "CAST(DATE_FORMAT({0}, '%Y-%m-%d %H:00:00') AS DATETIME(6))",
        (Unit::Minute, _) => "CAST(DATE_FORMAT({0}, '%Y-%m-%d %H:%i:00') AS DATETIME(6))",
        (Unit::Second, _) => "CAST(DATE_FORMAT({0}, '%Y-%m-%d %H:%i:%s') AS DATETIME(6))",
    }
}
