//! What carries commands to a server, and its answers back.

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

/// A connection as the server sees it: one command after the other, each with an answer of result sets.
///
/// After a command it stands at the first result set. [`row`](Self::row) gives the rows of a set one by one, then nothing,
/// and stands at the next set by then.
pub(crate) trait Transport: Sized + Send + Sync + 'static {
    /// A statement that the server has prepared.
    type Prepared: Clone + Send + Sync;

    /// Connects, and logs in.
    fn connect(place: &Place) -> impl Future<Output = Result<Self>> + Send;

    /// The server's number for the connection.
    fn id(&self) -> u32;

    /// Whether it is of no use any more.
    fn is_lost(&self) -> bool;

    /// What the server's last answer says of the transaction. Errors say nothing, nor does the answer to PREPARE.
    fn flags(&self) -> Option<StatusFlags>;

    /// How many rows the last statement without rows has changed.
    fn affected(&self) -> u64;

    /// The key that the last statement has counted up to.
    fn last_insert_id(&self) -> Option<u64>;

    /// About how many things the last statement warned.
    fn warnings(&self) -> u16;

    /// Whether the result set has rows, or may have.
    fn has_rows(&mut self) -> bool;

    /// Whether there is a result set that was not passed yet.
    fn is_at_set(&mut self) -> bool;

    /// Whether there are neither rows nor result sets to come. An error behind the last rows is told by one more
    /// [`row`](Self::row).
    fn is_at_end(&mut self) -> bool;

    /// Whether nothing at all is to come: an error would have left no flags.
    fn is_done(&mut self) -> bool {
        self.is_at_end() && !self.is_at_set() && self.flags().is_some()
    }

    /// Tells the names of the columns of the result set.
    fn tell_columns(&mut self, sink: &mut dyn Sink);

    /// Sends the text of a statement, or of several.
    fn query(&mut self, sql: &str) -> impl Future<Output = Result<()>> + Send;

    /// Has a statement prepared.
    fn prepare(&mut self, sql: &str) -> impl Future<Output = Result<Self::Prepared>> + Send;

    /// How many values a statement takes.
    fn placeholders(prepared: &Self::Prepared) -> usize;

    /// Runs a prepared statement with the values of `statement`, as many as it takes, which are taken away unless they are
    /// lent. The server takes packets of so many bytes.
    fn execute(
        &mut self,
        prepared: Self::Prepared,
        statement: &mut Statement,
        packet: usize,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Lets the server forget a prepared statement.
    fn close(&mut self, prepared: Self::Prepared) -> impl Future<Output = Result<()>> + Send;

    /// Gives the next row of the result set to the sink, if there is one. The answer to a text is `TEXT`, and has numbers
    /// as text.
    fn row<const TEXT: bool>(
        &mut self,
        sink: &mut dyn Sink,
    ) -> impl Future<Output = Result<Option<Flow>>> + Send;

    /// Passes over the next row of the result set. Says whether there was one.
    fn pass(&mut self) -> impl Future<Output = Result<bool>> + Send;

    /// What the server gets if it asks for a file; nothing after the next statement.
    fn offer(&mut self, file: Vec<u8>);

    /// Takes the file back, if the server has not asked for it.
    fn withdraw(&mut self);

    /// Has the server forget what was set, and all statements that it has prepared.
    fn reset(&mut self) -> impl Future<Output = Result<()>> + Send;

    /// Asks whether the server is there.
    fn ping(&mut self) -> impl Future<Output = Result<()>> + Send;

    /// Says goodbye.
    fn disconnect(self) -> impl Future<Output = Result<()>> + Send;

    /// Sends the text of statements, and reads over all that they answer.
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

    /// The rows that the text of statements gives.
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

/// Keeps rows.
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
        "column `{column}` is a FLOAT, of which the server sends six digits where it sends text, as for several statements \
         at once: run this one by itself"
    );
    Error::new(ErrorKind::Unsupported, message)
}

/// The plugin that sends the password as it is, for servers that have it looked at by somebody else.
const CLEARTEXT: &str = "mysql_clear_password";

/// The server wants its user to show who it is in a way that is not known.
#[cold]
fn unknown_plugin(name: &str) -> Error {
    let message = match name {
        CLEARTEXT => format!(
            "the server asks for the password as it is (`{name}`), which is sent only where nobody else can read it: with \
             `ssl_mode=verify_identity`, or over a `socket`"
        ),
        "client_ed25519" | "parsec" => format!(
            "the server asks the user for the authentication plugin `{name}`, which needs the feature `ed25519` of the crate `orm`"
        ),
        _ => format!(
            "the server asks the user for the authentication plugin `{name}`, which is not supported: give the user one of \
             caching_sha2_password, mysql_native_password, ed25519 and parsec"
        ),
    };
    Error::new(ErrorKind::Unsupported, message)
}
