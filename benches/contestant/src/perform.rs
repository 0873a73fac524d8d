//! A contestant at work.

use std::hint::black_box;

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;
use serde_json::{Value, json};

use crate::people::{Person, people};
use crate::work::{Scenario, Work};
use crate::{Contestant, SEARCH, tables};

/// The tasks of S11, and how many users each of them finds and renames.
const TASKS: (usize, usize) = (64, 4);

/// A contestant, and what it works on.
pub(crate) struct Performer<C> {
    contestant: C,
    url: String,
    work: Work,
    people: Vec<Person>,
    /// Counts the rows asked for, so that each time another one is.
    asked: u64,
}

impl<C: Contestant> Performer<C> {
    /// Opens the database.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let contestant = C::open(url).await?;
        Ok(Performer { contestant, url: url.to_owned(), work: Work::ALL[0], people: Vec::new(), asked: 0 })
    }

    /// Makes the tables anew for a work and does it twice: what a database does once is done then. What the first time
    /// gives is looked at.
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

    /// Does the work, and looks at what it gives.
    async fn look(&mut self) -> Result<()> {
        let rows = self.work.rows;
        let (posts, comments) = self.work.below();
        match self.work.scenario {
            Scenario::Load => same(self.contestant.load().await?, tables::users(rows)),
            Scenario::Pairs => {
                let posts = tables::posts(rows, posts);
                let pairs: Vec<_> = tables::users(rows).into_iter().zip(posts).skip(1).collect();
                same(self.contestant.pairs(1).await?, pairs)
            }
            Scenario::Graph => {
                let expected = branches(rows, posts, comments);
                same(self.contestant.graph().await?, expected)
            }
            Scenario::Find => same(self.contestant.find(2).await?, &tables::users(2)[1]),
            Scenario::Raw => same(self.contestant.raw(2).await?, &tables::users(2)[1]),
            Scenario::Listed => {
                let mut users: Vec<Value> =
                    self.contestant.listed(&[3, 1]).await?.iter().map(|user| json!(user)).collect();
                users.sort_by_key(|user| user["id"].as_u64());
                let expected = tables::users(3);
                same(users, [&expected[0], &expected[2]])
            }
            Scenario::Stream => {
                // One by one: a work that is measured by its memory keeps no users.
                let (mut users, mut seen) = (0, Ok(()));
                let give = |user| {
                    if seen.is_ok() {
                        seen = same(user, tables::user(users));
                    }
                    users += 1;
                };
                self.contestant.stream(give).await?;
                seen?;
                count(users, rows)
            }
            Scenario::Rename => {
                self.contestant.rename(1, "Zoe").await?;
                self.named("Zoe").await
            }
            Scenario::Update => {
                self.contestant.update(1, "Zoe").await?;
                self.named("Zoe").await
            }
            Scenario::Insert => {
                self.contestant.insert(&self.people).await?;
                same(self.contestant.load().await?, tables::users(rows))
            }
            Scenario::Flush => {
                self.contestant.flush(&self.people).await?;
                same(self.contestant.load().await?, tables::users(rows))
            }
            Scenario::Bulk => {
                self.contestant.bulk(&self.people).await?;
                same(self.contestant.load().await?, tables::users(rows))
            }
            Scenario::Upsert => {
                self.work(1).await?;
                let there = self.work.accounts();
                // Some count the version up too.
                self.accounts(|id| if id <= there { 107 } else { 7 }, None).await
            }
            Scenario::Change => {
                self.work(1).await?;
                self.accounts(|_| 101, Some(2)).await
            }
            Scenario::Crowd => {
                let tasks = self.tasks();
                self.contestant.crowd(&tasks).await?;
                let mut users = tables::users(rows);
                for user in users.iter_mut().filter(|user| tasks.iter().flatten().any(|id| *id == user.id)) {
                    user.name = "Eve".to_owned();
                }
                same(self.contestant.load().await?, users)
            }
            Scenario::ColdStart => {
                let mut fresh = C::open(&self.url).await?;
                if self.is_in_memory() {
                    fresh.run(&tables::statements(&self.url, &self.work)?).await?;
                }
                same(fresh.find(1).await?, tables::user(0))
            }
            Scenario::Build => {
                let (sql, values) = self.contestant.build(&SEARCH)?;
                let joins = sql.to_uppercase().matches(" JOIN ").count();
                ensure!(joins == 3 && (5..=7).contains(&values), "{joins} joins, {values} values: {sql}");
                Ok(())
            }
            // What it gives is looked at each time, or is nothing.
            Scenario::Held | Scenario::Compose => self.work(1).await,
        }
    }

    /// Whether the first user has this name.
    async fn named(&mut self, name: &str) -> Result<()> {
        let user = json!(self.contestant.find(1).await?);
        ensure!(user["name"] == name, "the user is {user} instead of {name}");
        Ok(())
    }

    /// Whether the accounts have these balances, each by its key, and this version, if one is given.
    async fn accounts(&mut self, balance: impl Fn(usize) -> i64, version: Option<u32>) -> Result<()> {
        let column = if version.is_some() { "version" } else { "NULL" };
        self.contestant.run(&tables::show_accounts(column)).await?;
        let accounts = (1..=self.work.rows).map(|id| tables::account(id, balance(id), version));
        same(self.contestant.load().await?, accounts.collect::<Vec<_>>())
    }

    /// Does the work so many times.
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
                // Each time half of them are there: what was new the time before.
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
                // A new SQLite database in memory has no tables.
                if self.is_in_memory() {
                    fresh.run(&["SELECT 1".to_owned()]).await.context("the first query")?;
                } else {
                    black_box(fresh.find(1).await.context("the first query")?);
                }
                Ok(())
            }
        }
    }

    fn is_in_memory(&self) -> bool {
        self.url.starts_with("sqlite")
    }

    /// The keys that each task of S11 finds and renames.
    fn tasks(&mut self) -> Vec<Vec<u64>> {
        (0..TASKS.0).map(|_| (0..TASKS.1).map(|_| self.next_id()).collect()).collect()
    }

    /// All keys once, not in order, then again. Neighbours differ in whether they say something of their hair.
    fn next_id(&mut self) -> u64 {
        self.asked += 1;
        self.asked * 617 % self.work.rows as u64 + 1
    }

    /// A user, and another name each time its turn comes, so that there is something to write.
    fn next_name(&mut self) -> (u64, &'static str) {
        let id = self.next_id();
        let name = if (self.asked / self.work.rows as u64).is_multiple_of(2) { "Ann" } else { "Bob" };
        (id, name)
    }
}

fn count(seen: usize, rows: usize) -> Result<()> {
    ensure!(seen == rows, "{seen} rows instead of {rows}");
    Ok(())
}

/// What a contestant gives, and what it should.
fn same(given: impl Serialize, expected: impl Serialize) -> Result<()> {
    let (given, expected) = (json!(given), json!(expected));
    let first = |value: &Value| value.get(0).unwrap_or(value).to_string();
    ensure!(given == expected, "{} and so on instead of {}", first(&given), first(&expected));
    Ok(())
}

/// S4 as it should be.
fn branches(users: usize, posts: usize, comments: usize) -> Value {
    let (posts, comments) = (tables::posts(users, posts), tables::comments(users * posts, comments));
    let of_post = |id: u64| comments.iter().filter(move |it| it.post_id == id).collect::<Vec<_>>();
    let of_user = |id: u64| {
        let own = posts.iter().filter(move |it| it.user_id == id);
        own.map(|post| json!([post, of_post(post.id)])).collect::<Vec<_>>()
    };
    tables::users(users).iter().map(|user| json!([user, of_user(user.id)])).collect()
}
