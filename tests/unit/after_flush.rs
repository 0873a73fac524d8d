//! Change logs: hooks that receive what a flush has written.

use std::sync::{Arc, Mutex};

use orm::prelude::*;
use orm::value::Datum;
use orm::{Changes, assert_statements};

use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "log_entries")]
pub struct LogEntry {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub what: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tokens")]
pub struct Token {
    #[orm(primary_key, length = 40, sensitive)]
    pub secret: String,
    #[orm(sensitive)]
    pub pin: i32,
    pub label: String,
}

/// Logs changes of all rows except those of the log.
fn log_changes(tx: &mut Transaction) {
    tx.after_flush(|tx, written| {
        for row in written.all().filter(|row| !row.is::<LogEntry>()) {
            tx.add(LogEntry::insert().what(serde_json::to_string(row).unwrap()));
        }
        Ok(())
    });
}

async fn entries(on: impl Executor<'_>) -> orm::Result<Vec<String>> {
    LogEntry::query().order_by(|e| e.id.asc()).select(|e| e.what).all(on).await
}

fn keys(written: &[orm::Changed]) -> Vec<(&'static str, Vec<Datum>)> {
    written.iter().map(|row| (row.table.name, row.key.clone())).collect()
}

on_every_backend! {
    async fn is_told_with_what_was_and_what_is(db: Database) {
        shop(db).await?;
        db.create_tables::<LogEntry>().await?;
        let mut s = db.session();
        log_changes(&mut s);
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Anna".into();
        let comment = s.add(Comment::insert().post_id(1).text("new"));
        s.commit().await?;
        let comment = s.saved(comment)?;
        let id = s[comment].id;
        s.delete(comment)?;
        s.commit().await?;
        // Nothing was written, so no hook runs.
        assert_statements!(db, 0, s.commit().await)?;
        assert_eq!(entries(db).await?, [
            format!(r#"{{"table":"comments","key":[{id}],"before":{{}},"after":{{"id":{id},"post_id":1,"text":"new"}}}}"#),
            r#"{"table":"users","key":[1],"before":{"name":"Ann","version":1},"after":{"name":"Anna","version":2}}"#.to_owned(),
            format!(r#"{{"table":"comments","key":[{id}],"before":{{"id":{id},"post_id":1,"text":"new"}},"after":{{}}}}"#),
        ]);
    }

    async fn tells_nobody_what_is_sensitive(db: Database) {
        db.create_tables::<(Token, LogEntry)>().await?;
        let mut s = db.session();
        log_changes(&mut s);
        let token = s.add(Token::insert().secret("secret").pin(4711).label("door"));
        s.commit().await?;
        let token = s.saved(token)?;
        (s[token].pin, s[token].label) = (4712, "gate".into());
        assert!(!format!("{:?}", s.changes()).contains("secret"));
        s.commit().await?;
        assert_eq!(entries(db).await?, [
            r#"{"table":"tokens","key":[null],"before":{},"after":{"label":"door"}}"#,
            r#"{"table":"tokens","key":[null],"before":{"label":"door"},"after":{"label":"gate"}}"#,
        ]);
    }

    async fn is_undone_with_its_log_and_told_again(db: Database) {
        shop(db).await?;
        db.create_tables::<LogEntry>().await?;
        let mut s = db.session();
        log_changes(&mut s);
        s.before_flush(|tx| {
            tx.add(Comment::insert().post_id(1).text("from a hook"));
            Ok(())
        });
        let comments = Comment::query().count(db).await?;
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Anna".into();
        s.flush().await?;
        s.rollback().await?;
        // The edit is pending again; the hooks' changes are not.
        assert_eq!(s.changes().to_string(), "update users (name)");
        // The same with a flush that fails after the hooks.
        let taken = s.add(User::insert().email("bob@example.org").name("Taken"));
        assert!(s.flush().await.unwrap_err().is_unique_violation());
        s.delete(taken)?;
        s.rollback().await?;
        assert_eq!(s.changes().to_string(), "update users (name)");
        s.commit().await?;
        assert_eq!(entries(db).await?.len(), 2);
        assert_eq!(Comment::query().count(db).await?, comments + 1);
        // And with a savepoint.
        let mut savepoint = s.begin_savepoint().await?;
        savepoint[ann].name = "Ann".into();
        savepoint.flush().await?;
        savepoint.rollback().await?;
        s.commit().await?;
        assert_eq!(entries(db).await?.len(), 2);
    }

    async fn can_be_refused(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        s.after_flush(|_, written| match written.deleted.as_slice() {
            [] => Ok(()),
            rows => Err(orm::Error::new(ErrorKind::CheckViolation, format!("{} are kept", rows[0].table.name))),
        });
        let cid = s.get::<User>(3).await?;
        s.delete(cid)?;
        assert_eq!(s.commit().await.unwrap_err().to_string(), "users are kept");
        assert!(s.commit().await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        assert_eq!(s.changes().to_string(), "delete users");
        s.discard_changes();
        s.commit().await?;
        assert!(User::find(3).exists(db).await?);
    }

    async fn that_never_ends_is_an_error(db: Database) {
        shop(db).await?;
        db.create_tables::<LogEntry>().await?;
        let mut s = db.session();
        s.after_flush(|tx, written| {
            tx.add(LogEntry::insert().what(written.to_string()));
            Ok(())
        });
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Anna".into();
        let error = s.commit().await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("more changes in each of 10 flushes"), "{error:?}");
        s.rollback().await?;
        assert_eq!(s.changes().to_string(), "update users (name)");
        assert_eq!(entries(db).await?.len(), 0);
    }

    async fn is_of_each_session_of_a_database(db: Database) {
        shop(db).await?;
        let told: Arc<Mutex<Vec<Changes>>> = Arc::default();
        let tell = told.clone();
        let watched = db.each_session(move |tx| {
            let tell = tell.clone();
            tx.after_flush(move |_, written| {
                tell.lock().unwrap().push(written.clone());
                Ok(())
            });
        });
        // Rows changed by cascades in the database are reported if they are tracked.
        watched.transaction().run(async |tx| {
            let ann = tx.get::<User>(1).await?;
            Post::query().filter(|p| p.author_id.eq(1)).track(&mut *tx).await?;
            tx.delete(ann)
        }).await?;
        let mut s = db.session();
        let cid = s.get::<User>(3).await?;
        s[cid].name = "Sid".into();
        s.commit().await?;
        let told = told.lock().unwrap();
        assert_eq!(told.len(), 1);
        let mut deleted = keys(&told[0].deleted);
        deleted.sort_by_key(|(table, _)| *table);
        let posts = deleted.iter().filter(|(table, _)| *table == "posts").count();
        assert_eq!((deleted.len(), deleted.last()), (posts + 1, Some(&("users", vec![Datum::UInt(1)]))));
        assert!(posts > 0 && told[0].updated.is_empty() && told[0].inserted.is_empty());
    }
}
