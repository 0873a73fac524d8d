//! The operators, which columns, expressions and aggregates have alike.
//!
//! They are inherent methods, so that they need no import and win over those of `Iterator` and `Ord`, and they have
//! their bounds on themselves, so that a wrong use says why.

/// Writes impl blocks of `__Ty` for each type that has a value.
macro_rules! on_values {
    ($($block:tt)*) => {
        const _: () = {
            use crate::expression::Column as __Ty;
            $($block)*
        };
        const _: () = {
            use crate::expression::Expr as __Ty;
            $($block)*
        };
        const _: () = {
            use crate::expression::Aggregate as __Ty;
            $($block)*
        };
    };
}

/// As `on_values`, and for values over windows, of which values over windows are made: there, `Expr` is [`Windowed`].
///
/// [`Windowed`]: crate::window::Windowed
macro_rules! on_values_and_windows {
    ($($block:tt)*) => {
        on_values! { $($block)* }
        const _: () = {
            use crate::window::{Windowed as __Ty, Windowed as Expr};
            $($block)*
        };
    };
}

mod any_case;
mod arithmetic;
mod boolean;
mod choice;
mod comparison;
mod date;
mod date_arithmetic;
mod json;
mod math;
mod misplaced;
mod pattern;
mod period;
mod quantified;
mod signs;
mod text;
mod trigonometry;

pub use misplaced::{Conditional, OfManyRows, Optional};
pub use signs::Arithmetic;

use crate::syntax::Node;
use crate::value::Datum;

fn text(text: &str) -> Node {
    Node::Value(Datum::Text(text.to_owned()))
}

fn number(number: u32) -> Node {
    Node::Value(Datum::Int(i64::from(number)))
}
