//! Arithmetic, with results of the same type as in Rust.

use super::Renderer;
use crate::dialect::Decimals;
use crate::error::Result;
use crate::syntax::{Call, Function, Node};
use crate::value::{Datum, Kind};

impl Renderer<'_> {
    /// Writes `left operator right`; for decimals, a function replaces the operator if the database has no decimal type.
    pub(super) fn arithmetic(
        &mut self,
        left: Node,
        (symbol, function): (&str, &str),
        right: Node,
        kind: Kind,
    ) -> Result<()> {
        let by_function = kind == Kind::Numeric && self.dialect.decimals == Decimals::Functions;
        self.rounded(kind, |this| {
            this.push(if by_function { function } else { "" });
            this.push("(");
            this.operand(left)?;
            this.push(if by_function { ", " } else { symbol });
            this.operand(right)?;
            this.push(")");
            Ok(())
        })
    }

    /// Returns the divisor, or NULL instead of zero where a change would fail.
    pub(super) fn divisor(&self, divisor: Node, kind: Kind) -> Node {
        let fails = self.in_change && self.dialect.changes_fail_for_null;
        if fails && !is_other_than_zero(&divisor) {
            return Node::call(Function::NullIf, kind, vec![divisor, Node::Value(Datum::Int(0))]);
        }
        divisor
    }

    /// Returns the argument of a logarithm, or NULL if it is not positive and a change would fail.
    fn of_logarithm(&self, number: Node, kind: Kind) -> Node {
        if self.in_change && self.dialect.changes_fail_for_null {
            let number = Node::call(Function::Greatest, kind, vec![number, Node::Value(Datum::Int(0))]);
            return Node::call(Function::NullIf, kind, vec![number, Node::Value(Datum::Int(0))]);
        }
        number
    }

    /// Replaces arguments outside a function's domain with NULL, where a change would fail.
    pub(super) fn leave_undefined(&self, call: &mut Call) {
        let Call { function, kind, arguments } = call;
        match (function, arguments.as_mut_slice()) {
            (Function::Remainder, [_, divisor]) => {
                *divisor = self.divisor(std::mem::replace(divisor, Node::Default), *kind);
            }
            (Function::Logarithm | Function::Logarithm10 | Function::Logarithm2, [number]) => {
                *number = self.of_logarithm(std::mem::replace(number, Node::Default), *kind);
            }
            _ => {}
        }
    }

    /// Writes a value of a kind; for 32-bit floats, rounded to the nearest one, since databases compute in 64 bits.
    pub(super) fn rounded(&mut self, kind: Kind, write: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        if kind != Kind::Real {
            return write(self);
        }
        let (before, after) =
            (self.dialect.function)(Function::Cast, kind).split_once("{0}").unwrap_or_default();
        self.push(before);
        write(self)?;
        self.push(after);
        Ok(())
    }
}

fn is_other_than_zero(node: &Node) -> bool {
    match node {
        Node::Value(Datum::Int(number)) => *number != 0,
        Node::Value(Datum::UInt(number)) => *number != 0,
        Node::Value(Datum::Float(number)) => *number != 0.0,
        Node::Value(Datum::Double(number)) => *number != 0.0,
        Node::Value(Datum::Exact(number)) => !number.is_zero(),
        _ => false,
    }
}
