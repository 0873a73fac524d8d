//! The order of the statements of a flush.
//!
//! Each row to be inserted, updated or deleted is a task. Tasks wait for others: an insert for those of the new rows that it
//! references; a parent's delete for the deletes of its children, and for updates that detach them; a task that takes
//! a unique value for the one that gives it up. Tasks that wait for nothing run table by table, in one step each: inserts
//! first, in the order of foreign keys, then updates, then deletes in reverse. If tasks wait for each other in a cycle,
//! a nullable column is temporarily set to NULL.

use std::collections::{BTreeMap, HashMap};

use smallvec::SmallVec;

use super::Unit;
use super::identity::compare;
use super::order::ranks;
use super::rows::Stage;
use super::waits::{Wait, Why, waits};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::ForeignKey;
use crate::value::Datum;

/// One statement, or as many as the server's limits require.
#[derive(Debug)]
pub(super) enum Step {
    /// Rows to insert, some of them with a foreign key that is set later.
    Insert { shelf: usize, slots: Vec<u32>, postponed: Vec<Postponed> },
    /// Rows to update.
    Update { shelf: usize, slots: Vec<u32> },
    /// A column of a stored row to be set to NULL temporarily.
    Vacate { shelf: usize, slot: u32, column: u16 },
    /// Rows to delete.
    Delete { shelf: usize, slots: Vec<u32> },
}

/// A foreign key of a new row that is inserted as NULL, and then set by an update.
#[derive(Debug, Clone, Copy)]
pub(super) struct Postponed {
    pub(super) slot: u32,
    pub(super) key: &'static ForeignKey,
}

/// What is done with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Insert,
    Update,
    Delete,
}

/// What is done with one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Task {
    pub(super) kind: Kind,
    pub(super) shelf: usize,
    pub(super) slot: u32,
}

/// Plans the steps of a flush.
pub(super) fn plan(unit: &Unit) -> Result<Vec<Step>> {
    let tasks = tasks(unit);
    let waits = waits(unit, &tasks)?;
    Planner::new(unit, tasks, waits).run()
}

fn tasks(unit: &Unit) -> Vec<Task> {
    let mut tasks = Vec::new();
    for (at, shelf) in unit.shelves.iter().enumerate() {
        let task = |kind| move |slot: &u32| Task { kind, shelf: at, slot: *slot };
        tasks.extend(shelf.drafts.iter().map(task(Kind::Insert)));
        tasks.extend(shelf.to_update().iter().map(task(Kind::Update)));
        tasks.extend(shelf.doomed.iter().map(task(Kind::Delete)));
    }
    tasks
}

struct Planner<'u> {
    unit: &'u Unit,
    tasks: Vec<Task>,
    done: Vec<bool>,
    /// For each task, the waits in which it is the one that waits.
    blocked_by: Vec<Vec<usize>>,
    /// For each task, the waits in which others wait for it.
    blocks: Vec<Vec<usize>>,
    waits: Vec<Wait>,
    /// Whether each wait is over.
    over: Vec<bool>,
    /// The number of open waits of each task.
    open: Vec<usize>,
    ranks: Vec<usize>,
    /// The tasks that wait for nothing, in the order in which they are run.
    ready: BTreeMap<(Kind, usize), Vec<usize>>,
    postponed: HashMap<usize, Vec<Postponed>>,
    steps: Vec<Step>,
}

impl<'u> Planner<'u> {
    fn new(unit: &'u Unit, tasks: Vec<Task>, waits: Vec<Wait>) -> Self {
        let tables: Vec<_> = unit.shelves.iter().map(|shelf| shelf.table).collect();
        let mut planner = Planner {
            unit,
            done: vec![false; tasks.len()],
            blocked_by: vec![Vec::new(); tasks.len()],
            blocks: vec![Vec::new(); tasks.len()],
            waits: Vec::with_capacity(waits.len()),
            over: Vec::with_capacity(waits.len()),
            open: vec![0; tasks.len()],
            ranks: ranks(&tables),
            ready: BTreeMap::new(),
            postponed: HashMap::new(),
            steps: Vec::new(),
            tasks,
        };
        for wait in waits {
            planner.add(wait);
        }
        for task in 0..planner.tasks.len() {
            if planner.open[task] == 0 {
                planner.make_ready(task);
            }
        }
        planner
    }

    fn run(mut self) -> Result<Vec<Step>> {
        loop {
            while let Some(((kind, _), tasks)) = self.ready.pop_first() {
                self.step(kind, tasks);
            }
            let Some(stuck) = self.done.iter().position(|done| !done) else { return Ok(self.steps) };
            self.break_circle(stuck)?;
        }
    }

    fn add(&mut self, wait: Wait) {
        let at = self.waits.len();
        self.blocks[wait.first].push(at);
        self.blocked_by[wait.then].push(at);
        self.open[wait.then] += 1;
        self.waits.push(wait);
        self.over.push(false);
    }

    /// Queues a task that waits for nothing: inserts and updates by rank, deletes by reverse rank.
    fn make_ready(&mut self, task: usize) {
        let Task { kind, shelf, .. } = self.tasks[task];
        let rank = self.ranks[shelf];
        let rank = if kind == Kind::Delete { usize::MAX - rank } else { rank };
        self.ready.entry((kind, rank)).or_default().push(task);
    }

    /// Runs tasks of one kind on one table as one step.
    fn step(&mut self, kind: Kind, mut tasks: Vec<usize>) {
        let Some(&first) = tasks.first() else { return };
        let shelf = self.tasks[first].shelf;
        if kind == Kind::Insert {
            tasks.sort_unstable();
        } else {
            let rows = &self.unit.shelves[shelf];
            tasks.sort_by_cached_key(|&task| Key(rows.key_parts(self.tasks[task].slot).collect()));
        }
        let slots = tasks.iter().map(|&task| self.tasks[task].slot).collect();
        self.steps.push(match kind {
            Kind::Insert => {
                let postponed =
                    tasks.iter().filter_map(|task| self.postponed.get(task)).flatten().copied().collect();
                Step::Insert { shelf, slots, postponed }
            }
            Kind::Update => Step::Update { shelf, slots },
            Kind::Delete => Step::Delete { shelf, slots },
        });
        for task in tasks {
            self.done[task] = true;
            for wait in std::mem::take(&mut self.blocks[task]) {
                self.end(wait);
            }
        }
    }

    /// Ends a wait; a task with no other waits becomes ready.
    fn end(&mut self, wait: usize) {
        if std::mem::replace(&mut self.over[wait], true) {
            return;
        }
        let task = self.waits[wait].then;
        self.open[task] -= 1;
        if self.open[task] == 0 {
            self.make_ready(task);
        }
    }

    /// Finds tasks that wait for each other, and ends one of the waits by a NULL.
    fn break_circle(&mut self, stuck: usize) -> Result<()> {
        let circle = self.circle(stuck);
        if circle.iter().any(|&wait| self.postpone(wait) || self.vacate(wait)) {
            return Ok(());
        }
        // Values that differ only in case, accents or spaces are no conflict in some databases; the others report it themselves.
        let folded = circle.iter().find(|&&wait| matches!(self.waits[wait].why, Why::UniqueFolded(_)));
        match folded {
            Some(&wait) => self.end(wait),
            None => return Err(self.no_order(&circle)),
        }
        Ok(())
    }

    /// The waits of a circle that `stuck` is in, or waits for.
    fn circle(&self, stuck: usize) -> Vec<usize> {
        let mut path: Vec<usize> = Vec::new();
        let mut seen: HashMap<usize, usize> = HashMap::new();
        let mut at = stuck;
        loop {
            if let Some(&start) = seen.get(&at) {
                return path.split_off(start);
            }
            seen.insert(at, path.len());
            let Some(&wait) = self.blocked_by[at].iter().find(|&&wait| !self.over[wait]) else { return path };
            path.push(wait);
            at = self.waits[wait].first;
        }
    }

    /// Inserts a row with NULL for a foreign key, which is set later.
    fn postpone(&mut self, wait: usize) -> bool {
        let Wait { then, why, .. } = self.waits[wait].clone();
        let Why::References(key) = why else { return false };
        if self.tasks[then].kind != Kind::Insert || !key.optional() {
            return false;
        }
        let Task { shelf, slot, .. } = self.tasks[then];
        self.postponed.entry(then).or_default().push(Postponed { slot, key });
        let update = self.new_task(Task { kind: Kind::Update, shelf, slot });
        self.add(Wait { first: then, then: update, why: Why::Order });
        for wait in self.blocked_by[then].clone() {
            let Wait { first, why, .. } = self.waits[wait].clone();
            if !self.over[wait] && matches!(why, Why::References(other) if std::ptr::eq(other, key)) {
                if first != then {
                    self.add(Wait { first, then: update, why: Why::Order });
                }
                self.end(wait);
            }
        }
        true
    }

    /// Sets a column of a stored row to NULL temporarily: this frees a unique value, or detaches a child from its parent.
    fn vacate(&mut self, wait: usize) -> bool {
        let Wait { first, then, why } = self.waits[wait].clone();
        let (giver, taker) = (self.tasks[first], self.tasks[then]);
        let columns = match &why {
            Why::Unique(columns) | Why::UniqueFolded(columns) => columns,
            Why::References(key) if giver.kind == Kind::Delete && taker.kind == Kind::Delete => key.columns,
            _ => return false,
        };
        let shelf = &self.unit.shelves[giver.shelf];
        // A soft-deleted row keeps its values, in case it is restored.
        if giver.kind == Kind::Delete && shelf.table.soft_delete.is_some() {
            return false;
        }
        let may_be_null = |column: &u16| {
            let column = shelf.table.column(*column);
            column.nullable && column.generated.is_none()
        };
        // One column is enough: NULLs are distinct, and a key with a NULL references nothing. Preferably one that is set anyway.
        let mut columns: Vec<u16> = columns.iter().copied().filter(may_be_null).collect();
        columns.sort_by_key(|&column| !shelf.is_to_be_set(giver.slot, column));
        let Some(&column) = columns.first() else { return false };
        self.steps.push(Step::Vacate { shelf: giver.shelf, slot: giver.slot, column });
        self.end(wait);
        true
    }

    fn new_task(&mut self, task: Task) -> usize {
        self.tasks.push(task);
        self.done.push(false);
        self.blocks.push(Vec::new());
        self.blocked_by.push(Vec::new());
        self.open.push(0);
        self.tasks.len() - 1
    }

    #[cold]
    fn no_order(&self, circle: &[usize]) -> Error {
        let mut models: Vec<&str> = Vec::new();
        let mut unique = false;
        for &wait in circle {
            let Wait { then, why, .. } = &self.waits[wait];
            let model = self.unit.shelves[self.tasks[*then].shelf].table.model;
            if !models.contains(&model) {
                models.push(model);
            }
            unique |= matches!(why, Why::Unique(_));
        }
        let models = models.iter().map(|model| format!("`{model}`")).collect::<Vec<_>>().join(", ");
        let message = if unique {
            format!(
                "rows of {models} exchange unique values in a cycle, and no column of the key can be NULL \
                 in between; give one of them another value and flush, then set the final value"
            )
        } else {
            format!(
                "rows of {models} reference one another in a cycle of foreign keys that cannot be NULL, so \
                 none of them can come first; make one of the keys an `Option`"
            )
        };
        Error::new(ErrorKind::InvalidQuery, message)
    }
}

/// A key, for sorting.
#[derive(PartialEq)]
struct Key(SmallVec<[Datum; 1]>);

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        compare(&self.0, &other.0)
    }
}

impl super::Shelf {
    /// The slots of stored rows that have something to update.
    pub(super) fn to_update(&self) -> Vec<u32> {
        let slots = self.touched.iter().copied().chain(self.links.slots());
        let mut slots: Vec<u32> = slots.filter(|&slot| self.rows.stage(slot) == Stage::Stored).collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    }
}
