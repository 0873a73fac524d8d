//! Statements that are killed on the server.

use std::time::Duration;

use mysql_async::prelude::Queryable as _;
use orm::prelude::*;

use crate::support::models::*;
use crate::support::{Fresh, connections};

/// Kills the statement that a connection to a test's database is executing, once there is one: repeatedly, in case it
/// was not executing yet when the server got the command.
async fn stop_what_runs(fresh: &Fresh) {
    let mut admin = fresh.admin().await;
    let mut told = false;
    loop {
        let running = connections(&mut admin, fresh).await;
        match running.iter().find(|(_, command)| command == "Execute") {
            Some((id, _)) => {
                admin.query_drop(format!("KILL QUERY {id}")).await.unwrap();
                told = true;
            }
            None if told => return admin.disconnect().await.unwrap(),
            None => {}
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
