//! Rows that someone else changes between two transactions.

use orm::prelude::*;

use super::models::*;
use super::run::Run;

impl Run<'_> {
    /// Someone else changes a member that is tracked by the session. The session then cannot change the member until it
    /// has read the row again.
    pub async fn is_overtaken(&mut self, s: &mut Session, db: &Database) -> orm::Result<()> {
        let marks: Vec<u32> = self.committed.members.keys().copied().collect();
        let waits = !s.changes().is_empty() || self.now != self.committed || !self.doomed.is_empty();
        let Some(mark) = self.one_of(&marks).filter(|_| !waits && !s.is_active()) else { return Ok(()) };
        let row = self.members[&mark].row.expect("it is committed");
        let score = self.now.members[&mark].score;
        Member::update().set(|m| m.score.to(score + 10)).filter(|m| m.mark.eq(mark)).execute(db).await?;
        self.note(format!("somebody else gives {mark} a score of {}", score + 10));
        if self.random.once_in(2) {
            s[row].score = score + 20;
            assert!(s.flush().await.unwrap_err().is_stale(), "{self}");
            s.rollback().await?;
            assert_eq!(s[row].score, score + 20, "{self}");
            assert!(s.refresh(row).await.unwrap_err().is_invalid_query(), "{self}");
        }
        s.refresh(row).discard_changes().await?;
        assert_eq!(s[row].score, score + 10, "{self}");
        for world in [&mut self.committed, &mut self.flushed, &mut self.now] {
            world.members.get_mut(&mark).expect("it is committed").score = score + 10;
        }
        self.note(format!("read {mark} again"));
        Ok(())
    }
}
