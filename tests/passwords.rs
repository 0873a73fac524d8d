//! Passwords from a callback.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mysql_async::prelude::Queryable as _;
use orm::prelude::*;

use crate::support::is_not_in_vain;

#[test]
fn are_fetched_at_login() {
    let asked = |url: &str| Database::builder().url(url).password_from(|| async { Err("nobody is to ask") });
    let db = asked("mysql://ann:other@localhost/app").open().unwrap();
    assert!(!format!("{db:?}").contains("other"));
    let wrong = |builder: orm::DatabaseBuilder| builder.open().unwrap_err().to_string();
    assert_eq!(
        wrong(asked("sqlite::memory:")),
        "`password_from` does not apply to `sqlite:`, which has no login"
    );
    assert_eq!(
        wrong(asked("mysql://ann@localhost/app").password("secret")),
        "`password` and `password_from` are both set: set only one of them"
    );
}

on_servers! {
    async fn are_fetched_for_each_connection(fresh: Fresh) {
        let (server, name) = fresh.url.rsplit_once('/').unwrap();
        let (scheme, place) = server.split_once("://").unwrap();
        let place = place.rsplit_once('@').unwrap().1;
        let mut admin = fresh.admin().await;
        let user = format!("{name}_token");
        admin.query_drop(format!("CREATE USER '{user}' IDENTIFIED BY 'first'")).await.unwrap();
        let token = Arc::new(Mutex::new(Some("first".to_owned())));
        let asked = Arc::new(AtomicUsize::new(0));
        let source = {
            let (token, asked) = (token.clone(), asked.clone());
            move || {
                asked.fetch_add(1, Relaxed);
                let token = token.lock().unwrap().clone();
                async move { token.ok_or("the vault is sealed") }
            }
        };
        // The password in the URL is ignored.
        let url = format!("{scheme}://{user}:old@{place}/");
        let db = Database::builder().url(url).password_from(source).open()?;
        let mut first = db.session();
        sql!("DO 0").execute(&mut first).await?;
        // Existing connections stay; new ones use the new password.
        admin.query_drop(format!("ALTER USER '{user}' IDENTIFIED BY 'second'")).await.unwrap();
        let error = db.ping().await.unwrap_err();
        assert!(error.is_connect() && error.code() == Some(1045), "{error:?}");
        *token.lock().unwrap() = Some("second".to_owned());
        db.ping().await?;
        sql!("DO 0").execute(&mut first).await?;
        assert_eq!(asked.load(Relaxed), 3);
        // The connection that kills an abandoned statement uses it, too.
        let started = Instant::now();
        let sleep = sql!("DO SLEEP(60)").execute(&db);
        assert!(tokio::time::timeout(Duration::from_millis(100), sleep).await.is_err());
        let running = format!("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '{user}' AND INFO LIKE 'DO SLEEP%'");
        while admin.query_first::<u64, _>(&running).await.unwrap() != Some(0) {
            is_not_in_vain(started);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        *token.lock().unwrap() = None;
        let mut second = db.session();
        let error = sql!("DO 0").execute(&mut second).await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        let text = error.to_string();
        assert!(text.ends_with("cannot get the password: `password_from` failed: the vault is sealed"), "{text}");
        assert!(text.contains(&format!("cannot connect to `{user}@")), "{text}");
        admin.query_drop(format!("DROP USER '{user}'")).await.unwrap();
    }
}
