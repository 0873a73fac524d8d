//! The terminals of raw SQL, which run the statement.

use std::panic::Location;

use super::{Collect, FromCell, FromRow, Layout, Named, Sql};
use crate::error::{Error, ErrorKind, Result};
use crate::session::{Executor, On, Pending, Transaction};
use crate::syntax::Command;
use crate::unit::{Entities, Handle, track_rows};
use crate::value::{Cells, Fault};

impl Sql {
    /// Returns all rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let users: Vec<User> = sql!("SELECT * FROM {@User} ORDER BY name").all(db).await?;
    /// assert_eq!(users[0].name, "Ann");
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn all<'a, T: FromRow>(self, on: impl Executor<'a>) -> Pending<'a, Vec<T>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(fetch(self.into_command(), usize::MAX, on, at))
    }

    /// Returns the first row, or `None` if there is none. No LIMIT is added: put ORDER BY and LIMIT in the text.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest: Option<Post> = sql!("SELECT * FROM {@Post} ORDER BY id DESC LIMIT 1").first(db).await?;
    /// assert_eq!(newest.unwrap().title, "Draft");
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn first<'a, T: FromRow>(self, on: impl Executor<'a>) -> Pending<'a, Option<T>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(async move { Ok(fetch(self.into_command(), 1, on, at).await?.into_iter().next()) })
    }

    /// Returns the only row: kind `NotFound` if there is none, `MoreThanOne` if there are more.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann: User = sql!("SELECT * FROM {@User} WHERE id = 1").one(db).await?;
    /// assert_eq!(ann.name, "Ann");
    /// assert!(sql!("SELECT * FROM {@User}").one::<User>(db).await.unwrap_err().is_more_than_one());
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn one<'a, T: FromRow>(self, on: impl Executor<'a>) -> Pending<'a, T> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(async move { only(fetch(self.into_command(), 2, on, at).await?)?.ok_or_else(none) })
    }

    /// Returns the only row, or `None` if there is none: kind `MoreThanOne` if there are more.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let nobody: Option<User> = sql!("SELECT * FROM {@User} WHERE id = 99").optional(db).await?;
    /// assert_eq!(nobody, None);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn optional<'a, T: FromRow>(self, on: impl Executor<'a>) -> Pending<'a, Option<T>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(async move { only(fetch(self.into_command(), 2, on, at).await?) })
    }

    /// Returns the single value of the only row; read it as an `Option` if it may be NULL.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert_eq!(sql!("SELECT count(*) FROM {@User}").scalar::<i64>(db).await?, 2);
    /// assert_eq!(sql!("SELECT max(age) FROM {@User} WHERE id = 2").scalar::<Option<i32>>(db).await?, None);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn scalar<'a, T: FromCell>(self, on: impl Executor<'a>) -> Pending<'a, T> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(async move {
            let rows: Vec<OneCell<T>> = fetch(self.into_command(), 2, on, at).await?;
            Ok(only(rows)?.ok_or_else(none)?.0)
        })
    }

    /// Returns all rows, tracked by a session: a [`Handle`] for each, the same one for a row that is already tracked.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let published = false;
    /// let drafts = sql!("SELECT * FROM {@Post} WHERE published = {published}").track::<Post>(&mut s).await?;
    /// s[drafts[0]].published = true;
    /// s.commit().await?;
    /// assert!(!Post::query().filter(|p| p.published.is_false()).exists(db).await?);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `InvalidQuery` if the statement runs in a database other than the one that the model's rows are in: name the
    /// table as `{@Model}`.
    #[track_caller]
    pub fn track<T: FromRow + Entities<Handle<T>>>(
        self,
        tx: &mut Transaction,
    ) -> Pending<'_, Vec<Handle<T>>> {
        let at = Location::caller();
        Pending::new(async move {
            let command = self.into_command();
            let mut newest = false;
            if let Ok(command) = &command {
                check_bind::<T>(command.bind())?;
                newest = command.locks_by_hand();
            }
            let rows: Vec<T> = fetch(command, usize::MAX, Executor::on(&mut *tx), at).await?;
            track_rows(rows, tx, newest, at).await
        })
    }

    /// Runs a statement that changes rows, and returns how many. Rows that it returns are discarded.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let name = "Ann Smith";
    /// assert_eq!(sql!("UPDATE {@User} SET name = {name} WHERE id = 1").execute(db).await?, 1);
    /// assert_eq!(User::find(1).one(db).await?.name, "Ann Smith");
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(async move {
            let command = self.into_command()?;
            Ok(on.lease(command.bind(), at).await?.run(command, &mut (), at).await?.affected)
        })
    }
}

/// Rows of another database are not those that the session would change.
fn check_bind<T: FromRow>(bind: Option<&str>) -> Result<()> {
    match T::layout() {
        Layout::Table(table) if table.bind != bind => {
            let name = |bind: Option<&str>| {
                bind.map_or("the default database".to_owned(), |bind| format!("`{bind}`"))
            };
            let message = format!(
                "the statement runs in {}, but the rows of `{}` are in {}: name its table first in the \
                 statement, as `{{@{}}}`",
                name(bind),
                table.model,
                name(table.bind),
                table.model
            );
            Err(Error::new(ErrorKind::InvalidQuery, message))
        }
        _ => Ok(()),
    }
}

async fn fetch<T: FromRow>(
    command: Result<Command>,
    most: usize,
    on: On<'_>,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let command = command?;
    let mut rows = Collect::new(Named::new(), most);
    on.lease(command.bind(), at).await?.watched().run(command, &mut rows, at).await?;
    rows.finish()
}

/// A row of one value.
struct OneCell<T>(T);

impl<T: FromCell> FromRow for OneCell<T> {
    fn layout() -> Layout {
        Layout::Positions(1)
    }

    fn read(cells: &mut Cells<'_, '_>, _: &[String]) -> Result<Self, Fault> {
        T::read_cell(cells).map(OneCell)
    }
}

fn only<T>(rows: Vec<T>) -> Result<Option<T>> {
    let mut rows = rows.into_iter();
    let first = rows.next();
    match rows.next() {
        None => Ok(first),
        Some(_) => {
            let message = "the statement returned more than one row; use `first`, or let it select fewer \
                           rows";
            Err(Error::new(ErrorKind::MoreThanOne, message))
        }
    }
}

#[cold]
fn none() -> Error {
    Error::new(ErrorKind::NotFound, "the statement returned no row")
}
