//! The rows of one model, in slots.

use std::any::Any;
use std::panic::Location;

use super::Draft;
use super::hooks::HookSet;
use super::rows::{AnyRows, Event, Gone, Meta, Rows, RunInsert, RunSelect, Stage};
use crate::change::insert_returning;
use crate::driver::BoxFuture;
use crate::error::Result;
use crate::model::Model;
use crate::query::Read;
use crate::session::{Fetch, Lease, column_of};
use crate::syntax::{Command, Insert, Node};
use crate::value::{Cells, Datum};

/// A slot for each row that was ever tracked: slots are not reused, so a handle never refers to another row.
pub(super) struct Store<T: Model> {
    slots: Vec<Slot<T>>,
}

pub(super) struct Slot<T> {
    pub(super) state: State<T>,
    pub(super) meta: Meta,
}

/// A row and its stage; see [`Stage`].
pub(super) enum State<T> {
    New(Vec<Node>),
    Stored(T),
    Doomed(T),
    Deleted(T),
    Gone(Gone),
}

impl<T> State<T> {
    fn entity(&self) -> Option<&T> {
        match self {
            State::Stored(row) | State::Doomed(row) | State::Deleted(row) => Some(row),
            State::New(_) | State::Gone(_) => None,
        }
    }

    fn entity_mut(&mut self) -> Option<&mut T> {
        match self {
            State::Stored(row) | State::Doomed(row) | State::Deleted(row) => Some(row),
            State::New(_) | State::Gone(_) => None,
        }
    }
}

fn at(slot: u32) -> usize {
    slot as usize
}

impl<T: Model> Store<T> {
    pub(super) fn new() -> Self {
        Store { slots: Vec::new() }
    }

    /// Whether no row was ever tracked.
    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Reserves space for exactly this many rows.
    pub(super) fn reserve_exact(&mut self, rows: usize) {
        self.slots.reserve_exact(rows);
    }

    pub(super) fn push(&mut self, state: State<T>, seen: u32) -> u32 {
        self.slots.push(Slot { state, meta: Meta { seen, ..Meta::default() } });
        u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
    }

    pub(super) fn slot(&self, slot: u32) -> &Slot<T> {
        &self.slots[at(slot)]
    }

    pub(super) fn slot_mut(&mut self, slot: u32) -> &mut Slot<T> {
        &mut self.slots[at(slot)]
    }

    pub(super) fn slots_mut(&mut self) -> &mut [Slot<T>] {
        &mut self.slots
    }

    /// Replaces a row that was read again.
    pub(super) fn renew(&mut self, slot: u32, mut row: T) {
        let state = &mut self.slots[at(slot)].state;
        if let Some(before) = state.entity_mut() {
            row.keep_skipped(before);
        }
        *state = State::Stored(row);
    }

    /// Takes a row out of its slot.
    pub(super) fn take(&mut self, slot: u32, why: Gone) -> Option<T> {
        match std::mem::replace(&mut self.slots[at(slot)].state, State::Gone(why)) {
            State::Stored(row) | State::Doomed(row) | State::Deleted(row) => Some(row),
            State::New(_) | State::Gone(_) => None,
        }
    }
}

/// All columns of a row.
pub(super) fn columns<T: Model>(row: &T) -> Box<[Datum]> {
    (0..T::table().width()).map(|column| row.column_value(column)).collect()
}

/// Sets a column of a row.
pub(super) fn set<T: Model>(row: &mut T, column: u16, value: Datum) -> Result<()> {
    let mut cells = [value.into_cell()];
    row.set_column(column, &mut Cells::new(&mut cells))
        .map_err(|fault| column_of(T::table(), usize::from(column)).error(&fault))
}

impl<T: Model> Rows for Store<T> {
    fn stage(&self, slot: u32) -> Stage {
        match &self.slots[at(slot)].state {
            State::New(_) => Stage::New,
            State::Stored(_) => Stage::Stored,
            State::Doomed(_) => Stage::Doomed,
            State::Deleted(_) => Stage::Deleted,
            State::Gone(why) => Stage::Gone(*why),
        }
    }

    fn meta(&self, slot: u32) -> &Meta {
        &self.slots[at(slot)].meta
    }

    fn meta_mut(&mut self, slot: u32) -> &mut Meta {
        &mut self.slots[at(slot)].meta
    }

    fn draft(&self, slot: u32) -> &[Node] {
        match &self.slots[at(slot)].state {
            State::New(draft) => draft,
            _ => &[],
        }
    }

    fn draft_mut(&mut self, slot: u32) -> &mut [Node] {
        match &mut self.slots[at(slot)].state {
            State::New(draft) => draft,
            _ => &mut [],
        }
    }

    fn value(&self, slot: u32, column: u16) -> Datum {
        self.slots[at(slot)].state.entity().map_or(Datum::Null, |row| row.column_value(column))
    }

    fn set(&mut self, slot: u32, column: u16, value: Datum) -> Result<()> {
        match self.slots[at(slot)].state.entity_mut() {
            Some(row) => set(row, column, value),
            None => Ok(()),
        }
    }

    fn set_all(&mut self, slot: u32, values: Box<[Datum]>) -> Result<()> {
        let Some(row) = self.slots[at(slot)].state.entity_mut() else { return Ok(()) };
        let mut cells: Vec<_> = values.into_iter().map(Datum::into_cell).collect();
        let read = T::read(&mut Cells::new(&mut cells));
        let mut again = read.map_err(|fault| column_of(T::table(), fault.index).error(&fault))?;
        again.keep_skipped(row);
        *row = again;
        Ok(())
    }

    fn shift(&mut self, slot: u32, to: Stage) {
        let Some(row) = self.take(slot, Gone::Forgotten) else { return };
        self.slots[at(slot)].state = match to {
            Stage::Doomed => State::Doomed(row),
            Stage::Deleted => State::Deleted(row),
            _ => State::Stored(row),
        };
    }

    fn redraft(&mut self, slot: u32, draft: Vec<Node>) {
        self.slots[at(slot)].state = State::New(draft);
    }

    fn drop_row(&mut self, slot: u32, why: Gone) {
        self.slots[at(slot)] = Slot { state: State::Gone(why), meta: Meta::default() };
    }

    fn land(&mut self, slots: &[u32], rows: AnyRows) -> bool {
        let Some(rows) = rows.downcast::<Vec<T>>().ok().filter(|rows| rows.len() == slots.len()) else {
            return false;
        };
        for (&slot, row) in slots.iter().zip(*rows) {
            self.slots[at(slot)].state = State::Stored(row);
        }
        true
    }

    fn columns_of(&self, rows: AnyRows) -> Vec<Box<[Datum]>> {
        rows.downcast::<Vec<T>>().map(|rows| rows.iter().map(columns).collect()).unwrap_or_default()
    }

    fn run_insert(&self) -> RunInsert {
        run_insert::<T>
    }

    fn run_select(&self) -> RunSelect {
        run_select::<T>
    }

    fn before(&mut self, slot: u32, event: Event, known: &[(u16, Datum)]) -> Result<()> {
        let Some(hooks) = T::hooks() else { return Ok(()) };
        match (event, &mut self.slots[at(slot)].state) {
            (Event::Insert, State::New(draft)) => (hooks.before_insert)(&mut Draft::new(draft, known)),
            (Event::Update, State::Stored(row)) => (hooks.before_update)(row),
            (Event::Delete, State::Doomed(row)) => (hooks.before_delete)(row),
            _ => Ok(()),
        }
    }

    fn after(&self, slot: u32, event: Event) {
        let Some(HookSet { after_insert, after_update, after_delete, .. }) = T::hooks() else { return };
        let Some(row) = self.slots[at(slot)].state.entity() else { return };
        match event {
            Event::Insert => after_insert(row),
            Event::Update => after_update(row),
            Event::Delete => after_delete(row),
        }
    }

    fn has_hooks(&self) -> bool {
        T::hooks().is_some()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

fn run_insert<'a, T: Model>(
    lease: &'a mut Lease<'_>,
    insert: Insert,
    at: &'static Location<'static>,
) -> BoxFuture<'a, Result<AnyRows>> {
    Box::pin(async move {
        let mut rows: Vec<T> = Vec::new();
        insert_returning(lease, insert, &mut rows, at).await?;
        Ok(Box::new(rows) as AnyRows)
    })
}

fn run_select<'a, T: Model>(
    lease: &'a mut Lease<'_>,
    command: Command,
    at: &'static Location<'static>,
) -> BoxFuture<'a, Result<AnyRows>> {
    Box::pin(async move {
        let mut fetch = Fetch::new(T::read as Read<T>);
        lease.run(command, &mut fetch, at).await?;
        Ok(Box::new(fetch.finish(|index| column_of(T::table(), index))?) as AnyRows)
    })
}
