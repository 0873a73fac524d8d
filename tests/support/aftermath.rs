//! Checks after a fault.

use std::time::{Duration, Instant};

use mysql_async::prelude::Queryable as _;
use orm::prelude::*;

use super::Fresh;
use super::connections::{connections, is_mariadb};

/// Returns the number of open transactions on a test's database, and of connections to it that are executing something.
async fn busy(fresh: &Fresh) -> (usize, usize) {
    let mut admin = fresh.admin().await;
    let active = active(&mut admin).await;
    let connections = connections(&mut admin, fresh).await;
    admin.disconnect().await.unwrap();
    let open = connections.iter().filter(|(id, _)| active.contains(id)).count();
    let running = connections.iter().filter(|(_, command)| command != "Sleep").count();
    (open, running)
}

/// Returns the connections with an open transaction, as the server knows it now: `information_schema.innodb_trx` is a
/// copy, which is not refreshed if it is read more often than every tenth of a second, as concurrent tests do.
async fn active(admin: &mut mysql_async::Conn) -> Vec<u64> {
    if !is_mariadb(admin).await {
        let active = "SELECT t.processlist_id FROM performance_schema.events_transactions_current e \
                      JOIN performance_schema.threads t USING (thread_id) \
                      WHERE e.state = 'ACTIVE' AND t.processlist_id IS NOT NULL";
        return admin.query(active).await.unwrap();
    }
    let status: Option<(String, String, String)> =
        admin.query_first("SHOW ENGINE INNODB STATUS").await.unwrap();
    let (_, _, status) = status.unwrap();
    status.split("---TRANSACTION ").skip(1).filter_map(thread_of_active).collect()
}

/// Returns the connection of a transaction in MariaDB's status output, if the transaction is active.
fn thread_of_active(transaction: &str) -> Option<u64> {
    let (state, _) = transaction.split_once('\n')?;
    let (_, thread) = transaction.split_once("thread id ")?;
    state.contains(", ACTIVE").then(|| thread.split(',').next()?.parse().ok())?
}

/// Shorter than anything that a test would wait for in vain, and longer than a busy machine stalls.
const IN_VAIN: Duration = Duration::from_secs(20);

/// Checks that an operation begun at this time did not wait for something that never comes.
#[track_caller]
pub fn is_not_in_vain(started: Instant) {
    assert!(started.elapsed() < IN_VAIN, "{:?}", started.elapsed());
}

/// Waits until nothing is left of abandoned statements and transactions.
pub async fn becomes_quiet(fresh: &Fresh) {
    becomes(fresh, (0, 0)).await;
}

/// Waits for this number of open transactions and busy connections: a server sends its answer before it reports that it
/// has nothing more to do.
pub async fn becomes(fresh: &Fresh, expected: (usize, usize)) {
    let started = Instant::now();
    loop {
        let found = busy(fresh).await;
        if found == expected {
            return;
        }
        assert!(started.elapsed() < IN_VAIN, "{found:?}");
    }
}

/// Waits until the server has hung up on all connections to a test's database.
pub async fn becomes_alone(fresh: &Fresh) {
    let started = Instant::now();
    let mut admin = fresh.admin().await;
    while !connections(&mut admin, fresh).await.is_empty() {
        assert!(started.elapsed() < IN_VAIN);
    }
    admin.disconnect().await.unwrap();
    // It strikes a connection off its list before it closes its socket.
    tokio::time::sleep(Duration::from_millis(200)).await;
}

/// Checks that every connection of the pool can be used, and returns its own answer.
pub async fn is_at_full_strength(db: &Database) -> orm::Result<()> {
    let mut sessions: Vec<Session> =
        (0..db.pool_status().max).map(|_| db.transaction().read_only().session()).collect();
    for (number, s) in (0i64..).zip(&mut sessions) {
        assert_eq!(sql!("SELECT {number}").scalar::<i64>(&mut *s).await?, number);
    }
    for s in sessions {
        s.close().await?;
    }
    let status = db.pool_status();
    assert_eq!((status.open, status.idle, status.waiting), (status.max, status.max, 0));
    Ok(())
}

/// Checks that the next statements return correct results, no transaction is open, and every connection can be used.
pub async fn is_as_new(db: &Database, fresh: &Fresh) -> orm::Result<()> {
    for number in 0..3i64 {
        assert_eq!(sql!("SELECT {number}").scalar::<i64>(db).await?, number);
    }
    becomes_quiet(fresh).await;
    is_at_full_strength(db).await
}
