//! Calls of stored procedures.

use std::fmt;
use std::panic::Location;

use super::{Append, Called};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::raw::{FromCell, KnownText, Param, Sets};
use crate::render::render;
use crate::session::{Executor, On, Pending};
use crate::syntax::{Command, Node, Piece, Statement};
use crate::value::{Cells, Datum, Fault};

/// Prepares a call of the stored procedure with this name, such as `transfer` or `shop.transfer`. SQLite has no stored
/// procedures: there, it is an error before anything is sent.
///
/// ```no_run
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// // CREATE PROCEDURE transfer(IN sender BIGINT, IN receiver BIGINT, INOUT amount DECIMAL(9, 2), OUT rest DECIMAL(9, 2))
/// let mut s = db.session();
/// let done = call("transfer").arg(1).arg(2).inout(Decimal::TEN).out::<Decimal>().run(&mut s).await?;
/// let (amount, rest) = done.out;
/// # let _: (Decimal, Decimal) = (amount, rest); Ok(()) }) }
/// ```
pub fn call(name: impl KnownText) -> Call {
    Call { name: name.text(), arguments: Vec::new(), outputs: 0, read: Box::new(|_| Ok(())) }
}

/// A call of a stored procedure with the outputs `O`: see [`call`].
///
/// Arguments are passed in the order of the procedure's parameters.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Call;
///
/// /// Defines the procedure's signature in one place, for all callers.
/// fn withdraw(account: u64, amount: Decimal) -> Call<(Decimal,)> {
///     call("withdraw").arg(account).arg(amount).out::<Decimal>()
/// }
/// let error = withdraw(1, Decimal::TEN).run(db).await.unwrap_err();
/// assert!(error.is_unsupported()); // this database is SQLite
/// # Ok(()) }) }
/// ```
#[must_use = "a call does nothing until `.run(..)` runs it"]
pub struct Call<O = ()> {
    name: &'static str,
    arguments: Vec<Datum>,
    outputs: usize,
    read: Read<O>,
}

/// Reads the outputs from their row.
pub(super) type Read<O> = Box<dyn Fn(&mut Cells<'_, '_>) -> Result<O, Fault> + Send>;

impl<O> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("name", &self.name).finish_non_exhaustive()
    }
}

impl<O: Send + 'static> Call<O> {
    /// Passes an argument for an IN parameter.
    ///
    /// ```no_run
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// call("publish").arg(7).arg("Title").arg(None::<i32>).run(db).await?;
    /// # Ok(()) }) }
    /// ```
    pub fn arg(mut self, value: impl Param) -> Self {
        self.arguments.push(value.datum());
        self
    }

    /// Passes an argument for an INOUT parameter, and declares the type of its output.
    ///
    /// ```no_run
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let (doubled,) = call("double_it").inout(21).run(db).await?.out;
    /// assert_eq!(doubled, 42);
    /// # Ok(()) }) }
    /// ```
    pub fn inout<V: FromCell + Param>(mut self, value: V) -> Call<O::With>
    where
        O: Append<V>,
    {
        self.arguments.push(value.datum());
        self.with()
    }

    /// Declares the type of an OUT parameter; an `Option` if it may be NULL.
    ///
    /// ```no_run
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let (oldest, youngest) = call("ages").out::<Option<i32>>().out::<Option<i32>>().run(db).await?.out;
    /// # let _ = (oldest, youngest); Ok(()) }) }
    /// ```
    pub fn out<V: FromCell>(mut self) -> Call<O::With>
    where
        O: Append<V>,
    {
        self.arguments.push(Datum::Null);
        self.with()
    }

    fn with<V: FromCell>(self) -> Call<O::With>
    where
        O: Append<V>,
    {
        let Call { name, arguments, outputs, read } = self;
        let read = Box::new(move |cells: &mut Cells<'_, '_>| Ok(read(cells)?.append(V::read_cell(cells)?)));
        Call { name, arguments, outputs: outputs + 1, read }
    }

    /// Runs the procedure. All of its result sets are read at once, so that none is in the way of the next statement.
    ///
    /// An error that it raises with SIGNAL has the kind `Raised` and its [`sqlstate`](Error::sqlstate). If it commits, the
    /// transaction that it was called in is over.
    ///
    /// ```no_run
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut done = call("users_and_their_posts").arg(1).run(db).await?;
    /// let (users, posts): (Vec<User>, Vec<Post>) = (done.rows()?, done.rows()?);
    /// # let _ = (users, posts); Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn run<'a>(self, on: impl Executor<'a>) -> Pending<'a, Called<O>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(run(self, on, at))
    }

    /// Renders the statement for a dialect.
    ///
    /// ```
    /// use orm::dialect::{MYSQL, SQLITE};
    /// use orm::prelude::*;
    /// let transfer = call("transfer").arg(1).arg("Ann").out::<i64>();
    /// let statement = transfer.to_sql(&MYSQL)?;
    /// assert_eq!(statement.sql, "CALL `transfer`(?, ?, ?)"); // OUT parameters are bound as well, with NULL
    /// assert!(transfer.to_sql(&SQLITE).unwrap_err().is_unsupported());
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Unsupported` for SQLite.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        check(self.name, dialect)?;
        render(command(self.name, self.arguments.clone()), dialect)
    }
}

fn command(name: &'static str, arguments: Vec<Datum>) -> Command {
    let mut pieces = vec![text("CALL ")];
    for (position, part) in name.split('.').enumerate() {
        if position > 0 {
            pieces.push(text("."));
        }
        pieces.push(Piece::Name(part));
    }
    pieces.push(text("("));
    for (position, value) in arguments.into_iter().enumerate() {
        if position > 0 {
            pieces.push(text(", "));
        }
        pieces.push(Piece::Node(Node::Value(value)));
    }
    pieces.push(text(")"));
    Command::Raw(pieces)
}

fn text(text: &'static str) -> Piece {
    Piece::Text(text.into())
}

fn check(name: &str, dialect: &Dialect) -> Result<()> {
    if dialect.procedures {
        return Ok(());
    }
    let message = format!(
        "{} has no stored procedures: run the statements of `{name}` in a transaction, from a function in Rust",
        dialect.name
    );
    Err(Error::new(ErrorKind::Unsupported, message))
}

async fn run<O>(call: Call<O>, on: On<'_>, at: &'static Location<'static>) -> Result<Called<O>> {
    let Call { name, arguments, outputs, read } = call;
    let mut lease = on.lease(None, at).await?;
    check(name, lease.dialect())?;
    let mut sets = Sets::default();
    lease.run(command(name, arguments), &mut sets, at).await?;
    Called::new(name, outputs, &read, sets)
}
