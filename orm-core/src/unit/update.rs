//! Updating changed rows.

use std::panic::Location;

use super::cascade::Moved;
use super::identity::same;
use super::read::{TRACKED, by_keys, equals, keys_at_once};
use super::rows::{AnyRows, Event, Stage};
use super::stale::stale;
use super::undo::{Done, Undo};
use super::{Shelf, Unit};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::schema::{Index, Table};
use crate::session::{Lease, Transaction};
use crate::syntax::{ColumnRef, Command, Node, Source, Update, UpdateRows, fresh_base};
use crate::value::Datum;

/// The maximum number of rows updated by one statement.
const AT_ONCE: usize = 2_000;

/// Rows in which the same columns changed.
struct Group {
    columns: Vec<u16>,
    slots: Vec<u32>,
}

/// Updates changed rows of one model: one statement for all rows in which the same columns changed.
pub(super) async fn update(
    tx: &mut Transaction,
    shelf: usize,
    slots: &[u32],
    at: &'static Location<'static>,
) -> Result<()> {
    let rows = &tx.unit().shelves[shelf];
    let table = rows.table;
    // If a statement has deleted the row, a new row may have its key: this update must not hit it.
    if let Some(&gone) = slots.iter().find(|&&slot| rows.rows.stage(slot) == Stage::Deleted) {
        return Err(stale(tx, shelf, &[gone], &[], at).await);
    }
    tx.unit_mut().settle_links(shelf, slots)?;
    let now: Vec<(u16, Datum)> =
        (0u16..).zip(table.columns).filter_map(|(at, column)| Some((at, (column.on_update?)()))).collect();
    let dialect = Lease::open(tx, None, table.bind).await?.dialect().clone();
    for Group { columns, slots } in tx.unit().groups(shelf, slots) {
        let now: Vec<(u16, Datum)> =
            now.iter().filter(|(column, _)| !columns.contains(column)).cloned().collect();
        for slots in tx.unit().chunks(shelf, &columns, &slots, &dialect) {
            let command = tx.unit().update_command(shelf, &columns, &slots, &now);
            let affected = Lease::open(tx, None, table.bind).await?.run(command, &mut (), at).await?.affected;
            if affected != slots.len() as u64 {
                return Err(stale(tx, shelf, &slots, &columns, at).await);
            }
            tx.unit_mut().updated(shelf, &slots, &columns, &now)?;
        }
    }
    tx.unit_mut().drop_links(shelf, slots)?;
    read_computed(tx, shelf, slots, at).await
}

/// Reads generated columns, which the server has recomputed.
pub(super) async fn read_computed(
    tx: &mut Transaction,
    shelf: usize,
    slots: &[u32],
    at: &'static Location<'static>,
) -> Result<()> {
    let Shelf { table, rows, .. } = &tx.unit().shelves[shelf];
    let computed = (0u16..).zip(table.columns).filter(|(_, column)| column.generated.is_some());
    let computed: Vec<u16> = computed.map(|(column, _)| column).collect();
    if computed.is_empty() {
        return Ok(());
    }
    let (table, run) = (*table, rows.run_select());
    for slots in slots.chunks(keys_at_once(table)) {
        let keys: Vec<Vec<Datum>> = slots.iter().map(|&slot| tx.unit().shelves[shelf].key(slot)).collect();
        let select = Command::Select(Box::new(by_keys(table, &keys, TRACKED)));
        let rows = run(&mut Lease::open(tx, None, table.bind).await?, select, at).await?;
        tx.unit_mut().computed(shelf, &computed, rows);
    }
    Ok(())
}

/// Returns the changed columns, and all columns of embedded enums in which one has changed: without a version to detect it,
/// another transaction may have set another variant, whose columns would remain next to those of this one.
pub(super) fn with_whole_enums(changed: &[u16], table: &Table) -> Vec<u16> {
    let columns = (0u16..).zip(table.columns).filter(|(at, column)| match column.of_enum {
        Some([before, all]) => {
            changed.iter().any(|changed| (at - before..at - before + all).contains(changed))
        }
        None => changed.contains(at),
    });
    columns.map(|(at, _)| at).collect()
}

impl Shelf {
    /// The conditions that a row exists, and has the expected version.
    pub(super) fn is_as_expected(&self, source: Source, slot: u32) -> Vec<Node> {
        self.identifying().map(|column| equals(source, column, self.expected_value(slot, column))).collect()
    }

    /// The value that an identifying column is expected to have in the database. The version is that of the row in the session,
    /// which may not be the one that was read: the program may have assigned a whole row, for example from a form.
    pub(super) fn expected_value(&self, slot: u32, column: u16) -> Datum {
        if self.table.columns[usize::from(column)].version {
            self.rows.value(slot, column)
        } else {
            self.stored_value(slot, column)
        }
    }

    /// The columns of the key, and the version.
    pub(super) fn identifying(&self) -> impl Iterator<Item = u16> {
        let version = self.table.version_column().map(|(at, _)| at);
        self.table.primary_key.iter().copied().chain(version)
    }
}

impl Unit {
    /// Resolves the links of rows, whose targets have keys by now. The links are kept until the rows are updated.
    fn settle_links(&mut self, shelf: usize, slots: &[u32]) -> Result<()> {
        for &slot in slots {
            for at in 0..self.shelves[shelf].links.of(slot).len() {
                let (column, node) = &self.shelves[shelf].links.of(slot)[at];
                let (column, value) = (*column, self.resolve_value(node)?);
                self.shelves[shelf].touch(slot);
                self.shelves[shelf].rows.set(slot, column, value)?;
            }
        }
        Ok(())
    }

    /// Removes links that lead to what the rows already referenced.
    fn drop_links(&mut self, shelf: usize, slots: &[u32]) -> Result<()> {
        let shelf = &mut self.shelves[shelf];
        for &slot in slots {
            if !shelf.links.take(slot).is_empty() {
                shelf.release(slot)?;
            }
        }
        Ok(())
    }

    fn groups(&self, shelf: usize, slots: &[u32]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut columns = Vec::new();
        let table = self.shelves[shelf].table;
        let sends_whole_enums =
            table.version_column().is_none() && table.columns.iter().any(|column| column.of_enum.is_some());
        for &slot in slots {
            columns.clear();
            columns.extend(self.shelves[shelf].changed(slot));
            if sends_whole_enums {
                columns = with_whole_enums(&columns, table);
            }
            match groups.iter_mut().find(|group| group.columns == columns) {
                Some(group) => group.slots.push(slot),
                None if columns.is_empty() => {}
                None => groups.push(Group { columns: columns.clone(), slots: vec![slot] }),
            }
        }
        groups
    }

    /// Splits rows into chunks that fit in one statement.
    fn chunks(&self, shelf: usize, columns: &[u16], slots: &[u32], dialect: &Dialect) -> Vec<Vec<u32>> {
        let shelf = &self.shelves[shelf];
        let width = shelf.identifying().count() + columns.len();
        let most = (dialect.max_params / width.max(1)).clamp(1, AT_ONCE);
        let mut chunks: Vec<Vec<u32>> = Vec::new();
        let mut bytes = 0;
        for &slot in slots {
            let values = shelf.identifying().chain(columns.iter().copied());
            // Escaped or in hexadecimal, a value may take twice its size.
            let size: usize = values.map(|column| 2 * shelf.rows.value(slot, column).size()).sum();
            match chunks.last_mut() {
                Some(chunk) if chunk.len() < most && bytes + size <= dialect.max_bytes => {
                    chunk.push(slot);
                    bytes += size;
                }
                _ => {
                    chunks.push(vec![slot]);
                    bytes = size;
                }
            }
        }
        chunks
    }

    fn update_command(&self, at: usize, columns: &[u16], slots: &[u32], now: &[(u16, Datum)]) -> Command {
        let shelf = &self.shelves[at];
        if let [slot] = slots {
            let mut update = Update::new(shelf.table);
            update.target.sight = TRACKED;
            let source = update.target.source();
            let changed = columns.iter().map(|&column| (column, shelf.rows.value(*slot, column)));
            for (column, value) in changed.chain(now.iter().cloned()) {
                update.assign(ColumnRef::new(source, column), Node::Value(value));
            }
            update.target.filter = shelf.is_as_expected(source, *slot);
            return Command::Update(Box::new(update));
        }
        let matched: Vec<u16> = shelf.identifying().collect();
        let mut values = Vec::with_capacity(slots.len() * (matched.len() + columns.len()));
        for &slot in slots {
            values.extend(matched.iter().map(|&column| shelf.expected_value(slot, column)));
            values.extend(columns.iter().map(|&column| shelf.rows.value(slot, column)));
        }
        Command::UpdateRows(Box::new(UpdateRows {
            table: shelf.table,
            base: fresh_base(),
            sight: TRACKED,
            matched,
            set: columns.to_vec(),
            values,
            constants: now.to_vec(),
        }))
    }

    /// Takes over generated columns of rows that were read.
    fn computed(&mut self, at: usize, columns: &[u16], rows: AnyRows) {
        let shelf = &mut self.shelves[at];
        for row in shelf.rows.columns_of(rows) {
            let key = |part: usize| row[usize::from(shelf.table.primary_key[part])].clone();
            let Some(slot) = shelf.find(key) else { continue };
            let is_other =
                |column: &u16| !same(&shelf.stored_value(slot, *column), &row[usize::from(*column)]);
            let others = columns.iter().copied().filter(is_other);
            let others: Vec<(u16, Datum)> =
                others.map(|column| (column, row[usize::from(column)].clone())).collect();
            if !others.is_empty() {
                let before = shelf.was_set(slot, others);
                self.journal.push(Undo::new(at, slot, Done::Computed(before)));
            }
        }
    }

    /// Takes over the results of an update.
    fn updated(&mut self, at: usize, slots: &[u32], columns: &[u16], now: &[(u16, Datum)]) -> Result<()> {
        let mut moved: Vec<Moved> = self
            .followed(self.shelves[at].table)
            .into_iter()
            .filter(|key| key.iter().any(|column| columns.contains(column)))
            .map(|key| Moved { key, before: Vec::with_capacity(slots.len()) })
            .collect();
        let shelf = &mut self.shelves[at];
        let version = shelf.table.version_column().map(|(at, _)| at);
        let moves = columns.iter().any(|column| shelf.table.primary_key.contains(column));
        for &slot in slots {
            if let Some(version) = version {
                let next = next(shelf.expected_value(slot, version));
                shelf.rows.set(slot, version, next)?;
            }
            for (column, value) in now {
                shelf.rows.set(slot, *column, value.clone())?;
            }
            for Moved { key, before } in &mut moved {
                before.push((slot, shelf.stored_values(slot, key)));
            }
            if moves {
                shelf.expel(slot);
            }
            let meta = shelf.rows.meta_mut(slot);
            let before = meta.stored.take();
            meta.written = true;
            if moves {
                let gone = shelf.supersede(slot);
                self.journal.extend(gone.map(|(gone, done)| Undo::new(at, gone, done)));
                shelf.admit(slot);
            }
            if let Some(before) = before {
                let links = shelf.links.take(slot);
                self.journal.push(Undo::new(at, slot, Done::Updated { before, links }));
            }
            shelf.rows.after(slot, Event::Update);
        }
        if columns.iter().any(|&column| is_in_key(shelf.table, column)) {
            // It may have changed rows that are not tracked.
            self.disturb();
        }
        self.after_moves(at, moved);
        Ok(())
    }
}

/// Whether foreign keys may reference a column.
fn is_in_key(table: &Table, column: u16) -> bool {
    table.primary_key.contains(&column)
        || table.column(column).unique
        || table.uniques.iter().filter_map(Index::columns).any(|columns| columns.contains(&column))
}

/// Returns the next version.
pub(super) fn next(version: Datum) -> Datum {
    match version {
        Datum::Int(number) => Datum::Int(number.wrapping_add(1)),
        Datum::UInt(number) => Datum::UInt(number.wrapping_add(1)),
        other => other,
    }
}
