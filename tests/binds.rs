//! Several databases by name.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use orm::driver::Sink;
use orm::prelude::*;
use orm::{Schema, Statement, sql};
use tokio::time::timeout;

use crate::support::Fresh;
use crate::support::models::{User, shop};

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "events", bind = "audit")]
pub struct Event {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 100)]
    pub text: String,
    pub user_id: u64,
}

/// The users table, and the same events with a relation that no foreign key enforces.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "users", has_many(events: UserEvent))]
pub struct Person {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "events", bind = "audit")]
pub struct UserEvent {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 100)]
    pub text: String,
    #[orm(belongs_to = Person)]
    pub user_id: u64,
}

/// The same, with a referential action that no server performs.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "events", bind = "audit")]
pub struct OwnedEvent {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 100)]
    pub text: String,
    #[orm(belongs_to = Person, on_delete = cascade)]
    pub user_id: u64,
}

/// The table of the same name in the other database.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "users", bind = "audit")]
pub struct AuditUser {
    #[orm(primary_key)]
    pub id: u64,
    pub role: String,
}

fn event(text: &str) -> EventInsert<orm::Set, orm::Set> {
    Event::insert().text(text).user_id(1)
}

/// Runs tests on the default database of each backend, with a second one called `audit`: of the same kind, or SQLite.
macro_rules! on_two_databases {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: Database) $body:block)*) => { $(
        mod $name {
            #[allow(unused_imports, reason = "not every test names something of its file")]
            use super::*;

            $(#[$meta])*
            async fn check($db: &orm::Database) -> orm::Result<()> {
                $body
                Ok(())
            }

            async fn run(main: Fresh, audit: Fresh) {
                let db = Database::builder().url(&main.url).bind("audit", &audit.url).open().unwrap();
                let result = async {
                    shop(&db).await?;
                    db.create_tables::<(Event, AuditUser)>().await?;
                    check(&db).await
                };
                let result = result.await;
                drop(db);
                main.end().await;
                audit.end().await;
                if let Err(error) = result {
                    panic!("{error:?}");
                }
            }

            #[tokio::test]
            async fn sqlite() {
                run(crate::support::sqlite().await, crate::support::sqlite().await).await;
            }

            #[tokio::test]
            #[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
            async fn mariadb() {
                run(crate::support::mariadb().await, crate::support::sqlite().await).await;
            }

            #[tokio::test]
            #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
            async fn mysql() {
                run(crate::support::mysql().await, crate::support::mysql().await).await;
            }
        }
    )* };
}

on_two_databases! {
    async fn have_the_tables_of_their_models(db: Database) {
        event("one").execute(db).await?;
        Event::insert_all(["two", "three"].map(event)).execute(db).await?;
        assert_eq!(Event::query().count(db).await?, 3);
        assert_eq!(Event::update().set(|e| e.user_id.to(2)).filter(|e| e.text.eq("one")).execute(db).await?, 1);
        assert_eq!(Event::delete().filter(|e| e.text.eq("two")).execute(db).await?, 1);
        let stored = event("four").returning(db).await?;
        assert_eq!(Event::find(stored.id).one(db).await?, stored);
        // Each table is in its own database, and only there.
        let (main, audit) = (db.on("default")?, db.on("audit")?);
        assert_eq!(Event::query().count(&audit).await?, 3);
        assert!(Event::query().count(&main).await.unwrap_err().is_no_such_table());
        assert_eq!(User::query().count(&main).await?, 3);
        db.drop_tables::<(Event, AuditUser)>().await?;
        assert!(Event::query().count(db).await.unwrap_err().is_no_such_table());
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn tell_hooks_about_all_of_them_after_a_dropped_flush(db: Database) {
        let told: Arc<Mutex<Vec<&'static str>>> = Arc::default();
        let log = told.clone();
        let mut s = db.session();
        s.after_flush(move |_, changes| {
            log.lock().unwrap().extend(changes.inserted.iter().map(|row| row.table.name));
            Ok(())
        });
        let dan = s.add(User::insert().email("dan@example.org").name("Dan"));
        let joined = s.add(event("Dan joined"));
        // Others have all connections, or the lock.
        let audit = db.on("audit")?;
        let mut others = Vec::new();
        loop {
            let mut other = audit.session();
            if timeout(Duration::from_millis(200), Event::query().count(&mut other)).await.is_err() {
                break;
            }
            others.push(other);
        }
        assert!(timeout(Duration::from_millis(200), s.flush()).await.is_err());
        assert!(s.saved(dan).is_ok() && s.saved(joined).is_err());
        drop(others);
        s.commit().await?;
        assert_eq!(*told.lock().unwrap(), ["users", "events"]);
    }

    async fn are_rolled_back_separately_after_a_test(db: Database) {
        let test = db.for_test()?;
        let mut s = test.session();
        s.add(User::insert().email("dan@example.org").name("Dan"));
        s.add(event("Dan joined"));
        s.commit().await?;
        assert_eq!((User::query().count(&test).await?, Event::query().count(&test).await?), (4, 1));
        // Rolling back inside keeps what was committed before.
        let mut s = test.session();
        User::delete().all_rows().execute(&mut s).await?;
        event("all left").execute(&mut s).await?;
        s.rollback().await?;
        assert_eq!((User::query().count(&test).await?, Event::query().count(&test).await?), (4, 1));
        // An error that ends the transaction on one database ends the test there, and only there.
        let audit = test.on("audit")?;
        let ended = match audit.dialect().name {
            "SQLite" => sql!("ROLLBACK").execute(&audit).await,
            _ => sql!("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213").execute(&audit).await,
        };
        assert!(ended.is_err());
        assert!(Event::query().count(&test).await.unwrap_err().is_transaction_dead());
        assert_eq!(User::query().count(&test).await?, 4);
        drop((s, audit, test));
        assert_eq!((User::query().count(db).await?, Event::query().count(db).await?), (3, 0));
    }

    async fn may_have_tables_of_the_same_name(db: Database) {
        AuditUser::insert().id(7).role("auditor").execute(db).await?;
        assert_eq!(AuditUser::query().count(db).await?, 1);
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn are_reached_by_hand_whatever_the_model_says(db: Database) {
        let audit = db.on("audit")?;
        assert_eq!(AuditUser::query().count(&audit).await?, 0);
        // The table `users` in that database has no column `email`.
        assert!(User::query().all(&audit).await.unwrap_err().is_no_such_column());
        let mut s = audit.session();
        event("by hand").execute(&mut s).await?;
        s.commit().await?;
        let mut s = db.session();
        event("on the session").execute(s.on("audit")?).await?;
        let mut on = s.on("audit")?;
        assert_eq!(Event::query().count(&mut on).await? + AuditUser::query().count(&mut on).await?, 2);
        s.commit().await?;
        let texts = Event::query().order_by(|e| e.id.asc()).select(|e| e.text).all(db).await?;
        assert_eq!(texts, ["by hand", "on the session"]);
    }

    async fn unknown_names_are_errors_that_list_the_known_ones(db: Database) {
        let expected = "there is no database with the bind name `audits` (there are `default`, `audit`): add it with \
                        `.bind(\"audits\", url)`, with `[binds.audits]` in a configuration file, or with the \
                        variable `DATABASE_URL_AUDITS`";
        let error = db.on("audits").unwrap_err();
        assert!(error.is_configuration(), "{error:?}");
        assert_eq!(error.to_string(), expected);
        assert_eq!(db.session().on("audits").unwrap_err().to_string(), expected);
        let single = Database::open("sqlite::memory:")?;
        let error = Event::query().count(&single).await.unwrap_err();
        assert!(error.to_string().starts_with("there is no database with the bind name `audit` (there are `default`): add it with "), "{error}");
        let error = Event::query().count(&mut single.session()).await.unwrap_err();
        assert!(error.to_string().starts_with("there is no database with the bind name `audit` (there are `default`): add it with "), "{error}");
    }

    async fn are_not_reached_by_one_statement(db: Database) {
        let expected = "one statement cannot use two databases: `User` is in the default database, and \
                        `Event` is in the database `audit`; run a separate query in each";
        let ids = || Event::query().select(|e| e.user_id);
        let filtered = User::query().filter(|u| u.id.is_in(ids())).all(db).await.unwrap_err();
        assert_eq!(filtered.to_string(), expected);
        assert!(filtered.is_invalid_query());
        let correlated = User::query().filter(|u| Event::query().filter(|e| e.user_id.eq(u.id)).is_present());
        assert_eq!(correlated.count(&mut db.session()).await.unwrap_err().to_string(), expected);
        let updated = User::update().set(|u| u.name.to("x")).filter(|u| u.id.is_in(ids())).execute(db).await;
        assert_eq!(updated.unwrap_err().to_string(), expected);
        let deleted = User::delete().filter(|u| u.id.is_in(ids())).execute(db).await;
        assert_eq!(deleted.unwrap_err().to_string(), expected);
        let named = Event::query().group_by(|e| e.user_id).select(|g| (g.key, g.count())).named("counts");
        let joined = User::query().join_rows(&named, |u, (user, _)| u.id.eq(user)).all(db).await;
        assert_eq!(joined.unwrap_err().to_string(), expected);
        let united = User::query().select(|u| u.name).union(Event::query().select(|e| e.text)).all(db).await;
        assert_eq!(united.unwrap_err().to_string(), expected);
        let related = UserEvent::query().filter(|e| e.user().name.eq("Ann")).all(db).await.unwrap_err();
        assert_eq!(
            related.to_string(),
            "one statement cannot use two databases: `UserEvent` is in the database `audit`, and `Person` is \
             in the default database; run a separate query in each"
        );
        // Within one database, all of it works.
        assert_eq!(Event::query().filter(|e| e.user_id.is_in(AuditUser::query().select(|a| a.id))).count(db).await?, 0);
    }

    async fn are_found_by_the_names_in_raw_statements(db: Database) {
        event("one").execute(db).await?;
        assert_eq!(sql!("SELECT count(*) FROM {@Event}").scalar::<i64>(db).await?, 1);
        let mut s = db.session();
        assert_eq!(sql!("UPDATE {@Event} SET user_id = 5").execute(&mut s).await?, 1);
        assert_eq!(sql!("SELECT user_id FROM events").scalar::<u64>(s.on("audit")?).await?, 5);
        s.rollback().await?;
        assert_eq!(sql!("SELECT user_id FROM events").scalar::<u64>(&db.on("audit")?).await?, 1);
        let error = sql!("SELECT count(*) FROM {@Event}, {@User}").scalar::<i64>(db).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("cannot use two databases"), "{error:?}");
    }

    async fn keep_rows_of_raw_statements_apart(db: Database) {
        event("one").execute(db).await?;
        let mut s = db.session();
        let event = sql!("SELECT * FROM {@Event}").track::<Event>(&mut s).await?[0];
        s[event].text = "two".to_owned();
        s.commit().await?;
        assert_eq!(Event::query().one(db).await?.text, "two");
        let error = sql!("SELECT 1 AS id, 'x' AS text, 1 AS user_id").track::<Event>(&mut s).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the statement runs in the default database, but the rows of `Event` are in `audit`: name its \
             table first in the statement, as `{@Event}`"
        );
    }

    async fn cannot_have_foreign_keys_to_one_another(db: Database) {
        let error = db.create_tables::<UserEvent>().await.unwrap_err();
        assert!(error.is_unsupported(), "{error:?}");
        assert_eq!(
            error.to_string(),
            "`UserEvent` has a foreign key to `Person`, which is in another database, where no server can \
             enforce it; make it a plain column, or give both the same `bind`"
        );
        assert!(Schema::of::<UserEvent>(db.dialect())?.ddl(db.dialect())[0].contains("FOREIGN KEY"));
    }

    async fn do_nothing_to_rows_of_one_another(db: Database) {
        Event::insert().text("three").user_id(3).execute(db).await?;
        let mut s = db.session();
        let (cid, three) = (s.get::<Person>(3).await?, s.get::<OwnedEvent>(1).await?);
        s.delete(cid)?;
        s.commit().await?;
        assert_eq!((s[three].user_id, Event::query().count(db).await?), (3, 1));
    }

    async fn load_relations_of_one_another(db: Database) {
        Event::insert_all([event("one"), event("two"), Event::insert().text("three").user_id(2)]).execute(db).await?;
        let load = || Person::query().with(|p| p.events().order_by(|e| e.id.asc())).order_by(|p| p.id.asc());
        let mut s = db.session();
        for rows in [load().all(db).await?, load().all(&mut s).await?] {
            let counts: Vec<_> = rows.iter().map(|(person, events)| (person.name.as_str(), events.len())).collect();
            assert_eq!(counts, [("Ann", 2), ("Bob", 1), ("Cid", 0)]);
        }
        // In the other direction it would be a single statement with a join.
        let error = UserEvent::query().with(|e| e.user()).all(db).await.unwrap_err();
        assert!(error.is_invalid_query(), "{error:?}");
    }

    async fn have_one_transaction_each_in_a_session(db: Database) {
        let mut s = db.session();
        User::update().set(|u| u.name.to("x")).all_rows().execute(&mut s).await?;
        // Only where a statement has run.
        assert_eq!((db.pool_status().open, db.on("audit")?.pool_status().open - db.on("audit")?.pool_status().idle), (1, 0));
        event("one").execute(&mut s).await?;
        assert_eq!(Event::query().count(db).await?, 0);
        s.rollback().await?;
        assert_eq!(Event::query().count(&mut s).await?, 0);
        event("two").execute(&mut s).await?;
        User::update().set(|u| u.name.to("y")).all_rows().execute(&mut s).await?;
        s.commit().await?;
        assert_eq!(Event::query().count(db).await?, 1);
        assert_eq!(User::query().filter(|u| u.name.eq("y")).count(db).await?, 3);
        db.transaction().run(async |mut tx| {
            event("three").execute(&mut tx).await?;
            User::delete().filter(|u| u.name.eq("nobody")).execute(&mut tx).await
        }).await?;
        let failed = db.transaction().run(async |mut tx| {
            event("four").execute(&mut tx).await?;
            User::find(99).one(&mut tx).await
        }).await;
        assert!(failed.is_err());
        assert_eq!(Event::query().count(db).await?, 2);
        // Dropping it rolls back everywhere.
        let mut s = db.session();
        event("five").execute(&mut s).await?;
        User::update().set(|u| u.name.to("z")).all_rows().execute(&mut s).await?;
        drop(s);
        assert_eq!(Event::query().count(db).await?, 2);
        assert_eq!(User::query().filter(|u| u.name.eq("z")).count(db).await?, 0);
    }

    async fn have_savepoints_together(db: Database) {
        let mut s = db.session();
        event("outside").execute(&mut s).await?;
        let failed = s.savepoint(async |mut tx| {
            event("inside").execute(&mut tx).await?;
            // Its transaction begins here, inside the savepoint.
            User::update().set(|u| u.name.to("x")).all_rows().execute(&mut tx).await?;
            User::find(99).one(&mut tx).await
        }).await;
        assert!(failed.is_err());
        s.savepoint(async |mut tx| User::update().set(|u| u.age.to(1)).all_rows().execute(&mut tx).await).await?;
        s.commit().await?;
        assert_eq!(Event::query().select(|e| e.text).all(db).await?, ["outside"]);
        assert_eq!(User::query().filter(|u| u.name.eq("x")).count(db).await?, 0);
        assert_eq!(User::query().filter(|u| u.age.eq(1)).count(db).await?, 3);
    }

    async fn are_named_in_errors(db: Database) {
        event("one").execute(db).await?;
        let error = event("one").execute(db).await.unwrap_err();
        assert!(error.is_unique_violation());
        assert_eq!(error.bind(), Some("audit"));
        assert!(error.to_string().ends_with(" (database `audit`)"), "{error}");
        let mut s = db.session();
        let error = event("one").execute(&mut s).await.unwrap_err();
        assert_eq!(error.bind(), Some("audit"));
        let twice = || User::insert().email("ann@example.org").name("x");
        assert_eq!(twice().execute(&mut s).await.unwrap_err().bind(), None);
        s.rollback().await?;
        let away = Database::builder().url("sqlite::memory:").bind("audit", "sqlite:/no/such/folder/a.db").open()?;
        let error = Event::query().count(&away).await.unwrap_err();
        assert!(error.is_connect() && error.bind() == Some("audit"), "{error:?}");
        assert!(format!("{db:?}").contains("audit {"), "{db:?}");
    }

    async fn guard_one_another(db: Database) {
        let error = db.transaction().run(async |_| Event::query().count(db).await).await.unwrap_err();
        assert!(error.is_outside_transaction(), "{error:?}");
        let audit = db.on("audit")?;
        let error = db.transaction().run(async |_| Event::query().count(&audit).await).await.unwrap_err();
        assert!(error.is_outside_transaction(), "{error:?}");
        let logged = db.transaction().run(async |mut tx| {
            User::query().count(&mut tx).await?;
            event("kept").execute(&db.outside()).await?;
            User::find(99).one(&mut tx).await
        }).await;
        assert!(logged.is_err());
        assert_eq!(Event::query().count(db).await?, 1);
    }
}

/// Runs raw SQL on a separate connection.
async fn raw(db: &Database, statements: &[&str]) -> orm::Result<()> {
    let mut connection = db.driver().connect().await?;
    for sql in statements {
        let mut nowhere = ();
        let nowhere: &mut dyn Sink = &mut nowhere;
        connection.run(&mut Statement::new(*sql, Vec::new()), nowhere).await?;
    }
    Ok(())
}

#[derive(Model, Debug)]
#[orm(table = "children", bind = "deferred")]
pub struct Child {
    #[orm(primary_key)]
    pub id: u64,
    pub parent_id: u64,
}

on_every_backend! {
    async fn say_which_were_committed_if_a_later_one_fails(db: Database) {
        // SQLite can defer a foreign key to the commit, which then fails.
        let (middle, last) = (crate::support::sqlite().await, crate::support::sqlite().await);
        raw(&middle.db, &[
            "CREATE TABLE parents (id INTEGER PRIMARY KEY)",
            "CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL \
             REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)",
        ]).await?;
        shop(db).await?;
        let three = Database::builder()
            .bind("deferred", &middle.url)
            .bind("audit", &last.url)
            .open_with(std::sync::Arc::new(Shared(db.clone())))?;
        three.create_tables::<(Event, AuditUser)>().await?;
        let mut s = three.session();
        event("one").execute(&mut s).await?;
        Child::insert().id(1).parent_id(7).execute(&mut s).await?;
        User::update().set(|u| u.name.to("x")).all_rows().execute(&mut s).await?;
        let error = s.commit().await.unwrap_err();
        assert!(error.is_partial_commit(), "{error:?}");
        assert_eq!(error.bind(), Some("deferred"));
        assert_eq!(
            error.to_string(),
            "the transaction was committed only in part: committed: `default`; not committed: `deferred`; rolled back: \
             `audit` (database `deferred`)"
        );
        // Nothing runs until it is rolled back.
        assert!(User::query().count(&mut s).await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        assert_eq!(User::query().filter(|u| u.name.eq("x")).count(&mut s).await?, 3);
        assert_eq!(Child::query().count(&mut s).await? + Event::query().count(&mut s).await?, 0);
        s.close().await?;
        // Alone, it is a plain failure; a partial commit is never retried.
        let alone = async |mut tx: &mut Transaction| Child::insert().id(1).parent_id(7).execute(&mut tx).await;
        let error = three.transaction().run(alone).await.unwrap_err();
        assert!(error.is_foreign_key_violation(), "{error:?}");
        let attempts = std::sync::atomic::AtomicU32::new(0);
        let error = three.transaction().retry(3).run(async |mut tx| {
            attempts.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            User::query().count(&mut tx).await?;
            Child::insert().id(1).parent_id(7).execute(&mut tx).await
        }).await.unwrap_err();
        assert!(error.is_partial_commit(), "{error:?}");
        assert_eq!(attempts.into_inner(), 1);
        drop(three);
        middle.end().await;
        last.end().await;
    }
}

/// A driver with the connections of another database.
#[derive(Debug)]
struct Shared(Database);

impl orm::driver::Driver for Shared {
    fn dialect(&self) -> &orm::dialect::Dialect {
        self.0.driver().dialect()
    }

    fn connect(&self) -> orm::driver::BoxFuture<'_, orm::Result<Box<dyn orm::driver::Connection>>> {
        self.0.driver().connect()
    }
}
