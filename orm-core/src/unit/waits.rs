//! Dependencies between the tasks of a flush.

use std::collections::HashMap;
use std::sync::Arc;

use super::identity::Identity;
use super::pending::missing;
use super::plan::{Kind, Task};
use super::rows::Stage;
use super::{RowRef, Unit};
use crate::error::{Error, Result};
use crate::schema::{ForeignKey, ReferentialAction, Table};
use crate::value::Datum;

/// A dependency: one task comes before another.
#[derive(Debug, Clone)]
pub(super) struct Wait {
    pub(super) first: usize,
    pub(super) then: usize,
    pub(super) why: Why,
}

/// Why one task waits for another.
#[derive(Debug, Clone)]
pub(super) enum Why {
    /// A foreign key: an insert waits for that of its parent, a delete for those of its children.
    References(&'static ForeignKey),
    /// It takes a unique value of these columns, which the other one gives up.
    Unique(Arc<[u16]>),
    /// It takes a value that differs only in case, accents or trailing spaces, which some databases consider equal and others do
    /// not.
    UniqueFolded(Arc<[u16]>),
    /// Another reason, which no NULL removes.
    Order,
}

/// Returns all dependencies between `tasks`.
pub(super) fn waits(unit: &Unit, tasks: &[Task]) -> Result<Vec<Wait>> {
    let mut waits = Waits {
        unit,
        tasks,
        rows: HashMap::new(),
        comes: HashMap::new(),
        goes: HashMap::new(),
        waits: Vec::new(),
    };
    if tasks.iter().any(|task| !unit.shelves[task.shelf].table.foreign_keys.is_empty()) {
        waits.index();
        for at in 0..tasks.len() {
            waits.references(at)?;
        }
    }
    for shelf in 0..unit.shelves.len() {
        waits.unique_values(shelf);
    }
    Ok(waits.waits)
}

/// Tasks by shelf and by values in referenced columns.
type ByKey = HashMap<(usize, &'static [u16], Identity), usize>;

struct Waits<'u> {
    unit: &'u Unit,
    tasks: &'u [Task],
    /// Inserts and updates, by row.
    rows: HashMap<(Kind, usize, u32), usize>,
    /// The values that inserts and updates put into referenced columns.
    comes: ByKey,
    /// The values that deletes and updates remove from referenced columns.
    goes: ByKey,
    waits: Vec<Wait>,
}

impl Waits<'_> {
    fn index(&mut self) {
        let unit = self.unit;
        let keys: Vec<Vec<&'static [u16]>> =
            unit.shelves.iter().map(|shelf| unit.pointed_at(shelf.table)).collect();
        for (at, &Task { kind, shelf, slot }) in self.tasks.iter().enumerate() {
            if kind != Kind::Delete {
                self.rows.insert((kind, shelf, slot), at);
            }
            for &key in &keys[shelf] {
                let (goes, comes) = self.handed(Task { kind, shelf, slot }, key);
                // A soft-deleted row still exists, and may be referenced.
                let stays = kind == Kind::Delete && unit.shelves[shelf].table.soft_delete.is_some();
                if let Some(goes) = goes.filter(|_| !stays) {
                    self.goes.insert((shelf, key, goes), at);
                }
                if let Some(comes) = comes {
                    self.comes.insert((shelf, key, comes), at);
                }
            }
        }
    }

    fn row(&self, Task { shelf, slot, .. }: Task) -> RowRef {
        self.unit.row_ref(shelf, slot)
    }

    /// The values that a task removes from the columns of a key, and those that it puts in.
    fn handed(&self, task: Task, key: &[u16]) -> (Option<Identity>, Option<Identity>) {
        let Task { kind, shelf, slot } = task;
        let rows = &self.unit.shelves[shelf];
        let stored = || Identity::of(rows.stored_values(slot, key));
        let to_be = || self.unit.to_be(self.row(task), key);
        let sets = |&column: &u16| rows.is_to_be_set(slot, column);
        match kind {
            Kind::Insert => (None, to_be()),
            Kind::Update if key.iter().any(sets) => (stored(), to_be()),
            Kind::Update => (None, None),
            Kind::Delete => (stored(), None),
        }
    }

    fn push(&mut self, first: usize, then: usize, why: Why) {
        self.waits.push(Wait { first, then, why });
    }

    /// Adds what a row waits for, or what waits for it, because of its foreign keys.
    fn references(&mut self, at: usize) -> Result<()> {
        let Task { kind, shelf, slot } = self.tasks[at];
        let (rows, row) = (&self.unit.shelves[shelf], self.row(self.tasks[at]));
        for &key in rows.table.foreign_keys {
            match kind {
                Kind::Insert => match self.unit.parent_to_be(row, key) {
                    Some(parent) => self.after_row(parent, at, Why::References(key), key)?,
                    None => self.after_value(at, key),
                },
                Kind::Update => {
                    let is_set = key.columns.iter().any(|&column| rows.is_to_be_set(slot, column));
                    match self.unit.parent_to_be(row, key) {
                        Some(parent) => self.after_row(parent, at, Why::Order, key)?,
                        None if is_set => self.after_value(at, key),
                        None => {}
                    }
                    // A key that the database sets to NULL with the delete does not determine the order.
                    if is_set || key.on_delete != ReferentialAction::SetNull {
                        self.before_parent_goes(at, key, Why::Order);
                    }
                }
                Kind::Delete => self.before_parent_goes(at, key, Why::References(key)),
            }
        }
        Ok(())
    }

    /// Waits for a row to be inserted, if it is new, or to get the values that a foreign key references.
    fn after_row(&mut self, parent: RowRef, at: usize, why: Why, key: &'static ForeignKey) -> Result<()> {
        let stage = self.unit.stage_of(parent).map_err(|error| points_nowhere(key, error))?;
        let shelf = parent.shelf as usize;
        let changes = |&column: &u16| self.unit.shelves[shelf].is_to_be_set(parent.slot, column);
        let kind = match stage {
            Stage::New => Kind::Insert,
            Stage::Stored if key.parent_columns().iter().any(changes) => Kind::Update,
            Stage::Stored | Stage::Doomed => return Ok(()),
            Stage::Deleted | Stage::Gone(_) => {
                return Err(points_nowhere(key, missing(stage, (key.parent)().model)));
            }
        };
        match self.rows.get(&(kind, shelf, parent.slot)) {
            // A row that references itself waits for no other.
            Some(&first) if first != at || kind == Kind::Insert => self.push(first, at, why),
            _ => {}
        }
        Ok(())
    }

    /// Waits for the row that will have these values, if one is inserted or changed to have them.
    fn after_value(&mut self, at: usize, key: &'static ForeignKey) {
        let Some(values) = self.unit.to_be(self.row(self.tasks[at]), key.columns) else { return };
        for parent in self.unit.shelves_of((key.parent)()) {
            match self.comes.get(&(parent, key.parent_columns(), values.clone())) {
                // A row that references itself waits for no other.
                Some(&first) if first != at => self.push(first, at, Why::References(key)),
                Some(_) => {}
                None => {
                    let goes = self.goes.get(&(parent, key.parent_columns(), values.clone())).copied();
                    let goes = goes.filter(|&then| self.tasks[then].kind == Kind::Update);
                    let mut up = carrying(self.unit.shelves[parent].table);
                    let carries = up.find_map(|up| self.carrier(up, key.parent_columns(), &values));
                    // The database cascades the change to the row, or refuses it.
                    for then in goes.into_iter().chain(carries).filter(|&then| then != at) {
                        self.push(at, then, Why::Order);
                    }
                }
            }
        }
    }

    /// The task that puts in or removes the referenced values, for a row with these values in these columns.
    fn of_parent(
        &self,
        tasks: &ByKey,
        key: &ForeignKey,
        columns: &[u16],
        values: &Identity,
    ) -> Option<usize> {
        let value = |column: &u16| {
            let at = columns.iter().position(|other| other == column)?;
            values.values().get(at).cloned()
        };
        let values = Identity::of(key.columns.iter().map(value).collect::<Option<Vec<Datum>>>()?)?;
        let mut shelves = self.unit.shelves_of((key.parent)());
        shelves.find_map(|parent| tasks.get(&(parent, key.parent_columns(), values.clone())).copied())
    }

    /// The update that changes the referenced values, which the database cascades to the row.
    fn carrier(&self, key: &ForeignKey, columns: &[u16], values: &Identity) -> Option<usize> {
        let then = self.of_parent(&self.goes, key, columns, values);
        then.filter(|&then| self.tasks[then].kind == Kind::Update)
    }

    /// The values that the row of a task has in these columns once the database has cascaded updates of referenced rows.
    fn carried(&self, task: Task, columns: &[u16], values: Identity, is_new: bool) -> Identity {
        let Task { kind, shelf, slot } = task;
        let rows = &self.unit.shelves[shelf];
        if carrying(rows.table).next().is_none() {
            return values;
        }
        let mut after = values.values().to_vec();
        for key in carrying(rows.table) {
            let is_said =
                kind == Kind::Insert || key.columns.iter().any(|&column| rows.is_to_be_set(slot, column));
            // It waits for the row that will have the values it references.
            let waits = self.unit.parent_to_be(self.row(task), key).is_some()
                || (is_said && self.of_parent(&self.comes, key, columns, &values).is_some());
            if is_new && waits {
                continue;
            }
            let Some(then) = self.carrier(key, columns, &values) else { continue };
            let now = self.unit.to_be(self.row(self.tasks[then]), key.parent_columns());
            let Some(now) = now else { continue };
            for (column, value) in key.columns.iter().zip(now.values()) {
                if let Some(at) = columns.iter().position(|other| other == column) {
                    after[at] = value.clone();
                }
            }
        }
        Identity::new(after)
    }

    /// Makes the delete or the key change of the row's parent in the database wait for this task.
    fn before_parent_goes(&mut self, at: usize, key: &'static ForeignKey, why: Why) {
        let Task { kind, shelf, slot } = self.tasks[at];
        let rows = &self.unit.shelves[shelf];
        let Some(values) = Identity::of(rows.stored_values(slot, key.columns)) else { return };
        let sets = |&column: &u16| rows.is_to_be_set(slot, column);
        let is_in_part = key.columns.iter().any(sets) && !key.columns.iter().all(sets);
        for parent in self.unit.shelves_of((key.parent)()) {
            let Some(&then) = self.goes.get(&(parent, key.parent_columns(), values.clone())) else {
                continue;
            };
            let waits = match self.tasks[then].kind {
                Kind::Delete => then != at || holds_itself(key, kind),
                // If the database cascades to the row, or the row stays with its parent, the parent goes first.
                // For a composite key whose other part stays as it is, the row goes first if it leaves by one part.
                _ => then != at && (is_refused(key.on_update) || is_in_part) && !self.stays(at, key, then),
            };
            if waits {
                self.push(at, then, why.clone());
            }
        }
    }

    /// Whether a row still references the row of another task after that task.
    fn stays(&self, at: usize, key: &ForeignKey, parent: usize) -> bool {
        let (row, parent_row) = (self.row(self.tasks[at]), self.row(self.tasks[parent]));
        if let Some(held) = self.unit.parent_to_be(row, key) {
            return held == parent_row;
        }
        let shelf = self.tasks[parent].shelf;
        let values = || Some((shelf, key.parent_columns(), self.unit.to_be(row, key.columns)?));
        let is_update = self.tasks[at].kind == Kind::Update;
        is_update && values().is_some_and(|values| self.comes.get(&values) == Some(&parent))
    }

    /// Makes rows that take a unique value wait for those that give it up.
    fn unique_values(&mut self, at: usize) {
        let shelf = &self.unit.shelves[at];
        let of_shelf = || self.tasks.iter().enumerate().filter(|(_, task)| task.shelf == at);
        let gives_up = |kind| matches!(kind, Kind::Update | Kind::Delete);
        if !of_shelf().any(|(_, task)| gives_up(task.kind)) {
            return;
        }
        let mut found = Vec::new();
        for columns in unique_keys(shelf.table) {
            let mut given: HashMap<Identity, usize> = HashMap::new();
            let mut folded: HashMap<Identity, usize> = HashMap::new();
            let mut taken: Vec<(Identity, usize)> = Vec::new();
            for (number, task) in of_shelf() {
                let (old, new) = self.handed(*task, &columns);
                if let Some(old) = old {
                    let old = self.carried(*task, &columns, old, false);
                    folded.insert(old.clone().folded(), number);
                    given.insert(old, number);
                }
                if let Some(new) = new {
                    taken.push((self.carried(*task, &columns, new, true), number));
                }
            }
            for (value, then) in taken {
                let (first, why) = match given.get(&value) {
                    Some(&first) => (first, Why::Unique(columns.clone())),
                    None => match folded.get(&value.folded()) {
                        Some(&first) => (first, Why::UniqueFolded(columns.clone())),
                        None => continue,
                    },
                };
                if first != then {
                    found.push((first, then, why));
                }
            }
        }
        for (first, then, why) in found {
            self.push(first, then, why);
        }
    }
}

impl Unit {
    /// The columns by which tracked rows may reference a table: its primary key, or unique ones.
    pub(super) fn pointed_at(&self, table: &Table) -> Vec<&'static [u16]> {
        let mut keys: Vec<&'static [u16]> = Vec::new();
        let all = self.shelves.iter().flat_map(|shelf| shelf.table.foreign_keys);
        for key in all.filter(|key| (key.parent)().is(table)) {
            if !keys.contains(&key.parent_columns()) {
                keys.push(key.parent_columns());
            }
        }
        keys
    }

    /// The shelves whose rows are in a table.
    fn shelves_of(&self, table: &'static Table) -> impl Iterator<Item = usize> {
        self.shelves.iter().enumerate().filter(move |(_, shelf)| shelf.table.is(table)).map(|(at, _)| at)
    }
}

/// Whether a row that references itself cannot be deleted before its reference is NULL: InnoDB refuses it.
fn holds_itself(key: &ForeignKey, kind: Kind) -> bool {
    kind == Kind::Delete && is_refused(key.on_delete) && key.optional()
}

/// The foreign keys with ON UPDATE CASCADE of a table.
fn carrying(table: &Table) -> impl Iterator<Item = &'static ForeignKey> {
    table.foreign_keys.iter().copied().filter(|key| key.on_update == ReferentialAction::Cascade)
}

fn is_refused(action: ReferentialAction) -> bool {
    matches!(action, ReferentialAction::NoAction | ReferentialAction::Restrict)
}

/// The columns of each unique key, including the primary key.
fn unique_keys(table: &Table) -> Vec<Arc<[u16]>> {
    let mut keys: Vec<Arc<[u16]>> = vec![table.primary_key.into()];
    let single = (0u16..).zip(table.columns).filter(|(_, column)| column.unique);
    keys.extend(single.map(|(column, _)| Arc::from([column])));
    keys.extend(table.uniques.iter().filter_map(|index| index.columns().map(Arc::from)));
    keys
}

#[cold]
fn points_nowhere(key: &ForeignKey, error: Error) -> Error {
    let message =
        format!("`{}` of a `{}` would reference a row that does not exist", key.name, (key.child)().model);
    error.clone().into_kind(error.kind(), message)
}
