//! The contract of every driver: the layer below sessions and queries, called directly.

use orm::driver::{Begin, Connection, End, Flow, Sink, Status};
use orm::value::{Cell, Cells, Datum, Value};
use orm::{ErrorKind, Statement};

/// Collects rows of one integer, up to a maximum, and the names of their columns.
struct Numbers {
    rows: Vec<i64>,
    names: Vec<String>,
    most: usize,
}

impl Sink for Numbers {
    fn wants_columns(&self) -> bool {
        true
    }

    fn columns(&mut self, names: &[&str]) {
        self.names = names.iter().map(|name| (*name).to_owned()).collect();
    }

    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        self.rows.push(Cells::new(cells).value().unwrap());
        if self.rows.len() < self.most { Flow::Continue } else { Flow::Stop }
    }
}

async fn run(connection: &mut dyn Connection, sql: &str, params: Vec<Datum>) -> orm::Result<Vec<i64>> {
    let mut numbers = Numbers { rows: Vec::new(), names: Vec::new(), most: usize::MAX };
    connection.run(&mut Statement::new(sql, params), &mut numbers).await?;
    Ok(numbers.rows)
}

async fn change(connection: &mut dyn Connection, sql: &str, params: Vec<Datum>) -> orm::Result<u64> {
    Ok(connection.run(&mut Statement::new(sql, params), &mut ()).await?.affected)
}

/// Opens a separate connection, outside the pool.
async fn connect(db: &orm::Database) -> orm::Result<Box<dyn Connection>> {
    let mut connection = db.driver().connect().await?;
    change(&mut *connection, "CREATE TABLE IF NOT EXISTS numbers (number BIGINT NOT NULL)", vec![]).await?;
    Ok(connection)
}

const INSERT: &str = "INSERT INTO numbers (number) VALUES (?), (?)";
const SELECT: &str = "SELECT number FROM numbers ORDER BY number";

on_every_backend! {
    async fn runs_statements_and_counts_rows(db: Database) {
        let mut connection = connect(db).await?;
        assert_eq!(change(&mut *connection, INSERT, vec![Datum::Int(1), Datum::Int(2)]).await?, 2);
        assert_eq!(run(&mut *connection, SELECT, vec![]).await?, [1, 2]);
        // The row counts as found, though nothing changes.
        assert_eq!(change(&mut *connection, "UPDATE numbers SET number = number", vec![]).await?, 2);
        assert_eq!(change(&mut *connection, "DELETE FROM numbers WHERE number = ?", vec![Datum::Int(1)]).await?, 1);
        connection.ping().await?;
        assert_eq!(connection.status(), Status::Idle);
    }

    async fn leaves_values_that_are_lent(db: Database) {
        let mut connection = connect(db).await?;
        let values = vec![Datum::Int(1), Datum::Int(2)];
        let mut statement = Statement { lent: true, ..Statement::new(INSERT, values.clone()) };
        assert_eq!(connection.run(&mut statement, &mut ()).await?.affected, 2);
        assert_eq!(statement.params, values);
    }

    async fn commits_alone_outside_a_transaction(db: Database) {
        let mut connection = connect(db).await?;
        change(&mut *connection, INSERT, vec![Datum::Int(1), Datum::Int(2)]).await?;
        let mut other = connect(db).await?;
        assert_eq!(run(&mut *other, SELECT, vec![]).await?, [1, 2]);
    }

    async fn begins_commits_and_rolls_back(db: Database) {
        let mut connection = connect(db).await?;
        let mut other = connect(db).await?;
        connection.end(End::Rollback).await?;
        connection.begin(Begin::default()).await?;
        change(&mut *connection, INSERT, vec![Datum::Int(1), Datum::Int(2)]).await?;
        assert_eq!(connection.status(), Status::InTransaction);
        assert_eq!(run(&mut *other, SELECT, vec![]).await?, [0i64; 0]);
        connection.end(End::Rollback).await?;
        assert_eq!(connection.status(), Status::Idle);
        connection.begin(Begin::default()).await?;
        change(&mut *connection, INSERT, vec![Datum::Int(3), Datum::Int(4)]).await?;
        connection.end(End::Commit).await?;
        assert_eq!(connection.status(), Status::Idle);
        assert_eq!(run(&mut *other, SELECT, vec![]).await?, [3, 4]);
        // Without a transaction again: committed at once.
        change(&mut *connection, INSERT, vec![Datum::Int(5), Datum::Int(6)]).await?;
        assert_eq!(run(&mut *other, SELECT, vec![]).await?, [3, 4, 5, 6]);
    }

    async fn stops_pushing_when_the_sink_has_enough(db: Database) {
        let mut connection = connect(db).await?;
        change(&mut *connection, INSERT, vec![Datum::Int(1), Datum::Int(2)]).await?;
        let mut first = Numbers { rows: Vec::new(), names: Vec::new(), most: 1 };
        connection.run(&mut Statement::new(SELECT, vec![]), &mut first).await?;
        assert_eq!((first.rows, first.names), (vec![1], vec!["number".to_owned()]));
        assert_eq!(run(&mut *connection, SELECT, vec![]).await?, [1, 2]);
    }

    async fn classifies_errors_and_goes_on(db: Database) {
        let mut connection = connect(db).await?;
        let kind = |result: orm::Result<u64>| result.unwrap_err().kind();
        assert_eq!(kind(change(&mut *connection, "SELECT FROM WHERE", vec![]).await), ErrorKind::Syntax);
        assert_eq!(kind(change(&mut *connection, "DELETE FROM no_such_table", vec![]).await), ErrorKind::NoSuchTable);
        assert_eq!(kind(change(&mut *connection, "DELETE FROM numbers WHERE no_such_column = 1", vec![]).await), ErrorKind::NoSuchColumn);
        let null = vec![Datum::Int(1), Datum::Null];
        assert_eq!(kind(change(&mut *connection, INSERT, null).await), ErrorKind::NotNullViolation);
        assert_eq!(connection.status(), Status::Idle);
        assert_eq!(run(&mut *connection, SELECT, vec![]).await?, [0i64; 0]);
    }

    async fn gives_text_and_null_as_they_are(db: Database) {
        struct Texts(Vec<Option<String>>);
        impl Sink for Texts {
            fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
                let mut cells = Cells::new(cells);
                self.0.push(cells.nullable().unwrap());
                self.0.push(cells.nullable().unwrap());
                Flow::Continue
            }
        }
        let mut connection = connect(db).await?;
        let mut texts = Texts(Vec::new());
        let params = vec![String::from("it's \0 🦀").into_datum(), Datum::Null];
        connection.run(&mut Statement::new("SELECT ?, ?", params), &mut texts).await?;
        assert_eq!(texts.0, [Some("it's \0 🦀".to_owned()), None]);
    }
}

on_servers! {
    async fn is_broken_for_ever_once_a_command_was_cut_off(fresh: Fresh) {
        let mut connection = connect(&fresh.db).await?;
        let mut statement = Statement::new("SELECT SLEEP(1)", vec![]);
        {
            let mut nowhere = ();
            let sleep = connection.run(&mut statement, &mut nowhere);
            let cut_off = tokio::time::timeout(std::time::Duration::from_millis(50), sleep).await;
            assert!(cut_off.is_err());
        }
        assert_eq!(connection.status(), Status::Broken);
        let error = run(&mut *connection, "SELECT 42", vec![]).await.unwrap_err();
        assert!(error.is_connection_lost(), "{error:?}");
        assert_eq!(connection.status(), Status::Broken);
    }
}
