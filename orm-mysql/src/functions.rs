//! The functions of MySQL and MariaDB.

use orm_core::dialect::Template;
use orm_core::syntax::{Function, JsonFunction};
use orm_core::value::Kind;

/// Like [`template`], for MySQL: there a year is unsigned, and computations with it could not go below 0. A placeholder that
/// is converted to a time is taken for one, and a text in its place becomes midnight (seen with 9.7).
pub(crate) fn of_mysql(function: Function, kind: Kind) -> Template {
    match function {
        Function::Json(JsonFunction::Array) => "CAST(CONCAT('[', COALESCE({0}, ''), ']') AS JSON)",
        Function::Year => "CAST(YEAR({0}) AS SIGNED)",
        Function::Cast if kind == Kind::Clock => "CAST(CONCAT({0}) AS TIME(6))",
        other => template(other, kind),
    }
}

/// Like [`template`], for the versions of MariaDB whose JSON_UNQUOTE turns an emoji into `?`. JSON_QUOTE makes the text give way
/// to the collation of a column that it is compared with, and an empty one is NULL in 10.11.14, 11.4.8 and 11.8.3 (MDEV-37428).
pub(crate) fn of_older_mariadb(function: Function, kind: Kind) -> Template {
    match function {
        Function::Json(JsonFunction::Text) => {
            "(CASE JSON_TYPE({0}) WHEN 'STRING' THEN \
             COALESCE(JSON_VALUE(JSON_QUOTE(JSON_VALUE({0}, '$')), '$'), '') END)"
        }
        other => template(other, kind),
    }
}

pub(crate) fn template(function: Function, kind: Kind) -> Template {
    match function {
        Function::Lower => "LOWER({0})",
        Function::Upper => "UPPER({0})",
        Function::CharLength => "CHAR_LENGTH({0})",
        Function::ByteLength => "OCTET_LENGTH({0})",
        Function::Trim => "TRIM({0})",
        Function::TrimStart => "LTRIM({0})",
        Function::TrimEnd => "RTRIM({0})",
        Function::Concat => "CONCAT({*})",
        // On a copy: MariaDB 10.11 modifies a text in place that a derived table has computed, and so does RPAD on
        // MySQL 9.7, wherever else that text is used.
        Function::Replace => "REPLACE(CONCAT('', {0}), {+})",
        Function::Substring | Function::SubstringAt => "SUBSTR({*})",
        Function::Left => "LEFT({*})",
        Function::Right | Function::RightOf => "RIGHT({*})",
        Function::PadStart => "LPAD({*})",
        Function::PadEnd => "RPAD(CONCAT('', {0}), {+})",
        Function::Repeat | Function::RepeatBy => "REPEAT({*})",
        Function::Reverse => "REVERSE({0})",
        Function::Position => "INSTR({*})",
        Function::EscapePattern => {
            "REPLACE(REPLACE(REPLACE(CONCAT('', {0}), '!', '!!'), '%', '!%'), '_', '!_')"
        }
        Function::Matches => "({0} REGEXP {1})",
        Function::MatchWords => "MATCH ({+}) AGAINST ({0} IN NATURAL LANGUAGE MODE)",
        Function::MatchBoolean => "MATCH ({+}) AGAINST ({0} IN BOOLEAN MODE)",
        Function::Remainder => "({0} % {1})",
        Function::Negate => "(-{0})",
        Function::Abs => "ABS({0})",
        Function::Sign => "SIGN({0})",
        Function::Round => "ROUND({0}, {digits})",
        Function::Cut => "TRUNCATE({0}, {digits})",
        Function::Normal => "{0}",
        Function::Floor => "FLOOR({0})",
        Function::Ceiling => "CEILING({0})",
        Function::Power => "POWER({*})",
        Function::SquareRoot => "SQRT({0})",
        Function::Exponential => "EXP({0})",
        Function::Logarithm => "LN({0})",
        Function::Logarithm10 => "LOG10({0})",
        Function::Logarithm2 => "LOG2({0})",
        Function::Sine => "SIN({0})",
        Function::Cosine => "COS({0})",
        Function::Tangent => "TAN({0})",
        Function::ArcSine => "ASIN({0})",
        Function::ArcCosine => "ACOS({0})",
        Function::ArcTangent => "ATAN({0})",
        Function::ArcTangent2 => "ATAN2({*})",
        Function::Degrees => "DEGREES({0})",
        Function::Radians => "RADIANS({0})",
        Function::Greatest => "GREATEST({*})",
        Function::Least => "LEAST({*})",
        Function::Random => "RAND()",
        Function::BitAnd => bits(kind, "({0} & {1})", "CAST({0} & {1} AS SIGNED)"),
        Function::BitOr => bits(kind, "({0} | {1})", "CAST({0} | {1} AS SIGNED)"),
        Function::BitXor => bits(kind, "({0} ^ {1})", "CAST({0} ^ {1} AS SIGNED)"),
        Function::ShiftLeft => bits(kind, "({0} << {1})", "CAST({0} << {1} AS SIGNED)"),
        // An arithmetic shift, which extends the sign, as in Rust and SQLite.
        Function::ShiftRight => bits(
            kind,
            "({0} >> {1})",
            "CAST(CASE WHEN {0} < 0 THEN ~(~{0} >> {1}) ELSE {0} >> {1} END AS SIGNED)",
        ),
        Function::Coalesce => "COALESCE({*})",
        Function::NullIf => "NULLIF({*})",
        Function::Cast => cast(kind),
        // CHAR with a length would cut off a longer text; the sum of both lengths makes the type a MEDIUMTEXT or LONGTEXT.
        Function::CastToGrow => "CONCAT(CAST({0} AS CHAR), CAST('' AS CHAR(65536)))",
        Function::Json(function) => crate::json::template(function, kind),
        other => crate::dates::template(other, kind),
    }
}

/// Bit operators have unsigned results here.
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
        Kind::Real => "CAST({0} AS FLOAT)",
        Kind::DoublePrecision => "CAST({0} AS DOUBLE)",
        Kind::Numeric => "CAST({0} AS DECIMAL(65, 20))",
        Kind::Text => "CAST({0} AS CHAR)",
        Kind::Blob => "CAST({0} AS BINARY)",
        Kind::Date => "CAST({0} AS DATE)",
        Kind::Clock => "CAST({0} AS TIME(6))",
        Kind::Timestamp | Kind::UtcTimestamp => "CAST({0} AS DATETIME(6))",
        _ => "",
    }
}
