//! Results of stored procedures.

use super::call::Read;
use crate::error::{Error, ErrorKind, Result};
use crate::raw::{FromRow, Sets};
use crate::session::Label;
use crate::value::Cells;

/// The result of a stored procedure: see [`Call::run`](super::Call::run).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Called;
///
/// async fn posts_of(db: &Database, author: u64) -> orm::Result<(i64, Vec<Post>)> {
///     let mut called: Called<(i64,)> = call("posts_of").arg(author).out::<i64>().run(db).await?;
///     Ok((called.out.0, called.rows()?)) // the OUT parameter, and the first result set
/// }
/// assert!(posts_of(db, 1).await.unwrap_err().is_unsupported()); // this database is SQLite
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct Called<O> {
    /// The values of its OUT and INOUT parameters, in their order.
    pub out: O,
    name: &'static str,
    sets: Sets,
}

impl<O> Called<O> {
    /// Reads the outputs, which are in an additional result set of one row at the end.
    pub(super) fn new(name: &'static str, outputs: usize, read: &Read<O>, mut sets: Sets) -> Result<Self> {
        let mut row = Vec::new();
        if outputs > 0 {
            let last = sets.last().filter(|set| set.len() == 1 && set.names().len() == outputs);
            row.extend(last.ok_or_else(|| other_outputs(name, outputs))?.into_cells());
        }
        let out =
            read(&mut Cells::new(&mut row)).map_err(|fault| Label::Computed(fault.index).error(&fault))?;
        Ok(Called { out, name, sets })
    }

    /// Returns the rows of the next result set, decoded as those of [raw SQL](crate::raw::FromRow).
    ///
    /// ```no_run
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let users: Vec<User> = call("users_of_age").arg(18).run(db).await?.rows()?;
    /// # let _ = users; Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotFound` if there are no more result sets, and `Decode` if the rows cannot be decoded as `T`.
    pub fn rows<T: FromRow>(&mut self) -> Result<Vec<T>> {
        self.next()?.ok_or_else(|| {
            let message = format!("`{}` returned no further result set", self.name);
            Error::new(ErrorKind::NotFound, message)
        })
    }

    /// Like [`rows`](Self::rows), but returns `None` if there are no more result sets.
    ///
    /// ```no_run
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut done = call("report").run(db).await?;
    /// while let Some(lines) = done.next::<(String, i64)>()? {
    ///     println!("{} lines", lines.len());
    /// }
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Decode` if the rows cannot be decoded as `T`.
    #[allow(clippy::should_implement_trait, reason = "each time of the type that the caller says")]
    pub fn next<T: FromRow>(&mut self) -> Result<Option<Vec<T>>> {
        self.sets.next().map(|mut set| set.take(usize::MAX)).transpose()
    }
}

#[cold]
fn other_outputs(name: &str, outputs: usize) -> Error {
    let message = format!(
        "the call of `{name}` expects {outputs} output values (`.out()` and `.inout()`), but the procedure \
         returned others: there must be one for each of its OUT and INOUT parameters, in their order"
    );
    Error::new(ErrorKind::Decode, message)
}
