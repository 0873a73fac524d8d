//! The read timeout.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use orm_core::{Error, ErrorKind, Result};
use tokio::time::error::Elapsed;

/// Awaits an answer of the server, for no longer than the `read_timeout`. It is pinned in place: moving the future of a
/// row into this one would cost a tenth of the row's time.
#[inline]
pub(crate) async fn timely<T>(
    patience: Option<Duration>,
    mut answer: impl Future<Output = Result<T>> + Unpin,
) -> Result<T> {
    let Some(patience) = patience else { return answer.await };
    // Most rows have already arrived, and need no timer.
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
    late(format!("the server did not answer within {patience:?} (`read_timeout`)"), elapsed)
}

#[cold]
pub(crate) fn not_taken(patience: Duration, elapsed: Elapsed) -> Error {
    late(format!("the server did not accept the sent data within {patience:?} (`write_timeout`)"), elapsed)
}

fn late(message: String, elapsed: Elapsed) -> Error {
    Error::new(ErrorKind::ConnectionLost, message).with_source(elapsed)
}

/// Returns whether the error is that of an answer which may still arrive late.
pub(crate) fn is_late(error: &Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<Elapsed>())
}
