//! How long an answer may take.

use std::time::Duration;

use orm_core::{Error, ErrorKind, Result};
use tokio::time::error::Elapsed;

use crate::error::classify;

/// An answer of the server, for which the program waits no longer than its `read_timeout`.
#[inline]
pub(crate) async fn timely<T>(
    patience: Option<Duration>,
    answer: impl Future<Output = mysql_async::Result<T>>,
) -> Result<T> {
    let Some(patience) = patience else { return answer.await.map_err(classify) };
    match tokio::time::timeout(patience, answer).await {
        Ok(answer) => answer.map_err(classify),
        Err(elapsed) => {
            let message = format!("the server did not answer within {patience:?}, the `read_timeout`");
            Err(Error::new(ErrorKind::ConnectionLost, message).with_source(elapsed))
        }
    }
}

/// Whether nobody waits for the answer any more, which may still come.
pub(crate) fn is_late(error: &Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<Elapsed>())
}
