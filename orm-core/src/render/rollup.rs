//! Totals of groups.

use super::Renderer;
use crate::dialect::Rollup;
use crate::error::Result;
use crate::syntax::{Node, Select};

impl Renderer<'_> {
    pub(super) fn rollup(&mut self, select: &mut Select) -> Result<()> {
        let what = match self.dialect.rollup {
            Rollup::None => {
                "the totals of `with_rollup`; ask for them with a second query, without `group_by` or with fewer keys"
            }
            Rollup::Partly if !select.order_by.is_empty() => {
                "an order of groups with totals; leave `order_by` out, and sort the rows that come"
            }
            Rollup::Partly if select.having.iter_mut().any(Node::names_key) => {
                "a condition on the key of groups with totals; leave it out, and pick from the rows that come"
            }
            Rollup::Any if select.having.iter_mut().any(Node::names_computed_key) => {
                "a condition on a computed key of groups with totals; leave it out, and pick from the rows that come"
            }
            Rollup::Partly | Rollup::Any => {
                self.push(" WITH ROLLUP");
                return Ok(());
            }
        };
        Err(self.lacking(what))
    }
}
