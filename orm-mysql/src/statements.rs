//! Prepared statements, kept by their text.
//!
//! The driver has such a cache too, but looks for named parameters in each text before it looks there, which costs as
//! much as the rest of a short statement's way to the server.

use std::num::NonZeroUsize;

use lru::LruCache;
use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Statement};

/// The statements of one connection that were used last.
pub(crate) struct Statements(Option<LruCache<Box<str>, Statement>>);

impl Statements {
    /// For so many statements; none is kept if that is 0.
    pub(crate) fn new(capacity: usize) -> Self {
        Statements(NonZeroUsize::new(capacity).map(LruCache::new))
    }

    /// The statement with this text, prepared if it is not at hand.
    pub(crate) async fn get(&mut self, connection: &mut Conn, sql: &str) -> mysql_async::Result<Statement> {
        if let Some(statement) = self.0.as_mut().and_then(|kept| kept.get(sql)) {
            return Ok(statement.clone());
        }
        let statement = connection.prep(sql).await?;
        if let Some((_, old)) = self.0.as_mut().and_then(|kept| kept.push(sql.into(), statement.clone())) {
            connection.close(old).await?;
        }
        Ok(statement)
    }

    /// Forgets all, which the server has forgotten, too.
    pub(crate) fn clear(&mut self) {
        if let Some(kept) = &mut self.0 {
            kept.clear();
        }
    }

    /// Lets the server forget a statement that was used, unless it is kept.
    pub(crate) async fn done(&self, connection: &mut Conn, statement: Statement) -> mysql_async::Result<()> {
        if self.0.is_some() { Ok(()) } else { connection.close(statement).await }
    }
}
