//! What has to hold after a fault.

use std::time::{Duration, Instant};

use mysql_async::prelude::Queryable as _;
use orm::prelude::*;
use tokio::sync::Mutex;

use super::Fresh;

/// InnoDB renews its list of transactions only once nobody has looked at it for a tenth of a second: looked at more
/// often, by all tests together, it stays as it was (the cache of `INNODB_TRX`, in the source of both servers).
const RENEWED_AFTER: Duration = Duration::from_millis(120);

/// The transactions that are open on a test's database, and the connections to it that do something.
async fn busy(fresh: &Fresh) -> (u64, u64) {
    static TURN: Mutex<()> = Mutex::const_new(());
    let _turn = TURN.lock().await;
    tokio::time::sleep(RENEWED_AFTER).await;
    let mut admin = fresh.admin().await;
    let name = fresh.url.rsplit('/').next().unwrap().to_owned();
    let open = "SELECT COUNT(*) FROM information_schema.innodb_trx t \
                JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id WHERE p.db = ?";
    let running = "SELECT COUNT(*) FROM information_schema.processlist WHERE db = ? AND command <> 'Sleep'";
    let open = admin.exec_first(open, (&name,)).await.unwrap().unwrap();
    let running = admin.exec_first(running, (&name,)).await.unwrap().unwrap();
    admin.disconnect().await.unwrap();
    (open, running)
}

/// Waits until nothing is left of what was abandoned.
pub async fn becomes_quiet(fresh: &Fresh) {
    let started = Instant::now();
    loop {
        let left = busy(fresh).await;
        if left == (0, 0) {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{left:?}");
    }
}

/// Every connection that there may be, each with a right answer.
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

/// The next statement is right, no transaction is open, and every connection can be used.
pub async fn is_as_new(db: &Database, fresh: &Fresh) -> orm::Result<()> {
    for number in 0..3i64 {
        assert_eq!(sql!("SELECT {number}").scalar::<i64>(db).await?, number);
    }
    becomes_quiet(fresh).await;
    is_at_full_strength(db).await
}
