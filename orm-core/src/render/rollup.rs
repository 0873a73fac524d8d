//! Totals of groups (WITH ROLLUP).

use super::Renderer;
use super::implied::Mark;
use crate::dialect::Rollup;
use crate::error::Result;
use crate::syntax::{Item, Node, OrderBy, Projection, Select};

/// The computed keys of groups with totals that are columns of the select: the number of the column, and its text.
pub(super) type SelectedKeys = Vec<(u16, String)>;

const INSIDE: &str = "what is computed of a computed key of groups with totals; name the key by itself, and compute of it in \
                      the rows that come";

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
                    "a computed key of groups with totals in two columns; name it once, and copy it in the rows that come",
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
            Rollup::Partly | Rollup::Any if select.group_by.iter_mut().any(Node::has_query) => {
                "totals of groups by what a subquery computes; compute it in a query of its own, and group the rows of \
                 that: `.select(..).into_query()`"
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
