//! The functions of SQLite: its own, and those that `decimal`, `math`, `text`, `regexp` and `json` register.

use orm_core::dialect::Template;
use orm_core::syntax::Function;
use orm_core::value::Kind;

pub(crate) fn template(function: Function, kind: Kind) -> Template {
    let exact = kind == Kind::Numeric;
    match function {
        Function::Lower => "text_lower({0})",
        Function::Upper => "text_upper({0})",
        Function::CharLength => "LENGTH({0})",
        Function::ByteLength => "LENGTH(CAST({0} AS BLOB))",
        Function::Trim => "TRIM({0})",
        Function::TrimStart => "LTRIM({0})",
        Function::TrimEnd => "RTRIM({0})",
        Function::Concat => "({0} || {1})",
        Function::Replace => "REPLACE({*})",
        Function::Substring => "SUBSTR({*})",
        Function::SubstringAt => "text_substring({*})",
        // With a negative length, SQLite returns the characters before the first one: none.
        Function::Left => "SUBSTR({0}, 1, {1})",
        // With a start before the first character, only the existing ones are returned.
        Function::Right => "SUBSTR({0}, -{1}, {1})",
        Function::RightOf => "text_right({*})",
        Function::PadStart => "text_pad_start({*})",
        Function::PadEnd => "text_pad_end({*})",
        Function::Repeat => "REPLACE(HEX(ZEROBLOB({1})), '00', {0})",
        Function::RepeatBy => "text_repeat({*})",
        Function::Reverse => "text_reverse({0})",
        Function::Position => "INSTR({*})",
        Function::EscapePattern => "REPLACE(REPLACE(REPLACE({0}, '!', '!!'), '%', '!%'), '_', '!_')",
        Function::Matches => "({0} REGEXP {1})",
        Function::Remainder if exact => "decimal_rem({*})",
        Function::Remainder if kind.is_integer() => "({0} % {1})",
        Function::Remainder => "real_rem({*})",
        Function::Negate if exact => "decimal_sub(0, {0})",
        Function::Negate => "(-{0})",
        Function::Normal => "decimal_normal({0})",
        Function::Abs if exact => "decimal_abs({0})",
        Function::Abs => "ABS({0})",
        Function::Sign => "SIGN({0})",
        Function::Round if exact => "decimal_round({*})",
        Function::Round => "real_round({*})",
        Function::Cut if exact => "decimal_cut({*})",
        Function::Cut => "real_cut({*})",
        Function::Floor if exact => "decimal_floor({0})",
        Function::Floor => "FLOOR({0})",
        Function::Ceiling if exact => "decimal_ceil({0})",
        Function::Ceiling => "CEIL({0})",
        Function::Power => "POW({*})",
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
        Function::Greatest if exact => "decimal_greatest({*})",
        Function::Least if exact => "decimal_least({*})",
        Function::Greatest => "MAX({*})",
        Function::Least => "MIN({*})",
        // As many bits as the mantissa of such a number.
        Function::Random => "((RANDOM() & 9007199254740991) / 9007199254740992.0)",
        Function::BitAnd => "({0} & {1})",
        Function::BitOr => "({0} | {1})",
        Function::BitXor => "(({0} | {1}) - ({0} & {1}))",
        Function::ShiftLeft => "({0} << {1})",
        Function::ShiftRight => "({0} >> {1})",
        Function::Coalesce => "COALESCE({*})",
        Function::NullIf if exact => "NULLIF({0} COLLATE DECIMAL, {1})",
        Function::NullIf => "NULLIF({*})",
        Function::Cast | Function::CastToGrow => cast(kind),
        Function::Json(function) => crate::json::template(function, kind),
        other => crate::dates::template(other, kind),
    }
}

fn cast(kind: Kind) -> Template {
    match kind {
        kind if kind.is_integer() || kind == Kind::Boolean => "CAST({0} AS INTEGER)",
        Kind::Real => "real_single(CAST({0} AS REAL))",
        Kind::DoublePrecision => "CAST({0} AS REAL)",
        Kind::Numeric => "decimal_cast({0})",
        Kind::Text => "CAST({0} AS TEXT)",
        Kind::Blob => "CAST({0} AS BLOB)",
        Kind::Date => "date({0})",
        // SQLite's own fractions (`%f`) have three digits.
        Kind::Clock => "(strftime('%H:%M:%S', {0}) || text_fraction({0}))",
        Kind::Timestamp | Kind::UtcTimestamp => "(strftime('%Y-%m-%d %H:%M:%S', {0}) || text_fraction({0}))",
        _ => "",
    }
}
