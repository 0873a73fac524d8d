//! What a way to talk to a database has to do, and the work made of it.

use std::hint::black_box;

use anyhow::{Result, ensure};

use crate::contestant::{Contestant, Turn};
use crate::models::{Person, User, people};
use crate::work::{Scenario, Work};

/// A connected client of a database.
pub(crate) trait Client {
    /// Its name, for the table.
    const NAME: &'static str;

    /// Makes the table `users` anew, with no rows.
    async fn empty(&mut self) -> Result<()>;

    /// S1.
    async fn load(&mut self) -> Result<Vec<User>>;

    /// S3.
    async fn insert(&mut self, people: &[Person]) -> Result<()>;

    /// S5.
    async fn find(&mut self, id: u64) -> Result<User>;

    /// S7.
    async fn rename(&mut self, id: u64, name: &str) -> Result<()>;
}

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
            if work.scenario != Scenario::Insert {
                self.client.insert(&self.people).await?;
            }
            Ok(())
        })
    }

    fn repeat<'a>(&'a mut self, work: &'a Work, times: u64) -> Turn<'a> {
        Box::pin(self.work(work, times))
    }
}
