//! A cache of prepared statements by their text.
//!
//! `mysql_async` has such a cache, too, but scans each text for named parameters before the lookup, which costs as much
//! as the rest of a short statement's path to the server.

use std::num::NonZeroUsize;

use lru::LruCache;
use orm_core::Result;
use orm_core::syntax::{Statement, Words};
use orm_core::value::Datum;
use smallvec::SmallVec;

use crate::transport::Transport;

/// The error code if the server has as many prepared statements as `max_prepared_stmt_count` allows.
const TOO_MANY_STATEMENTS: u32 = 1461;

/// The most recently used statements of one connection.
pub(crate) struct Statements<T: Transport> {
    kept: Option<LruCache<Box<str>, Kept<T>>>,
    /// A statement that is not cached, until it has run.
    unkept: Option<T::Prepared>,
}

impl<T: Transport> Statements<T> {
    /// Creates a cache for this many statements; 0 disables it.
    pub(crate) fn new(capacity: usize) -> Self {
        Statements { kept: NonZeroUsize::new(capacity).map(LruCache::sparse), unkept: None }
    }

    /// Returns the statement with this text, and prepares it unless one for values of these types is cached.
    pub(crate) async fn get(&mut self, transport: &mut T, statement: &Statement) -> Result<T::Prepared> {
        let (sql, values) = (&*statement.sql, &statement.params);
        if let Some(kept) = self.kept.as_mut().and_then(|kept| kept.get_mut(sql))
            && kept.takes(values)
        {
            return Ok(kept.prepared.clone());
        }
        let prepared = match transport.prepare(sql).await {
            Err(error) if error.code() == Some(TOO_MANY_STATEMENTS) => {
                self.close_all(transport).await?;
                transport.prepare(sql).await?
            }
            prepared => prepared?,
        };
        match &mut self.kept {
            None => self.unkept = Some(prepared.clone()),
            Some(kept) => {
                if let Some((_, old)) = kept.push(sql.into(), Kept::new(prepared.clone(), values)) {
                    transport.close(old.prepared).await?;
                }
            }
        }
        Ok(prepared)
    }

    /// Closes all cached statements: to make room for those of other clients, as the limit is one for all of them, or because
    /// their names of tables mean those of another database.
    #[cold]
    pub(crate) async fn close_all(&mut self, transport: &mut T) -> Result<()> {
        while let Some((_, kept)) = self.kept.as_mut().and_then(LruCache::pop_lru) {
            transport.close(kept.prepared).await?;
        }
        Ok(())
    }

    /// Clears the cache, as the server has forgotten the statements, too.
    pub(crate) fn clear(&mut self) {
        if let Some(kept) = &mut self.kept {
            kept.clear();
        }
    }

    /// Closes the statement that has run, unless it is cached.
    pub(crate) async fn close_unkept(&mut self, transport: &mut T) -> Result<()> {
        match self.unkept.take() {
            None => Ok(()),
            Some(statement) => transport.close(statement).await,
        }
    }
}

/// Returns whether a statement changes the current database, which prepared statements do not follow.
pub(crate) fn enters_database(sql: &str) -> bool {
    let may = match sql.as_bytes() {
        [b'U' | b'u', b'S' | b's', ..] => true,
        // Comments may come first.
        [first, ..] => !first.is_ascii_alphabetic(),
        [] => false,
    };
    may && Words::of(sql).next().is_some_and(|word| word == "USE")
}

/// A statement, and the types of its values.
///
/// MySQL fixes the type of a value that is not compared with a column when the statement first runs, and converts all
/// later ones to it: after `? = ?` with two numbers, any two words are equal. It resolves the types anew after NULL,
/// and after texts. Seen with 9.7.4.
struct Kept<T: Transport> {
    prepared: T::Prepared,
    types: SmallVec<[Type; 8]>,
}

/// Further values belong to rows to insert, and have the types of their columns.
const LOOKED_AT: usize = 64;

impl<T: Transport> Kept<T> {
    fn new(prepared: T::Prepared, values: &[Datum]) -> Self {
        Kept { prepared, types: values.iter().take(LOOKED_AT).map(Type::of).collect() }
    }

    /// Returns whether the server takes these values as they are, without converting them.
    fn takes(&mut self, values: &[Datum]) -> bool {
        self.types.iter_mut().zip(values).all(|(had, value)| {
            let has = Type::of(value);
            let looks_anew = matches!(had, Type::Null | Type::Text);
            if looks_anew && has != Type::Null {
                *had = has;
            }
            has == Type::Null || has == *had
        })
    }
}

/// The types that the server distinguishes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Null,
    Whole,
    Float,
    Text,
    Date,
    Clock,
}

impl Type {
    fn of(value: &Datum) -> Self {
        match value {
            Datum::Null => Type::Null,
            Datum::Bool(_) | Datum::Int(_) | Datum::UInt(_) => Type::Whole,
            Datum::Float(_) | Datum::Double(_) => Type::Float,
            Datum::Date(_) | Datum::Timestamp(_) => Type::Date,
            Datum::Clock(_) => Type::Clock,
            _ => Type::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::enters_database;

    #[test]
    fn databases_are_entered_by_use() {
        for sql in ["USE a", "use `a`", "/* why */ USE a", "\nUse a"] {
            assert!(enters_database(sql), "{sql}");
        }
        for sql in ["", "UPDATE t SET a = 1", "USED", "SELECT 1 /* USE a */", "(SELECT 1)", "SET @a = 1"] {
            assert!(!enters_database(sql), "{sql}");
        }
    }
}
