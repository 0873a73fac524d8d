//! Row locks and index hints.

use super::Renderer;
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::{Advice, FromItem, Lock, Origin, Select, Strength, Wait};

impl Renderer<'_> {
    pub(super) fn lock(&mut self, lock: Lock) -> Result<()> {
        let Some(strength) = lock.strength else {
            let message = "`nowait` and `skip_locked` need a row lock: add `.for_update()` or `.for_share()`";
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        };
        let locks = &self.dialect.locks;
        let wait = match lock.wait {
            Wait::Wait => "",
            Wait::Fail => locks.nowait,
            Wait::Skip => match locks.skip_locked {
                Some(words) => words,
                None => return Err(self.lacking("`skip_locked`; wait for the rows, or use `nowait`")),
            },
        };
        self.push(match strength {
            Strength::Update => locks.update,
            Strength::Share => locks.share,
        });
        self.locked_tables(&lock)?;
        self.push(wait);
        Ok(())
    }

    /// Rejects row locks on the operands of a set operation, and on the whole.
    pub(super) fn unlocked(select: &Select) -> Result<()> {
        if select.lock.is_none() {
            return Ok(());
        }
        let message = "a set operation cannot lock rows; lock them with a separate query";
        Err(Error::new(ErrorKind::InvalidQuery, message))
    }

    fn locked_tables(&mut self, lock: &Lock) -> Result<()> {
        let Some(words) = self.dialect.locks.of else {
            if lock.of.is_empty() || self.dialect.locks.update.is_empty() {
                return Ok(());
            }
            return Err(self.lacking(
                "locking only some of the tables; leave out `of`, or lock the rows with a separate query",
            ));
        };
        for (position, source) in lock.of.iter().enumerate() {
            self.push(if position == 0 { words } else { ", " });
            let place = self.place(*source)?;
            if self.names.table(place).is_none() {
                // MySQL only says that they "appear in multiple locking clauses".
                let message = "`of` names a derived table, whose rows can only be locked by its own query: add \
                               `.for_update()` to its query";
                return Err(Error::new(ErrorKind::InvalidQuery, message));
            }
            self.names.write(&mut self.sql, place);
        }
        Ok(())
    }

    /// Writes the index hints of one table.
    pub(super) fn hints(&mut self, table: &FromItem) -> Result<()> {
        if !matches!(table.origin, Origin::Table(_)) {
            return Err(Error::new(
                ErrorKind::InvalidQuery,
                "a derived table has no indexes: put the index hint on the query inside of it",
            ));
        }
        for hint in &table.hints {
            let words = match hint.advice {
                Advice::Use => self.dialect.index_hints.used,
                Advice::Force => self.dialect.index_hints.forced,
                Advice::Ignore => self.dialect.index_hints.ignored,
            };
            let Some((before, after)) = words.split_once("{}") else {
                return Err(self.lacking("this index hint; leave it out, or use `force_index`"));
            };
            self.push(before);
            self.identifier(&hint.index);
            self.push(after);
        }
        Ok(())
    }
}
