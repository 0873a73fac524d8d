//! Inserting new rows.

use std::collections::HashMap;
use std::panic::Location;

use super::links::RowLinks;
use super::plan::Postponed;
use super::rows::{AnyRows, Event, Stage};
use super::undo::{Columns, Done, Undo};
use super::{Shelf, Unit};
use crate::change::plan;
use crate::error::{Error, ErrorKind, Result};
use crate::session::{Lease, Transaction};
use crate::syntax::Node;
use crate::value::Datum;

/// The columns of rows that are set later.
type Later = HashMap<u32, Vec<u16>>;

/// Inserts new rows of one model.
pub(super) async fn insert(
    tx: &mut Transaction,
    shelf: usize,
    slots: &[u32],
    postponed: &[Postponed],
    at: &'static Location<'static>,
) -> Result<()> {
    let table = tx.unit().shelves[shelf].table;
    let dialect = Lease::open(tx, None, table.bind).await?.dialect().clone();
    let database = tx.database().clone();
    let mut later = Later::new();
    for Postponed { slot, key } in postponed {
        later.entry(*slot).or_default().extend(key.columns);
    }
    let (slots, nodes) = tx.unit().drafts(shelf, slots, &later)?;
    let run = tx.unit().shelves[shelf].rows.run_insert();
    let mut slots = &slots[..];
    for insert in plan(table, nodes, &dialect, database.scopes().list()) {
        let count = insert.count().unwrap_or_default();
        let (these, others) = slots.split_at(count.min(slots.len()));
        slots = others;
        let mut lease = Lease::open(tx, None, table.bind).await?;
        let rows = run(&mut lease, insert, at).await?;
        tx.unit_mut().landed(shelf, these, rows, &later)?;
    }
    Ok(())
}

impl Unit {
    /// The values of new rows, with rows adjacent that leave the same columns to the server: they go in one statement.
    fn drafts(&self, shelf: usize, slots: &[u32], later: &Later) -> Result<(Vec<u32>, Vec<Node>)> {
        let rows = &self.shelves[shelf].rows;
        let mut shapes: Vec<Vec<u32>> = Vec::new();
        for &slot in slots {
            let draft = rows.draft(slot);
            match shapes.iter_mut().find(|known| left(rows.draft(known[0])).eq(left(draft))) {
                Some(slots) => slots.push(slot),
                None => shapes.push(vec![slot]),
            }
        }
        let slots = shapes.concat();
        let mut nodes = Vec::with_capacity(slots.len() * self.shelves[shelf].table.columns.len());
        for &slot in &slots {
            let later = later.get(&slot);
            for (column, node) in (0u16..).zip(rows.draft(slot)) {
                let is_later = later.is_some_and(|columns| columns.contains(&column));
                nodes.push(match node {
                    _ if is_later && self.shelves[shelf].table.column(column).nullable => {
                        Node::Value(Datum::Null)
                    }
                    Node::Value(value) => Node::Value(value.clone()),
                    Node::Default => Node::Default,
                    node => self.resolve(node)?,
                });
            }
        }
        Ok((slots, nodes))
    }

    /// Replaces new rows by the stored ones.
    fn landed(&mut self, at: usize, slots: &[u32], rows: AnyRows, later: &Later) -> Result<()> {
        let epoch = self.epoch;
        let shelf = &mut self.shelves[at];
        let is_later = |slot: &u32, column: &u16| later.get(slot).is_some_and(|later| later.contains(column));
        let draft = |slot: &u32| {
            let draft = shelf.rows.draft(*slot);
            // Everything but plain values is kept, in case the row becomes new again.
            let is_kept = |(column, node): &(u16, &Node)| match node {
                Node::Default => false,
                Node::Value(_) => is_later(slot, column),
                _ => true,
            };
            let kept = (0u16..).zip(draft).filter(is_kept).map(|(column, node)| (column, node.clone()));
            (left(draft).collect(), kept.collect())
        };
        let drafts: Vec<(Columns, RowLinks)> = slots.iter().map(draft).collect();
        if !shelf.rows.land(slots, rows) {
            let message = format!(
                "the database did not return one row for each inserted row of `{}`",
                shelf.table.model
            );
            return Err(Error::new(ErrorKind::Server, message));
        }
        shelf.reserve(slots.len());
        self.journal.reserve(slots.len());
        // The inserted rows have distinct keys, so only rows that were stored before can be in the way.
        let are_others = shelf.has_stored();
        for (&slot, (unset, kept)) in slots.iter().zip(drafts) {
            for (column, node) in kept.iter().filter(|(column, _)| is_later(&slot, column)) {
                shelf.links.set(slot, *column, node.clone());
            }
            let meta = shelf.rows.meta_mut(slot);
            (meta.seen, meta.written) = (epoch, true);
            if are_others {
                self.journal.extend(shelf.supersede(slot).map(|(gone, done)| Undo::new(at, gone, done)));
            }
            shelf.admit(slot);
            self.journal.push(Undo::new(at, slot, Done::Inserted { unset, kept }));
            shelf.rows.after(slot, Event::Insert);
        }
        Ok(())
    }
}

impl Shelf {
    /// Removes the row that has the key which the database has given to another row, if there is one: a statement has deleted it.
    pub(super) fn supersede(&mut self, slot: u32) -> Option<(u32, Done)> {
        let gone = self.find(|part| self.stored_value(slot, self.table.primary_key[part]))?;
        let asked = self.rows.stage(gone) == Stage::Doomed;
        self.expel(gone);
        self.rows.shift(gone, Stage::Deleted);
        Some((gone, Done::Deleted { asked }))
    }
}

/// The columns that a new row leaves to the server.
fn left(draft: &[Node]) -> impl Iterator<Item = u16> {
    (0u16..).zip(draft).filter(|(_, node)| matches!(node, Node::Default)).map(|(column, _)| column)
}
