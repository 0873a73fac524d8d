//! The log of the statements that a database has run.

use std::time::Duration;

use orm::prelude::*;
use orm::{LoggedStatement, assert_statements};

use crate::support::models::*;

fn rows(statements: &[LoggedStatement]) -> Vec<u64> {
    statements.iter().map(|statement| statement.rows).collect()
}

on_every_backend! {
    async fn has_each_statement_with_its_rows(db: Database) {
        shop(db).await?;
        let log = db.log();
        assert!(log.is_empty());
        User::query().all(db).await?;
        User::query().filter(|u| u.id.eq(99)).all(db).await?;
        User::update().set(|u| u.age.to(1)).filter(|u| u.id.le(2)).execute(db).await?;
        Comment::delete().all_rows().execute(db).await?;
        let sent = log.statements();
        assert_eq!((rows(&sent), log.len()), (vec![3, 0, 2, 3], 4), "{log}");
        assert!(sent[0].sql.starts_with("SELECT ") && sent[2].sql.starts_with("UPDATE "), "{log}");
        assert!(sent.iter().all(|sent| sent.took.is_some() && sent.error.is_none() && sent.bind.is_none()));
    }

    async fn says_where_each_was_called(db: Database) {
        shop(db).await?;
        let log = db.log();
        let line = line!() + 1;
        User::query().count(db).await?;
        let statement = &log.statements()[0];
        assert_eq!((statement.at.file(), statement.at.line()), (file!(), line));
        assert!(statement.to_string().starts_with(&format!("{}:{line}:", file!())), "{statement}");
        assert!(statement.to_string().contains(" -- 1 row, "), "{statement}");
    }

    async fn holds_no_values(db: Database) {
        shop(db).await?;
        let log = db.log();
        User::query().filter(|u| u.name.eq("secret name")).all(db).await?;
        assert!(!format!("{log}{log:?}").contains("secret name"));
    }

    async fn is_written_by_sessions_transactions_and_clones(db: Database) {
        shop(db).await?;
        let log = db.log();
        let clone = db.clone();
        let mut s = clone.session();
        User::query().count(&mut s).await?;
        // BEGIN, savepoints and COMMIT are not counted.
        s.savepoint(async |mut tx| User::update().set(|u| u.age.to(1)).all_rows().execute(&mut tx).await).await?;
        s.commit().await?;
        db.transaction().run(async |mut tx| Post::query().count(&mut tx).await).await?;
        tokio::spawn(async move { sql!("SELECT 1").scalar::<i64>(&clone).await }).await.unwrap()?;
        assert_eq!(log.len(), 4, "{log}");
    }

    async fn has_what_failed_with_the_kind_of_its_error(db: Database) {
        shop(db).await?;
        let log = db.log();
        assert!(User::insert().email("ann@example.org").name("Again").execute(db).await.is_err());
        assert_eq!(log.statements()[0].error, Some(ErrorKind::UniqueViolation));
        assert!(log.to_string().contains(" -- UniqueViolation"), "{log}");
    }

    async fn lacks_what_is_refused_before_it_is_sent(db: Database) {
        shop(db).await?;
        let log = db.log();
        assert!(User::query().for_update().all(db).await.is_err());
        assert!(log.is_empty(), "{log}");
    }

    async fn has_streams_with_the_rows_taken_so_far(db: Database) {
        shop(db).await?;
        let log = db.log();
        let mut users = User::query().stream(db);
        while users.next().await?.is_some() {}
        drop(users);
        assert_eq!(rows(&log.statements()), [3]);
    }

    async fn ends_with_its_value_and_does_not_disturb_another(db: Database) {
        shop(db).await?;
        let first = db.log();
        User::query().count(db).await?;
        let second = db.log();
        User::query().count(db).await?;
        assert_eq!((first.len(), second.len()), (2, 1));
        drop(first);
        User::query().count(db).await?;
        assert_eq!(second.len(), 2);
    }
}

on_servers! {
    async fn has_what_was_cut_off(fresh: Fresh) {
        let db = &fresh.db;
        let log = db.log();
        let slow = sql!("SELECT SLEEP(30)").scalar::<i64>(db);
        assert!(tokio::time::timeout(Duration::from_millis(100), slow).await.is_err());
        assert_eq!(log.statements()[0].took, None);
        assert!(log.to_string().contains(" -- not finished"), "{log}");
    }
}

#[tokio::test]
async fn assert_statements_gives_the_value_and_takes_ranges() -> orm::Result<()> {
    let db = &Database::open("sqlite::memory:")?;
    shop(db).await?;
    assert_eq!(assert_statements!(db, 1, User::query().count(db).await?), 3);
    assert_statements!(db, ..=2, User::query().with(|u| u.posts()).all(db).await?);
    assert_statements!(db, 1..=2, User::query().count(db).await?);
    assert_statements!(db, 2, {
        User::query().count(db).await?;
        User::query().count(db).await?
    });
    Ok(())
}

#[tokio::test]
async fn is_of_one_database_if_the_handle_is() -> orm::Result<()> {
    let both = Database::builder().url("sqlite::memory:").bind("audit", "sqlite::memory:").open()?;
    let (all, audit) = (both.log(), both.on("audit")?.log());
    for db in [both.on("audit")?, both] {
        sql!("SELECT 1").scalar::<i64>(&db).await?;
    }
    assert_eq!((all.len(), audit.len()), (2, 1));
    assert_eq!(all.statements()[0].bind.as_deref(), Some("audit"));
    assert!(all.statements()[0].to_string().contains(": [audit] SELECT 1"), "{all}");
    Ok(())
}

#[tokio::test]
async fn assert_statements_prints_what_was_sent() -> orm::Result<()> {
    let db = Database::open("sqlite::memory:")?;
    shop(&db).await?;
    let line = line!() + 4;
    let wrong = tokio::spawn(async move {
        assert_statements!(db, 1, {
            for id in 1..=2 {
                User::find(id).one(&db).await?;
            }
        });
        Ok::<(), orm::Error>(())
    });
    let panic = wrong.await.unwrap_err().into_panic();
    let text = panic.downcast_ref::<String>().unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "statements sent: 2, expected: 1");
    assert!(lines[1].starts_with(&format!("{}:{line}:", file!())) && lines[1].contains("SELECT"), "{text}");
    assert_eq!(lines.len(), 3, "{text}");
    Ok(())
}
