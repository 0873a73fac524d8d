//! Connections through the crate `mysql_async`.

mod options;
mod values;

use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use mysql_async::consts::StatusFlags;
use mysql_async::prelude::Queryable as _;
use mysql_async::{BinaryProtocol, Conn, LocalInfileError, QueryResult, Statement as Prepared, TextProtocol};
use orm_core::driver::{Flow, Sink, Url};
use orm_core::syntax::Statement;
use orm_core::value::Cell;
use orm_core::{Error, ErrorKind, Result};

use super::{CLEARTEXT, Transport, unknown_plugin};
use crate::error::{Refusal, broken, no_file, refused};
use crate::options::wrong;
use crate::packet::FILE_PART;
use crate::place::Place;
use crate::timely::timely;
use values::{fill, fill_from_text, params};

pub(crate) struct Library {
    connection: Conn,
    cells: Vec<Cell<'static>>,
    /// The read timeout.
    patience: Option<Duration>,
    /// Whether the last answer is that to PREPARE, in which the crate reports wrong flags.
    prepared: bool,
    /// Whether the answer is to a text query, and has numbers as text.
    text: bool,
}

impl Library {
    /// Refuses options that the crate does not support.
    pub(crate) fn check(url: &Url) -> Result<()> {
        if url.option("write_timeout").is_none() {
            return Ok(());
        }
        let message = "the option `write_timeout` works only with a `mysql+direct:` URL: over `mysql:`, `read_timeout` limits the \
                       time of sending and of waiting for the answer together";
        Err(wrong(message.to_owned()))
    }

    /// Returns the rest of the answer.
    fn answer(&mut self) -> QueryResult<'_, 'static, BinaryProtocol> {
        QueryResult::new(&mut self.connection)
    }
}

impl Transport for Library {
    type Prepared = Prepared;

    async fn connect(place: &Place) -> Result<Self> {
        let options = options::of(place, place.password.next().await?);
        let connection = guarded(Conn::new(options)).await?;
        let patience = place.read_timeout;
        Ok(Library { connection, cells: Vec::new(), patience, prepared: false, text: false })
    }

    fn id(&self) -> u32 {
        self.connection.id()
    }

    fn is_lost(&self) -> bool {
        self.connection.is_disconnected()
    }

    fn flags(&self) -> Option<StatusFlags> {
        let packet = self.connection.last_ok_packet()?;
        (!self.prepared).then(|| packet.status_flags())
    }

    fn affected(&self) -> u64 {
        self.connection.affected_rows()
    }

    fn last_insert_id(&self) -> Option<u64> {
        self.connection.last_insert_id()
    }

    fn warnings(&self) -> u16 {
        self.connection.get_warnings()
    }

    fn has_rows(&mut self) -> bool {
        !self.answer().columns_ref().is_empty()
    }

    fn is_at_set(&mut self) -> bool {
        self.answer().columns().is_some()
    }

    fn is_at_end(&mut self) -> bool {
        self.answer().is_empty()
    }

    fn tell_columns(&mut self, sink: &mut dyn Sink) {
        let answer = self.answer();
        let names: Vec<_> = answer.columns_ref().iter().map(|column| column.name_str()).collect();
        sink.columns(&names.iter().map(|name| &**name).collect::<Vec<_>>());
    }

    async fn query(&mut self, sql: &str) -> Result<()> {
        (self.prepared, self.text) = (false, true);
        let query = async { self.connection.query_iter(sql).await.map_err(classify).map(drop) };
        timely(self.patience, pin!(query)).await
    }

    async fn prepare(&mut self, sql: &str) -> Result<Prepared> {
        self.prepared = true;
        let prepare = async { self.connection.prep(sql).await.map_err(classify) };
        timely(self.patience, pin!(prepare)).await
    }

    fn placeholders(prepared: &Prepared) -> usize {
        usize::from(prepared.num_params())
    }

    async fn execute(&mut self, prepared: Prepared, statement: &mut Statement, packet: usize) -> Result<()> {
        let values =
            if statement.lent { statement.params.clone() } else { std::mem::take(&mut statement.params) };
        let values = params(values, packet)?;
        (self.prepared, self.text) = (false, false);
        let execute = async { self.connection.exec_iter(prepared, values).await.map_err(classify).map(drop) };
        timely(self.patience, pin!(execute)).await
    }

    async fn close(&mut self, prepared: Prepared) -> Result<()> {
        self.connection.close(prepared).await.map_err(classify)
    }

    /// The future of a row is pinned in place: moving it would cost a tenth of the row's time.
    async fn row<const TEXT: bool>(&mut self, sink: &mut dyn Sink) -> Result<Option<Flow>> {
        let row = if TEXT {
            let mut rows = QueryResult::<'_, '_, TextProtocol>::new(&mut self.connection);
            next(self.patience, pin!(rows.next())).await?
        } else {
            let mut rows = QueryResult::<'_, '_, BinaryProtocol>::new(&mut self.connection);
            next(self.patience, pin!(rows.next())).await?
        };
        let Some(row) = row else { return Ok(None) };
        if TEXT {
            fill_from_text(&mut self.cells, row)?;
        } else {
            fill(&mut self.cells, row);
        }
        Ok(Some(sink.row(&mut self.cells)))
    }

    async fn pass(&mut self) -> Result<bool> {
        let row = if self.text {
            let mut rows = QueryResult::<'_, '_, TextProtocol>::new(&mut self.connection);
            next(self.patience, pin!(rows.next())).await?
        } else {
            let mut rows = QueryResult::<'_, '_, BinaryProtocol>::new(&mut self.connection);
            next(self.patience, pin!(rows.next())).await?
        };
        Ok(row.is_some())
    }

    fn offer(&mut self, file: Vec<u8>) {
        let packets = Packets(file.into());
        self.connection.set_infile_handler(async move { Ok(Box::pin(packets) as _) });
    }

    fn withdraw(&mut self) {
        self.connection.set_infile_handler(async { Err(LocalInfileError::NoHandler.into()) });
    }

    async fn reset(&mut self) -> Result<()> {
        self.prepared = false;
        let reset = async { self.connection.reset().await.map_err(classify).map(drop) };
        timely(self.patience, pin!(reset)).await
    }

    async fn ping(&mut self) -> Result<()> {
        self.prepared = false;
        let ping = async { self.connection.ping().await.map_err(classify) };
        timely(self.patience, pin!(ping)).await
    }

    async fn disconnect(self) -> Result<()> {
        self.connection.disconnect().await.map_err(classify)
    }
}

/// Awaits the next row, without overhead if there is no timeout.
#[inline]
async fn next<T>(
    patience: Option<Duration>,
    row: Pin<&mut impl Future<Output = mysql_async::Result<T>>>,
) -> Result<T> {
    match patience {
        None => row.await.map_err(classify),
        limited => timely(limited, pin!(async { row.await.map_err(classify) })).await,
    }
}

/// Connects. The crate panics if the server asks for a plugin that it was built without, and on invalid keys.
async fn guarded(connect: impl Future<Output = mysql_async::Result<Conn>>) -> Result<Conn> {
    let mut connect = std::pin::pin!(connect);
    let connected = std::future::poll_fn(|context| {
        match std::panic::catch_unwind(AssertUnwindSafe(|| connect.as_mut().poll(context))) {
            Ok(polled) => polled.map(Ok),
            Err(_) => Poll::Ready(Err(panicked())),
        }
    });
    connected.await?.map_err(classify)
}

#[cold]
fn panicked() -> Error {
    let message = "`mysql_async` panicked during login: the user's authentication plugin is `ed25519` or \
                   `parsec`, which need the feature `ed25519` of the crate `orm`, or the server's RSA key is \
                   invalid, or too short for such a long password";
    Error::new(ErrorKind::Unsupported, message)
}

/// Converts the crate's errors.
fn classify(error: mysql_async::Error) -> Error {
    use mysql_async::{DriverError, Error as Driver};

    match error {
        Driver::Server(error) => {
            refused(&Refusal { code: error.code, state: &error.state, message: &error.message })
        }
        Driver::Io(error) => broken(error),
        Driver::Driver(DriverError::UnknownAuthPlugin { name }) => unknown_plugin(&name),
        Driver::Driver(DriverError::CleartextPluginDisabled) => unknown_plugin(CLEARTEXT),
        Driver::Driver(DriverError::LocalInfile(error)) => no_file().with_source(error),
        Driver::Driver(error) => {
            Error::new(ErrorKind::ConnectionLost, "the driver closed the connection").with_source(error)
        }
        other => {
            Error::new(ErrorKind::Server, "the driver `mysql_async` reported an error").with_source(other)
        }
    }
}

/// A file in packets.
struct Packets(Bytes);

impl Stream for Packets {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.len().min(FILE_PART);
        Poll::Ready((next > 0).then(|| Ok(self.0.split_to(next))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the crate does for a plugin that it was built without.
    #[tokio::test]
    async fn a_panic_of_the_crate_is_an_error() {
        let connected = guarded(async { std::panic::resume_unwind(Box::new("not built in")) }).await;
        let error = connected.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("need the feature `ed25519`"), "{error}");
    }
}
