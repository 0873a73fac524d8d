//! The terminals: what runs a statement.

use std::panic::Location;

use super::{Collect, FromCell, FromRow, Layout, Named, Sql};
use crate::error::{Error, ErrorKind, Result};
use crate::session::{Executor, On, Pending};
use crate::syntax::Command;
use crate::value::{Cells, Fault};

impl Sql {
    /// All rows.
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

    /// The first row, or `None` if there is none. The text says what comes first, and had better say how many it wants.
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

    /// The only row: kind `NotFound` if there is none, `MoreThanOne` if there are more.
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

    /// The only row, or `None` if there is none: kind `MoreThanOne` if there are more.
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

    /// The one value of the only row; an `Option` if it may be NULL.
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

    /// Runs a statement that changes rows, and gives how many. Rows that it gives back are left out.
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
            let message = "the statement gives more than one row; take the `first`, or let it select fewer";
            Err(Error::new(ErrorKind::MoreThanOne, message))
        }
    }
}

#[cold]
fn none() -> Error {
    Error::new(ErrorKind::NotFound, "the statement gives no row")
}
