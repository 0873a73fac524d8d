//! What a way to talk to a database has to do, and the work made of it.

use std::hint::black_box;

use anyhow::{Result, ensure};

use crate::contestant::{Contestant, Turn};
use crate::models::{Feed, Person, Post, User, people};
use crate::work::{Scenario, Work};

/// A connected client of a database.
pub(crate) trait Client {
    /// Its name, for the table.
    const NAME: &'static str;

    /// Makes the tables anew, with no rows.
    async fn empty(&mut self) -> Result<()>;

    /// Runs a statement without values. Not timed.
    async fn run(&mut self, sql: &str) -> Result<()>;

    /// S1.
    async fn load(&mut self) -> Result<Vec<User>>;

    /// S2: those with a key above `above`.
    async fn pairs(&mut self, above: u64) -> Result<Vec<(User, Option<Post>)>>;

    /// S4.
    async fn graph(&mut self) -> Result<Feed>;

    /// S3.
    async fn insert(&mut self, people: &[Person]) -> Result<()>;

    /// S5.
    async fn find(&mut self, id: u64) -> Result<User>;

    /// S7.
    async fn rename(&mut self, id: u64, name: &str) -> Result<()>;

    /// S8: how many there are.
    async fn stream(&mut self) -> Result<usize>;

    /// S9.
    async fn bulk(&mut self, people: &[Person]) -> Result<()>;

    /// S10.
    async fn raw(&mut self, id: u64) -> Result<User>;

    /// S12a.
    async fn flush(&mut self, people: &[Person]) -> Result<()>;

    /// S12b: adds to every account.
    async fn change(&mut self, accounts: u64) -> Result<()>;

    /// Reads all users, to hold them.
    async fn hold(&mut self) -> Result<()>;

    /// S13: a user that is held; gives its key.
    async fn held(&mut self, id: u64) -> Result<u64>;
}

/// How many rows one statement inserts, where there are too many for one.
pub(crate) const PART: usize = 10_000;

/// A client in a comparison.
pub(crate) struct Connected<C> {
    client: C,
    people: Vec<Person>,
    /// Counts the rows asked for, so that each time another one is.
    asked: u64,
}

impl<C: Client> Connected<C> {
    /// Lets a client take part.
    pub(crate) fn new(client: C) -> Self {
        Connected { client, people: Vec::new(), asked: 0 }
    }

    async fn work(&mut self, work: &Work, times: u64) -> Result<()> {
        match work.scenario {
            Scenario::Load => {
                for _ in 0..times {
                    let users = black_box(self.client.load().await?);
                    ensure!(users.len() == work.rows, "{} of {} users", users.len(), work.rows);
                }
            }
            Scenario::Pairs => {
                for _ in 0..times {
                    let pairs = black_box(self.client.pairs(0).await?);
                    ensure!(pairs.len() == work.rows, "{} of {} pairs", pairs.len(), work.rows);
                }
            }
            Scenario::Graph => {
                for _ in 0..times {
                    let feed = black_box(self.client.graph().await?);
                    let comments: usize =
                        feed.iter().flat_map(|(_, posts)| posts).map(|post| post.1.len()).sum();
                    ensure!(comments == work.rows * 100, "{comments} comments");
                }
            }
            Scenario::Stream => {
                for _ in 0..times {
                    let users = self.client.stream().await?;
                    ensure!(users == work.rows, "{users} of {} users", work.rows);
                }
            }
            Scenario::Bulk => {
                for _ in 0..times {
                    self.client.bulk(&self.people).await?;
                }
            }
            Scenario::Raw => {
                for _ in 0..times {
                    let id = self.next_id(work);
                    let user = black_box(self.client.raw(id).await?);
                    ensure!(user.id == id, "user {} instead of {id}", user.id);
                }
            }
            Scenario::Flush => {
                for _ in 0..times {
                    self.client.flush(&self.people).await?;
                }
            }
            Scenario::Change => {
                for _ in 0..times {
                    self.client.change(work.rows as u64).await?;
                }
            }
            Scenario::Insert => {
                for _ in 0..times {
                    self.client.insert(&self.people).await?;
                }
            }
            Scenario::Find => {
                for _ in 0..times {
                    let id = self.next_id(work);
                    let user = black_box(self.client.find(id).await?);
                    ensure!(user.id == id, "user {} instead of {id}", user.id);
                }
            }
            Scenario::Rename => {
                for _ in 0..times {
                    let id = self.next_id(work);
                    // Another name each time the same row's turn comes, so that there is something to write.
                    let name = if (self.asked / work.rows as u64).is_multiple_of(2) { "Ann" } else { "Bob" };
                    self.client.rename(id, name).await?;
                }
            }
            Scenario::Held => {
                for _ in 0..times {
                    let id = self.next_id(work);
                    let found = black_box(self.client.held(id).await?);
                    ensure!(found == id, "user {found} instead of {id}");
                }
            }
            Scenario::Build => {}
        }
        Ok(())
    }

    /// All keys once, not in order, then again. Neighbours differ in whether they say something of their hair.
    fn next_id(&mut self, work: &Work) -> u64 {
        self.asked += 1;
        self.asked * 617 % work.rows as u64 + 1
    }
}

impl<C: Client> Contestant for Connected<C> {
    fn name(&self) -> &str {
        C::NAME
    }

    fn prepare<'a>(&'a mut self, work: &'a Work) -> Turn<'a> {
        Box::pin(async move {
            self.client.empty().await?;
            self.people = people(work.rows);
            if !work.grows() {
                for people in self.people.chunks(PART) {
                    self.client.insert(people).await?;
                }
            }
            for statement in fill(work) {
                self.client.run(&statement).await?;
            }
            if work.scenario == Scenario::Held {
                self.client.hold().await?;
            }
            Ok(())
        })
    }

    fn repeat<'a>(&'a mut self, work: &'a Work, times: u64) -> Turn<'a> {
        Box::pin(self.work(work, times))
    }
}

/// The rows beside the users: their posts, the comments of these, accounts.
fn fill(work: &Work) -> Vec<String> {
    let (posts, comments) = work.below();
    let posts_in_all = work.rows * posts;
    let post = |id: usize| format!("({id}, {}, 'Post number {id}', NULL)", (id - 1) / posts + 1);
    let comment = |id: usize| format!("({id}, {}, 'Comment number {id}')", (id - 1) / comments + 1);
    let account = |id: usize| format!("({id}, 100, 1)");
    let accounts = if work.scenario == Scenario::Change { work.rows } else { 0 };
    [
        rows("INSERT INTO posts (id, user_id, title, body) VALUES ", posts_in_all, &post),
        rows("INSERT INTO comments (id, post_id, text) VALUES ", posts_in_all * comments, &comment),
        rows("INSERT INTO accounts (id, balance, version) VALUES ", accounts, &account),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// One statement for so many rows; none for none.
fn rows(insert: &str, count: usize, row: &dyn Fn(usize) -> String) -> Option<String> {
    (count > 0).then(|| format!("{insert}{}", (1..=count).map(row).collect::<Vec<_>>().join(", ")))
}
