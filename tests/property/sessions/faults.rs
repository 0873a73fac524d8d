//! Faults that interrupt the calls of a session, and the status of the session afterwards.

use std::time::Duration;

use mysql_async::prelude::Queryable as _;
use orm::prelude::*;

use super::models::*;
use super::run::{Run, Went};
use super::world::{Doomed, World};
use crate::support::{
    Fault, Fresh, Proxy, Random, Shaky, Trouble, becomes_quiet, connections, dropped_after,
};

/// The possible faults of a session's calls.
pub struct Faults<'f> {
    fresh: &'f Fresh,
    /// In front of servers, for faults of connections.
    proxy: Option<Proxy>,
    shaky: Shaky,
    random: Random,
    /// Whether a fault is planned for the current call.
    is_armed: bool,
    /// The command that met a fault.
    met: Option<(String, Trouble)>,
}

/// The status of a session.
#[derive(Debug, PartialEq)]
pub enum Says {
    /// It goes on, as if nothing had happened.
    Active,
    Dead,
    InDoubt,
}

impl<'f> Faults<'f> {
    pub async fn of(fresh: &'f Fresh, is_server: bool) -> Self {
        let proxy = if is_server { Some(Proxy::new(fresh).await) } else { None };
        let under = proxy.as_ref().map_or_else(|| fresh.db.clone(), |proxy| proxy.open(""));
        let shaky = Shaky::over(&under);
        Faults { fresh, proxy, shaky, random: Random::new(0), is_armed: false, met: None }
    }

    /// Opens the database in which faults occur.
    pub fn open(&self) -> Database {
        self.shaky.open()
    }

    pub fn begin(mut self, seed: u64) -> Self {
        self.random = Random::new(!seed);
        self
    }

    /// Returns the result of a call, unless it was dropped; `sends` if it certainly sends a command.
    pub async fn meet<T>(
        &mut self,
        sends: bool,
        call: impl Future<Output = orm::Result<T>>,
    ) -> Option<orm::Result<T>> {
        (self.is_armed, self.met) = (true, None);
        match (self.random.below(16), &self.proxy) {
            (0 | 1, _) => dropped_after(self.random.between(1, 24) as u32, call).await,
            (2, _) => {
                let troubles = [Trouble::Lost, Trouble::Unanswered, Trouble::Stopped, Trouble::Deadlock];
                self.shaky.behind(self.random.below(8), self.random.pick(&troubles));
                let result = call.await;
                self.met = self.shaky.heal();
                Some(result)
            }
            (3, Some(proxy)) => {
                let cut = Fault::Cut(self.random.below(40));
                let faults = [cut, Fault::Swallow, Fault::Lose, Fault::Reset, Fault::Blackhole];
                proxy.behind(self.random.below(8), self.random.pick(&faults));
                let result = tokio::time::timeout(Duration::from_millis(200), call).await.ok();
                proxy.heal();
                result
            }
            (4, Some(_)) if sends => {
                self.kill().await;
                Some(call.await)
            }
            _ => {
                self.is_armed = false;
                Some(call.await)
            }
        }
    }

    /// Makes the server kill the session's connections.
    async fn kill(&self) {
        let own: u64 = sql!("SELECT CONNECTION_ID()").scalar(&self.fresh.db).await.unwrap();
        let mut admin = self.fresh.admin().await;
        loop {
            let mut others = connections(&mut admin, self.fresh).await;
            others.retain(|(id, _)| *id != own);
            if others.is_empty() {
                break;
            }
            for (id, _) in others {
                // It may be gone by now.
                let _ = admin.query_drop(format!("KILL {id}")).await;
            }
        }
        admin.disconnect().await.unwrap();
    }

    /// Returns whether an error is due to the planned fault.
    pub fn explain(&self, error: &orm::Error) -> bool {
        use ErrorKind::*;
        let kinds = [ConnectionLost, CommitInDoubt, Connect, Interrupted, Deadlock, TransactionDead];
        self.is_armed && kinds.contains(&error.kind())
    }

    /// Returns whether a query was killed after everything before it was flushed.
    pub fn has_stopped(&self, words: &str) -> bool {
        self.met.as_ref().is_some_and(|(sql, trouble)| *trouble == Trouble::Stopped && sql.contains(words))
    }

    /// Waits until everything that was interrupted is over.
    pub async fn rest(&self) {
        if self.proxy.is_some() {
            becomes_quiet(self.fresh).await;
        }
    }
}

impl Run<'_> {
    /// Asks a session for its status. If it does not go on, it must reject everything except a rollback.
    pub async fn ask(&mut self, s: &mut Session) -> orm::Result<Says> {
        s.set_autoflush(false);
        let answer = sql!("SELECT 1").scalar::<i64>(&mut *s).await;
        s.set_autoflush(true);
        let says = match answer {
            Ok(_) => Says::Active,
            Err(error) if error.is_transaction_dead() => Says::Dead,
            Err(error) => {
                assert!(error.is_commit_in_doubt(), "{error:?}\n{self}");
                Says::InDoubt
            }
        };
        self.note(format!("{says:?}"));
        if says == Says::Active {
            return Ok(says);
        }
        let refused = [
            s.flush().await,
            s.commit().await,
            Member::query().count(&mut *s).await.map(drop),
            s.begin_savepoint().await.map(drop),
        ];
        for answer in refused {
            let kind = answer.unwrap_err().kind();
            let expected =
                if says == Says::Dead { ErrorKind::TransactionDead } else { ErrorKind::CommitInDoubt };
            assert_eq!(kind, expected, "{self}");
        }
        Ok(says)
    }

    /// Rolls back, however often that is interrupted.
    pub async fn roll_back(&mut self, s: &mut Session, says: &Says) -> orm::Result<()> {
        while let Went::Cut = self.attempt("rollback", true, false, s.rollback()).await {
            let again = self.ask(s).await?;
            assert!(again == *says || again == Says::Dead && *says == Says::Active, "{again:?}\n{self}");
        }
        Ok(())
    }

    /// Finds out the outcome of a commit in doubt, whose rows the session has dropped.
    pub async fn find_out(&mut self, s: &mut Session, db: &Database) -> orm::Result<()> {
        if let Some(faults) = &self.faults {
            faults.rest().await;
        }
        let there = World::read(db).await?;
        let is_committed = Some(&there) == self.now.flushed(&self.doomed).as_ref();
        assert!(is_committed || there == self.committed, "{there:?}\n{self}");
        assert!(s.changes().is_empty(), "{}\n{self}", s.changes());
        (self.now, self.doomed) = (there, Doomed::default());
        self.flushed = self.now.clone();
        self.is_committed();
        self.note(if is_committed { "committed after all" } else { "not committed" });
        if self.random.once_in(2) {
            s.clear();
        }
        self.track(s).await
    }
}
