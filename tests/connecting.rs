//! How connections are opened, and what is set on them.

use std::time::{Duration, Instant};

use mysql_async::prelude::Queryable as _;
use orm::prelude::*;
use orm::sql;

use crate::support::models::*;
use crate::support::{Fresh, Proxy, Random, is_not_in_vain, processlist};

fn open(fresh: &Fresh, options: &[(&str, &str)]) -> Database {
    let builder = Database::builder().url(&fresh.url);
    options.iter().fold(builder, |builder, (name, value)| builder.option(*name, *value)).open().unwrap()
}

/// The timer of the open socket with this port of its own (another, to another server, may just have closed): `02:` and the time
/// that is left for that of keepalive.
#[cfg(target_os = "linux")]
fn timer_of(port: u16) -> String {
    let sockets = std::fs::read_to_string("/proc/net/tcp").unwrap()
        + &std::fs::read_to_string("/proc/net/tcp6").unwrap();
    // Number, local address, remote address, state (01: established), queues, timer.
    let fields = sockets.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let mut own = fields.filter(|socket| socket[1].ends_with(&format!(":{port:04X}")) && socket[3] == "01");
    own.next().map_or_else(String::new, |socket| socket[5].to_owned())
}

async fn variable(db: &Database, name: &'static str) -> orm::Result<String> {
    db.connection().await?.variable(name).await
}

on_servers! {
    async fn uses_a_socket_if_asked_to(fresh: Fresh) {
        let socket: String = variable(&fresh.db, "socket").await?;
        let by_socket = open(fresh, &[("socket", &socket)]);
        shop(&by_socket).await?;
        let list = processlist(&mut fresh.admin().await).await;
        let host = format!("SELECT host FROM {list} WHERE id = connection_id()");
        assert_eq!(orm::raw::sql_unchecked(&host).scalar::<String>(&by_socket).await?, "localhost");
        assert!(orm::raw::sql_unchecked(&host).scalar::<String>(&fresh.db).await?.contains(':'));
        let nowhere = open(fresh, &[("socket", "/no/such.sock")]).ping().await.unwrap_err();
        assert!(nowhere.is_connect() && nowhere.to_string().contains("@/no/such.sock"), "{nowhere}");
    }

    #[cfg(target_os = "linux")]
    async fn asks_silent_hosts_for_a_sign_of_life(fresh: Fresh) {
        let list = processlist(&mut fresh.admin().await).await;
        let host = format!("SELECT host FROM {list} WHERE id = connection_id()");
        let host: String = orm::raw::sql_unchecked(&host).scalar(&fresh.db).await?;
        let port: u16 = host.rsplit(':').next().unwrap().parse().unwrap();
        // Another timer runs for as long as what was sent last, such as the end of a prepared statement, is not acknowledged.
        let mut timer = timer_of(port);
        for _ in 0..100 {
            if timer.starts_with("02:") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            timer = timer_of(port);
        }
        assert!(timer.starts_with("02:"), "{timer}");
    }

    async fn compresses_if_asked_to(fresh: Fresh) {
        for (compressed, expected) in [("true", "ON"), ("false", "OFF")] {
            let db = open(fresh, &[("compression", compressed), ("local_infile", "true")]);
            let status = sql!("SHOW SESSION STATUS LIKE 'Compression'").one::<(String, String)>(&db).await?;
            assert_eq!(status.1, expected);
            db.create_tables::<Comment>().await.ok();
            let text = "abcd".repeat(500_000);
            let found: String = sql!("SELECT {text}").scalar(&db).await?;
            assert!(found == text);
            // Incompressible data; the lengths are around those of buffers.
            let mut random = Random::new(7);
            for length in [30, 50, 60, 4_000, 20_000, 3_000_000] {
                let noise: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
                let found: Vec<u8> = sql!("SELECT {noise}").scalar(&db).await?;
                assert!(found == noise, "{length}");
            }
        }
    }

    async fn waits_for_answers_as_long_as_it_is_told_to(fresh: Fresh) {
        let db = open(fresh, &[("read_timeout", "1s")]);
        let started = Instant::now();
        let error = sql!("DO SLEEP(60)").execute(&db).await.unwrap_err();
        assert!(error.is_connection_lost(), "{error:?}");
        assert_eq!(error.to_string(), "the server did not answer within 1s (`read_timeout`)");
        is_not_in_vain(started);
        // The query was killed on the server, and the next connection works like any other.
        let mut admin = fresh.admin().await;
        let name = fresh.url.rsplit('/').next().unwrap();
        let list = processlist(&mut admin).await;
        let running = format!("SELECT count(*) FROM {list} WHERE db = '{name}' AND info LIKE 'DO %'");
        for _ in 0..100 {
            if admin.query_first::<u64, _>(&running).await.unwrap() == Some(0) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(admin.query_first::<u64, _>(&running).await.unwrap(), Some(0));
        assert_eq!(sql!("SELECT 42").scalar::<i64>(&db).await?, 42);
        // The timeout applies to the server, not to a slow consumer of the rows.
        let mut rows = sql!("SELECT 1 UNION SELECT 2").stream::<i64>(&db);
        assert_eq!(rows.next().await?, Some(1));
        tokio::time::sleep(Duration::from_millis(1500)).await;
        assert_eq!(rows.next().await?, Some(2));
        let mut s = db.session();
        sql!("DO 1").execute(&mut s).await?;
        assert!(sql!("DO SLEEP(60)").execute(&mut s).await.unwrap_err().is_connection_lost());
        assert!(sql!("DO 1").execute(&mut s).await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        sql!("DO 1").execute(&mut s).await?;
    }

    async fn sets_what_it_is_told_to_set(fresh: Fresh) {
        let options = [
            ("collation", "utf8mb4_unicode_ci"),
            ("time_zone", "+02:00"),
            ("sql_mode", "NO_ZERO_DATE"),
            ("init", "SET @answer = 41; SET @answer = @answer + 1"),
        ];
        let db = open(fresh, &options);
        // Once on a new connection, and once after a direct user changed it.
        for _ in 0..2 {
            let mut connection = db.connection().await?;
            assert_eq!(connection.variable::<String>("collation_connection").await?, "utf8mb4_unicode_ci");
            assert_eq!(connection.variable::<String>("time_zone").await?, "+02:00");
            let modes: String = connection.variable("sql_mode").await?;
            assert!(modes.contains("NO_ZERO_DATE") && modes.contains("STRICT_ALL_TABLES"), "{modes}");
            assert_eq!(sql!("SELECT @answer").scalar::<i64>(&mut connection).await?, 42);
            connection.set_variable("time_zone", "+05:00").await?;
            connection.execute(sql!("SET @answer = 0")).await?;
        }
        // Times in columns are UTC regardless of the time zone.
        let before = shop(&db).await?;
        assert_eq!(User::query().order_by(|u| u.id.asc()).all(&fresh.db).await?, before);
        let wrong = open(fresh, &[("init", "SELEKT 1")]).ping().await.unwrap_err();
        assert!(wrong.is_connect() && wrong.to_string().contains("syntax"), "{wrong}");
    }

    async fn reports_the_program_name(fresh: Fresh) {
        let named = open(fresh, &[("program_name", "shop, café")]);
        let kept: bool = fresh.db.connection().await?.variable("performance_schema").await?;
        assert!(kept || fresh.db.dialect().name == "MariaDB");
        for (db, name) in [(&named, Some("shop, café")), (&fresh.db, None)] {
            let told = sql!(
                "SELECT attr_value FROM performance_schema.session_connect_attrs
                 WHERE processlist_id = connection_id() AND attr_name = 'program_name'"
            );
            let told: Vec<String> = told.all(db).await?;
            let name = name.filter(|_| kept).map(str::to_owned);
            assert_eq!(told, Vec::from_iter(name));
        }
    }

    async fn commits_each_statement_whatever_is_set_first(fresh: Fresh) {
        shop(&fresh.db).await?;
        let db = open(fresh, &[("init", "SET autocommit = 0")]);
        User::delete().filter(|u| u.id.eq(3)).execute(&db).await?;
        let mut s = db.session();
        User::delete().filter(|u| u.id.eq(2)).execute(&mut s).await?;
        s.rollback().await?;
        assert_eq!(User::query().count(&fresh.db).await?, 2);
    }

    async fn works_where_multi_statements_are_off(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        proxy.refuse(";");
        let db = proxy.open("");
        let mut s = db.session();
        for _ in 0..2 {
            let both = (User::query(), sql!("UPDATE users SET age = 7"), sql!("SELECT count(*) FROM posts").typed::<i64>());
            let (users, updated, posts) = orm::batch(both).run(&mut s).await?;
            assert_eq!((users?.len(), updated?, posts?), (3, 3, vec![4]));
        }
        // Errors of a statement are reported as usual.
        let (wrong, rest) = orm::batch((sql!("SELECT FROM users"), sql!("UPDATE users SET age = 8"))).run(&mut s).await?;
        assert!(wrong.unwrap_err().is_syntax());
        assert_eq!(rest.unwrap_err().kind(), orm::ErrorKind::NotRun);
        s.commit().await?;
        assert_eq!(User::query().filter(|u| u.age.eq(7)).count(&db).await?, 3);
    }

    async fn restores_what_a_transaction_has_set(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = proxy.open("max_connections=1&init=SET innodb_lock_wait_timeout = 7");
        let timeout = || sql!("SELECT CAST(@@innodb_lock_wait_timeout AS CHAR)");
        let mut s = db.transaction().lock_timeout(Duration::from_secs(3)).without_foreign_keys().session();
        assert_eq!(timeout().scalar::<String>(&mut s).await?, "3");
        User::update().set(|u| u.age.to(7)).all_rows().execute(&mut s).await?;
        // Nothing follows the COMMIT, since its error would seem to be the COMMIT's.
        proxy.listen();
        s.commit().await?;
        assert_eq!(proxy.heard(), ["\u{3}COMMIT"]);
        let set = sql!("SELECT CAST(@@innodb_lock_wait_timeout AS CHAR), CAST(@@foreign_key_checks + 0 AS CHAR)");
        assert_eq!(set.one::<(String, String)>(&db).await?, ("7".into(), "1".into()));
        assert_eq!(timeout().scalar::<String>(&mut s).await?, "3");
        s.rollback().await?;
        assert_eq!(timeout().scalar::<String>(&mut db.session()).await?, "7");
    }

    async fn takes_a_cache_of_any_size(fresh: Fresh) {
        shop(&fresh.db).await?;
        let db = Database::open(&format!("{}?statement_cache=18446744073709551615", fresh.url))?;
        assert_eq!(User::query().count(&db).await?, 3);
    }

    async fn takes_one_way_to_the_server(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let sent = async |options: &str| {
            let db = proxy.open(options);
            proxy.listen();
            User::find(1).one(&db).await?;
            let first = proxy.heard();
            proxy.listen();
            User::find(2).one(&db).await?;
            // By then the server facts are known, and the statement is cached.
            assert_eq!(proxy.heard().len(), 1, "{:?}", proxy.heard());
            orm::Result::Ok(first)
        };
        let first = sent("").await?;
        assert_eq!(first.len(), 3, "{first:?}");
        assert!(first[0].contains("SET NAMES") && first[0].contains("; SELECT @@version"), "{first:?}");
        assert!(first[1].contains("FROM `users`"), "{first:?}");
        let first = sent("init=DO 1 -- and that is it").await?;
        assert_eq!(first.len(), 5, "{first:?}");
        assert!(first[1].contains("DO 1") && first[2].contains("SELECT @@version"), "{first:?}");
    }
}
