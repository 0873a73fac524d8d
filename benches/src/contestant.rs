//! What takes part in a comparison.

use std::future::Future;
use std::pin::Pin;

use anyhow::Result;

use crate::work::Work;

/// A turn of a contestant: one box for many repetitions, so that it costs nothing that is seen.
pub(crate) type Turn<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// One way to do the work.
pub(crate) trait Contestant {
    /// Its name, for the table.
    fn name(&self) -> &str;

    /// Puts the tables into the state in which the work begins. Not timed.
    fn prepare<'a>(&'a mut self, work: &'a Work) -> Turn<'a>;

    /// Does the work so many times. Timed.
    fn repeat<'a>(&'a mut self, work: &'a Work, times: u64) -> Turn<'a>;
}
