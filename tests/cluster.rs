//! Errors of cluster nodes, and how they are mapped.

use std::sync::atomic::{AtomicU32, Ordering};

use orm::prelude::*;
use orm::raw::sql_unchecked;

use crate::support::models::*;

/// Makes the server return the error of a cluster node.
async fn say(mut tx: &mut Transaction, code: u32, text: &str) -> orm::Result<()> {
    let signal = format!("SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = {code}, MESSAGE_TEXT = '{text}'");
    sql_unchecked(signal).execute(&mut tx).await.map(drop)
}

async fn rename(mut tx: &mut Transaction, id: u64) -> orm::Result<u64> {
    User::update().set(|u| u.name.to("renamed")).filter(|u| u.id.eq(id)).execute(&mut tx).await
}

const CONFLICT: &str = "Deadlock found when trying to get lock; try restarting transaction";
const NOT_READY: &str = "WSREP has not yet prepared node for application use";
const LEFT_ALONE: &str = "Error while appending streaming replication fragment(provider status: Not connected to Primary Component)";

on_servers! {
    async fn retries_a_closure_unless_it_may_be_committed(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        for (code, text, kind, attempts) in [
            (1213, CONFLICT, ErrorKind::Deadlock, 3),
            (1047, NOT_READY, ErrorKind::WrongNode, 3),
            (1180, LEFT_ALONE, ErrorKind::CommitInDoubt, 1),
            (1105, "Maximum writeset size exceeded", ErrorKind::Server, 1),
        ] {
            let tried = AtomicU32::new(0);
            let result = db.transaction().retry(2).run(async |tx| {
                tried.fetch_add(1, Ordering::SeqCst);
                rename(tx, 1).await?;
                say(tx, code, text).await
            });
            assert_eq!(result.await.unwrap_err().kind(), kind, "{text}");
            assert_eq!(tried.into_inner(), attempts, "{text}");
            assert_eq!(User::find(1).one(db).await?.name, "Ann", "{text}");
        }
    }

    async fn ends_a_transaction_with_all_that_was_done_in_it(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        for (code, text) in
            [(1213, CONFLICT), (1047, NOT_READY), (1180, LEFT_ALONE), (1180, "wsrep_max_ws_rows exceeded")]
        {
            let mut s = db.session();
            rename(&mut s, 1).await?;
            say(&mut s, code, text).await.unwrap_err();
            assert!(rename(&mut s, 2).await.unwrap_err().is_transaction_dead(), "{text}");
            assert!(s.commit().await.unwrap_err().is_transaction_dead(), "{text}");
            s.rollback().await?;
            assert_eq!(rename(&mut s, 3).await?, 1, "{text}");
            s.rollback().await?;
        }
        let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(db).await?;
        assert_eq!(names, ["Ann", "Bob", "Cid"]);
    }
}
