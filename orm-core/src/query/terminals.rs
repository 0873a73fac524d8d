//! The terminals: what runs a query.

use std::panic::Location;

use super::{Query, Rows};
use crate::error::{Error, ErrorKind, Result};
use crate::relation::{Reader, fetch_graph};
use crate::scope::Scope;
use crate::session::{Executor, Fetch, Labels, On, Pending};
use crate::syntax::{Command, Projection, Select};
use crate::value::{Cells, Fault};

/// Reads one row.
pub(crate) type Read<O> = fn(&mut Cells<'_, '_>) -> Result<O, Fault>;

macro_rules! terminals {
    () => {
        /// All rows.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let names = User::query().order_by(|u| u.name.asc()).select(|u| u.name).all(db).await?;
        /// assert_eq!(names, ["Ann", "Bob"]);
        /// # Ok(()) }) }
        /// ```
        #[track_caller]
        pub fn all<'a>(self, on: impl Executor<'a>) -> Pending<'a, Vec<O>> {
            let (on, at) = (on.on(), Location::caller());
            Pending::new(fetch(self.select, self.reader, on, at))
        }

        /// The first row, or `None` if there is none. Without `order_by`, any row may come first.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let newest: Option<Post> = Post::query().order_by(|p| p.id.desc()).first(db).await?;
        /// assert_eq!(newest.unwrap().title, "Draft");
        /// # Ok(()) }) }
        /// ```
        #[track_caller]
        pub fn first<'a>(self, on: impl Executor<'a>) -> Pending<'a, Option<O>> {
            let (on, at) = (on.on(), Location::caller());
            Pending::new(async move {
                let select = at_most(self.select, 1);
                Ok(fetch(select, self.reader, on, at).await?.into_iter().next())
            })
        }

        /// The only row: kind `NotFound` if there is none, `MoreThanOne` if there are more.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let ann: User = User::query().filter(|u| u.email.eq("ann@example.org")).one(db).await?;
        /// assert_eq!(ann.name, "Ann");
        /// assert!(User::find(99).one(db).await.unwrap_err().is_not_found());
        /// assert!(User::query().one(db).await.unwrap_err().is_more_than_one());
        /// # Ok(()) }) }
        /// ```
        #[track_caller]
        pub fn one<'a>(self, on: impl Executor<'a>) -> Pending<'a, O> {
            let (on, at) = (on.on(), Location::caller());
            Pending::new(async move {
                let model = self.select.subject();
                let rows = fetch(at_most(self.select, 2), self.reader, on, at).await?;
                only(rows, model)?.ok_or_else(|| not_found(model))
            })
        }

        /// The only row, or `None` if there is none: kind `MoreThanOne` if there are more.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let nobody: Option<User> = User::query().filter(|u| u.email.eq("zoe@example.org")).optional(db).await?;
        /// assert_eq!(nobody, None);
        /// # Ok(()) }) }
        /// ```
        #[track_caller]
        pub fn optional<'a>(self, on: impl Executor<'a>) -> Pending<'a, Option<O>> {
            let (on, at) = (on.on(), Location::caller());
            Pending::new(async move {
                let model = self.select.subject();
                only(fetch(at_most(self.select, 2), self.reader, on, at).await?, model)
            })
        }

        /// How many rows there are.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// assert_eq!(Post::query().filter(|p| p.published.is_true()).count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        #[track_caller]
        pub fn count<'a>(self, on: impl Executor<'a>) -> Pending<'a, i64> {
            let (on, at) = (on.on(), Location::caller());
            Pending::new(count(self.select, on, at))
        }

        /// Whether there is any row.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// assert!(User::query().filter(|u| u.email.eq("ann@example.org")).exists(db).await?);
        /// # Ok(()) }) }
        /// ```
        #[track_caller]
        pub fn exists<'a>(self, on: impl Executor<'a>) -> Pending<'a, bool> {
            let (on, at) = (on.on(), Location::caller());
            Pending::new(exists(self.select, on, at))
        }
    };
}

impl<S: Scope, O: Send + 'static> Query<S, O> {
    terminals!();
}

impl<O: Send + 'static> Rows<O> {
    terminals!();
}

async fn fetch<O: Send>(
    select: Box<Select>,
    reader: Reader<O>,
    on: On<'_>,
    at: &'static Location<'static>,
) -> Result<Vec<O>> {
    let mut lease = on.lease().await?;
    let read = match reader {
        Reader::Rows(read) => read,
        Reader::Graph(plan) => return fetch_graph(select, &*plan, &mut lease, at).await,
    };
    let labels = Labels::of(&select);
    let mut rows = Fetch::new(read);
    lease.run(Command::Select(select), &mut rows, at).await?;
    rows.finish(|index| labels.at(index))
}

async fn scalar<O: crate::Value>(
    command: Command,
    on: On<'_>,
    at: &'static Location<'static>,
) -> Result<Option<O>> {
    let mut rows: Fetch<O> = Fetch::new(|cells| cells.value());
    on.lease().await?.run(command, &mut rows, at).await?;
    Ok(rows.finish(crate::session::Label::Computed)?.into_iter().next())
}

async fn count(mut select: Box<Select>, on: On<'_>, at: &'static Location<'static>) -> Result<i64> {
    let command = if select.is_shaped() {
        Command::Count(select)
    } else {
        select.projection = Projection::Count;
        select.order_by.clear();
        Command::Select(select)
    };
    Ok(scalar(command, on, at).await?.unwrap_or(0))
}

async fn exists(mut select: Box<Select>, on: On<'_>, at: &'static Location<'static>) -> Result<bool> {
    if !select.distinct && select.group_by.is_empty() {
        select.projection = Projection::One;
        select.order_by.clear();
    }
    Ok(scalar::<bool>(Command::Exists(select), on, at).await?.unwrap_or(false))
}

/// Limits a select whose further rows would not be looked at; one by its primary key has no more than one.
fn at_most(mut select: Box<Select>, rows: u64) -> Box<Select> {
    if !select.by_key {
        select.limit = Some(select.limit.map_or(rows, |limit| limit.min(rows)));
    }
    select
}

fn only<O>(rows: Vec<O>, model: &str) -> Result<Option<O>> {
    let mut rows = rows.into_iter();
    let first = rows.next();
    match rows.next() {
        None => Ok(first),
        Some(_) => {
            let message =
                format!("more than one row of `{model}` matches; take the `first`, or filter further");
            Err(Error::new(ErrorKind::MoreThanOne, message))
        }
    }
}

#[cold]
fn not_found(model: &str) -> Error {
    Error::new(ErrorKind::NotFound, format!("no row of `{model}` matches"))
}
