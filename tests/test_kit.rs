//! Tests that leave nothing behind.

use std::time::Duration;

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

async fn rename(on: impl Executor<'_>, name: &str) -> orm::Result<u64> {
    User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(1)).execute(on).await
}

async fn name(on: impl Executor<'_>) -> orm::Result<String> {
    User::find(1).select(|u| u.name).one(on).await
}

on_every_backend! {
    async fn what_a_test_commits_is_undone(db: Database) {
        shop(db).await?;
        let test = db.for_test()?;
        rename(&test, "by itself").await?;
        assert_eq!(name(&test).await?, "by itself");
        let mut s = test.session();
        s.add(User::insert().email("dan@example.org").name("Dan"));
        Post::delete().all_rows().execute(&mut s).await?;
        s.commit().await?;
        test.transaction().run(async |mut tx| rename(&mut tx, "in a closure").await).await?;
        assert_eq!((name(&test).await?.as_str(), User::query().count(&test).await?), ("in a closure", 4));
        assert_eq!(Post::query().count(&test).await?, 0);
        drop((s, test));
        assert_eq!((name(db).await?.as_str(), User::query().count(db).await?), ("Ann", 3));
        assert_eq!(Post::query().count(db).await?, 4);
    }

    async fn what_a_test_rolls_back_is_undone_at_once(db: Database) {
        shop(db).await?;
        let test = db.for_test()?;
        rename(&test, "kept").await?;
        let mut s = test.session();
        rename(&mut s, "rolled back").await?;
        s.rollback().await?;
        assert_eq!(name(&mut s).await?, "kept");
        rename(&mut s, "dropped").await?;
        drop(s);
        let failed = test.transaction().run(async |mut tx| {
            rename(&mut tx, "failed").await?;
            User::find(99).one(&mut tx).await
        });
        assert!(failed.await.unwrap_err().is_not_found());
        assert_eq!(name(&test).await?, "kept");
    }

    async fn savepoints_of_the_code_are_within_its_transactions(db: Database) {
        shop(db).await?;
        let test = db.for_test()?;
        let mut s = test.session();
        let undone = s.savepoint(async |mut tx| {
            rename(&mut tx, "inner").await?;
            tx.savepoint(async |mut tx| rename(&mut tx, "innermost").await).await?;
            User::find(99).one(&mut tx).await
        });
        assert!(undone.await.is_err());
        assert_eq!(name(&mut s).await?, "Ann");
        s.savepoint(async |mut tx| rename(&mut tx, "kept").await).await?;
        s.commit().await?;
        s.savepoint(async |mut tx| rename(&mut tx, "again").await).await?;
        s.rollback().await?;
        assert_eq!(name(&test).await?, "kept");
    }

    async fn errors_undo_their_statement_only(db: Database) {
        shop(db).await?;
        let test = db.for_test()?;
        rename(&test, "kept").await?;
        let twice = ["new@example.org", "bob@example.org"].map(|email| User::insert().email(email).name("x"));
        assert!(User::insert_all(twice).execute(&test).await.unwrap_err().is_unique_violation());
        let mut s = test.session();
        s.add(User::insert().email("ann@example.org").name("Again"));
        assert!(s.commit().await.unwrap_err().is_unique_violation());
        s.rollback().await?;
        drop(s);
        assert_eq!((name(&test).await?.as_str(), User::query().count(&test).await?), ("kept", 3));
    }

    async fn retries_and_options_of_transactions_are_taken(db: Database) {
        shop(db).await?;
        let test = db.for_test()?;
        let options = test.transaction().isolation(Serializable).lock_timeout(Duration::from_secs(1)).retry(3);
        options.run(async |mut tx| rename(&mut tx, "x").await).await?;
        let counted = test.transaction().read_only().run(async |mut tx| User::query().count(&mut tx).await).await?;
        assert_eq!((name(&test).await?.as_str(), counted), ("x", 3));
    }

    async fn streams_and_connections_belong_to_the_test(db: Database) {
        shop(db).await?;
        let test = db.for_test()?;
        rename(&test, "x").await?;
        let mut users = User::query().order_by(|u| u.id.asc()).stream(&test);
        assert_eq!(users.next().await?.map(|user| user.name).as_deref(), Some("x"));
        drop(users); // abandoned midway
        let mut connection = test.connection().await?;
        connection.execute(sql!("UPDATE {@User} SET name = 'y' WHERE id = 1")).await?;
        drop(connection);
        assert_eq!(name(&test).await?, "y");
        drop(test);
        assert_eq!(name(db).await?, "Ann");
    }

    async fn tasks_of_a_test_take_turns(db: Database) {
        shop(db).await?;
        let test = db.for_test()?;
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let test = test.clone();
                tokio::spawn(async move {
                    let older = async |mut tx: &mut Transaction| {
                        User::update().set(|u| u.age.to(u.age.add(1))).filter(|u| u.id.eq(1)).execute(&mut tx).await
                    };
                    test.transaction().run(older).await
                })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap()?, 1);
        }
        assert_eq!(User::find(1).one(&test).await?.age, Some(49));
    }

    async fn statements_wait_for_a_session_that_is_open(db: Database) {
        shop(db).await?;
        let test = db.for_test()?;
        let mut s = test.session();
        rename(&mut s, "x").await?;
        let waiting = User::query().count(&test);
        assert!(tokio::time::timeout(Duration::from_millis(50), waiting).await.is_err());
        s.commit().await?;
        assert_eq!(name(&test).await?, "x");
    }

    async fn scopes_logs_and_the_guard_are_as_ever(db: Database) {
        shop(db).await?;
        let test = db.scoped::<User>(|u| u.id.ne(2)).for_test()?;
        assert_eq!(assert_statements!(test, 1, User::query().count(&test).await?), 2);
        let beside = test.transaction().run(async |_| User::query().count(&test).await).await;
        assert!(beside.unwrap_err().is_outside_transaction());
        // BEGIN and COMMIT become savepoints, which are not counted either.
        assert_statements!(test, 1, test.transaction().run(async |mut tx| rename(&mut tx, "x").await).await?);
    }

    async fn what_ends_the_transaction_ends_the_test(db: Database) {
        shop(db).await?;
        let test = db.for_test()?;
        rename(&test, "x").await?;
        let error = match db.dialect().name {
            // Nothing else ends a transaction on SQLite.
            "SQLite" => sql!("COMMIT").execute(&test).await.unwrap_err(),
            _ => {
                let raised = sql!("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213").execute(&test).await;
                raised.unwrap_err()
            }
        };
        assert!(error.is_transaction_dead() || error.is_deadlock(), "{error:?}");
        for error in [name(&test).await.unwrap_err(), test.session().connection().await.map(drop).unwrap_err()] {
            assert!(error.is_transaction_dead(), "{error:?}");
            assert!(error.to_string().starts_with("the transaction of this test has ended"), "{error}");
        }
    }

    async fn two_tests_at_once_do_not_see_each_other(db: Database) {
        shop(db).await?;
        // SQLite allows only one writer, and an in-memory database has only one connection.
        if db.dialect().name != "SQLite" {
            let (one, two) = (db.for_test()?, db.for_test()?);
            User::insert().email("dan@example.org").name("Dan").execute(&one).await?;
            User::delete().filter(|u| u.id.eq(3)).execute(&two).await?;
            assert_eq!((User::query().count(&one).await?, User::query().count(&two).await?), (4, 2));
        }
        assert_eq!(User::query().count(db).await?, 3);
    }
}

on_servers! {
    async fn what_would_commit_is_refused(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let test = db.for_test()?;
        rename(&test, "x").await?;
        for error in [
            test.create_tables::<Employee>().await.unwrap_err(),
            sql!("COMMIT").execute(&test).await.unwrap_err(),
            test.session().create_tables::<Employee>().await.unwrap_err(),
        ] {
            assert!(error.is_unsupported(), "{error:?}");
        }
        assert_eq!(name(&test).await?, "x");
        drop(test);
        assert_eq!(name(db).await?, "Ann");
    }

    async fn a_statement_that_is_cut_off_ends_the_test(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let test = db.for_test()?;
        rename(&test, "x").await?;
        let slow = sql!("SELECT SLEEP(30)").scalar::<i64>(&test);
        assert!(tokio::time::timeout(Duration::from_millis(50), slow).await.is_err());
        let error = name(&test).await.unwrap_err();
        assert!(error.is_transaction_dead(), "{error:?}");
        assert!(error.to_string().ends_with("one of its statements was cancelled"), "{error}");
        assert_eq!(rename(db, "y").await?, 1); // its locks are released
    }

    async fn tests_side_by_side_create_their_tables(fresh: Fresh) {
        let tests: Vec<_> = (0..8)
            .map(|n| {
                let url = fresh.url.clone();
                tokio::spawn(async move {
                    let base = Database::open(&url)?;
                    base.create_tables::<(User, Profile, Post, Comment)>().await?;
                    let test = base.for_test()?;
                    // Two tests that insert the same unique value would wait for each other.
                    User::insert().email(format!("{n}@example.org")).name("Ann").execute(&test).await?;
                    User::query().count(&test).await
                })
            })
            .collect();
        for test in tests {
            assert_eq!(test.await.unwrap()?, 1);
        }
        assert_eq!(User::query().count(&fresh.db).await?, 0);
    }
}

#[tokio::test]
async fn waiting_for_a_session_of_the_same_task_is_reported() -> orm::Result<()> {
    let base = Database::open("sqlite::memory:?wait_timeout=20ms")?;
    shop(&base).await?;
    let test = base.for_test()?;
    let mut s = test.session();
    rename(&mut s, "x").await?;
    let error = User::query().count(&test).await.unwrap_err();
    assert!(
        error.is_pool_timeout() && error.to_string().contains("a task that has a session open"),
        "{error:?}"
    );
    Ok(())
}

#[orm::test(models = (User, Post), url = "sqlite::memory:")]
async fn the_attribute_creates_tables_and_passes_the_database(db: Database) -> orm::Result<()> {
    let ann = User::insert().email("ann@example.org").name("Ann").returning(&db).await?;
    let posts = assert_statements!(db, 1, Post::query().filter(|p| p.author_id.eq(ann.id)).all(&db).await?);
    assert_eq!(posts, []);
    Ok(())
}

#[orm::test(url = &format!("sqlite:{}", std::env::temp_dir().join("orm-test-kit.db").display()), models = User)]
async fn the_attribute_leaves_nothing_behind(db: Database) -> Result<(), Box<dyn std::error::Error>> {
    // Whichever runs first, there are no users.
    assert_eq!(User::query().count(&db).await?, 0);
    User::insert().email("ann@example.org").name("Ann").execute(&db).await?;
    Ok(())
}

#[orm::test(url = "sqlite::memory:")]
async fn the_attribute_takes_tests_that_return_nothing(db: Database) {
    assert_eq!(sql!("SELECT 1").scalar::<i64>(&db).await.unwrap(), 1);
}

#[derive(Model, Debug)]
#[orm(table = "events", bind = "audit")]
pub struct Event {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub text: String,
}

#[derive(Model, Debug)]
#[orm(table = "pages", bind = "cache")]
pub struct CachedPage {
    #[orm(primary_key)]
    pub id: u64,
    pub html: String,
}

/// Returns a file shared by tests: what one leaves behind, the next one finds.
fn shared(name: &str) -> String {
    format!("sqlite:{}", std::env::temp_dir().join(format!("orm-test-kit-{name}.db")).display())
}

#[orm::test(
    models = (User, Event, CachedPage),
    url = shared("main"),
    binds = ("audit" = shared("audit"), "cache" = "sqlite::memory:")
)]
async fn the_attribute_opens_several_databases(db: Database) -> orm::Result<()> {
    let counts = async || -> orm::Result<[i64; 3]> {
        Ok([
            User::query().count(&db).await?,
            Event::query().count(&db).await?,
            CachedPage::query().count(&db).await?,
        ])
    };
    // There are no rows, each time this runs.
    assert_eq!(counts().await?, [0, 0, 0]);
    let mut s = db.session();
    s.add(User::insert().email("ann@example.org").name("Ann"));
    s.add(Event::insert().text("Ann joined"));
    s.add(CachedPage::insert().id(1).html("<p>Ann</p>"));
    s.commit().await?;
    assert_eq!(counts().await?, [1, 1, 1]);
    Ok(())
}

#[orm::test(models = Event, url = "sqlite::memory:", binds = "audit" = shared("audit"))]
async fn the_attribute_takes_one_further_database(db: Database) -> orm::Result<()> {
    assert_eq!(Event::query().count(&db).await?, 0);
    Event::insert().text("one").execute(&db).await?;
    Ok(())
}
