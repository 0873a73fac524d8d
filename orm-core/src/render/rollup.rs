//! Totals of groups (WITH ROLLUP).

use super::Renderer;
use super::implied::Mark;
use crate::dialect::Rollup;
use crate::error::Result;
use crate::syntax::{Item, Node, OrderBy, Projection, Select};

/// The computed keys of groups with totals that are columns of the select: the number of the column, and its text.
pub(super) type SelectedKeys = Vec<(u16, String)>;

const INSIDE: &str = "computing with a computed key in a `with_rollup` query; select the key by itself, and \
                      compute the rest in the program";

impl Renderer<'_> {
    /// Writes a column of a select list with totals, and records its number if it is a key.
    pub(super) fn column_or_key(&mut self, node: Node, number: u16) -> Result<()> {
        let key = (self.whole && self.dialect.rollup == Rollup::Partly).then_some(number);
        let start = self.mark();
        self.compared(node)?;
        if let Some(number) = key {
            let written = self.sql.since(start.text);
            if self.keys.iter().any(|(_, key)| *key == written) {
                return Err(self.lacking(
                    "selecting a computed key twice in a `with_rollup` query; select it once, and copy it in \
                     the program",
                ));
            }
            self.keys.push((number, written));
        }
        Ok(())
    }

    /// Replaces the key written from `start` on with the number of its column, if it is one: MariaDB does not recognize
    /// every expression, and would put the value of the last group into totals instead of NULL.
    pub(super) fn by_its_column(&mut self, start: Mark) -> Result<()> {
        if self.keys.is_empty() {
            return Ok(());
        }
        let written = self.sql.since(start.text);
        if let Some((number, _)) = self.keys.iter().find(|(_, key)| *key == written) {
            let number = number.to_string();
            self.sql.truncate(start.text);
            self.push(&number);
        }
        Ok(())
    }

    /// Rejects totals that the server does not support, or not with these clauses.
    pub(super) fn check_rollup(&self, select: &mut Select) -> Result<()> {
        let what = match self.dialect.rollup {
            Rollup::None => {
                "`with_rollup`; query the totals separately, without `group_by` or with fewer keys"
            }
            Rollup::Partly if !select.order_by.is_empty() => {
                "`order_by` in a `with_rollup` query; leave it out, and sort the rows in the program"
            }
            Rollup::Partly if select.having.iter_mut().any(Node::names_key) => {
                "a condition on a key in a `with_rollup` query; leave it out, and filter the rows in the program"
            }
            Rollup::Any if select.having.iter_mut().any(Node::names_computed_key) => {
                "a condition on a computed key in a `with_rollup` query; leave it out, and filter the rows in \
                 the program"
            }
            Rollup::Partly | Rollup::Any if select.group_by.iter_mut().any(Node::has_query) => {
                "`with_rollup` over groups by a subquery; compute it in a query of its own, and group the \
                 rows of that: `.select(..).into_query()`"
            }
            Rollup::Partly | Rollup::Any if computes_of_keys(select) => INSIDE,
            Rollup::Partly | Rollup::Any => return Ok(()),
        };
        Err(self.lacking(what))
    }
}

/// Returns whether a column or a sort key is computed from a computed key.
fn computes_of_keys(select: &mut Select) -> bool {
    let inside = |node: &mut Node| !matches!(node, Node::Key(_)) && node.names_computed_key();
    let moved = |order: &mut OrderBy| order.moves_nulls().is_some() && order.node.names_computed_key();
    let items = match &mut select.projection {
        Projection::Items(items) => items.as_mut_slice(),
        _ => &mut [],
    };
    let computes = |item: &mut Item| if let Item::Node(node) = item { inside(node) } else { false };
    items.iter_mut().any(computes)
        || select.order_by.iter_mut().any(|order| inside(&mut order.node) || moved(order))
}
