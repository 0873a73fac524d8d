//! Which tasks of a flush wait for which.

use std::collections::HashMap;
use std::sync::Arc;

use super::identity::Identity;
use super::pending::missing;
use super::plan::{Kind, Task};
use super::rows::Stage;
use super::{RowRef, Unit};
use crate::error::{Error, Result};
use crate::schema::{ForeignKey, ReferentialAction, Table};
use crate::syntax::Node;

/// One task comes before another.
#[derive(Debug, Clone)]
pub(super) struct Wait {
    pub(super) first: usize,
    pub(super) then: usize,
    pub(super) why: Why,
}

/// Why one task waits for another.
#[derive(Debug, Clone)]
pub(super) enum Why {
    /// By a foreign key: an insert waits for that of its parent, a delete for those of its children.
    References(&'static ForeignKey),
    /// It takes a unique value of these columns, which the other one gives up.
    Unique(Arc<[u16]>),
    /// For another reason, which no NULL removes.
    Order,
}

/// All waits between `tasks`.
pub(super) fn waits(unit: &Unit, tasks: &[Task]) -> Result<Vec<Wait>> {
    let mut waits = Waits { unit, tasks, inserts: HashMap::new(), keys: HashMap::new(), waits: Vec::new() };
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

struct Waits<'u> {
    unit: &'u Unit,
    tasks: &'u [Task],
    /// The inserts, by their rows.
    inserts: HashMap<(usize, u32), usize>,
    /// Inserts and deletes of rows with a known key.
    keys: HashMap<(Kind, usize, Identity), usize>,
    waits: Vec<Wait>,
}

impl Waits<'_> {
    fn index(&mut self) {
        for (at, task) in self.tasks.iter().enumerate() {
            let shelf = &self.unit.shelves[task.shelf];
            let key = match task.kind {
                Kind::Insert => {
                    self.inserts.insert((task.shelf, task.slot), at);
                    shelf.drafted(task.slot, shelf.table.primary_key)
                }
                Kind::Update => None,
                Kind::Delete => Identity::of(shelf.key(task.slot)),
            };
            if let Some(key) = key {
                self.keys.insert((task.kind, task.shelf, key), at);
            }
        }
    }

    fn push(&mut self, first: usize, then: usize, why: Why) {
        self.waits.push(Wait { first, then, why });
    }

    /// What a row waits for, or what waits for it, by its foreign keys.
    fn references(&mut self, at: usize) -> Result<()> {
        let Task { kind, shelf, slot } = self.tasks[at];
        let rows = &self.unit.shelves[shelf];
        for &key in rows.table.foreign_keys {
            match kind {
                Kind::Insert => {
                    let nodes = key.columns.iter().map(|&column| &rows.rows.draft(slot)[usize::from(column)]);
                    match nodes.into_iter().find_map(held) {
                        Some(parent) => self.after_insert_of(parent, at, Why::References(key), key)?,
                        None => self.after_new_key(at, key, rows.drafted(slot, key.columns)),
                    }
                }
                Kind::Update => {
                    let links = rows.links.iter().filter(|link| link.slot == slot);
                    let link = links
                        .filter(|link| key.columns.contains(&link.column))
                        .find_map(|link| held(&link.node));
                    if let Some(parent) = link {
                        self.after_insert_of(parent, at, Why::Order, key)?;
                    }
                    let is_changed = key.columns.iter().any(|&column| rows.is_changed(slot, column));
                    if is_changed {
                        self.after_new_key(at, key, rows.current(slot, key.columns));
                    }
                    // A key that the database sets to NULL with the delete says nothing about the order.
                    if is_changed || link.is_some() || key.on_delete != ReferentialAction::SetNull {
                        self.before_delete_of_parent(at, key, Why::Order);
                    }
                }
                Kind::Delete => self.before_delete_of_parent(at, key, Why::References(key)),
            }
        }
        Ok(())
    }

    /// Waits for a row to be inserted, if it is new.
    fn after_insert_of(
        &mut self,
        parent: RowRef,
        at: usize,
        why: Why,
        key: &'static ForeignKey,
    ) -> Result<()> {
        let stage = self.unit.stage_of(parent).map_err(|error| points_nowhere(key, error))?;
        match stage {
            Stage::New => {
                if let Some(&first) = self.inserts.get(&(parent.shelf as usize, parent.slot)) {
                    self.push(first, at, why);
                }
                Ok(())
            }
            Stage::Stored | Stage::Doomed => Ok(()),
            Stage::Deleted | Stage::Gone(_) => Err(points_nowhere(key, missing(stage, (key.parent)().model))),
        }
    }

    /// Waits for a row with this key to be inserted, if there is one.
    fn after_new_key(&mut self, at: usize, key: &'static ForeignKey, values: Option<Identity>) {
        let Some(values) = values else { return };
        for parent in self.unit.shelves_of((key.parent)()) {
            match self.keys.get(&(Kind::Insert, parent, values.clone())) {
                // A row that references itself needs no one else.
                Some(&first) if first != at => self.push(first, at, Why::References(key)),
                _ => {}
            }
        }
    }

    /// Lets the delete of the parent that a row has in the database wait.
    fn before_delete_of_parent(&mut self, at: usize, key: &'static ForeignKey, why: Why) {
        let Task { shelf, slot, .. } = self.tasks[at];
        let rows = &self.unit.shelves[shelf];
        let values = key.columns.iter().map(|&column| rows.stored_value(slot, column));
        let Some(values) = Identity::of(values) else { return };
        for parent in self.unit.shelves_of((key.parent)()) {
            match self.keys.get(&(Kind::Delete, parent, values.clone())) {
                Some(&then) if then != at || holds_itself(key, self.tasks[at].kind) => {
                    self.push(at, then, why.clone());
                }
                _ => {}
            }
        }
    }

    /// Lets rows that take a unique value wait for those that give it up.
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
            let mut taken: Vec<(Identity, usize)> = Vec::new();
            for (number, task) in of_shelf() {
                let changes = || columns.iter().any(|&column| shelf.is_changed(task.slot, column));
                let stored =
                    || Identity::of(columns.iter().map(|&column| shelf.stored_value(task.slot, column)));
                let (old, new) = match task.kind {
                    Kind::Insert => (None, shelf.drafted(task.slot, &columns)),
                    Kind::Update if changes() => (stored(), shelf.current(task.slot, &columns)),
                    Kind::Update => (None, None),
                    Kind::Delete => (stored(), None),
                };
                if let Some(old) = old {
                    given.insert(old.folded(), number);
                }
                if let Some(new) = new {
                    taken.push((new.folded(), number));
                }
            }
            for (value, then) in taken {
                match given.get(&value) {
                    Some(&first) if first != then => found.push((first, then, columns.clone())),
                    _ => {}
                }
            }
        }
        for (first, then, columns) in found {
            self.push(first, then, Why::Unique(columns));
        }
    }
}

impl Unit {
    /// The shelves whose rows are in a table.
    fn shelves_of(&self, table: &'static Table) -> impl Iterator<Item = usize> {
        self.shelves.iter().enumerate().filter(move |(_, shelf)| shelf.table.is(table)).map(|(at, _)| at)
    }
}

/// Whether a row that references itself cannot be deleted before it points at nothing: InnoDB refuses it.
fn holds_itself(key: &ForeignKey, kind: Kind) -> bool {
    let refused = matches!(key.on_delete, ReferentialAction::NoAction | ReferentialAction::Restrict);
    kind == Kind::Delete && refused && key.optional()
}

/// The row whose key a node stands for.
fn held(node: &Node) -> Option<RowRef> {
    match node {
        Node::Held(key) => Some(key.row),
        _ => None,
    }
}

/// The columns of each unique key, the primary one among them.
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
        format!("`{}` of a `{}` is to point at a row that is not there", key.name, (key.child)().model);
    error.clone().into_kind(error.kind(), message)
}
