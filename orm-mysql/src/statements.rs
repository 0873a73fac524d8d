//! Prepared statements, kept by their text.
//!
//! `mysql_async` has such a cache too, but looks for named parameters in each text before it looks there, which costs as
//! much as the rest of a short statement's way to the server.

use std::num::NonZeroUsize;

use lru::LruCache;
use orm_core::Result;
use orm_core::syntax::Statement;
use orm_core::value::Datum;
use smallvec::SmallVec;

use crate::transport::Transport;

/// The statements of one connection that were used last.
pub(crate) struct Statements<T: Transport> {
    kept: Option<LruCache<Box<str>, Kept<T>>>,
    /// One that is not kept, until it was run.
    unkept: Option<T::Prepared>,
}

impl<T: Transport> Statements<T> {
    /// For so many statements; none is kept if that is 0.
    pub(crate) fn new(capacity: usize) -> Self {
        Statements { kept: NonZeroUsize::new(capacity).map(LruCache::new), unkept: None }
    }

    /// The statement with this text, prepared if it is not at hand for values of such types.
    pub(crate) async fn get(&mut self, transport: &mut T, statement: &Statement) -> Result<T::Prepared> {
        let (sql, values) = (&*statement.sql, &statement.params);
        if let Some(kept) = self.kept.as_mut().and_then(|kept| kept.get_mut(sql))
            && kept.takes(values)
        {
            return Ok(kept.prepared.clone());
        }
        let prepared = transport.prepare(sql).await?;
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

/// A statement, and the types of the values that it had.
///
/// MySQL gives a value that no column is compared with the type that it has when the statement is first run, and makes that of
/// all later ones: `? = ?` with two numbers finds any two words equal from then on. It looks anew by itself behind NULL, and
/// behind texts. Seen with 9.7.4.
struct Kept<T: Transport> {
    prepared: T::Prepared,
    types: SmallVec<[Type; 8]>,
}

/// More values are those of rows, which have the types of their columns.
const LOOKED_AT: usize = 64;

impl<T: Transport> Kept<T> {
    fn new(prepared: T::Prepared, values: &[Datum]) -> Self {
        Kept { prepared, types: values.iter().take(LOOKED_AT).map(Type::of).collect() }
    }

    /// Whether the server takes these values for what they are, and not for something else.
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

/// What the server tells apart.
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
