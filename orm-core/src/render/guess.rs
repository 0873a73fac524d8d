//! Values that stand among expressions, where servers guess the types of placeholders.

use rust_decimal::Decimal;

use super::Renderer;
use crate::dialect::Template;
use crate::error::Result;
use crate::syntax::{AggregateCall, AggregateFunction, Function, Node};
use crate::value::{Datum, Kind};

impl Renderer<'_> {
    /// An exact number as digits, where a placeholder might make a float of it. One that is compared with a column or
    /// stored in one is bound in any case.
    pub(super) fn value(&mut self, value: Datum) -> Result<()> {
        match value {
            Datum::Exact(number) if self.dialect.guesses_placeholders => {
                self.exact_literal(number);
                Ok(())
            }
            value => self.bind(value, None),
        }
    }

    /// NULL with its type, on which the type of what is computed with it depends.
    pub(super) fn null(&mut self, kind: Kind) {
        let typed = self.conversion(kind).replace("{0}", "NULL");
        self.push(if typed.is_empty() { "NULL" } else { &typed });
    }

    /// What is written around the argument of an aggregate: a conversion, where its type says too little.
    pub(super) fn around_argument(&self, call: &AggregateCall) -> (&'static str, &'static str) {
        let Some(argument) = &call.argument else { return ("", "") };
        let kind = match call.function {
            // The greatest of several placeholders is a number to MySQL (seen with 9.7), and so 0 if they are texts.
            AggregateFunction::Min | AggregateFunction::Max
                if !call.kind.is_number() && is_untyped(argument) =>
            {
                call.kind
            }
            // The average of whole numbers is an exact number there, of four digits.
            AggregateFunction::Average if call.kind.is_integer() => Kind::DoublePrecision,
            _ => return ("", ""),
        };
        self.conversion(kind).split_once("{0}").unwrap_or_default()
    }

    fn conversion(&self, kind: Kind) -> Template {
        if self.dialect.guesses_placeholders { (self.dialect.function)(Function::Cast, kind) } else { "" }
    }

    /// Digits, and a point that makes them exact.
    pub(super) fn exact_literal(&mut self, number: Decimal) {
        let digits = number.to_string();
        self.push(&digits);
        self.push(if digits.contains('.') { "" } else { "." });
    }
}

/// Whether nothing but placeholders says of which type it is.
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
