//! Streams of rows with their related rows, which are read in chunks.

use std::sync::Arc;
use std::time::Duration;

use orm::prelude::*;
use orm::{NPlusOne, RowStream, assert_statements, sql};

use crate::n_plus_one::Same;
use crate::relation::to_itself::chain;
use crate::support::models::*;

/// A view without a key.
#[derive(Model, Debug)]
#[orm(view, table = "shifts")]
struct Shift {
    #[orm(belongs_to = Employee)]
    employee_id: u32,
}

async fn rest<T>(mut rows: RowStream<'_, T>) -> orm::Result<Vec<T>> {
    let mut rest = Vec::new();
    while let Some(row) = rows.next().await? {
        rest.push(row);
    }
    Ok(rest)
}

fn ids<T>(rows: &[(Employee, T)]) -> Vec<u32> {
    rows.iter().map(|(employee, _)| employee.id).collect()
}

on_every_backend! {
    async fn are_the_rows_of_all_in_their_order(db: Database) {
        chain(db, 23).await?;
        Employee::update().set(|e| e.name.to("same")).filter(|e| e.id.between(5, 17)).execute(db).await?;
        let by_key = || Employee::query().with(|e| e.reports());
        let all = by_key().order_by(|e| e.id.asc()).all(db).await?;
        for size in [1, 2, 7, 22, 23, 24, 500] {
            assert_eq!(rest(by_key().stream(db).portions(size)).await?, all, "{size}");
            // The key breaks ties, and NULLs have a defined position.
            let by_name = || by_key().with(|e| e.manager()).order_by(|e| (e.name.desc(), e.id.asc()));
            assert_eq!(rest(by_name().stream(db).portions(size)).await?, by_name().all(db).await?, "{size}");
            for descending in [false, true] {
                let order = |e: EmployeeFields| match descending {
                    true => e.manager().manager().id.desc(),
                    false => e.manager().manager().id.asc(),
                };
                let key = |e: EmployeeFields| if descending { e.id.desc() } else { e.id.asc() };
                let expected = by_key().order_by(order).order_by(key).all(db).await?;
                assert_eq!(rest(by_key().order_by(order).stream(db).portions(size)).await?, expected, "{size}");
            }
        }
        assert_eq!(rest(by_key().stream(db)).await?, all);
        assert_eq!(rest(by_key().filter(|e| e.id.gt(99)).stream(db)).await?, []);
        assert_eq!(ids(&rest(Employee::find(3).with(|e| e.reports()).stream(db)).await?), [3]);
    }

    async fn are_as_many_as_the_query_says(db: Database) {
        chain(db, 23).await?;
        let some = || Employee::query().filter(|e| e.id.gt(2)).order_by(|e| e.id.desc()).with(|e| e.reports());
        for size in [1, 4, 10, 100] {
            let limited = some().limit(10).offset(3);
            assert_eq!(ids(&rest(limited.stream(db).portions(size)).await?), (11..=20).rev().collect::<Vec<_>>());
            assert_eq!(ids(&rest(some().offset(19).stream(db).portions(size)).await?), [4, 3]);
            assert_eq!(rest(some().limit(0).stream(db).portions(size)).await?, []);
        }
    }

    async fn take_a_statement_each_and_one_for_each_relation(db: Database) {
        chain(db, 23).await?;
        let all = || Employee::query().with(|e| e.reports());
        assert_eq!(assert_statements!(db, 10, rest(all().stream(db).portions(5)).await?).len(), 23);
        assert_eq!(assert_statements!(db, 2, rest(all().stream(db)).await?).len(), 23);
        // A full chunk may be the last one: only the next statement tells.
        assert_eq!(assert_statements!(db, 9, rest(all().filter(|e| e.id.gt(3)).stream(db).portions(5)).await?).len(), 20);
        // Not if the query has a limit.
        assert_eq!(assert_statements!(db, 4, rest(all().limit(10).stream(db).portions(5)).await?).len(), 10);
        let deep = || Employee::query().with(|e| e.manager()).with(|e| e.reports().with(|r| r.reports()));
        assert_eq!(assert_statements!(db, 9, rest(deep().stream(db).portions(10)).await?).len(), 23);
        // Nothing is sent before it is requested, or after the stream was dropped.
        let mut left = all().stream(db).portions(5);
        let row = assert_statements!(db, 2, left.next().await?);
        assert_eq!(row.map(|(employee, _)| employee.id), Some(1));
        assert_statements!(db, 0, for _ in 0..4 { left.next().await?; });
        assert_statements!(db, 2, left.next().await?);
        assert_statements!(db, 0, drop(left));
        assert_statements!(db, 0, drop(all().stream(db)));
        // The smaller chunks are cut from the larger ones.
        let mut parts = all().stream(db).portions(10).chunks(4);
        let mut sizes = Vec::new();
        while let Some(part) = parts.next().await? {
            sizes.push(part.len());
        }
        assert_eq!(sizes, [4, 4, 4, 4, 4, 3]);
    }

    async fn go_on_from_key_to_key(db: Database) {
        chain(db, 3).await?;
        let log = db.log();
        let all = || Employee::query().with(|e| e.reports());
        rest(all().stream(db).portions(2)).await?;
        rest(all().order_by(|e| e.name.desc()).stream(db).portions(2)).await?;
        rest(all().order_by(|e| e.manager_id.desc()).stream(db).portions(2)).await?;
        let texts: Vec<String> = log.statements().iter().map(|statement| statement.sql.replace(['`', '"', '+'], "")).collect();
        assert!(texts[0].ends_with("FROM employees ORDER BY employees.id LIMIT ?"), "{log}");
        assert!(texts[2].ends_with("WHERE employees.id > ? ORDER BY employees.id LIMIT ?"), "{log}");
        // The condition tells an index where to begin.
        let expected = "WHERE employees.name <= ? AND (employees.name < ? OR (employees.name = ? AND employees.id < ?)) \
                        ORDER BY employees.name DESC, employees.id DESC LIMIT ?";
        assert!(texts[6].ends_with(expected), "{log}");
        // Not where NULLs are still to come.
        let expected = "WHERE (employees.manager_id < ? OR employees.manager_id IS NULL OR (employees.manager_id = ? AND \
                        employees.id < ?)) ORDER BY employees.manager_id DESC, employees.id DESC LIMIT ?";
        assert!(texts[10].ends_with(expected), "{log}");
    }

    async fn take_no_second_connection_and_hold_none_between_them(db: Database) {
        chain(db, 12).await?;
        let alone = Database::builder().max_connections(1).wait_timeout(Duration::from_millis(200));
        let one = alone.open_with(Arc::new(Same(db.clone())))?;
        let mut rows = Employee::query().with(|e| e.reports()).stream(&one).portions(3);
        let mut count = 0;
        while let Some((employee, _)) = rows.next().await? {
            // On the only connection, which a plain stream of rows would occupy.
            assert_eq!(one.pool_status().idle, 1);
            Employee::update_by(employee.id).set(|e| e.name.to("seen")).execute(&one).await?;
            count += 1;
        }
        drop(rows);
        assert_eq!((count, Employee::query().filter(|e| e.name.eq("seen")).count(&one).await?), (12, 12));
        // Several of them at a time.
        let stream = || Employee::query().with(|e| e.reports()).stream(&one).portions(2);
        let (mut left, mut right) = (stream(), stream());
        for id in 1..=12 {
            assert_eq!(left.next().await?.map(|(employee, _)| employee.id), Some(id));
            assert_eq!(right.next().await?.map(|(employee, _)| employee.id), Some(id));
        }
    }

    async fn of_a_session_see_what_its_transaction_sees(db: Database) {
        chain(db, 9).await?;
        let mut s = db.session();
        let tracked = s.get::<Employee>(9).await?;
        s[tracked].name = "changed".into();
        let mut rows = Employee::query().with(|e| e.reports()).stream(&mut s).portions(4);
        assert_eq!(rows.next().await?.map(|(employee, _)| employee.id), Some(1));
        let last = rest(rows).await?;
        assert_eq!((last.len(), last[7].0.name.as_str()), (8, "changed"));
        // Dropped midway, at each possible position.
        for taken in 0..6 {
            let mut rows = Employee::query().with(|e| e.reports()).stream(&mut s).portions(2);
            for _ in 0..taken {
                rows.next().await?;
            }
            drop(rows);
            assert_eq!(Employee::query().count(&mut s).await?, 9);
        }
        s.commit().await?;
        let mut part = s.begin_savepoint().await?;
        assert_eq!(rest(Employee::query().with(|e| e.reports()).stream(&mut part).portions(4)).await?.len(), 9);
        part.release().await?;
        let mut connection = db.connection().await?;
        assert_eq!(rest(Employee::query().with(|e| e.reports()).stream(&mut connection).portions(4)).await?.len(), 9);
        assert_eq!(Employee::query().count(&mut connection).await?, 9);
    }

    async fn end_with_an_error_in_the_middle(db: Database) {
        shop(db).await?;
        let mut rows = Post::query().with(|p| p.comments()).stream(db).portions(2);
        assert_eq!(rows.next().await?.map(|(post, comments)| (post.id, comments.len())), Some((1, 2)));
        assert!(rows.next().await?.is_some());
        sql!("DROP TABLE comments").execute(db).await?;
        let error = rows.next().await.unwrap_err();
        assert!(error.sql().is_some_and(|sql| sql.contains("comments")), "{error:?}");
        assert!(rows.next().await?.is_none());
        // A column with an invalid value.
        sql!("UPDATE profiles SET bio = bio").execute(db).await?;
        assert_eq!(rest(User::query().with(|u| u.profile()).stream(db).portions(1)).await?.len(), 3);
    }

    async fn are_one_query_and_no_n_plus_one(db: Database) {
        chain(db, 12).await?;
        let strict = Database::builder().n_plus_one(NPlusOne::Deny(3)).open_with(Arc::new(Same(db.clone())))?;
        assert_eq!(rest(Employee::query().with(|e| e.reports()).stream(&strict).portions(1)).await?.len(), 12);
        let mut s = strict.session();
        assert_eq!(rest(Employee::query().with(|e| e.reports()).stream(&mut s).portions(1)).await?.len(), 12);
    }

    async fn need_a_unique_position_of_each_row(db: Database) {
        let refusal = async |error: orm::Error| {
            assert!(error.is_invalid_query(), "{error:?}");
            error.to_string()
        };
        let log = db.log();
        let error = Shift::query().with(|s| s.employee()).stream(db).next().await.unwrap_err();
        let expected = "a stream of rows with their relations continues after the key of its last row, but \
                        `Shift` has no primary key: stream the rows without relations, or declare a key for \
                        the view";
        assert_eq!(refusal(error).await, expected);
        assert_eq!(log.len(), 0);
    }

    async fn move_between_threads(db: Database) {
        chain(db, 5).await?;
        let db = db.clone();
        let task = tokio::spawn(async move { rest(Employee::query().with(|e| e.reports()).stream(&db).portions(2)).await });
        assert_eq!(ids(&task.await.unwrap()?), [1, 2, 3, 4, 5]);
    }

    async fn may_be_larger_for_rows_alone(db: Database) {
        chain(db, 50).await?;
        for size in [1, 20, 50, 1_000] {
            let rows = Employee::query().order_by(|e| e.id.asc()).select(|e| e.id).stream(db).portions(size);
            assert_eq!(rest(rows).await?, (1..=50).collect::<Vec<_>>());
        }
    }
}

on_servers! {
    async fn are_of_one_view_in_a_session(fresh: Fresh) {
        let db = &fresh.db;
        chain(db, 6).await?;
        let mut s = db.session();
        let mut rows = Employee::query().with(|e| e.reports()).stream(&mut s).portions(2);
        rows.next().await?;
        Employee::update().set(|e| e.name.to("later")).all_rows().execute(db).await?;
        Employee::insert_all([Employee { id: 7, name: "later".into(), manager_id: Some(6) }]).execute(db).await?;
        let rows = rest(rows).await?;
        assert_eq!(ids(&rows), [2, 3, 4, 5, 6]);
        assert!(rows.iter().all(|(employee, reports)| employee.name != "later" && reports.iter().all(|r| r.id != 7)));
    }
}
