//! What raw SQL sets on a connection, and its next user.

use orm::prelude::*;
use orm::sql;

use crate::support::models::*;
use crate::support::sqlite;

/// Runs a query on every connection of the pool.
async fn everywhere(db: &Database, query: fn() -> orm::raw::Sql) -> Vec<orm::Result<Option<i64>>> {
    let mut sessions: Vec<Session> =
        (0..db.pool_status().max).map(|_| db.transaction().read_only().session()).collect();
    let mut answers = Vec::new();
    for s in &mut sessions {
        answers.push(query().scalar(&mut *s).await);
    }
    answers
}

on_every_backend! {
    async fn are_no_temporary_tables(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        sql!("CREATE TEMPORARY TABLE mine (n INTEGER)").execute(&mut s).await?;
        sql!("INSERT INTO mine VALUES (5)").execute(&mut s).await?;
        assert_eq!(sql!("SELECT n FROM mine").scalar::<i64>(&mut s).await?, 5);
        s.commit().await?;
        sql!("CREATE TEMPORARY TABLE mine (n INTEGER)").execute(db).await?;
        for answer in everywhere(db, || sql!("SELECT n FROM mine")).await {
            assert!(answer.unwrap_err().is_no_such_table());
        }
    }
}

on_servers! {
    async fn are_no_variables_and_settings(fresh: Fresh) {
        let db = &fresh.db;
        let mut s = db.session();
        sql!("SET @mine = 5").execute(&mut s).await?;
        sql!("SET SESSION sql_mode = ''").execute(&mut s).await?;
        assert_eq!(sql!("SELECT @mine").scalar::<Option<i64>>(&mut s).await?, Some(5));
        s.commit().await?;
        sql!("SET @mine = 6").execute(db).await?;
        for answer in everywhere(db, || sql!("SELECT @mine + (@@sql_mode = '')")).await {
            assert_eq!(answer?, None);
        }
    }

    async fn are_no_locks(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.session();
        // The name is unique, since all tests share the server.
        let taken = sql!("SELECT GET_LOCK(CONCAT('mine ', DATABASE()), 0)").scalar::<i64>(&mut s).await?;
        s.rollback().await?;
        sql!("LOCK TABLES {@User} WRITE").execute(db).await?;
        assert_eq!(taken, 1);
        let holder = || sql!("SELECT IS_USED_LOCK(CONCAT('mine ', DATABASE()))");
        for answer in everywhere(db, holder).await {
            assert_eq!(answer?, None);
        }
        assert_eq!(Post::query().count(db).await?, 4);
    }

    async fn are_no_read_locks(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        sql!("FLUSH TABLES {@User} WITH READ LOCK").execute(db).await?;
        User::insert().email("dee@example.org").name("Dee").execute(db).await?;
    }

    async fn is_no_other_database(fresh: Fresh) {
        let db = &fresh.db;
        let at_home = sql!("SELECT DATABASE()").scalar::<Option<String>>(db).await?;
        sql!("USE information_schema").execute(db).await?;
        db.connection().await?.execute(sql!("USE information_schema")).await?;
        let homeless = Database::open(&fresh.url.replace(&format!("/{}", at_home.as_deref().unwrap_or_default()), "/"))?;
        sql!("USE information_schema").execute(&homeless).await?;
        for (db, home) in [(db, at_home), (&homeless, None)] {
            let mut sessions: Vec<Session> = (0..db.pool_status().max).map(|_| db.session()).collect();
            for s in &mut sessions {
                assert_eq!(sql!("SELECT DATABASE()").scalar::<Option<String>>(&mut *s).await?, home);
            }
        }
    }
    async fn another_database_is_meant_at_once(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.session();
        let mut hand = db.connection().await?;
        assert_eq!(Post::query().count(&mut s).await?, Post::query().count(&mut hand).await?);
        sql!("USE information_schema").execute(&mut s).await?;
        sql!("/* too */ USE information_schema").execute(&mut hand).await?;
        // The same statement was prepared before. (There is a table `users`, from MariaDB 11.5 on.)
        let errors = [Post::query().count(&mut s).await.unwrap_err(), Post::query().count(&mut hand).await.unwrap_err()];
        for error in errors {
            assert!(error.to_string().contains("in information_schema"), "{error}");
        }
    }
}

#[tokio::test]
async fn are_no_settings_of_a_sqlite_file() {
    let fresh = sqlite().await;
    let db = Database::builder().url(&fresh.url).max_connections(1).open().unwrap();
    for set in [
        || sql!("PRAGMA foreign_keys = 0"),
        || sql!("PRAGMA foreign_keys(0)"),
        || sql!("PRAGMA main.cache_size(7)"),
    ] {
        set().execute(&db).await.unwrap();
        let kept = sql!("SELECT foreign_keys, cache_size FROM pragma_foreign_keys, pragma_cache_size");
        let (keys, cached) = kept.one::<(bool, i64)>(&db).await.unwrap();
        assert!(keys && cached != 7);
    }
}

#[tokio::test]
async fn is_what_a_pragma_stores_or_reads() {
    let fresh = sqlite().await;
    let db = Database::builder().url(&fresh.url).max_connections(1).open().unwrap();
    let mode = sql!("PRAGMA main.journal_mode = DELETE").scalar::<String>(&db).await.unwrap();
    let later = sql!("PRAGMA journal_mode").scalar::<String>(&db).await.unwrap();
    // Opening the file again would turn its write-ahead log on again.
    for read in [|| sql!("PRAGMA user_version = 3"), || sql!("PRAGMA table_info('a=b')")] {
        read().execute(&db).await.unwrap();
    }
    let last = sql!("PRAGMA journal_mode").scalar::<String>(&db).await.unwrap();
    assert_eq!([mode, later, last], ["delete"; 3]);
}
