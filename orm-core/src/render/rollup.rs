//! Totals of groups.

use super::Renderer;
use crate::dialect::Rollup;
use crate::error::Result;
use crate::syntax::{Node, Select};

impl Renderer<'_> {
    /// Refuses totals that the server has not, or has only without some clauses.
    pub(super) fn check_rollup(&self, keys: &mut [Node], select: &mut Select) -> Result<()> {
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
            Rollup::Partly | Rollup::Any if keys.iter_mut().any(Node::has_query) => {
                "totals of groups by what a subquery computes; compute it in a query of its own, and group the rows of \
                 that: `.select(..).into_query()`"
            }
            Rollup::Partly | Rollup::Any => return Ok(()),
        };
        Err(self.lacking(what))
    }
}
