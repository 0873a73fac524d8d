//! Set operations.

use super::Renderer;
use crate::error::Result;
use crate::syntax::{Compound, Select};

impl Renderer<'_> {
    pub(super) fn compound(&mut self, compound: Compound) -> Result<()> {
        let Compound { mut first, rest } = compound;
        self.names.in_arms();
        self.operand_select(&mut first)?;
        for (operator, mut select) in rest {
            if let Some(instead) = self.dialect.set_operations.instead_of(operator) {
                return Err(self.lacking(&format!("{}; {instead}", operator.sql())));
            }
            self.push(" ");
            self.push(operator.sql());
            self.push(" ");
            self.operand_select(&mut select)?;
        }
        Ok(())
    }

    /// Removes duplicates from the whole set operation.
    pub(super) fn distinct_compound(&mut self, compound: Compound) -> Result<()> {
        self.next_alias.get_or_insert(1);
        self.push("SELECT DISTINCT * FROM (");
        self.compound(compound)?;
        self.push(") AS ");
        self.identifier("operand");
        Ok(())
    }

    /// Writes an operand of a set operation: as a derived table if it has an order or a limit of its own, since SQLite does
    /// not allow parentheses there.
    pub(super) fn operand_select(&mut self, select: &mut Select) -> Result<()> {
        Self::unlocked(select)?;
        select.forget_order();
        let own = select.compound.is_some()
            || !select.order_by.is_empty()
            || select.limit.is_some()
            || select.offset.is_some();
        if !own {
            return self.select(select);
        }
        self.next_alias.get_or_insert(1);
        self.push("SELECT * FROM (");
        self.select(select)?;
        self.push(") AS ");
        self.identifier("operand");
        Ok(())
    }
}
