//! Values in expressions, where servers guess the types of placeholders.

use rust_decimal::Decimal;

use super::Renderer;
use crate::dialect::Template;
use crate::error::Result;
use crate::syntax::{AggregateCall, AggregateFunction, Function, Node};
use crate::value::{Datum, Kind};

impl Renderer<'_> {
    /// Writes a decimal as digits where a placeholder might be taken for a float. A decimal that is compared with a column
    /// or stored in one is always bound.
    pub(super) fn value(&mut self, value: Datum) -> Result<()> {
        match value {
            Datum::Exact(number) if self.dialect.guesses_placeholders => {
                self.exact_literal(number);
                Ok(())
            }
            value => self.bind(value, None),
        }
    }

    /// Writes NULL with its type, which determines the type of computations with it.
    pub(super) fn null(&mut self, kind: Kind) {
        let typed = self.conversion(kind).replace("{0}", "NULL");
        self.push(if typed.is_empty() { "NULL" } else { &typed });
    }

    /// Returns what to write before and after the argument of an aggregate: a conversion, if its type is ambiguous.
    pub(super) fn around_argument(&self, call: &AggregateCall) -> (&'static str, &'static str) {
        let Some(argument) = &call.argument else { return ("", "") };
        let kind = match call.function {
            // To MySQL, the greatest of several placeholders is a number (seen with 9.7), and so 0 if they are texts.
            AggregateFunction::Min | AggregateFunction::Max
                if !call.kind.is_number() && is_untyped(argument) =>
            {
                call.kind
            }
            // The average of integers would be a decimal with four digits.
            AggregateFunction::Average if call.kind.is_integer() => Kind::DoublePrecision,
            // Over a window, MariaDB would round the deviation of integers to four digits.
            AggregateFunction::StandardDeviation
            | AggregateFunction::SampleStandardDeviation
            | AggregateFunction::Variance
            | AggregateFunction::SampleVariance => Kind::DoublePrecision,
            _ => return ("", ""),
        };
        self.conversion(kind).split_once("{0}").unwrap_or_default()
    }

    fn conversion(&self, kind: Kind) -> Template {
        if self.dialect.guesses_placeholders { (self.dialect.function)(Function::Cast, kind) } else { "" }
    }

    /// Writes the digits, with a decimal point, which makes them a decimal.
    pub(super) fn exact_literal(&mut self, number: Decimal) {
        let digits = number.to_string();
        self.push(&digits);
        self.push(if digits.contains('.') { "" } else { "." });
    }
}

/// Returns whether it consists of placeholders only, so that its type is unknown.
fn is_untyped(node: &Node) -> bool {
    match node {
        Node::Value(_) | Node::Null(_) => true,
        Node::Case(case) => {
            case.branches.iter().map(|(_, value)| value).chain(&case.otherwise).all(is_untyped)
        }
        Node::Call(call) => match call.function {
            Function::Coalesce | Function::Greatest | Function::Least => {
                call.arguments.iter().all(is_untyped)
            }
            Function::NullIf => call.arguments.first().is_some_and(is_untyped),
            _ => false,
        },
        _ => false,
    }
}
