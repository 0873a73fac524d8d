//! The clauses of a query or of a relation: filter, order and limit.

use std::cmp::Ordering;

use orm::prelude::*;
use orm::{Mode, Ordered};

use super::models::Scored;
use crate::support::Random;

#[derive(Debug, Clone)]
pub struct Clauses {
    least: Option<i32>,
    prefix: Option<&'static str>,
    pub order: Vec<Order>,
    pub limit: Option<u64>,
    pub offset: u64,
}

#[derive(Debug, Clone, Copy)]
pub struct Order {
    by: By,
    descending: bool,
    nulls_first: Option<bool>,
}

#[derive(Debug, Clone, Copy)]
enum By {
    Score,
    Word,
}

/// Adds the clauses to a query or a relation; `$key` makes the order total.
macro_rules! with_clauses {
    ($rows:expr, $clauses:expr, |$row:ident| $($key:expr),+) => {{
        let clauses: &Clauses = $clauses;
        let rows = $rows
            .filter(|$row| clauses.condition($row.score, $row.word))
            .order_by(|$row| (clauses.orders($row.score, $row.word), $($key.asc()),+));
        let rows = match clauses.limit {
            Some(limit) => rows.limit(limit),
            None => rows,
        };
        match clauses.offset {
            0 => rows,
            offset => rows.offset(offset),
        }
    }};
}

impl Clauses {
    pub fn new(random: &mut Random) -> Self {
        let order = |random: &mut Random| Order {
            by: random.pick(&[By::Score, By::Word]),
            descending: random.once_in(2),
            nulls_first: random.pick(&[None, None, Some(true), Some(false)]),
        };
        Clauses {
            least: random.once_in(3).then(|| random.below(3)),
            prefix: random.once_in(4).then(|| random.pick(&["", "a", "o", "x"])),
            order: (0..random.below(3)).map(|_| order(random)).collect(),
            limit: random.once_in(3).then(|| random.below(4)),
            offset: if random.once_in(5) { random.below(3) } else { 0 },
        }
    }

    pub fn condition<M: Mode, N: Mode>(&self, score: Column<i32, M>, word: Column<String, N>) -> Condition {
        let least = self.least.map(|least| score.ge(least));
        let prefix = self.prefix.map(|prefix| word.starts_with(prefix));
        all_of(least.into_iter().chain(prefix))
    }

    pub fn orders<M: Mode, N: Mode>(&self, score: Column<i32, M>, word: Column<String, N>) -> Vec<Ordered> {
        let ordered = |order: &Order| {
            let by = match (order.by, order.descending) {
                (By::Score, false) => score.asc(),
                (By::Score, true) => score.desc(),
                (By::Word, false) => word.asc(),
                (By::Word, true) => word.desc(),
            };
            match order.nulls_first {
                Some(true) => by.nulls_first(),
                Some(false) => by.nulls_last(),
                None => by,
            }
        };
        self.order.iter().map(ordered).collect()
    }

    /// Returns whether a row matches the condition, or a missing row does.
    pub fn meets(&self, row: Option<&impl Scored>) -> bool {
        match row {
            Some(row) => self.keeps(row),
            None => self.least.is_none() && self.prefix.is_none(),
        }
    }

    fn keeps(&self, row: &impl Scored) -> bool {
        self.least.is_none_or(|least| row.score().is_some_and(|score| score >= least))
            && self.prefix.is_none_or(|prefix| row.word().starts_with(prefix))
    }

    /// Returns the rows that match the condition, in order.
    pub fn sorted<'r, T: Scored + 'r>(&self, rows: impl Iterator<Item = &'r T>) -> Vec<T> {
        let mut rows: Vec<T> = rows.filter(|row| self.keeps(*row)).cloned().collect();
        rows.sort_by(|a, b| self.compare(Some(a), Some(b)).then(a.place().cmp(&b.place())));
        rows
    }

    /// Compares two rows by the explicit order.
    pub fn compare<T: Scored>(&self, a: Option<&T>, b: Option<&T>) -> Ordering {
        let orders = self.order.iter().map(|order| order.compare(a, b));
        orders.fold(Ordering::Equal, Ordering::then)
    }

    /// Returns whether the last order key is descending.
    pub fn is_descending(&self) -> bool {
        self.order.last().is_some_and(|order| order.descending)
    }

    /// Applies all clauses to some rows.
    pub fn of<'r, T: Scored + 'r>(&self, rows: impl Iterator<Item = &'r T>) -> Vec<T> {
        let rows = self.sorted(rows).into_iter().skip(self.offset as usize);
        rows.take(self.limit.map_or(usize::MAX, |limit| limit as usize)).collect()
    }
}

impl Order {
    fn compare<T: Scored>(self, a: Option<&T>, b: Option<&T>) -> Ordering {
        match self.by {
            By::Score => self.place(a.and_then(T::score), b.and_then(T::score)),
            By::Word => self.place(a.map(T::word), b.map(T::word)),
        }
    }

    /// NULL sorts first, unless its position is explicit.
    fn place<V: Ord>(self, a: Option<V>, b: Option<V>) -> Ordering {
        let nulls = b.is_none().cmp(&a.is_none());
        let values = if self.descending { b.cmp(&a) } else { a.cmp(&b) };
        match self.nulls_first {
            None => values,
            Some(true) => nulls.then(values),
            Some(false) => nulls.reverse().then(values),
        }
    }
}
