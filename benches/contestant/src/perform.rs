//! Runs a contestant's work.

use std::hint::black_box;

use anyhow::{Context as _, Result, ensure};

use crate::people::{Person, people};
use crate::work::{Scenario, Work};
use crate::{Contestant, SEARCH, tables};

/// S11: the number of tasks, and of the users that each finds and renames.
const TASKS: (usize, usize) = (64, 4);

/// A contestant and its current work.
pub(crate) struct Performer<C> {
    pub(crate) contestant: C,
    pub(crate) url: String,
    pub(crate) work: Work,
    pub(crate) people: Vec<Person>,
    /// The number of rows requested so far, so that each request is for a different row.
    asked: u64,
}

impl<C: Contestant> Performer<C> {
    /// Opens the database.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let contestant = C::open(url).await?;
        Ok(Performer { contestant, url: url.to_owned(), work: Work::ALL[0], people: Vec::new(), asked: 0 })
    }

    /// Recreates the tables for a work and does it twice, so that a database's one-time costs are paid then. The first
    /// result is checked.
    pub(crate) async fn prepare(&mut self, work: Work) -> Result<()> {
        self.work = work;
        self.asked = 0;
        self.people = if work.grows() { people(work.rows) } else { Vec::new() };
        if !work.needs_nothing() {
            self.contestant.run(&tables::statements(&self.url, &work)?).await?;
        }
        if work.scenario == Scenario::Held {
            self.contestant.hold().await?;
        }
        self.look().await?;
        self.work(2).await
    }

    /// Does the work this many times.
    pub(crate) async fn work(&mut self, times: u64) -> Result<()> {
        for _ in 0..times {
            self.once().await?;
        }
        Ok(())
    }

    async fn once(&mut self) -> Result<()> {
        let rows = self.work.rows;
        match self.work.scenario {
            Scenario::Load => count(black_box(self.contestant.load().await?).len(), rows),
            Scenario::Pairs => count(black_box(self.contestant.pairs(0).await?).len(), rows),
            Scenario::Graph => count(black_box(self.contestant.graph().await?).len(), rows),
            Scenario::Stream => {
                let mut users = 0;
                let give = |user| {
                    black_box::<C::User>(user);
                    users += 1;
                };
                self.contestant.stream(give).await?;
                count(users, rows)
            }
            Scenario::Insert => self.contestant.insert(&self.people).await,
            Scenario::Flush => self.contestant.flush(&self.people).await,
            Scenario::Bulk => self.contestant.bulk(&self.people).await,
            Scenario::Find => {
                let id = self.next_id();
                black_box(self.contestant.find(id).await?);
                Ok(())
            }
            Scenario::Raw => {
                let id = self.next_id();
                black_box(self.contestant.raw(id).await?);
                Ok(())
            }
            Scenario::Held => {
                let id = self.next_id();
                let found = black_box(self.contestant.held(id).await?);
                ensure!(found == id, "user {found} instead of {id}");
                Ok(())
            }
            Scenario::Rename => {
                let (id, name) = self.next_name();
                self.contestant.rename(id, name).await
            }
            Scenario::Update => {
                let (id, name) = self.next_name();
                self.contestant.update(id, name).await
            }
            Scenario::Upsert => {
                // Half of them exist each time: those that were new the time before.
                let first = self.asked * (rows / 2) as u64 + 1;
                self.asked += 1;
                let balances: Vec<(u64, i64)> = (first..first + rows as u64).map(|id| (id, 7)).collect();
                self.contestant.upsert(&balances).await
            }
            Scenario::Listed => {
                let ids: Vec<u64> = (0..self.next_id()).map(|at| at * 617 % rows as u64 + 1).collect();
                count(black_box(self.contestant.listed(&ids).await?).len(), ids.len())
            }
            Scenario::Crowd => {
                let tasks = self.tasks();
                self.contestant.crowd(&tasks).await
            }
            Scenario::Change => self.contestant.change(rows as u64).await,
            Scenario::Build => {
                black_box(self.contestant.build(black_box(&SEARCH))?);
                Ok(())
            }
            Scenario::Compose => self.contestant.compose(black_box(&SEARCH)),
            Scenario::ColdStart => {
                let mut fresh = C::open(&self.url).await?;
                // A new in-memory SQLite database has no tables.
                if self.is_in_memory() {
                    fresh.run(&["SELECT 1".to_owned()]).await.context("the first query")?;
                } else {
                    black_box(fresh.find(1).await.context("the first query")?);
                }
                Ok(())
            }
        }
    }

    pub(crate) fn is_in_memory(&self) -> bool {
        self.url.starts_with("sqlite")
    }

    /// Returns the keys that each task of S11 finds and renames.
    pub(crate) fn tasks(&mut self) -> Vec<Vec<u64>> {
        (0..TASKS.0).map(|_| (0..TASKS.1).map(|_| self.next_id()).collect()).collect()
    }

    /// Returns each key once, out of order, then starts over. Neighbors differ in whether they have a hair color.
    fn next_id(&mut self) -> u64 {
        self.asked += 1;
        self.asked * 617 % self.work.rows as u64 + 1
    }

    /// Returns a user, with a different name each time its turn comes, so that there is something to write.
    fn next_name(&mut self) -> (u64, &'static str) {
        let id = self.next_id();
        let name = if (self.asked / self.work.rows as u64).is_multiple_of(2) { "Ann" } else { "Bob" };
        (id, name)
    }
}

pub(crate) fn count(seen: usize, rows: usize) -> Result<()> {
    ensure!(seen == rows, "{seen} rows instead of {rows}");
    Ok(())
}
