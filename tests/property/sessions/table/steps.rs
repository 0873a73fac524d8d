//! The steps of random sessions, each applied to a session and to the expected state.

use std::mem::swap;

use orm::prelude::*;

use super::super::steps::Held;
use super::run::Run;
use super::{Item, Place, Row, read};

impl Run {
    /// Performs a step, if there are rows for it.
    pub(super) fn step(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        let (row, other) = (self.one(), self.one());
        match (self.random.below(15), row, other) {
            (0..=2, ..) | (_, None, _) => self.add(tx),
            (3, Some(row), _) => self.change(tx, row, |item, row, few, _| (item.room, row.room) = (few, few)),
            (4, Some(row), _) => self.change(tx, row, |item, row, few, _| (item.day, row.day) = (few, few)),
            (5, Some(row), _) => self.change(tx, row, |item, row, _, n| (item.desk, row.desk) = (n, n)),
            (6, Some(row), _) => self.change(tx, row, |item, row, few, _| {
                row.word = few.map(|few| format!("w{few}"));
                item.word.clone_from(&row.word);
            }),
            (7, Some(row), _) => self.change(tx, row, |item, row, _, n| (item.count, row.count) = (n, n)),
            (8, Some(row), _) => self.change(tx, row, |item, row, few, _| (item.place.y, row.y) = (few, few)),
            (9, Some(row), _) => self.change(tx, row, |item, row, few, n| {
                row.id = n.unsigned_abs() * 5 + few.unwrap_or(0).unsigned_abs();
                item.id = row.id;
            }),
            // Generated columns are not sent.
            (10, Some(row), _) => self.change(tx, row, |item, row, _, n| {
                (item.place.x, row.x) = (n, n);
                item.twice = 77;
            }),
            (11 | 12, Some(row), Some(other)) if row.0 != other.0 => self.swap(tx, row, other)?,
            (13, Some(row), _) => self.delete(tx, row)?,
            _ => self.delete_new(tx)?,
        }
        Ok(())
    }

    /// Returns a tracked row that is not to be deleted.
    fn one(&mut self) -> Option<(u32, Handle<Item>)> {
        let there = self.held.iter().filter(|(mark, _)| !self.doomed.contains(mark));
        let there: Vec<_> = there.filter_map(|(mark, held)| Some((*mark, held.row?))).collect();
        (!there.is_empty()).then(|| self.random.pick(&there))
    }

    /// Returns one of few numbers, so that some are taken.
    fn few(&mut self) -> Option<i32> {
        (!self.random.once_in(4)).then(|| self.random.between(1, 4) as i32)
    }

    pub(super) fn number(&mut self) -> i32 {
        self.random.between(1, 8) as i32
    }

    fn add(&mut self, tx: &mut Transaction) {
        let mark = self.marks;
        self.marks += 1;
        let weight = if self.random.once_in(2) { 7 } else { 3 };
        let row = Row {
            id: 5 * self.number().unsigned_abs() + self.random.below(5),
            room: self.few(),
            day: self.few(),
            desk: self.number(),
            word: self.few().map(|few| format!("w{few}")),
            count: self.number(),
            weight,
            x: self.number(),
            y: self.few(),
            version: 1,
            is_hidden: false,
        };
        let new = Item::insert().id(row.id).mark(mark).room(row.room).day(row.day).desk(row.desk);
        let new = new.word(row.word.clone()).count(row.count).place(Place { x: row.x, y: row.y });
        // Rows that use the server's default are inserted beside others.
        let new = if weight == 7 { tx.add(new) } else { tx.add(new.weight(weight)) };
        self.held.insert(mark, Held::new(new));
        self.note(format!("add {mark}: {row:?}"));
        self.now.insert(mark, row);
    }

    /// Changes a row at random, in the session and in the expected state.
    fn change(
        &mut self,
        tx: &mut Transaction,
        (mark, row): (u32, Handle<Item>),
        to: impl FnOnce(&mut Item, &mut Row, Option<i32>, i32),
    ) {
        let (few, number) = (self.few(), self.number());
        let now = self.now.get_mut(&mark).unwrap();
        to(&mut tx[row], now, few, number);
        let now = format!("{now:?}");
        self.note(format!("change {mark} to {now}"));
    }

    /// Swaps values of two rows.
    fn swap(
        &mut self,
        tx: &mut Transaction,
        (mark, row): (u32, Handle<Item>),
        (other_mark, other): (u32, Handle<Item>),
    ) -> orm::Result<()> {
        let what = self.random.below(5);
        let [one, other] = tx.disjoint_mut([row, other])?;
        let mut rows = [self.now[&mark].clone(), self.now[&other_mark].clone()];
        let [one_row, other_row] = &mut rows;
        if what == 0 || what == 4 {
            swap(&mut one.room, &mut other.room);
            swap(&mut one_row.room, &mut other_row.room);
        }
        if what == 1 || what == 4 {
            swap(&mut one.day, &mut other.day);
            swap(&mut one_row.day, &mut other_row.day);
        }
        if what == 2 {
            swap(&mut one.desk, &mut other.desk);
            swap(&mut one_row.desk, &mut other_row.desk);
        }
        if what == 3 {
            swap(&mut one.word, &mut other.word);
            swap(&mut one_row.word, &mut other_row.word);
        }
        let [one, other] = rows;
        self.now.insert(mark, one);
        self.now.insert(other_mark, other);
        self.note(format!("{mark} and {other_mark} swap ({what})"));
        Ok(())
    }

    /// Soft-deletes a row. A row that is soft-deleted already is usually restored.
    fn delete(&mut self, tx: &mut Transaction, (mark, row): (u32, Handle<Item>)) -> orm::Result<()> {
        if self.now[&mark].is_hidden && !self.random.once_in(3) {
            tx[row].deleted_at = None;
            self.now.get_mut(&mark).unwrap().is_hidden = false;
            self.note(format!("{mark} comes out of the bin"));
            return Ok(());
        }
        tx.delete(row)?;
        self.doomed.insert(mark);
        self.note(format!("delete {mark}"));
        Ok(())
    }

    fn delete_new(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        let new = self.held.iter().filter(|(_, held)| held.row.is_none());
        let new: Vec<_> = new.filter_map(|(mark, held)| Some((*mark, held.new?))).collect();
        if new.is_empty() {
            return Ok(());
        }
        let (mark, row) = self.random.pick(&new);
        tx.delete(row)?;
        self.held.remove(&mark);
        self.now.remove(&mark);
        self.note(format!("delete {mark}, which is new"));
        Ok(())
    }

    /// Returns a row that has been flushed, and its state then.
    fn one_flushed(&mut self) -> Option<(u32, Handle<Item>, Row)> {
        let (mark, row) = self.one()?;
        Some((mark, row, self.flushed.get(&mark)?.clone()))
    }

    /// Forgets a row, with its changes, and tracks it again.
    pub(super) async fn read_again(&mut self, tx: &mut Transaction) -> orm::Result<bool> {
        let Some((mark, row, before)) = self.one_flushed() else { return Ok(true) };
        if self.random.once_in(2) {
            tx.forget(row)?
        } else {
            drop(tx.take(row)?)
        }
        tx.set_autoflush(false);
        let again = Item::query().with_deleted().filter(|i| i.mark.eq(mark)).track(&mut *tx).await?;
        tx.set_autoflush(true);
        self.note(format!("{mark} is forgotten, and tracked again"));
        assert_eq!(Row::of(&tx[again[0]]), before, "{self}");
        self.held.insert(mark, Held::stored(again[0]));
        self.now.insert(mark, before);
        Ok(true)
    }

    pub(super) async fn refresh(&mut self, tx: &mut Transaction) -> orm::Result<bool> {
        let Some((mark, row, before)) = self.one_flushed() else { return Ok(true) };
        if self.now[&mark] != before {
            assert!(tx.refresh(row).await.unwrap_err().is_invalid_query(), "{self}");
        }
        tx.refresh(row).discard_changes().await?;
        self.note(format!("{mark} is refreshed"));
        assert_eq!(Row::of(&tx[row]), before, "{self}");
        self.now.insert(mark, before);
        Ok(true)
    }

    /// Reads without a flush: the state of the last flush.
    pub(super) async fn look(&mut self, tx: &mut Transaction) -> orm::Result<bool> {
        tx.set_autoflush(false);
        assert_eq!(read(&mut *tx).await?, self.flushed, "{self}");
        tx.set_autoflush(true);
        Ok(true)
    }
}
