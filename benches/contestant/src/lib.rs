//! What the programs of a race have in common: the work, who does it, and how a program is told to.
//!
//! A contestant is a program of its own, so that its crates, its size and its compile time are its own. It implements
//! [`Contestant`] and calls [`main`]; everything else is here. The driver (`orm-benches`) starts the programs of one
//! race, keeps them all, and gives them turns by a line on their standard input each ([`Command`]), which they answer
//! by a line ([`Answer`]): so whatever slows the machine slows all of them.

mod allocations;
pub mod by_hand;
mod cost;
mod look;
mod nest;
mod people;
mod perform;
mod program;
mod protocol;
mod tables;
mod threads;
mod work;

pub use nest::nest;
pub use people::{Person, people};
pub use program::{main, main_of};
pub use protocol::{Answer, Command, Cost};
pub use tables::{Comment, Post, User, statements};
pub use threads::in_threads;
pub use work::{Scenario, Work};

use anyhow::Result;
use serde::Serialize;

/// What S6 asks for.
pub const SEARCH: Search<'static> =
    Search { name: "Ann", title: "Hello", text: "Thanks", above: 1_000, rows: 20, page: 3 };

/// The text of S6 as MySQL has it, for those that can choose it.
pub const SEARCH_SQL: &str = include_str!("search.sql").trim_ascii_end();

/// A way to talk to a database, as its own documentation recommends it.
///
/// What it cannot do it leaves out: the work is then not asked of it. Results are given as they are had, in structs of
/// the contestant's own; that they hold what they should is checked before anything is timed.
#[allow(async_fn_in_trait)] // No contestant is used from several threads.
pub trait Contestant: Sized {
    /// A row of `users`; reads as [`User`] does.
    type User: Serialize;
    /// A user with a post or none: an array of two.
    type Pair: Serialize;
    /// A user with its posts, and these with their comments: arrays of two, as `(User, Vec<(Post, Vec<Comment>)>)`.
    type Branch: Serialize;

    /// Opens a database: a URL of `mysql:`, or `sqlite::memory:`. Nothing is in it yet.
    async fn open(url: &str) -> Result<Self>;

    /// Runs statements without values, one by one. Not timed.
    async fn run(&mut self, statements: &[String]) -> Result<()>;

    /// S1: all users.
    async fn load(&mut self) -> Result<Vec<Self::User>>;

    /// S2: users with a key above `above` and their posts, by an outer join, ordered by both keys.
    async fn pairs(&mut self, _above: u64) -> Result<Vec<Self::Pair>> {
        unsupported()
    }

    /// S3: inserts users with one statement.
    async fn insert(&mut self, people: &[Person]) -> Result<()>;

    /// S4: all users with their posts and the comments of these, in three statements.
    async fn graph(&mut self) -> Result<Vec<Self::Branch>> {
        unsupported()
    }

    /// S5: one user by key.
    async fn find(&mut self, id: u64) -> Result<Self::User>;

    /// S6: a query is built and rendered: gives its text, and how many values it binds. No database is needed, and the
    /// contestant was opened for one all the same.
    fn build(&mut self, _search: &Search<'_>) -> Result<(String, usize)> {
        unsupported()
    }

    /// S6a: the query is put together, and not rendered.
    fn compose(&mut self, _search: &Search<'_>) -> Result<()> {
        unsupported()
    }

    /// S7: begin, give a user another name, commit.
    async fn rename(&mut self, id: u64, name: &str) -> Result<()>;

    /// S8: gives a user another name, without a transaction.
    async fn update(&mut self, _id: u64, _name: &str) -> Result<()> {
        unsupported()
    }

    /// S9: inserts balances of accounts, or adds to those that are there, with one statement.
    async fn upsert(&mut self, _balances: &[(u64, i64)]) -> Result<()> {
        unsupported()
    }

    /// S10: the users of these keys, by a list.
    async fn listed(&mut self, _ids: &[u64]) -> Result<Vec<Self::User>> {
        unsupported()
    }

    /// S11: as many tasks as there are lists of keys, over a pool of 16 connections; each finds and renames its users,
    /// one after another.
    async fn crowd(&mut self, _tasks: &[Vec<u64>]) -> Result<()> {
        unsupported()
    }

    /// S12a: commits new users by a unit of work; by hand, with one statement in a transaction.
    async fn flush(&mut self, _people: &[Person]) -> Result<()> {
        unsupported()
    }

    /// S12b: reads that many accounts, adds one to the balance of each and counts its version up, checked; commits.
    async fn change(&mut self, _accounts: u64) -> Result<()> {
        unsupported()
    }

    /// S13: reads all users, and gives each away as soon as it has it.
    async fn stream(&mut self, _give: impl FnMut(Self::User)) -> Result<()> {
        unsupported()
    }

    /// S15: inserts very many users in one transaction, in the fastest way there is.
    async fn bulk(&mut self, _people: &[Person]) -> Result<()> {
        unsupported()
    }

    /// S16: one user by key, with SQL written by hand.
    async fn raw(&mut self, _id: u64) -> Result<Self::User> {
        unsupported()
    }

    /// Reads all users, to hold them for S17.
    async fn hold(&mut self) -> Result<()> {
        unsupported()
    }

    /// S17: a user that is held; gives its key.
    async fn held(&mut self, _id: u64) -> Result<u64> {
        unsupported()
    }
}

/// What the query of S6 asks for: 3 joins, 6 conditions, 5 columns, 2 keys of order, limit and offset. A struct, so that no
/// compiler folds it into the text.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// The name of the user.
    pub name: &'a str,
    /// The title of the post.
    pub title: &'a str,
    /// The text of the comment.
    pub text: &'a str,
    /// Keys are above this one.
    pub above: u64,
    /// How many rows.
    pub rows: u64,
    /// Which page of so many.
    pub page: u64,
}

/// The work is not the contestant's.
#[derive(Debug)]
pub(crate) struct Unsupported;

impl std::fmt::Display for Unsupported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this is not done")
    }
}

impl std::error::Error for Unsupported {}

/// What a method gives that a contestant leaves out.
fn unsupported<T>() -> Result<T> {
    Err(Unsupported.into())
}
