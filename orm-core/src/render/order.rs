//! The clauses ORDER BY and LIMIT.

use super::Renderer;
use crate::error::Result;
use crate::syntax::{Function, Node, OrderBy};
use crate::value::Datum;

impl Renderer<'_> {
    /// Writes the ORDER BY clause without constants: they sort nothing, and MariaDB would take a number for the position of
    /// a column.
    pub(super) fn order_by(&mut self, orders: Vec<OrderBy>) -> Result<()> {
        let orders = orders.into_iter().filter(|order| !is_literal(&order.node));
        for (position, order) in orders.enumerate() {
            match position {
                0 => self.push(" ORDER BY "),
                _ => self.push(", "),
            }
            self.whole = matches!(order.node, Node::Key(_)) && order.moves_nulls().is_none();
            self.order(order)?;
        }
        Ok(())
    }

    /// Writes a sort key, with its direction and the place of NULL.
    pub(super) fn order(&mut self, order: OrderBy) -> Result<()> {
        if let Some(first) = order.moves_nulls() {
            // NULL is less than everything by default; `x IS NULL` is 0 or 1.
            self.operand(order.node.clone())?;
            self.push(if first { " IS NULL DESC, " } else { " IS NULL, " });
        }
        self.bare_window = matches!(order.node, Node::Window(_));
        self.compared(order.node)?;
        if order.descending {
            self.push(" DESC");
        }
        Ok(())
    }

    pub(super) fn limit(&mut self, limit: Option<u64>, offset: Option<u64>) {
        match (limit, offset) {
            (None, None) => return,
            (Some(rows), _) => {
                self.push(" LIMIT ");
                self.push(self.dialect.limit_sign);
                self.count(rows);
            }
            (None, Some(_)) => {
                self.push(" LIMIT ");
                self.push(self.dialect.no_limit);
            }
        }
        if let Some(rows) = offset {
            self.push(" OFFSET ");
            self.count(rows);
        }
    }

    /// Writes a number of rows, capped at the greatest signed integer, which is more than any table has.
    fn count(&mut self, rows: u64) {
        self.placeholder(Datum::Int(i64::try_from(rows).unwrap_or(i64::MAX)));
    }
}

/// Returns whether a server would take it for a literal, and an integer for the position of a column.
pub(super) fn is_literal(node: &Node) -> bool {
    match node {
        Node::Value(_) | Node::Null(_) => true,
        Node::Key(node) => is_literal(node),
        Node::Call(call) if call.function == Function::Negate => call.arguments.iter().all(is_literal),
        _ => false,
    }
}
