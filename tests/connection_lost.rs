//! Connections closed by the server.

use orm::prelude::*;

use crate::support::models::*;
use crate::support::{becomes_alone, is_direct, kill_all};

on_servers! {
    async fn are_an_error_at_most_once_and_then_replaced(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        // Two connections in the pool, so that one is lost while idle.
        let mut s = db.session();
        User::query().count(&mut s).await?;
        User::query().count(db).await?;
        s.commit().await?;
        kill_all(fresh).await;
        // The direct transport notices that the server has hung up; `mysql_async` does not let anybody see its socket.
        if is_direct() {
            becomes_alone(fresh).await;
        } else {
            let error = User::query().count(db).await.unwrap_err();
            assert!(error.is_connection_lost(), "{error:?}");
        }
        assert_eq!(User::query().count(db).await?, 3);
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn end_the_transaction_of_their_session(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.session();
        User::delete().all_rows().execute(&mut s).await?;
        kill_all(fresh).await;
        let error = User::query().count(&mut s).await.unwrap_err();
        assert!(error.is_connection_lost(), "{error:?}");
        let error = User::query().count(&mut s).await.unwrap_err();
        assert!(error.is_transaction_dead(), "{error:?}");
        assert!(s.commit().await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        assert_eq!(User::query().count(&mut s).await?, 3);
        s.commit().await?;
    }

    async fn leave_a_commit_in_doubt(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.session();
        User::delete().filter(|u| u.name.eq("Cid")).execute(&mut s).await?;
        kill_all(fresh).await;
        let error = s.commit().await.unwrap_err();
        assert!(error.is_commit_in_doubt(), "{error:?}");
        assert!(User::query().count(&mut s).await.unwrap_err().is_commit_in_doubt());
        s.rollback().await?;
        // Killed before the commit: nothing was committed, but only the server knew that.
        assert_eq!(User::query().count(&mut s).await?, 3);
    }
}
