//! Prepared statements, kept by their text.
//!
//! `mysql_async` has such a cache too, but looks for named parameters in each text before it looks there, which costs as
//! much as the rest of a short statement's way to the server.

use std::num::NonZeroUsize;

use lru::LruCache;
use orm_core::Result;

use crate::transport::Transport;

/// The statements of one connection that were used last.
pub(crate) struct Statements<T: Transport> {
    kept: Option<LruCache<Box<str>, T::Prepared>>,
    /// One that is not kept, until it was run.
    unkept: Option<T::Prepared>,
}

impl<T: Transport> Statements<T> {
    /// For so many statements; none is kept if that is 0.
    pub(crate) fn new(capacity: usize) -> Self {
        Statements { kept: NonZeroUsize::new(capacity).map(LruCache::new), unkept: None }
    }

    /// The statement with this text, prepared if it is not at hand.
    pub(crate) async fn get(&mut self, transport: &mut T, sql: &str) -> Result<T::Prepared> {
        if let Some(statement) = self.kept.as_mut().and_then(|kept| kept.get(sql)) {
            return Ok(statement.clone());
        }
        let statement = transport.prepare(sql).await?;
        match &mut self.kept {
            None => self.unkept = Some(statement.clone()),
            Some(kept) => {
                if let Some((_, old)) = kept.push(sql.into(), statement.clone()) {
                    transport.close(old).await?;
                }
            }
        }
        Ok(statement)
    }

    /// Forgets all, which the server has forgotten, too.
    pub(crate) fn clear(&mut self) {
        if let Some(kept) = &mut self.kept {
            kept.clear();
        }
    }

    /// Lets the server forget the statement that was run, unless it is kept.
    pub(crate) async fn close_unkept(&mut self, transport: &mut T) -> Result<()> {
        match self.unkept.take() {
            None => Ok(()),
            Some(statement) => transport.close(statement).await,
        }
    }
}
