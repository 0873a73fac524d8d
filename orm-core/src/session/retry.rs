//! Transactions that are retried.

use std::time::Duration;

use super::runner::{Attempt, Failure};
use super::{TransactionOptions, Work};
use crate::error::{Error, Result};

/// A closure transaction that is retried; made with [`TransactionOptions::retry`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let posts = db.transaction().retry(3).run(async |mut tx| Post::query().count(&mut tx).await).await?;
/// assert_eq!(posts, 2);
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
#[must_use = "a transaction does nothing until `run` is given its closure"]
pub struct Retrying<'d> {
    options: TransactionOptions<'d>,
    times: u32,
    stale: bool,
}

impl<'d> Retrying<'d> {
    pub(super) fn new(options: TransactionOptions<'d>, times: u32) -> Self {
        Retrying { options, times, stale: false }
    }

    /// Also retries if a row has changed or been deleted since the closure read it: after an error of kind
    /// [`Stale`](crate::ErrorKind::Stale), or an error of your own made from it. The next attempt reads the row again.
    ///
    /// This is right if the closure computes what it writes from what it reads, such as a balance. It is wrong if
    /// a person has to look at what changed, such as the text of a page that two people edit. It is therefore opt-in.
    ///
    /// ```
    /// # use orm::prelude::*; use orm_doc::{Account, bank, run};
    /// # fn main() { run(async |db| {
    /// # bank(db).await?;
    /// let withdraw = async |tx: &mut Transaction| {
    ///     let account = tx.get::<Account>(1).await?;
    ///     tx[account].balance -= 30;
    ///     Ok(())
    /// };
    /// db.transaction().retry(10).retry_stale().run(withdraw).await?;
    /// assert_eq!(Account::find(1).one(db).await?.balance, 70);
    /// # Ok(()) }) }
    /// ```
    pub fn retry_stale(mut self) -> Self {
        self.stale = true;
        self
    }

    /// Like [`TransactionOptions::run`], but retries if the server aborts the transaction.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = db.transaction().retry(3).run(async |mut tx| Post::query().count(&mut tx).await).await?;
    /// assert_eq!(posts, 2);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The error of the last attempt: the closure's own, or that of the commit.
    pub async fn run<T, K>(self, work: impl Work<T, Error, K> + Clone) -> Result<T> {
        self.try_run(work).await
    }

    /// Like [`TransactionOptions::try_run`], but retries if the server aborts the transaction.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// type AppError = Box<dyn std::error::Error + Send + Sync>;
    /// let posts = db.transaction().retry(3).try_run(async |mut tx| -> Result<i64, AppError> {
    ///     Ok(Post::query().count(&mut tx).await?)
    /// });
    /// assert_eq!(posts.await.unwrap(), 2);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The error of the last attempt: the closure's own, or that of the commit.
    pub async fn try_run<T, E: From<Error>, K>(self, work: impl Work<T, E, K> + Clone) -> Result<T, E> {
        let mut attempt = 0;
        loop {
            let (error, failure) = match self.options.attempt(work.clone()).await {
                Attempt::Done(value) => return Ok(value),
                Attempt::Failed(error, failure) => (error, failure),
            };
            let again = match failure {
                Failure::GivenUp => true,
                Failure::Stale => self.stale,
                Failure::Other => false,
            };
            if !again || attempt >= self.times {
                return Err(error);
            }
            tokio::time::sleep(pause(attempt)).await;
            attempt += 1;
        }
    }
}

/// The backoff after an attempt: exponential up to a second, with jitter, so that two tasks that collided do not do so again.
fn pause(attempt: u32) -> Duration {
    let longest = Duration::from_millis(10) * 2u32.pow(attempt.min(7));
    let longest = longest.min(Duration::from_secs(1));
    // The hasher's keys are random; jitter needs nothing better.
    let random = std::hash::BuildHasher::hash_one(&std::collections::hash_map::RandomState::new(), attempt);
    longest.mul_f64(0.5 + (random % 1000) as f64 / 2000.0)
}
