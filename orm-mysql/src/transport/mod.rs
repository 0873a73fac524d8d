//! Transports: they send commands to a server, and read its answers.

mod direct;
mod library;

use mysql_async::consts::StatusFlags;
use orm_core::driver::{Flow, Sink};
use orm_core::syntax::Statement;
use orm_core::value::Cell;
use orm_core::{Error, ErrorKind, Result};

use crate::place::Place;

pub(crate) use direct::Direct;
pub(crate) use library::Library;

/// A connection as the server sees it: one command after another, each answered with result sets.
///
/// After a command, it is at the first result set. [`row`](Self::row) returns the rows of a set one by one, then
/// `None`, after which it is at the next set.
pub(crate) trait Transport: Sized + Send + Sync + 'static {
    /// A statement that the server has prepared.
    type Prepared: Clone + Send + Sync;

    /// Connects, and logs in.
    fn connect(place: &Place) -> impl Future<Output = Result<Self>> + Send;

    /// Returns the server's id of the connection.
    fn id(&self) -> u32;

    /// Returns whether it can no longer be used.
    fn is_lost(&self) -> bool;

    /// Returns whether the server has closed it while it was idle, as far as that is known without asking.
    fn is_closed(&self) -> bool {
        false
    }

    /// Returns the flags of the server's last answer, which describe the transaction. Errors have none, nor does the
    /// answer to PREPARE.
    fn flags(&self) -> Option<StatusFlags>;

    /// Returns how many rows the last statement without rows has changed.
    fn affected(&self) -> u64;

    /// Returns the auto-increment key that the last statement generated.
    fn last_insert_id(&self) -> Option<u64>;

    /// Returns the number of warnings of the last statement.
    fn warnings(&self) -> u16;

    /// Returns whether the result set has rows, or may have.
    fn has_rows(&mut self) -> bool;

    /// Returns whether there is a result set that has not been passed yet.
    fn is_at_set(&mut self) -> bool;

    /// Returns whether there are neither rows nor result sets to come. An error after the last rows is returned by one
    /// more [`row`](Self::row).
    fn is_at_end(&mut self) -> bool;

    /// Returns whether nothing at all is to come: an error would have left no flags.
    fn is_done(&mut self) -> bool {
        self.is_at_end() && !self.is_at_set() && self.flags().is_some()
    }

    /// Passes the names of the result set's columns to the sink.
    fn tell_columns(&mut self, sink: &mut dyn Sink);

    /// Sends the text of a statement, or of several.
    fn query(&mut self, sql: &str) -> impl Future<Output = Result<()>> + Send;

    /// Prepares a statement.
    fn prepare(&mut self, sql: &str) -> impl Future<Output = Result<Self::Prepared>> + Send;

    /// Returns how many values a statement takes.
    fn placeholders(prepared: &Self::Prepared) -> usize;

    /// Runs a prepared statement with the values of `statement`, as many as it takes. They are taken, unless they are
    /// lent. `packet` is the server's maximum packet size.
    fn execute(
        &mut self,
        prepared: Self::Prepared,
        statement: &mut Statement,
        packet: usize,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Closes a prepared statement.
    fn close(&mut self, prepared: Self::Prepared) -> impl Future<Output = Result<()>> + Send;

    /// Passes the next row of the result set to the sink, if there is one. The answer to a text query is `TEXT`, and
    /// has numbers as text.
    fn row<const TEXT: bool>(
        &mut self,
        sink: &mut dyn Sink,
    ) -> impl Future<Output = Result<Option<Flow>>> + Send;

    /// Skips the next row of the result set. Returns whether there was one.
    fn pass(&mut self) -> impl Future<Output = Result<bool>> + Send;

    /// Sets the file that the server gets if it asks for one; cleared by the next statement.
    fn offer(&mut self, file: Vec<u8>);

    /// Withdraws the file, if the server has not asked for it.
    fn withdraw(&mut self);

    /// Resets what was set on the connection, and closes all of its prepared statements.
    fn reset(&mut self) -> impl Future<Output = Result<()>> + Send;

    /// Checks that the server responds.
    fn ping(&mut self) -> impl Future<Output = Result<()>> + Send;

    /// Disconnects.
    fn disconnect(self) -> impl Future<Output = Result<()>> + Send;

    /// Sends the text of statements, and skips their results.
    fn command(&mut self, sql: &str) -> impl Future<Output = Result<()>> + Send {
        async move {
            self.query(sql).await?;
            loop {
                let last = self.is_at_end();
                if !self.pass().await? && last {
                    return Ok(());
                }
            }
        }
    }

    /// Returns the rows of text queries.
    fn rows(&mut self, sql: &str) -> impl Future<Output = Result<Vec<Vec<Cell<'static>>>>> + Send {
        async move {
            let mut rows = Rows::default();
            self.query(sql).await?;
            loop {
                let last = self.is_at_end();
                if self.row::<true>(&mut rows).await?.is_none() && last {
                    return Ok(rows.0);
                }
            }
        }
    }
}

/// Collects rows.
#[derive(Default)]
struct Rows(Vec<Vec<Cell<'static>>>);

impl Sink for Rows {
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        self.0.push(cells.iter().map(|cell| cell.clone().into_owned()).collect());
        Flow::Continue
    }
}

#[cold]
fn rounded(column: &str) -> Error {
    let message = format!(
        "column `{column}` is a FLOAT, of which the server sends only six digits in a batch: run this \
         statement by itself"
    );
    Error::new(ErrorKind::Unsupported, message)
}

/// The plugin that sends the password in clear text, for servers that pass it on for checking.
const CLEARTEXT: &str = "mysql_clear_password";

/// The error if the server requires an unknown authentication plugin.
#[cold]
fn unknown_plugin(name: &str) -> Error {
    let message = match name {
        CLEARTEXT => format!(
            "the server asks for the password in plain text (`{name}`), which is only sent where nobody else \
             can read it: use `ssl_mode=verify_identity`, or a `socket`"
        ),
        "client_ed25519" | "parsec" => format!(
            "the user's authentication plugin is `{name}`, which needs the feature `ed25519` of the crate \
             `orm`"
        ),
        _ => format!(
            "the user's authentication plugin is `{name}`, which is not supported: change the user to one of \
             caching_sha2_password, mysql_native_password, ed25519 and parsec"
        ),
    };
    Error::new(ErrorKind::Unsupported, message)
}
