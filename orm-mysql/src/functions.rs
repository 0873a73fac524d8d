//! The functions of MySQL and MariaDB.

use orm_core::dialect::Template;
use orm_core::syntax::Function;

pub(crate) fn template(function: Function) -> Template {
    match function {
        Function::Lower => "LOWER({0})",
        Function::Upper => "UPPER({0})",
        Function::CharLength => "CHAR_LENGTH({0})",
        Function::Coalesce => "COALESCE({*})",
        Function::Year => "YEAR({0})",
        _ => "",
    }
}
