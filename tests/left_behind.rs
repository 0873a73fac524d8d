//! What raw SQL sets on a connection, and its next user.

use orm::prelude::*;
use orm::sql;

use crate::support::models::*;

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
}
