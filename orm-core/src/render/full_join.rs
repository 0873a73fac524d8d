//! Full joins, in one derived table where there are none.

use super::Renderer;
use crate::error::Result;
use crate::syntax::{FromItem, JoinKind, On, Origin, Select, Source};

/// What the derived table is called.
const NAME: &str = "joined";

/// What the rows of a select are called, which it reads twice.
const ROWS: &str = "joined rows";

/// How many tables of a select are on the sides of its full joins.
#[derive(Clone, Copy, Default)]
pub(super) struct FullyJoined {
    pub(super) tables: usize,
    /// Those that a derived table stands for: all or none.
    pub(super) merged: usize,
}

impl Renderer<'_> {
    /// Names the tables of full joins, if a derived table stands for them.
    pub(super) fn merge(&mut self, select: &mut Select) -> Result<FullyJoined> {
        let merged = select.fully_joined();
        // Over a join table, a full join of two joined tables would leave out what the join table does not name.
        let through = |item: &FromItem| item.join == JoinKind::Full && matches!(item.on, On::Through(..));
        if self.dialect.full_joins && !select.from[..merged].iter().any(through) {
            return Ok(FullyJoined { tables: merged, merged: 0 });
        }
        let mut column = 0;
        for (item, number) in select.from[..merged].iter_mut().zip(0u64..) {
            if let Origin::Lateral(_) = item.origin {
                let what = "a full join beside a lateral one; put two outer joins together with `union_all`";
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

    /// Refuses what would mean something else: locks pass a derived table by, and an ENUM becomes a text in it.
    fn check_merged(&self, select: &Select, merged: usize) -> Result<()> {
        let Some(last) = merged.checked_sub(1) else { return Ok(()) };
        if select.lock.is_some() {
            return Err(
                self.lacking("a lock on the rows of a full join; lock them with queries of their own")
            );
        }
        match select.from[last].origin.gives_enum() {
            Some(table) => {
                let what = format!(
                    "a full join with `{0}`, which has an ENUM; make `{0}` the left side, or keep its words `as = text`",
                    table.model
                );
                Err(self.lacking(&what))
            }
            None => Ok(()),
        }
    }

    /// The derived table: the rows of the left side, and then those of the right side that match none.
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
