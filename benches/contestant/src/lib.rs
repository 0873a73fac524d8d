//! The code shared by the programs of a race: the work, the trait that a contestant implements, and the protocol that
//! controls the programs.
//!
//! Each contestant is a separate program, so that its crates, size and compile time are its own. It implements
//! [`Contestant`] and calls [`main`]; everything else is here. The race driver (`orm-benches`) starts the programs of
//! one race, keeps them all running, and gives each its turns with a line on its standard input ([`Command`]), which
//! the program answers with a line ([`Answer`]): so whatever slows the machine slows all of them.

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

/// The parameters of S6.
pub const SEARCH: Search<'static> =
    Search { name: "Ann", title: "Hello", text: "Thanks", above: 1_000, rows: 20, page: 3 };

/// The SQL of S6 in MySQL's dialect, for contestants that can choose the dialect.
pub const SEARCH_SQL: &str = include_str!("search.sql").trim_ascii_end();

/// A way to access a database, used as its own documentation recommends.
///
/// A contestant leaves out the methods of work it cannot do; that work is then skipped for it. Results are returned in
/// the contestant's own structs, in the form it loads them; their contents are checked before anything is timed.
#[allow(async_fn_in_trait)] // No contestant is used from several threads.
pub trait Contestant: Sized {
    /// A row of `users`; serializes like [`User`].
    type User: Serialize;
    /// A user and an optional post: an array of two.
    type Pair: Serialize;
    /// A user with its posts, and the posts with their comments: nested pairs, like `(User, Vec<(Post,
    /// Vec<Comment>)>)`.
    type Branch: Serialize;

    /// Opens a database, which is still empty: a `mysql:` URL, or `sqlite::memory:`.
    async fn open(url: &str) -> Result<Self>;

    /// Runs statements without bind parameters, one by one. Not timed.
    async fn run(&mut self, statements: &[String]) -> Result<()>;

    /// S1: loads all users.
    async fn load(&mut self) -> Result<Vec<Self::User>>;

    /// S2: loads the users with a key above `above` left joined with their posts, ordered by both keys.
    async fn pairs(&mut self, _above: u64) -> Result<Vec<Self::Pair>> {
        unsupported()
    }

    /// S3: inserts users with one statement.
    async fn insert(&mut self, people: &[Person]) -> Result<()>;

    /// S4: loads all users with their posts and the comments of the posts, in three statements.
    async fn graph(&mut self) -> Result<Vec<Self::Branch>> {
        unsupported()
    }

    /// S5: finds a user by primary key.
    async fn find(&mut self, id: u64) -> Result<Self::User>;

    /// S6: builds and renders a query; returns the SQL and the number of bind parameters. It needs no database, but the
    /// contestant has been opened for one anyway.
    fn build(&mut self, _search: &Search<'_>) -> Result<(String, usize)> {
        unsupported()
    }

    /// S6a: builds the query without rendering it.
    fn compose(&mut self, _search: &Search<'_>) -> Result<()> {
        unsupported()
    }

    /// S7: begins, changes a user's name, commits.
    async fn rename(&mut self, id: u64, name: &str) -> Result<()>;

    /// S8: changes a user's name, without a transaction.
    async fn update(&mut self, _id: u64, _name: &str) -> Result<()> {
        unsupported()
    }

    /// S9: upserts accounts with one statement: inserts new ones, and adds to the balance of existing ones.
    async fn upsert(&mut self, _balances: &[(u64, i64)]) -> Result<()> {
        unsupported()
    }

    /// S10: loads the users with these keys.
    async fn listed(&mut self, _ids: &[u64]) -> Result<Vec<Self::User>> {
        unsupported()
    }

    /// S11: runs one task per list of keys over a pool of 16 connections; each finds and renames its users, one after
    /// another.
    async fn crowd(&mut self, _tasks: &[Vec<u64>]) -> Result<()> {
        unsupported()
    }

    /// S12a: commits new users with a unit of work; by hand, with one statement in a transaction.
    async fn flush(&mut self, _people: &[Person]) -> Result<()> {
        unsupported()
    }

    /// S12b: reads this many accounts, adds one to the balance of each and increments its version, with optimistic
    /// locking; commits.
    async fn change(&mut self, _accounts: u64) -> Result<()> {
        unsupported()
    }

    /// S13: reads all users, and passes each one on as soon as it is read.
    async fn stream(&mut self, _give: impl FnMut(Self::User)) -> Result<()> {
        unsupported()
    }

    /// S15: inserts very many users in one transaction, in the fastest way available.
    async fn bulk(&mut self, _people: &[Person]) -> Result<()> {
        unsupported()
    }

    /// S16: finds a user by primary key, with raw SQL.
    async fn raw(&mut self, _id: u64) -> Result<Self::User> {
        unsupported()
    }

    /// Loads all users into the session of S17.
    async fn hold(&mut self) -> Result<()> {
        unsupported()
    }

    /// S17: finds a user that the session already holds; returns its key.
    async fn held(&mut self, _id: u64) -> Result<u64> {
        unsupported()
    }
}

/// The parameters of the S6 query: 3 joins, 6 conditions, 5 columns, 2 order keys, limit and offset. A struct, so that
/// the compiler cannot fold them into the SQL.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// The name of the user.
    pub name: &'a str,
    /// The title of the post.
    pub title: &'a str,
    /// The text of the comment.
    pub text: &'a str,
    /// Keys are greater than this one.
    pub above: u64,
    /// The number of rows per page.
    pub rows: u64,
    /// The page.
    pub page: u64,
}

/// The contestant does not support this work.
#[derive(Debug)]
pub(crate) struct Unsupported;

impl std::fmt::Display for Unsupported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this is not done")
    }
}

impl std::error::Error for Unsupported {}

/// The result of methods that a contestant leaves out.
fn unsupported<T>() -> Result<T> {
    Err(Unsupported.into())
}
