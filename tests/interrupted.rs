//! Statements that somebody stops on the server.

use std::time::Duration;

use mysql_async::prelude::Queryable as _;
use orm::prelude::*;

use crate::support::Fresh;
use crate::support::models::*;

/// Stops the statement that a connection to a test's database is in, once there is one.
async fn stop_what_runs(fresh: &Fresh) {
    let mut admin = fresh.admin().await;
    let name = fresh.url.rsplit('/').next().unwrap().to_owned();
    let running = "SELECT id FROM information_schema.processlist WHERE db = ? AND command = 'Execute'";
    loop {
        if let Some(id) = admin.exec_first::<u64, _, _>(running, (&name,)).await.unwrap() {
            admin.query_drop(format!("KILL QUERY {id}")).await.unwrap();
            return admin.disconnect().await.unwrap();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

on_servers! {
    async fn are_an_error_of_their_own_and_the_transaction_goes_on(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let rename = |id: u64, name: &str| User::update().set(|u| u.name.to(name)).filter(move |u| u.id.eq(id));
        let mut holder = db.session();
        rename(1, "held").execute(&mut holder).await?;
        let mut s = db.session();
        rename(2, "kept").execute(&mut s).await?;
        let (stopped, ()) = tokio::join!(rename(1, "stopped").execute(&mut s), stop_what_runs(fresh));
        let error = stopped.unwrap_err();
        assert!(error.is_interrupted() && !error.is_retryable(), "{error:?}");
        holder.rollback().await?;
        assert_eq!(rename(3, "after").execute(&mut s).await?, 1);
        s.commit().await?;
        let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(db).await?;
        assert_eq!(names, ["Ann", "kept", "after"]);
    }
}
