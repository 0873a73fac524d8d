//! The elements of JSON arrays, as tables.

use super::Renderer;
use super::names::Place;
use crate::dialect::InSubqueries;
use crate::error::Result;
use crate::syntax::{Node, Select};

impl Renderer<'_> {
    /// States how the columns of elements are computed.
    pub(super) fn compute_elements(&mut self, place: Place, optional: bool) {
        let elements = self.dialect.elements;
        self.names.compute(place, if optional { elements.left_joined } else { elements.columns });
    }

    /// Writes the table function, and `AS`.
    pub(super) fn elements(&mut self, document: &mut Node) -> Result<()> {
        let document = std::mem::replace(document, Node::Default);
        self.template(self.dialect.elements.rows, vec![document])?;
        self.push(" AS ");
        Ok(())
    }

    /// Writes a group key without the computation, if it is a column of elements and the server does not recognize a
    /// computed key elsewhere: what is computed from it alone is recognized. Returns false for anything else.
    pub(super) fn column_of_elements(&mut self, key: &Node) -> Result<bool> {
        let Node::Column(column) = *key else { return Ok(false) };
        let place = self.names.find(column.source());
        let Some(place) = place.filter(|place| self.dialect.plain_keys && self.names.is_computed(*place))
        else {
            return Ok(false);
        };
        let elements = self.dialect.elements;
        if column.index == 1 && self.names.is_optional(place) && elements.left_joined != elements.columns {
            let what =
                "grouping by the elements of a left join; group by a part of them, such as `e.value.text()`";
            return Err(self.lacking(what));
        }
        self.names.write_uncomputed(&mut self.sql, place, column.index);
        Ok(true)
    }

    /// Returns whether a subquery in a condition must stand as a value: see the dialect.
    pub(super) fn stands_as_value(&self, select: &mut Select) -> bool {
        self.dialect.elements.in_subqueries == InSubqueries::AsValues && select.reads_elements()
    }

    /// Keeps the server from merging a derived table where that would lose the elements in it: a limit does.
    pub(super) fn keep_apart(&self, select: &mut Select) {
        if self.dialect.elements.lost_by_merging && select.reads_elements() {
            select.limit_to_all();
        }
    }

    /// Rejects elements in a subquery where the server would read them wrongly.
    pub(super) fn check_elements(&self, select: &mut Select) -> Result<()> {
        if self.dialect.elements.in_subqueries == InSubqueries::Refused && select.reads_elements() {
            return Err(
                self.lacking("the elements of an array in a subquery; join them, or update the server")
            );
        }
        Ok(())
    }
}
