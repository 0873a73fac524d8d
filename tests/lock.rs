//! Row locks, and index hints.

use std::time::{Duration, Instant};

use mysql_async::prelude::Queryable as _;
use orm::prelude::*;
use orm::sql;

use crate::many_to_many::Article;
use crate::support::models::*;
use crate::support::{Fresh, is_not_in_vain, processlist};

/// Waits until a statement in a test's database waits for a table lock.
async fn wait_for_waiting(fresh: &Fresh) {
    let (mut admin, started) = (fresh.admin().await, Instant::now());
    let name = fresh.url.rsplit('/').next().unwrap();
    let list = processlist(&mut admin).await;
    let waiting = format!("SELECT id FROM {list} WHERE db = ? AND state = 'Waiting for table metadata lock'");
    while admin.exec_first::<u64, _, _>(&waiting, (name,)).await.unwrap().is_none() {
        is_not_in_vain(started);
    }
    admin.disconnect().await.unwrap();
}

on_every_backend! {
    async fn only_inside_a_transaction(db: Database) {
        shop(db).await?;
        let error = User::find(1).for_update().one(db).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("in a session or a transaction"), "{error}");
        assert!(User::query().for_share().count(db).await.unwrap_err().is_invalid_query());
        assert!(User::query().select(|u| u.id).for_update().all(db).await.unwrap_err().is_invalid_query());
        assert!(User::query().for_update().exists(db).await.unwrap_err().is_invalid_query());
        let mut s = db.session();
        assert_eq!(User::find(1).for_update().one(&mut s).await?.name, "Ann");
        assert_eq!(User::query().filter(|u| u.id.le(2)).for_share().count(&mut s).await?, 2);
        assert_eq!(User::query().order_by(|u| u.id.asc()).select(|u| u.name).for_update().nowait().first(&mut s).await?.as_deref(), Some("Ann"));
        let pairs = Post::query().join(|p| p.author()).order_by(|(p, _)| p.id.asc()).for_update();
        assert_eq!(pairs.clone().all(&mut s).await?.len(), 4);
        let posts = pairs.of(|(p, _)| p).all(&mut s).await;
        if db.dialect().name == "MariaDB" {
            assert!(posts.unwrap_err().is_unsupported());
        } else {
            assert_eq!(posts?.len(), 4);
        }
        s.commit().await?;
    }

    async fn rows_of_a_query_are_locked_inside_of_it(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let posts = || Post::query().select(|p| (p.id, p));
        let locked = User::query().join_rows(posts().for_update(), |u, (_, p)| p.author_id.eq(u.id)).all(&mut s).await?;
        assert_eq!(locked.len(), 4);
        let by_name = User::query().join_rows(posts(), |u, (_, p)| p.author_id.eq(u.id)).for_update().of(|(_, (_, p))| p);
        let error = by_name.all(&mut s).await;
        if db.dialect().name == "MySQL" {
            let error = error.unwrap_err();
            assert!(error.is_invalid_query() && error.to_string().contains("locked by its own query"), "{error}");
        }
    }

    async fn nowait_and_skip_locked_need_a_lock(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let error = User::query().skip_locked().all(&mut s).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("for_update"), "{error}");
    }

    async fn set_operations_lock_nothing(db: Database) {
        shop(db).await?;
        let ids = || User::query().select(|u| u.id);
        let mut s = db.session();
        for query in [ids().union(ids()).for_update(), ids().for_update().union(ids()), ids().union(ids()).for_share().union(ids())] {
            assert!(query.all(&mut s).await.unwrap_err().is_invalid_query());
        }
    }

    async fn concurrent_changes_of_a_locked_row_are_serialized(db: Database) {
        shop(db).await?;
        let older = |db: Database| async move {
            db.transaction().retry(3).run(async |mut tx| {
                let ann = User::find(1).for_update().one(&mut tx).await?;
                tokio::time::sleep(Duration::from_millis(20)).await;
                User::update().set(|u| u.age.to(ann.age.unwrap() + 1)).filter(|u| u.id.eq(1)).execute(&mut tx).await
            }).await
        };
        let (first, second) = tokio::join!(older(db.clone()), older(db.clone()));
        assert_eq!((first?, second?), (1, 1));
        assert_eq!(User::find(1).one(db).await?.age, Some(43));
    }

    async fn hints_about_indexes(db: Database) {
        shop(db).await?;
        let name = "posts_author_id_published_idx";
        let posts = || Post::query().filter(|p| p.author_id.eq(1));
        assert_eq!(posts().force_index(name).count(db).await?, 3);
        let joined = User::query().join(|u| u.posts()).force_index(name).filter(|(_, p)| p.author_id.eq(1));
        assert_eq!(joined.count(db).await?, 3);
        for query in [posts().use_index(name), posts().ignore_index(name)] {
            let count = query.count(db).await;
            if db.dialect().name == "SQLite" {
                assert!(count.unwrap_err().is_unsupported());
            } else {
                assert_eq!(count?, 3);
            }
        }
        let derived = posts().into_rows().into_query().force_index(name).count(db).await.unwrap_err();
        assert!(derived.is_invalid_query(), "{derived:?}");
        let odd = posts().force_index("no` such\" index").count(db).await.unwrap_err();
        assert!(!odd.is_syntax(), "{odd:?}");
    }
}

on_every_backend! {
    async fn are_waited_for_as_long_as_there_is_time(db: Database) {
        shop(db).await?;
        for longest in [Duration::from_secs(400 * 24 * 60 * 60), Duration::MAX] {
            let mut s = db.transaction().lock_timeout(longest).session();
            User::update().set(|u| u.age.to(7)).all_rows().execute(&mut s).await?;
            s.commit().await?;
        }
    }

    async fn hints_about_indexes_of_full_joins(db: Database) {
        shop(db).await?;
        let name = "posts_author_id_published_idx";
        let right = || User::query().full_join(|u| u.posts()).force_index(name);
        let left = || Post::query().force_index(name).full_join(|p| p.author());
        let both = || right().left_join_on::<Post>(|(u, _), p| p.author_id.eq(u.id)).force_index(name);
        assert_eq!((right().count(db).await?, left().count(db).await?, both().count(db).await?), (5, 5, 11));
        let db = &db.scoped::<Post>(|p| p.published.is_true());
        assert_eq!((right().count(db).await?, left().count(db).await?, both().count(db).await?), (4, 4, 6));
    }

    async fn hints_about_indexes_behind_a_join_model(db: Database) {
        crate::many_to_many::articles(db).await?;
        let tagged = || Article::query().join(|a| a.tags());
        let name = if db.dialect().name == "SQLite" { return Ok(()) } else { "tags_word_key" };
        assert_eq!(tagged().force_index(name).count(db).await?, tagged().count(db).await?);
        assert!(tagged().force_index("nothing").count(db).await.is_err());
    }
}

/// A job, to be done once.
#[derive(Model, Debug)]
#[orm(table = "jobs", index(done, id))]
struct Job {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(default = false)]
    done: bool,
}

/// Takes jobs until none are left.
async fn work(db: Database) -> orm::Result<Vec<u64>> {
    let mut taken = Vec::new();
    loop {
        let mut s = db.session();
        let open = Job::query().filter(|j| j.done.is_false()).order_by(|j| j.id.asc()).limit(1);
        let Some(&job) = open.for_update().skip_locked().track(&mut s).await?.first() else {
            return Ok(taken);
        };
        s[job].done = true;
        taken.push(s[job].id);
        s.commit().await?;
    }
}

on_every_backend! {
    async fn each_job_of_a_queue_is_taken_by_one_worker(db: Database) {
        db.create_tables::<Job>().await?;
        Job::insert_all((0..40).map(|_| Job::insert())).execute(db).await?;
        let workers: Vec<_> = (0..4).map(|_| tokio::spawn(work(db.clone()))).collect();
        let mut taken = Vec::new();
        for worker in workers {
            taken.extend(worker.await.unwrap()?);
        }
        taken.sort_unstable();
        assert_eq!(taken, Job::query().order_by(|j| j.id.asc()).select(|j| j.id).all(db).await?);
    }
}

on_servers! {
    async fn locked_rows_are_left_out(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let next = || Post::query().order_by(|p| p.id.asc()).for_update().skip_locked().limit(1);
        let (mut a, mut b) = (db.session(), db.session());
        assert_eq!(next().one(&mut a).await?.id, 1);
        assert_eq!(next().one(&mut b).await?.id, 2);
        a.commit().await?;
        let mut c = db.session();
        assert_eq!(next().one(&mut c).await?.id, 1);
        b.commit().await?;
        c.commit().await?;
    }

    async fn locked_rows_are_an_error_at_once(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let (mut a, mut b) = (db.session(), db.session());
        User::find(1).for_update().one(&mut a).await?;
        let started = Instant::now();
        let error = User::find(1).for_update().nowait().one(&mut b).await.unwrap_err();
        assert!(error.is_lock_timeout(), "{error:?}");
        is_not_in_vain(started);
        // The transaction goes on.
        assert_eq!(User::find(2).for_update().nowait().one(&mut b).await?.name, "Bob");
        assert!(User::find(2).for_share().nowait().one(&mut a).await.unwrap_err().is_lock_timeout());
        a.commit().await?;
        b.commit().await?;
    }

    async fn tables_that_are_to_be_changed_are_waited_for_no_longer_than_told(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut reader = db.session();
        User::query().count(&mut reader).await?;
        // It waits for the reader, and all others wait for it.
        let other = db.clone();
        let alter = tokio::spawn(async move { sql!("ALTER TABLE users ADD COLUMN x INT").execute(&other).await });
        wait_for_waiting(fresh).await;
        let mut s = db.transaction().lock_timeout(Duration::from_secs(1)).session();
        let error = User::query().count(&mut s).await.unwrap_err();
        assert!(error.is_lock_timeout() && error.code() == Some(1205), "{error:?}");
        reader.rollback().await?;
        alter.await.unwrap()?;
        assert_eq!(User::query().count(&mut s).await?, 3);
    }

    async fn shared_locks_go_together(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let (mut a, mut b) = (db.session(), db.session());
        User::find(1).for_share().one(&mut a).await?;
        assert_eq!(User::find(1).for_share().nowait().one(&mut b).await?.name, "Ann");
        assert!(User::find(1).for_update().nowait().one(&mut b).await.unwrap_err().is_lock_timeout());
        a.commit().await?;
        assert_eq!(User::find(1).for_update().nowait().one(&mut b).await?.name, "Ann");
        b.commit().await?;
    }
}

/// Returns a database file without a write-ahead log: writers block readers, and readers block commits.
async fn without_a_log() -> (crate::support::Fresh, Database) {
    let fresh = crate::support::sqlite().await;
    let writer = Database::builder().url(&fresh.url).max_connections(1).open().unwrap();
    shop(&writer).await.unwrap();
    let mode = sql!("PRAGMA journal_mode = DELETE").scalar::<String>(&writer).await;
    assert_eq!(mode.unwrap(), "delete");
    (fresh, writer)
}

#[tokio::test]
async fn of_a_sqlite_file_are_waited_for_by_whoever_reads_or_opens_it() {
    let (fresh, writer) = without_a_log().await;
    // A read-only connection leaves the file as it is.
    let reader = Database::open(&format!("{}?mode=ro", fresh.url)).unwrap();
    assert_eq!(User::query().count(&reader).await.unwrap(), 3);
    let mut hand = writer.connection().await.unwrap();
    hand.execute(sql!("BEGIN EXCLUSIVE")).await.unwrap();
    let soon = Duration::from_millis(60);
    let short = reader.transaction().read_only().lock_timeout(soon).session();
    let mut patient = reader.transaction().read_only().session();
    let opened = Database::open(&fresh.url).unwrap();
    let refused = async move |mut short: Session| {
        let started = Instant::now();
        let error = User::query().count(&mut short).await.unwrap_err();
        assert!(error.is_lock_timeout() && started.elapsed() >= soon, "{error:?}");
    };
    let waits = async move {
        let read = User::query().count(&mut patient).await;
        // Opening the file turns on its write-ahead log, which is possible only while nobody is reading it.
        patient.rollback().await.unwrap();
        read
    };
    let ends = async {
        tokio::time::sleep(2 * soon).await;
        hand.execute(sql!("COMMIT")).await.unwrap();
    };
    let (read, first, (), ()) = tokio::join!(waits, User::query().count(&opened), refused(short), ends);
    assert_eq!((read.unwrap(), first.unwrap()), (3, 3));
    drop(hand);
    drop((reader, opened, writer));
    fresh.end().await;
}

#[tokio::test]
async fn that_sqlite_cannot_wait_for_say_why() {
    let fresh = crate::support::sqlite().await;
    shop(&fresh.db).await.unwrap();
    let other = Database::open(&fresh.url).unwrap();
    let change = || User::update().set(|u| u.age.to(1)).all_rows();
    let mut hand = fresh.db.connection().await.unwrap();
    hand.execute(sql!("BEGIN")).await.unwrap();
    User::query().count(&mut hand).await.unwrap();
    let mut s = other.session();
    change().execute(&mut s).await.unwrap();
    let error = change().execute(&mut hand).await.unwrap_err();
    assert!(error.is_lock_timeout() && error.is_retryable(), "{error:?}");
    assert!(error.to_string().contains("BEGIN IMMEDIATE"), "{error}");
    s.commit().await.unwrap();
    let error = change().execute(&mut hand).await.unwrap_err();
    assert!(error.is_serialization() && error.to_string().contains("out of date"), "{error:?}");
    drop(hand);
    drop((s, other));
    fresh.end().await;
}
