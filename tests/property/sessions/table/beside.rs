//! Statements of the program, in addition to tracked rows.

use orm::prelude::*;

use super::super::steps::Held;
use super::Item;
use super::run::Run;

impl Run {
    /// Flushes, runs a statement, and reads the tracked rows again.
    pub(super) async fn beside(&mut self, tx: &mut Transaction) -> orm::Result<bool> {
        let desk = self.number();
        match self.random.below(5) {
            0 => {
                Item::update()
                    .set(|i| i.count.to(i.count + 1))
                    .filter(|i| i.desk.le(desk))
                    .execute(&mut *tx)
                    .await?;
                for row in self.flushed.values_mut().filter(|row| row.desk <= desk && !row.is_hidden) {
                    (row.count, row.version) = (row.count + 1, row.version + 1);
                }
                self.note(format!("statement: one more on the desks up to {desk}"));
            }
            1 => {
                sql!("UPDATE {@Item} SET weight = weight + 1 WHERE desk = {desk}").execute(&mut *tx).await?;
                self.flushed.values_mut().filter(|row| row.desk == desk).for_each(|row| row.weight += 1);
                self.note(format!("raw statement: heavier on desk {desk}"));
            }
            2 => {
                Item::delete().filter(|i| i.desk.eq(desk)).hard_delete().execute(&mut *tx).await?;
                self.flushed.retain(|_, row| row.desk != desk || row.is_hidden);
                self.held.retain(|mark, _| self.flushed.contains_key(mark));
                self.note(format!("statement: desk {desk} is deleted"));
            }
            3 => {
                Item::delete().filter(|i| i.desk.eq(desk)).execute(&mut *tx).await?;
                for row in self.flushed.values_mut().filter(|row| row.desk == desk && !row.is_hidden) {
                    (row.is_hidden, row.version) = (true, row.version + 1);
                }
                self.note(format!("statement: desk {desk} goes into the bin"));
            }
            _ => {
                // For the session, rows with other keys are other rows.
                self.moves += 100;
                let by = self.moves;
                Item::update()
                    .set(|i| i.id.to(i.id + by))
                    .filter(|i| i.desk.eq(desk).and(i.id.lt(100)))
                    .execute(&mut *tx)
                    .await?;
                for (mark, row) in &mut self.flushed {
                    if row.desk == desk && row.id < 100 && !row.is_hidden {
                        (row.id, row.version) = (row.id + by, row.version + 1);
                        self.held.remove(mark);
                    }
                }
                self.note(format!("statement: other keys on desk {desk}"));
            }
        }
        (self.now, self.has_changed) = (self.flushed.clone(), true);
        if self.random.once_in(2) {
            let held: Vec<Held<Item>> = self.held.values().copied().collect();
            for row in held.into_iter().filter_map(|held| held.row) {
                tx.refresh(row).await?;
            }
        }
        self.track(tx).await?;
        self.check(tx).await?;
        Ok(true)
    }
}
