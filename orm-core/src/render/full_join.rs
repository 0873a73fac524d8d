//! Full joins, emulated by a derived table for databases without them.

use super::Renderer;
use crate::error::Result;
use crate::syntax::{FromItem, JoinKind, On, Origin, Select, Source};

/// The name of the derived table.
const NAME: &str = "joined";

/// The name of a select's rows, which the derived table reads twice.
const ROWS: &str = "joined rows";

/// The number of tables of a select that take part in its full joins.
#[derive(Clone, Copy, Default)]
pub(super) struct FullyJoined {
    pub(super) tables: usize,
    /// Those replaced by the derived table: all or none.
    pub(super) merged: usize,
}

impl Renderer<'_> {
    /// Names the tables of full joins, if a derived table replaces them.
    pub(super) fn merge(&mut self, select: &mut Select) -> Result<FullyJoined> {
        let merged = select.fully_joined();
        if select.from[..merged].iter().any(|item| matches!(item.origin, Origin::Elements(_))) {
            let what = "a full join together with the elements of an array; combine two outer joins with `union_all` \
                        instead";
            return Err(self.lacking(what));
        }
        // If two joined tables were full-joined through a join table, rows missing from the join table would be lost.
        let through = |item: &FromItem| item.join == JoinKind::Full && matches!(item.on, On::Through(..));
        if self.dialect.full_joins && !select.from[..merged].iter().any(through) {
            return Ok(FullyJoined { tables: merged, merged: 0 });
        }
        let mut column = 0;
        for (item, number) in select.from[..merged].iter_mut().zip(0u64..) {
            if let Origin::Lateral(_) = item.origin {
                let what = "a full join together with a lateral one; combine two outer joins with `union_all` instead";
                return Err(self.lacking(what));
            }
            item.origin.be_named(ROWS);
            let source = Source::table(select.base + number);
            self.names.add_merged(source, item.origin.table(), NAME, column);
            column += item.origin.width();
        }
        self.check_merged(select, merged)?;
        Ok(FullyJoined { tables: merged, merged })
    }

    /// Rejects what would change its meaning: locks do not reach into a derived table, and an ENUM becomes text in it.
    fn check_merged(&self, select: &Select, merged: usize) -> Result<()> {
        let Some(last) = merged.checked_sub(1) else { return Ok(()) };
        if select.lock.is_some() {
            return Err(
                self.lacking("row locks in a query with a full join; lock the rows with separate queries")
            );
        }
        match select.from[last].origin.gives_enum() {
            Some(table) => {
                let what = format!(
                    "a full join with `{0}`, which has an ENUM column; make `{0}` the left side, or store the enum `as = text`",
                    table.model
                );
                Err(self.lacking(&what))
            }
            None => Ok(()),
        }
    }

    /// Writes the derived table: the left join, and the unmatched rows of the right side.
    pub(super) fn merged(&mut self, select: &Select) -> Result<()> {
        let Some(mut join) = select.full_join() else { return Ok(()) };
        self.push("(");
        self.names.isolate();
        self.next_alias = Some(1);
        self.select(&mut join.left)?;
        self.push(" UNION ALL ");
        self.select(&mut join.right)?;
        self.names.join_again();
        self.push(") AS ");
        let place = self.place(Source::table(select.base))?;
        self.names.write(&mut self.sql, place);
        Ok(())
    }
}
