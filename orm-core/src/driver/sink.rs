//! Row sinks.

use std::task::Poll;

use super::Summary;
use crate::value::Cell;

/// A receiver of the rows of a statement.
///
/// ```
/// use orm::driver::{Flow, Sink};
/// use orm::value::{Cell, Cells};
///
/// /// The first two numbers.
/// struct FirstTwo(Vec<i64>);
///
/// impl Sink for FirstTwo {
///     fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
///         match Cells::new(cells).value() {
///             Ok(number) => self.0.push(number),
///             Err(_) => return Flow::Stop,
///         }
///         if self.0.len() < 2 { Flow::Continue } else { Flow::Stop }
///     }
/// }
/// # use orm::Statement;
/// # use orm::prelude::*;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// # let db = Database::open("sqlite::memory:")?;
/// let mut connection = db.driver().connect().await?; // not one of the pool's
/// let mut numbers = FirstTwo(Vec::new());
/// let mut statement = Statement::new("VALUES (1), (2), (3)", Vec::new());
/// connection.run(&mut statement, &mut numbers).await?;
/// assert_eq!(numbers.0, [1, 2]);
/// # Ok(())
/// # }
/// ```
pub trait Sink: Send {
    /// Returns whether [`columns`](Self::columns) should be called: only needed to read columns by name.
    fn wants_columns(&self) -> bool {
        false
    }

    /// Receives the column names, before the first row.
    fn columns(&mut self, names: &[&str]) {
        let _ = names;
    }

    /// Returns whether [`row`](Self::row) may return [`Flow::Pause`].
    ///
    /// ```
    /// use orm::driver::{Flow, Sink};
    /// use orm::value::Cell;
    ///
    /// /// Takes a row at a time.
    /// #[derive(Default)]
    /// struct Latest(Vec<Cell<'static>>);
    ///
    /// impl Sink for Latest {
    ///     fn pauses(&self) -> bool {
    ///         true
    ///     }
    ///
    ///     fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
    ///         self.0 = cells.iter().map(|cell| cell.clone().into_owned()).collect();
    ///         Flow::Pause
    ///     }
    /// }
    /// let mut latest = Latest::default();
    /// assert_eq!(latest.row(&mut [Cell::Int(1)]), Flow::Pause); // the driver goes on when it is polled again
    /// ```
    fn pauses(&self) -> bool {
        false
    }

    /// Called before a further result set; returns whether its rows are wanted. If so, its columns come first.
    ///
    /// ```
    /// use orm::driver::{Flow, Sink};
    /// use orm::value::Cell;
    ///
    /// /// How many rows each result set of a procedure has.
    /// #[derive(Default)]
    /// struct Sizes(Vec<usize>);
    ///
    /// impl Sink for Sizes {
    ///     fn next_set(&mut self) -> bool {
    ///         self.0.push(0);
    ///         true // `false` would leave its rows out
    ///     }
    ///
    ///     fn row(&mut self, _: &mut [Cell<'_>]) -> Flow {
    ///         match self.0.last_mut() {
    ///             Some(size) => *size += 1,
    ///             None => self.0.push(1), // the first set: `next_set` is not called before it
    ///         }
    ///         Flow::Continue
    ///     }
    /// }
    /// let mut sizes = Sizes::default();
    /// sizes.row(&mut [Cell::Int(1)]);
    /// sizes.next_set();
    /// assert_eq!(sizes.0, [1, 0]);
    /// ```
    fn next_set(&mut self) -> bool {
        false
    }

    /// Called when one of [several statements](crate::syntax::Statement::several) has ended; if another one follows,
    /// its columns come next.
    ///
    /// ```
    /// use orm::driver::{Flow, Sink, Summary};
    /// use orm::value::Cell;
    ///
    /// /// How many rows each of several statements has changed.
    /// #[derive(Default)]
    /// struct Changed(Vec<u64>);
    ///
    /// impl Sink for Changed {
    ///     fn ended(&mut self, summary: Summary) {
    ///         self.0.push(summary.affected);
    ///     }
    ///
    ///     fn row(&mut self, _: &mut [Cell<'_>]) -> Flow {
    ///         Flow::Continue
    ///     }
    /// }
    /// let mut changed = Changed::default();
    /// changed.ended(Summary { affected: 2, last_insert_id: None }); // the driver calls this after each statement
    /// assert_eq!(changed.0, [2]);
    /// ```
    fn ended(&mut self, summary: Summary) {
        let _ = summary;
    }

    /// Receives one row. The sink may take the cells.
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow;
}

/// What the driver should do after a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Send the next row.
    Continue,
    /// Stop: skip the remaining rows.
    Stop,
    /// Pause: wait for [`pause`] before the next row. The driver's future may be dropped meanwhile; the remaining
    /// rows are then skipped before the next command, and the connection stays usable.
    Pause,
}

/// Waits until the enclosing future is polled again by the caller whose sink asked for the pause.
pub async fn pause() {
    let mut paused = false;
    std::future::poll_fn(
        |_| {
            if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending }
        },
    )
    .await;
}

/// Discards all rows.
impl Sink for () {
    fn row(&mut self, _cells: &mut [Cell<'_>]) -> Flow {
        Flow::Continue
    }
}
