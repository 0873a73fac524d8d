//! Pending changes of links through join models, and how a flush turns them into row changes.

use std::collections::{HashMap, HashSet};
use std::panic::Location;

use super::ends::End;
use super::identity::Identity;
use super::read::{TRACKED, is_one_of};
use super::rows::{AnyRows, Gone, Stage};
use super::{RowRef, Shelf, Unit, locked};
use crate::change::{InsertRow, row_nodes};
use crate::error::Result;
use crate::model::Model;
use crate::relation::Way;
use crate::schema::ForeignKey;
use crate::session::{Lease, Transaction};
use crate::syntax::{Command, Select, Source};
use crate::value::Datum;

/// The links between two models, as the rows of a join model.
pub(super) struct Joins {
    /// The shelf of the join model.
    shelf: usize,
    /// The foreign keys of its two ends, in the order of their columns, whichever end is the near one.
    keys: [&'static ForeignKey; 2],
    /// In the order of the calls.
    pub(super) wishes: Vec<Wish>,
    add: fn(&mut Unit) -> RowRef,
    track: Track,
}

/// Tracks rows that were found; returns their slots.
pub(super) type Track = fn(&mut Unit, AnyRows) -> Vec<u32>;

/// What is to hold after a flush.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wish {
    /// Whether two rows are linked.
    Pair([RowRef; 2], bool),
    /// A row at one end has no other links, whether they were requested before or are in the database.
    NoOthers { end: usize, row: RowRef },
}

/// The wishes that remain after later ones have overridden earlier ones.
#[derive(Default)]
struct Wanted {
    pairs: Vec<([RowRef; 2], bool)>,
    no_others: [Vec<RowRef>; 2],
}

/// The maximum number of values in one select.
pub(super) const AT_ONCE: usize = 8_192;

/// The rows of the join model that link two ends, by their slots.
type Links = HashMap<[End; 2], Vec<u32>>;

impl Unit {
    /// Returns the links of a relation through `J`, and the index of their near end.
    pub(super) fn joins_of<J: Model>(&mut self, way: Way) -> Option<(&mut Joins, usize)> {
        let (near, Some(far)) = way.links() else { return None };
        let shelf = self.shelf::<J>();
        let near_end = usize::from(near.key.columns > far.key.columns);
        let keys = if near_end == 0 { [near.key, far.key] } else { [far.key, near.key] };
        let same = |joins: &Joins| {
            joins.shelf == shelf && joins.keys.iter().zip(keys).all(|(&a, b)| std::ptr::eq(a, b))
        };
        let at = self.joins.iter().position(same).unwrap_or_else(|| {
            let (add, track) = (add::<J>, track::<J>);
            self.joins.push(Joins { shelf, keys, wishes: Vec::new(), add, track });
            self.joins.len() - 1
        });
        self.joins.get_mut(at).map(|joins| (joins, near_end))
    }
}

/// Adds a row of a join model.
fn add<J: Model>(unit: &mut Unit) -> RowRef {
    unit.add::<J>(row_nodes::<J>(InsertRow::<J>::default())).row
}

pub(super) fn track<T: Model>(unit: &mut Unit, rows: AnyRows) -> Vec<u32> {
    let rows = rows.downcast::<Vec<T>>().map(|rows| *rows).unwrap_or_default();
    rows.into_iter().map(|row| unit.track(row, false).row.slot).collect()
}

/// Turns wishes into new rows and rows to be deleted.
pub(super) async fn settle(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    for joins in 0..tx.unit().joins.len() {
        let wanted = tx.unit().wanted(&tx.unit().joins[joins]);
        let selects = tx.unit().selects(&tx.unit().joins[joins], &wanted);
        let Joins { shelf, track, .. } = tx.unit().joins[joins];
        let found = find(tx, shelf, selects, track, at).await?;
        tx.unit_mut().make(joins, &wanted, found)?;
    }
    tx.unit_mut().joins.clear();
    Ok(())
}

/// Runs selects of rows on a shelf; returns the slots in which they are tracked.
pub(super) async fn find(
    tx: &mut Transaction,
    shelf: usize,
    selects: Vec<Select>,
    track: Track,
    at: &'static Location<'static>,
) -> Result<Vec<u32>> {
    let mut found = Vec::new();
    for select in selects {
        let (table, run) = (tx.unit().shelves[shelf].table, tx.unit().shelves[shelf].rows.run_select());
        let mut lease = Lease::open(tx, None, table.bind).await?;
        let rows = run(&mut lease, Command::Select(Box::new(select)), at).await?;
        found.extend(track(tx.unit_mut(), rows));
    }
    locked::resolve(tx, at).await?;
    Ok(found)
}

impl Unit {
    /// The remaining wishes about rows that still exist; rows to be deleted can only be unlinked.
    fn wanted(&self, joins: &Joins) -> Wanted {
        let mut pairs: HashMap<[RowRef; 2], (usize, bool)> = HashMap::new();
        let mut no_others: [HashMap<RowRef, usize>; 2] = Default::default();
        for (turn, wish) in joins.wishes.iter().enumerate() {
            match *wish {
                Wish::Pair(pair, on) => drop(pairs.insert(pair, (turn, on))),
                Wish::NoOthers { end, row } => drop(no_others[end].insert(row, turn)),
            }
        }
        let is_there = |row: &RowRef, on: bool| match self.stage_of(*row) {
            Ok(stage) => stage.stays() || (stage == Stage::Doomed && !on),
            Err(_) => false,
        };
        let mut wanted = Wanted::default();
        for (turn, wish) in joins.wishes.iter().enumerate() {
            match *wish {
                Wish::Pair(pair, on) if pairs.get(&pair) == Some(&(turn, on)) => {
                    let later = |end: usize| no_others[end].get(&pair[end]).is_some_and(|&only| only > turn);
                    if !later(0) && !later(1) && pair.iter().all(|row| is_there(row, on)) {
                        wanted.pairs.push((pair, on));
                    }
                }
                Wish::NoOthers { end, row }
                    if no_others[end].get(&row) == Some(&turn) && is_there(&row, false) =>
                {
                    wanted.no_others[end].push(row);
                }
                _ => {}
            }
        }
        wanted
    }

    /// Selects the links that may be in the database.
    fn selects(&self, joins: &Joins, wanted: &Wanted) -> Vec<Select> {
        let table = self.shelves[joins.shelf].table;
        let stored = |row: &RowRef| self.is_in_database(*row);
        let key = |end: usize, row: &RowRef| {
            let columns = joins.keys[end].parent_columns();
            self.shelves[row.shelf as usize].stored_values(row.slot, columns)
        };
        let both_keys = |pair: &[RowRef; 2]| [key(0, &pair[0]), key(1, &pair[1])].concat();
        let both: Vec<u16> = joins.keys.iter().flat_map(|key| key.columns).copied().collect();
        // The other selects find the links of a row that is to have no others.
        let no_others: [HashSet<&RowRef>; 2] = wanted.no_others.each_ref().map(|rows| rows.iter().collect());
        let alone = |pair: &[RowRef; 2]| (0..2).all(|end| !no_others[end].contains(&pair[end]));
        let pairs = wanted.pairs.iter().filter(|(pair, _)| pair.iter().all(stored) && alone(pair));
        let pairs: Vec<Vec<Datum>> = pairs.map(|(pair, _)| both_keys(pair)).collect();
        let mut looked_for = vec![(both, pairs)];
        for (end, rows) in wanted.no_others.iter().enumerate() {
            let keys = rows.iter().filter(|row| stored(row)).map(|row| key(end, row)).collect();
            looked_for.push((joins.keys[end].columns.to_vec(), keys));
        }
        let mut selects: Vec<Select> = Vec::new();
        for (columns, keys) in &looked_for {
            for keys in keys.chunks(AT_ONCE / columns.len().max(1)) {
                let mut select = Select::new(table);
                select.sight = TRACKED;
                select.filter.push(is_one_of(Source::table(select.base), table, columns, keys));
                selects.push(select);
            }
        }
        selects
    }

    /// Adds and removes rows of the join model.
    fn make(&mut self, joins: usize, wanted: &Wanted, found: Vec<u32>) -> Result<()> {
        let Joins { shelf, keys, add, .. } = self.joins[joins];
        let links = self.links_there_are(shelf, keys, found);
        let ends_of =
            |unit: &Unit, [one, other]: [RowRef; 2]| [unit.end(one, keys[0]), unit.end(other, keys[1])];
        let on: HashSet<[End; 2]> =
            wanted.pairs.iter().filter(|(_, on)| *on).map(|(pair, _)| ends_of(self, *pair)).collect();
        for (pair, is_on) in &wanted.pairs {
            let ends = ends_of(self, *pair);
            let there = links.get(&ends).map_or(&[][..], Vec::as_slice);
            match (is_on, there) {
                (true, []) => {
                    let link = add(self);
                    for (key, end) in keys.into_iter().zip(*pair) {
                        self.link(link, key, Some(end))?;
                    }
                    // It is dropped together with a row that a hook has added: the hook then makes both again.
                    let by_hook = pair.iter().any(|row| self.is_made_by_hook(*row));
                    self.shelves[shelf].rows.meta_mut(link.slot).by_hook |= by_hook;
                }
                (true, there) => self.shelves[shelf].keep_one(there)?,
                (false, there) => there.iter().for_each(|&slot| self.shelves[shelf].dismiss(slot)),
            }
        }
        for (end, rows) in wanted.no_others.iter().enumerate() {
            let rows: HashSet<End> = rows.iter().map(|&row| self.end(row, keys[end])).collect();
            for (_, slots) in
                links.iter().filter(|(ends, _)| rows.contains(&ends[end]) && !on.contains(*ends))
            {
                slots.iter().for_each(|&slot| self.shelves[shelf].dismiss(slot));
            }
        }
        Ok(())
    }

    /// The links that were found in the database, and those that are to be inserted.
    fn links_there_are(&self, shelf: usize, keys: [&ForeignKey; 2], found: Vec<u32>) -> Links {
        let rows = &self.shelves[shelf].rows;
        let mut links = Links::new();
        for slot in found.into_iter().collect::<HashSet<u32>>() {
            let end =
                |key: &ForeignKey| Identity::of(key.columns.iter().map(|&column| rows.value(slot, column)));
            if let [Some(one), Some(other)] = keys.map(end) {
                links.entry([End::Key(one), End::Key(other)]).or_default().push(slot);
            }
        }
        for &slot in self.shelves[shelf].drafts.iter().filter(|&&slot| rows.stage(slot) == Stage::New) {
            let draft = self.row_ref(shelf, slot);
            if let [Some(one), Some(other)] = keys.map(|key| self.end_to_be(draft, key)) {
                links.entry([one, other]).or_default().push(slot);
            }
        }
        links
    }
}

impl Shelf {
    /// Removes a row: a new one at once, a stored one with the flush.
    pub(super) fn dismiss(&mut self, slot: u32) {
        match self.rows.stage(slot) {
            Stage::New => self.rows.drop_row(slot, Gone::Deleted),
            Stage::Stored if !self.is_marked(slot) => self.doom(slot),
            _ => {}
        }
    }

    /// Ensures that one of the rows of a link remains, even if it was to be deleted, or is soft-deleted.
    fn keep_one(&mut self, slots: &[u32]) -> Result<()> {
        let Some(&slot) = slots.iter().find(|&&slot| !self.is_marked(slot)).or(slots.first()) else {
            return Ok(());
        };
        if self.rows.stage(slot) == Stage::Doomed {
            self.restore_doomed(slot);
        }
        match &self.table.soft_delete {
            Some(mark) if self.is_marked(slot) => {
                self.touch(slot);
                self.rows.set(slot, mark.column, Datum::Null)
            }
            _ => Ok(()),
        }
    }

    /// Whether a row is soft-deleted.
    fn is_marked(&self, slot: u32) -> bool {
        self.table.soft_delete.as_ref().is_some_and(|mark| !self.rows.value(slot, mark.column).is_null())
    }
}
