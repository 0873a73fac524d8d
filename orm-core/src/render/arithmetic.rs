//! Arithmetic, with results of the type that Rust gives them.

use super::Renderer;
use crate::dialect::Decimals;
use crate::error::Result;
use crate::syntax::{Function, Node};
use crate::value::Kind;

impl Renderer<'_> {
    /// `left operator right`; the operator of exact numbers is a function where there is no type for them.
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

    /// A value of a kind: of 32-bit floats, with which databases compute in 64 bits, the nearest one.
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
