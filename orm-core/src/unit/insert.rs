//! Inserting new rows.

use std::collections::HashMap;
use std::panic::Location;

use super::Unit;
use super::plan::Postponed;
use super::rows::{AnyRows, Event};
use super::shelf::Link;
use super::undo::{Done, Undo};
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
    /// The values of new rows, rows that leave the same columns to the server side by side: they go in one statement.
    fn drafts(&self, shelf: usize, slots: &[u32], later: &Later) -> Result<(Vec<u32>, Vec<Node>)> {
        let rows = &self.shelves[shelf].rows;
        let mut shapes: Vec<(Vec<bool>, Vec<u32>)> = Vec::new();
        for &slot in slots {
            let draft = rows.draft(slot).iter();
            let shape: Vec<bool> = draft.map(|node| matches!(node, Node::Default)).collect();
            match shapes.iter_mut().find(|(known, _)| *known == shape) {
                Some((_, slots)) => slots.push(slot),
                None => shapes.push((shape, vec![slot])),
            }
        }
        let slots: Vec<u32> = shapes.into_iter().flat_map(|(_, slots)| slots).collect();
        let mut nodes = Vec::with_capacity(slots.len() * self.shelves[shelf].table.columns.len());
        for &slot in &slots {
            let later = later.get(&slot);
            for (column, node) in (0u16..).zip(rows.draft(slot)) {
                let is_later = later.is_some_and(|columns| columns.contains(&column));
                nodes.push(if is_later && self.shelves[shelf].table.column(column).nullable {
                    Node::Value(Datum::Null)
                } else {
                    self.resolve(node)?
                });
            }
        }
        Ok((slots, nodes))
    }

    /// Takes over rows as they are stored.
    fn landed(&mut self, at: usize, slots: &[u32], rows: AnyRows, later: &Later) -> Result<()> {
        let epoch = self.epoch;
        let shelf = &mut self.shelves[at];
        let mut drafts = Vec::with_capacity(slots.len());
        for &slot in slots {
            let later = later.get(&slot).map_or(&[][..], Vec::as_slice);
            // What was more than a value is kept, for the case that the row is new again.
            let kept = (0u16..).zip(shelf.rows.draft(slot));
            let kept =
                kept.filter(|(column, node)| !matches!(node, Node::Value(_)) || later.contains(column));
            let kept: Vec<(u16, Node)> = kept.map(|(column, node)| (column, node.clone())).collect();
            let links = kept.iter().filter(|(column, _)| later.contains(column));
            shelf.links.extend(links.map(|(column, node)| Link {
                slot,
                column: *column,
                node: node.clone(),
            }));
            drafts.push(kept);
        }
        if shelf.rows.land(slots, rows) != slots.len() {
            let message = format!(
                "the database gave back another number of rows of `{}` than it was to insert",
                shelf.table.model
            );
            return Err(Error::new(ErrorKind::Server, message));
        }
        for (&slot, draft) in slots.iter().zip(drafts) {
            shelf.rows.meta_mut(slot).seen = epoch;
            shelf.admit(slot);
            self.journal.push(Undo::new(at, slot, Done::Inserted(draft)));
            shelf.rows.after(slot, Event::Insert);
        }
        Ok(())
    }
}
