//! The conditions that hide rows from a statement: soft delete, and the scopes of the database.

use super::Renderer;
use super::implied::Implied;
use super::name::Base;
use super::names::Place;
use super::outer_join::with_queries_as_values;
use super::text::Text;
use crate::error::Result;
use crate::schema::Table;
use crate::syntax::{Node, Sight, Source};
use crate::value::Datum;

impl Renderer<'_> {
    /// Returns whether rows of a table may be hidden.
    #[inline]
    pub(super) fn hides(&self, table: &Table) -> bool {
        table.soft_delete.is_some() || !self.scopes.is_empty()
    }

    /// Writes the conditions that hide rows of the table at `place`, each after `joint`, which is AND after the first one.
    pub(super) fn hide(
        &mut self,
        joint: &mut &'static str,
        place: Place,
        table: &'static Table,
        sight: Sight,
    ) -> Result<()> {
        self.hide_from(false, joint, place, table, sight)
    }

    /// Does the same in the condition of an outer join.
    pub(super) fn hide_from_outer_join(
        &mut self,
        place: Place,
        table: &'static Table,
        sight: Sight,
    ) -> Result<()> {
        self.hide_from(true, &mut " AND ", place, table, sight)
    }

    fn hide_from(
        &mut self,
        outer: bool,
        joint: &mut &'static str,
        place: Place,
        table: &'static Table,
        sight: Sight,
    ) -> Result<()> {
        let repeats = outer && self.dialect.outer_joins_repeat;
        if let Some(mark) = table.soft_delete.as_ref().filter(|_| !sight.deleted) {
            self.push(std::mem::replace(joint, " AND "));
            self.write_column(place, mark.column);
            self.push(" IS NULL");
        }
        // Within a scope, its own model is not restricted again: that would recurse forever.
        if sight.unscoped || self.within.iter().any(|scoped| std::ptr::eq(*scoped, table)) {
            return Ok(());
        }
        for scope in self.scopes.iter().filter(|scope| scope.is_of(table)) {
            self.within.push(table);
            for condition in &scope.conditions {
                self.push(std::mem::replace(joint, " AND "));
                let condition = condition.clone();
                let condition = if repeats { with_queries_as_values(condition) } else { condition };
                if self.scope(place, scope.base, condition, sight)? && repeats {
                    self.push(" = ");
                    self.bind(Datum::Bool(true), None)?;
                }
            }
            self.within.pop();
        }
        Ok(())
    }

    /// Writes a condition of a scope, in which the table at `place` has the number `base`. Where it stands, no more joins
    /// may be possible, so the relations that it uses are joined to a row of a subquery; returns whether there are any.
    fn scope(&mut self, place: Place, base: u64, condition: Node, sight: Sight) -> Result<bool> {
        let start = self.mark();
        self.names.enter(true, sight);
        self.names.add_again(Source::table(base), place);
        let one = self.names.add_rows(Source::table(base + 1), Base::Word("one"), false);
        self.node(condition)?;
        let mut front = Text::default();
        front.push_str("EXISTS (SELECT 1 FROM (SELECT 1) AS ");
        self.names.write(&mut front, one);
        let joins = self.names.leave();
        if joins.is_empty() {
            return Ok(false);
        }
        let mut filter = Text::default();
        filter.push_str(" WHERE ");
        let piece = |text| Implied { table: base, text, params: Vec::new() };
        let pieces = std::iter::once(piece(front)).chain(joins).chain([piece(filter)]);
        self.put_implied(start, pieces.collect());
        self.push(")");
        Ok(true)
    }
}
