//! Auto-increment keys, as returned with the rows of an insert.

use orm::prelude::*;
use orm::sql;
use orm::{assert_statements, raw};

use crate::support::Fresh;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tickets")]
struct Ticket {
    #[orm(primary_key, auto)]
    id: u64,
    holder: String,
}

/// Written by a trigger.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "entries")]
struct Entry {
    #[orm(primary_key, auto)]
    id: u64,
    ticket: u64,
}

/// Its keys are set by a trigger.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "sealed")]
struct Sealed {
    #[orm(primary_key, server_default = "0")]
    id: u64,
    holder: String,
}

fn tickets(holder: &str, count: usize) -> impl Iterator<Item = Ticket> {
    (0..count).map(move |number| Ticket { id: 0, holder: format!("{holder} {number}") })
}

/// Adds rows to a session, and returns them as the session has them after a flush.
async fn flushed(s: &mut Session, rows: impl IntoIterator<Item = Ticket>) -> orm::Result<Vec<Ticket>> {
    let new: Vec<_> = rows.into_iter().map(|row| s.add(row)).collect();
    s.flush().await?;
    new.into_iter().map(|new| Ok(s[s.saved(new)?].clone())).collect()
}

async fn committed(db: &Database, rows: impl IntoIterator<Item = Ticket>) -> orm::Result<Vec<Ticket>> {
    let mut s = db.session();
    let rows = flushed(&mut s, rows).await?;
    s.commit().await?;
    Ok(rows)
}

/// Checks that each row is in the database, exactly as it is here.
async fn are_stored(db: &Database, rows: &[Ticket]) -> orm::Result<()> {
    for row in rows {
        assert_eq!(Ticket::find(row.id).one(db).await?, *row);
    }
    Ok(())
}

fn ids(rows: &[Ticket]) -> Vec<u64> {
    rows.iter().map(|row| row.id).collect()
}

fn open(fresh: &Fresh, init: &str) -> orm::Result<Database> {
    Database::builder().url(&fresh.url).option("init", init).open()
}

on_every_backend! {
    async fn are_those_of_the_rows_while_others_insert(db: Database) {
        db.create_tables::<Ticket>().await?;
        let insert = async |holder: &str| {
            let mut rows = Vec::new();
            for round in 0..4 {
                rows.extend(committed(db, tickets(&format!("{holder} s{round}"), 256)).await?);
                let all = Ticket::insert_all(tickets(&format!("{holder} a{round}"), 60));
                rows.extend(all.returning(db).await?);
            }
            are_stored(db, &rows).await.map(|()| rows.len())
        };
        let (ann, bob, cid) = tokio::join!(insert("ann"), insert("bob"), insert("cid"));
        assert_eq!((ann? + bob? + cid?) as i64, Ticket::query().count(db).await?);
    }

    async fn are_right_however_many_rows_triggers_write(db: Database) {
        db.create_tables::<(Ticket, Entry)>().await?;
        Entry::insert_all([Entry { id: 500, ticket: 0 }]).execute(db).await?;
        let triggers: &[&str] = if db.dialect().procedures {
            &[
                "CREATE TRIGGER a BEFORE INSERT ON tickets FOR EACH ROW INSERT INTO entries (ticket) VALUES (0)",
                "CREATE TRIGGER b AFTER INSERT ON tickets FOR EACH ROW INSERT INTO entries (ticket) VALUES (NEW.id)",
            ]
        } else {
            // On SQLite, a trigger may even write into the table itself.
            &[
                "CREATE TRIGGER b AFTER INSERT ON tickets WHEN NEW.holder <> 'twin' \
                 BEGIN INSERT INTO tickets (holder) VALUES ('twin'); INSERT INTO entries (ticket) VALUES (NEW.id); END",
            ]
        };
        for trigger in triggers {
            raw::sql(trigger).execute(db).await?;
        }
        let mut rows = committed(db, tickets("s", 256)).await?;
        rows.extend(Ticket::insert_all(tickets("a", 50)).returning(db).await?);
        rows.push(Ticket::insert().holder("one").returning(db).await?);
        are_stored(db, &rows).await?;
        raw::sql("DROP TRIGGER b").execute(db).await?;
        are_stored(db, &committed(db, tickets("t", 256)).await?).await?;
        let entries = Entry::query().filter(|e| e.ticket.gt(0)).order_by(|e| e.id.asc()).select(|e| e.ticket);
        assert_eq!(entries.all(db).await?, ids(&rows));
    }

    async fn are_new_ones_after_a_rollback(db: Database) {
        db.create_tables::<Ticket>().await?;
        let mut s = db.session();
        let new: Vec<_> = tickets("s", 256).map(|row| s.add(row)).collect();
        s.flush().await?;
        s.rollback().await?;
        // Another insert takes the freed keys, on databases that reuse them.
        let others = Ticket::insert_all(tickets("a", 10)).returning(db).await?;
        s.commit().await?;
        let rows: Vec<Ticket> = new.into_iter().map(|new| Ok(s[s.saved(new)?].clone())).collect::<orm::Result<_>>()?;
        are_stored(db, &rows).await?;
        are_stored(db, &others).await?;
        assert_eq!(Ticket::query().count(db).await?, 266);
    }

    async fn can_be_mixed_with_explicit_keys(db: Database) {
        db.create_tables::<Ticket>().await?;
        let rows = |holder: &'static str, key: u64| {
            tickets(holder, 30).enumerate().map(move |(at, row)| if at % 7 == 3 { Ticket { id: key + at as u64, ..row } } else { row })
        };
        let mut stored = committed(db, rows("s", 1_000)).await?;
        // Below the keys generated so far.
        stored.extend(committed(db, rows("t", 100)).await?);
        stored.extend(Ticket::insert_all(rows("a", 5_000)).returning(db).await?);
        are_stored(db, &stored).await?;
        assert_eq!(stored.iter().map(|row| row.id).collect::<std::collections::HashSet<_>>().len(), 90);
        assert_eq!((stored[3].id, stored[33].id, stored[63].id), (1_003, 103, 5_003));
    }

    async fn are_generated_for_zero(db: Database) {
        db.create_tables::<Ticket>().await?;
        let first = Ticket::insert().id(0).holder("a").returning(db).await?;
        assert_eq!(Ticket::insert().id(0).holder("b").execute(db).await?, 1);
        let mut s = db.session();
        let third = s.add(Ticket::insert().id(0).holder("c"));
        s.commit().await?;
        assert_eq!((first.id, s[s.saved(third)?].id), (1, 3));
        assert_eq!(Ticket::query().order_by(|t| t.id.asc()).select(|t| t.id).all(db).await?, [1, 2, 3]);
    }

    async fn take_one_statement_and_a_query_for_many_rows(db: Database) {
        db.create_tables::<Ticket>().await?;
        let (asks, returning) = match db.dialect().name {
            "SQLite" => ([0, 0, 1, 1], [true, true, false, false]),
            // For many keys, the driver asks once per connection how they follow each other.
            "MariaDB" => ([0; 4], [true, true, false, false]),
            _ => ([0; 4], [false; 4]),
        };
        let mut s = db.session();
        let mut keys = Vec::new();
        for (at, count) in [63, 255, 256, 256].into_iter().enumerate() {
            let log = db.log();
            keys.extend(ids(&Ticket::insert_all(tickets("a", count)).returning(&mut s).await?));
            let sent: Vec<String> = log.statements().into_iter().map(|sent| sent.sql).collect();
            assert_eq!(sent.len(), 1 + asks[at], "{log}");
            assert_eq!(sent.last().unwrap().contains(" RETURNING "), returning[at], "{log}");
        }
        keys.extend(ids(&assert_statements!(db, 1, flushed(&mut s, tickets("s", 2)).await?)));
        assert_eq!(keys, (1..=832).collect::<Vec<_>>());
        s.commit().await?;
    }

    async fn of_one_row_need_nothing_but_the_insert(db: Database) {
        db.create_tables::<Ticket>().await?;
        let log = db.log();
        let row = Ticket::insert().holder("one").returning(db).await?;
        assert_eq!(Ticket::find(row.id).one(db).await?, row);
        let returning = log.statements()[0].sql.contains(" RETURNING ");
        assert_eq!(returning, db.dialect().name == "SQLite", "{log}");
    }
}

on_servers! {
    async fn follow_the_increment_of_the_connection(fresh: Fresh) {
        fresh.db.create_tables::<Ticket>().await?;
        let db = open(fresh, "SET auto_increment_increment = 5, auto_increment_offset = 2")?;
        let rows = committed(&db, tickets("s", 300)).await?;
        assert_eq!(ids(&rows), (0..300).map(|at| 2 + 5 * at).collect::<Vec<_>>());
        are_stored(&db, &rows).await?;
        let mut s = db.session();
        sql!("SET SESSION auto_increment_increment = 3").execute(&mut s).await?;
        let rows = flushed(&mut s, tickets("t", 300)).await?;
        assert_eq!((rows[1].id - rows[0].id, rows[299].id - rows[0].id), (3, 897));
        s.commit().await?;
        are_stored(&db, &rows).await?;
    }

    async fn follow_an_increment_that_a_statement_set(fresh: Fresh) {
        fresh.db.create_tables::<Ticket>().await?;
        let db = Database::builder().url(&fresh.url).max_connections(1).open()?;
        let mut connection = db.connection().await?;
        connection.set_variable("auto_increment_increment", 10).await?;
        let rows = Ticket::insert_all(tickets("a", 5)).returning(&mut connection).await?;
        assert_eq!(ids(&rows), [1, 11, 21, 31, 41]);
        drop(connection);
        // The same connection, reset.
        let rows = Ticket::insert_all(tickets("b", 300)).returning(&db).await?;
        are_stored(&db, &rows).await?;
        assert_eq!(rows[299].id - rows[0].id, 299);
    }

    async fn must_be_generated_by_the_server(fresh: Fresh) {
        raw::sql("CREATE TABLE tickets (id BIGINT UNSIGNED PRIMARY KEY DEFAULT 77, holder LONGTEXT NOT NULL)").execute(&fresh.db).await?;
        let error = Ticket::insert().holder("x").returning(&fresh.db).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the inserted `Ticket` cannot be read back: the server generated no key for `Ticket.id`, which \
             is `auto`; if a default or a trigger sets the key, make it `server_default`"
        );
    }

    async fn are_not_those_that_a_trigger_sets(fresh: Fresh) {
        let db = &fresh.db;
        db.create_tables::<Sealed>().await?;
        raw::sql("CREATE TRIGGER seal BEFORE INSERT ON sealed FOR EACH ROW SET NEW.id = 500 - CHAR_LENGTH(NEW.holder)").execute(db).await?;
        let rows = || ["a", "bb", "ccc"].map(|holder| Sealed::insert().holder(holder));
        if db.dialect().name == "MySQL" {
            let error = Sealed::insert_all(rows()).returning(db).await.unwrap_err();
            assert_eq!(error.to_string(), "the inserted `Sealed` cannot be read back: its key is not known to the client");
        } else {
            let ids: Vec<u64> = Sealed::insert_all(rows()).returning(db).await?.iter().map(|row| row.id).collect();
            assert_eq!(ids, [499, 498, 497]);
        }
    }
}

on_sqlite! {
    async fn are_consecutive_unless_triggers_may_interfere(db: Database) {
        let table = "CREATE TABLE tickets (id INTEGER PRIMARY KEY, holder TEXT NOT NULL)";
        let counting = "CREATE TABLE tickets (id INTEGER PRIMARY KEY AUTOINCREMENT, holder TEXT NOT NULL)";
        let twin = "TRIGGER twin AFTER INSERT ON tickets WHEN NEW.holder <> 'twin' BEGIN INSERT INTO tickets (holder) VALUES ('twin'); END";
        let (lasting, passing) = (format!("CREATE {twin}"), format!("CREATE TEMP {twin}"));
        let cases: [(&[&str], bool); 7] = [
            (&[table], true),
            (&[table, "INSERT INTO tickets VALUES (700, 'x')"], true),
            (&["CREATE TABLE Tickets (Id integer NOT NULL, holder TEXT NOT NULL, PRIMARY KEY (Id DESC))"], true),
            (&[counting, "INSERT INTO tickets VALUES (700, 'x')", "DELETE FROM tickets"], true),
            (&[table, "INSERT INTO tickets VALUES (9223372036854775807, 'x')"], false),
            (&[table, &lasting], false),
            (&[table, &passing], false),
        ];
        for (statements, follow) in cases {
            let mut s = db.session();
            for statement in statements {
                raw::sql_unchecked(*statement).execute(&mut s).await?;
            }
            let log = db.log();
            let rows = flushed(&mut s, tickets("s", 256)).await?;
            let asked = log.statements().iter().any(|sent| sent.sql.ends_with("RETURNING \"id\""));
            assert_eq!(asked, !follow, "{statements:?}\n{log}");
            for row in &rows {
                assert_eq!(Ticket::find(row.id).one(&mut s).await?, *row, "{statements:?}");
            }
            s.rollback().await?;
        }
    }

    async fn that_are_no_numbers_of_rows_are_not_made_up(db: Database) {
        for key in ["id INT PRIMARY KEY", "id INTEGER PRIMARY KEY DESC"] {
            let mut s = db.session();
            let table = format!("CREATE TABLE tickets ({key}, holder TEXT NOT NULL)");
            raw::sql_unchecked(&table).execute(&mut s).await?;
            let error = flushed(&mut s, tickets("s", 256)).await.unwrap_err();
            assert!(error.is_decode(), "{error:?}");
            s.rollback().await?;
        }
    }

    async fn of_rows_that_a_table_leaves_out_are_not_made_up(db: Database) {
        raw::sql("CREATE TABLE tickets (id INTEGER PRIMARY KEY, holder TEXT NOT NULL UNIQUE ON CONFLICT IGNORE)").execute(db).await?;
        let mut s = db.session();
        let error = flushed(&mut s, tickets("s", 256).chain(tickets("s", 1))).await.unwrap_err();
        assert!(error.is_not_found(), "{error:?}");
        s.rollback().await?;
        s.discard_changes();
        // Nor are the others mistaken for them.
        let given = [1, 2].map(|id| Ticket { id, holder: "x".into() });
        for rows in [tickets("s", 1).chain(tickets("s", 1)).collect(), given.to_vec()] {
            let error = Ticket::insert_all(rows.clone()).returning(&mut s).await.unwrap_err();
            assert!(error.is_not_found() && error.to_string().contains("left out some"), "{error:?}");
            s.rollback().await?;
            let added = rows.into_iter().map(|row| s.add(row)).collect::<Vec<_>>();
            assert!(s.flush().await.unwrap_err().is_not_found());
            s.rollback().await?;
            assert!(added.iter().all(|&row| s.saved(row).is_err()));
            assert_eq!(s.changes().inserted.len(), 2);
            s.discard_changes();
        }
    }
}
