//! How long the server may leave one waiting.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use orm_core::{Error, ErrorKind, Result};
use tokio::time::error::Elapsed;

/// An answer of the server, for which the program waits no longer than its `read_timeout`. It is pinned where it is: moved
/// into this future, the one for a row would cost a tenth of what it does.
#[inline]
pub(crate) async fn timely<T>(
    patience: Option<Duration>,
    mut answer: impl Future<Output = Result<T>> + Unpin,
) -> Result<T> {
    let Some(patience) = patience else { return answer.await };
    // Most rows are there already, and need no timer.
    if let Poll::Ready(answer) = poll_fn(|context| Poll::Ready(Pin::new(&mut answer).poll(context))).await {
        return answer;
    }
    match Box::pin(tokio::time::timeout(patience, answer)).await {
        Ok(answer) => answer,
        Err(elapsed) => Err(not_answered(patience, elapsed)),
    }
}

#[cold]
pub(crate) fn not_answered(patience: Duration, elapsed: Elapsed) -> Error {
    late(format!("the server did not answer within {patience:?}, the `read_timeout`"), elapsed)
}

#[cold]
pub(crate) fn not_taken(patience: Duration, elapsed: Elapsed) -> Error {
    late(format!("the server did not take what was sent within {patience:?}, the `write_timeout`"), elapsed)
}

fn late(message: String, elapsed: Elapsed) -> Error {
    Error::new(ErrorKind::ConnectionLost, message).with_source(elapsed)
}

/// Whether nobody waits for the answer any more, which may still come.
pub(crate) fn is_late(error: &Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<Elapsed>())
}
