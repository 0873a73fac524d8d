//! Servers that hang, go down, and come back, as simulated by a proxy.

use std::time::{Duration, Instant};

use orm::prelude::*;

use crate::support::models::*;
use crate::support::{Proxy, is_as_new, is_at_full_strength, is_not_in_vain};

async fn rename(on: impl Executor<'_>, id: u64, name: &str) -> orm::Result<u64> {
    User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(id)).execute(on).await
}

on_servers! {
    async fn statements_fail_while_the_server_is_gone_and_no_longer(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        is_at_full_strength(db).await?;
        let mut s = db.session();
        rename(&mut s, 1, "lost").await?;
        let mut committing = db.session();
        rename(&mut committing, 2, "lost").await?;
        proxy.down();
        assert!(rename(&mut s, 3, "lost").await.unwrap_err().is_connection_lost());
        assert!(committing.commit().await.unwrap_err().is_commit_in_doubt());
        let started = Instant::now();
        for _ in 0..20 {
            let error = rename(db, 3, "lost").await.unwrap_err();
            assert!(error.is_connect() || error.is_connection_lost(), "{error:?}");
        }
        is_not_in_vain(started);
        proxy.up();
        // At once, and in place of every broken connection.
        s.rollback().await?;
        assert_eq!(rename(&mut s, 3, "there").await?, 1);
        s.commit().await?;
        is_as_new(db, fresh).await?;
        let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(&fresh.db).await?;
        assert_eq!(names, ["Ann", "Bob", "there"]);
    }

    async fn statements_wait_for_a_server_that_stands_still(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        let mut s = db.session();
        rename(&mut s, 1, "late").await?;
        proxy.pause();
        let (committed, counted, ()) = tokio::join!(s.commit(), User::query().count(db), async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            proxy.up();
        });
        committed?;
        assert_eq!(counted?, 3);
        assert_eq!(User::find(1).one(&fresh.db).await?.name, "late");
        is_as_new(db, fresh).await?;
    }

    async fn what_was_given_up_meanwhile_disturbs_nobody(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        is_at_full_strength(db).await?;
        let mut s = db.session();
        rename(&mut s, 1, "given up").await?;
        proxy.pause();
        let patience = Duration::from_millis(50);
        assert!(tokio::time::timeout(patience, rename(&mut s, 2, "given up")).await.is_err());
        for number in 0..20i64 {
            let answer = sql!("SELECT {number}").scalar::<i64>(db);
            assert!(tokio::time::timeout(patience, answer).await.is_err());
        }
        drop(s);
        proxy.up();
        is_as_new(db, fresh).await?;
        let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(db).await?;
        assert_eq!(names, ["Ann", "Bob", "Cid"]);
    }

    async fn a_connection_that_cannot_be_had_in_time_is_an_error(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("connect_timeout=3");
        proxy.pause();
        let started = Instant::now();
        let error = User::query().count(db).await.unwrap_err();
        assert!(error.is_connect() && error.to_string().contains("no answer within 3s"), "{error:?}");
        is_not_in_vain(started);
        proxy.up();
        is_as_new(db, fresh).await?;
    }
}
