//! The operators that columns, expressions and aggregates share.
//!
//! They are inherent methods, so that they need no import and take precedence over those of `Iterator` and `Ord`. Each
//! method has its own bounds, so that compiler errors say why it cannot be called.

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

/// Like `on_values`, and also for values over windows, whose results are values over windows: there, `Expr` is [`Windowed`].
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
    Node::Value(Datum::Text(text.into()))
}

fn number(number: u32) -> Node {
    Node::Value(Datum::Int(i64::from(number)))
}
