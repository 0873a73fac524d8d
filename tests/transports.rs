//! The transports for MySQL and MariaDB compared: the same statements, with the same results to the last cell.

use orm::driver::{Connection, Flow, Sink, Summary};
use orm::prelude::*;
use orm::value::{Cell, Datum};
use orm::{ErrorKind, Statement};

use crate::support::{Hidden, Proxy, Random};

/// Records the result of a statement.
#[derive(Default)]
struct Log(Vec<String>);

impl Sink for Log {
    fn wants_columns(&self) -> bool {
        true
    }

    fn columns(&mut self, names: &[&str]) {
        self.0.push(format!("{names:?}"));
    }

    fn next_set(&mut self) -> bool {
        true
    }

    fn ended(&mut self, summary: Summary) {
        self.0.push(format!("{} changed", summary.affected));
    }

    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        self.0.push(format!("{:?}", cells.iter().map(cell).collect::<Vec<_>>()));
        Flow::Continue
    }
}

/// Formats the contents of a cell, in whichever form it holds them.
fn cell(cell: &Cell<'_>) -> String {
    match cell {
        Cell::UInt(number) => format!("Int({number})"),
        Cell::Borrowed(bytes) => text(bytes),
        Cell::Owned(bytes) => text(bytes),
        other => format!("{other:?}"),
    }
}

fn text(bytes: &[u8]) -> String {
    match bytes.len() {
        0..=100 => bytes.escape_ascii().to_string(),
        // All values of this length repeat a single letter.
        length => format!("{length} times {}", bytes[..1].escape_ascii()),
    }
}

async fn answer(connection: &mut dyn Connection, statement: &Statement) -> String {
    let mut log = Log::default();
    let result = connection.run(&mut statement.clone(), &mut log).await;
    // With rows, the last insert ID may be that of any earlier statement.
    let result = match result {
        Ok(summary) if log.0.first().is_some_and(|names| names == "[]") => format!("{summary:?}"),
        Ok(_) => "rows".to_owned(),
        Err(error) => format!("{error:?} {:?}", error.code()),
    };
    format!("{} {result} {:?}", log.0.join(" "), connection.status())
}

/// All types, with their limits.
const TYPES: &str = "t1 TINYINT, t2 TINYINT UNSIGNED, s1 SMALLINT, s2 SMALLINT UNSIGNED, m1 MEDIUMINT, m2 MEDIUMINT UNSIGNED,
    i1 INT, i2 INT UNSIGNED, b1 BIGINT, b2 BIGINT UNSIGNED, z INT(8) ZEROFILL, o BIT(1), p BIT(64), y YEAR, d DECIMAL(30, 10),
    f DOUBLE, da DATE, dt DATETIME, dt6 DATETIME(6), ts TIMESTAMP(6) NULL, ti TIME, ti6 TIME(6), c CHAR(10), bi BINARY(4),
    vc VARCHAR(300), vb VARBINARY(300), te TEXT, lt LONGTEXT, tb TINYBLOB, lb LONGBLOB, e ENUM('a', 'ü'), se SET('x', 'y', 'z'),
    j JSON, g GEOMETRY";
const MOST: &str = "-128, 255, -32768, 65535, -8388608, 16777215, -2147483648, 4294967295, -9223372036854775808,
    18446744073709551615, 42, 1, 0xFFFFFFFFFFFFFFFF, 2026, -12345678901234567890.0123456789, 1.5e300, '2026-11-26',
    '2026-11-26 12:13:14', '2026-11-26 12:13:14.000001', '2026-11-26 12:13:14.999999', '-838:59:59', '-838:59:58.999999', 'ab',
    x'0001', 'ü', x'FF', 't', 't', x'00', x'03', 'ü', 'x,z', '{\"a\": 1}', ST_GeomFromText('LINESTRING(0 0, 1 1)')";
const LEAST: &str = "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '0000-00-00', '0000-00-00', '2026-00-00', '1970-01-01 00:00:01',
    '24:00:00', '00:00:00.5', '', '', '', '', '', '', '', '', 'a', '', '[]', NULL";

/// The types that only one of the servers has.
fn own(db: &Database) -> [&'static str; 3] {
    match db.dialect().name {
        "MariaDB" => ["u UUID, i INET6", "'123e4567-e89b-12d3-a456-426655440000', '::1'", "NULL, NULL"],
        _ => ["u INT, v VECTOR(3)", "1, STRING_TO_VECTOR('[1, 2, 3]')", "0, NULL"],
    }
}

fn statements(db: &Database) -> Vec<Statement> {
    let mut all = Vec::new();
    let mut one = |sql: &str, values: Vec<Datum>| all.push(Statement::new(sql, values));
    let [types, most, least] = own(db);
    one("SET sql_mode = ''", vec![]);
    for drop in [
        "TABLE IF EXISTS kinds",
        "TABLE IF EXISTS few",
        "PROCEDURE IF EXISTS sets",
        "PROCEDURE IF EXISTS fails",
        "PROCEDURE IF EXISTS puts",
    ] {
        one(&format!("DROP {drop}"), vec![]);
    }
    one(&format!("CREATE TABLE kinds (id INT AUTO_INCREMENT PRIMARY KEY, {TYPES}, {types})"), vec![]);
    one("INSERT INTO kinds () VALUES ()", vec![]);
    one(&format!("INSERT INTO kinds VALUES (0, {MOST}, {most})"), vec![]);
    one(&format!("INSERT INTO kinds VALUES (0, {LEAST}, {least}), (0, {LEAST}, {least})"), vec![]);
    one("INSERT INTO kinds (t1, da, c, e) VALUES (200, '2026-02-31', 'much too long', 'no')", vec![]);
    one("SELECT * FROM kinds", vec![]);
    one(
        "CREATE TABLE few (id INT AUTO_INCREMENT PRIMARY KEY, k INT UNIQUE, x VARCHAR(10), f FLOAT) AUTO_INCREMENT = 7",
        vec![],
    );
    one(
        "CREATE PROCEDURE sets() BEGIN SELECT 1 AS a; SELECT 'x' AS b, 2 AS c; UPDATE few SET x = 'p'; SELECT 1.5 AS d; END",
        vec![],
    );
    one("CREATE PROCEDURE fails() BEGIN SELECT 1 AS a; SELECT x FROM nowhere; SELECT 2; END", vec![]);
    one(
        "CREATE PROCEDURE puts(OUT a INT, INOUT b VARCHAR(20)) BEGIN SELECT 'in'; SET a = 5, b = CONCAT(b, '!'); END",
        vec![],
    );
    for length in [250, 251, 65_535, 65_536] {
        one(&format!("SELECT REPEAT('x', {length}), 1"), vec![]);
        one("SELECT ?, 1", vec![Datum::Text("y".repeat(length).into())]);
    }
    for change in [
        "INSERT INTO few (k, x) VALUES (1, 'a'), (2, 'b')",
        "INSERT INTO few (k, x) VALUES (1, 'c')",
        "UPDATE few SET x = 'a'",
        "UPDATE few SET x = 'z' WHERE k = 77",
        "INSERT INTO few (k) VALUES (1) ON DUPLICATE KEY UPDATE x = 'd'",
        "REPLACE INTO few (k, f) VALUES (1, 1.1)",
        "SELECT f FROM few",
        "SELECT * FROM nowhere",
        "SELEC",
        "SELECT IF(id < 3, 1, (SELECT id FROM few)) FROM kinds ORDER BY id",
        "DO 1",
        "CHECK TABLE few",
    ] {
        one(change, vec![]);
    }
    if db.dialect().name == "MariaDB" {
        one("INSERT INTO few (k, x) VALUES (5, 'c') RETURNING id, k, x", vec![]);
        one("DELETE FROM few WHERE k = 5 RETURNING *", vec![]);
        one("INSERT INTO few (k) VALUES (1) RETURNING id", vec![]);
    }
    for _ in 0..3 {
        one("CALL sets()", vec![]);
        one("CALL fails()", vec![]);
        one("CALL puts(?, ?)", vec![Datum::Null, Datum::Text("hü".into())]);
    }
    // The same SQL with columns of different types.
    for value in [
        Datum::Int(-5),
        Datum::Text("x".into()),
        Datum::Double(1.5),
        Datum::Null,
        Datum::UInt(u64::MAX),
        Datum::Float(1.5),
    ] {
        one("SELECT ? AS a", vec![value.clone()]);
        one("SELECT COALESCE(?, 7), k FROM few WHERE k > ?", vec![value.clone(), value]);
    }
    for change in [
        "ADD COLUMN w BIGINT DEFAULT 9",
        "MODIFY w DOUBLE",
        "RENAME COLUMN w TO v",
        "MODIFY v INT UNSIGNED",
        "MODIFY v VARCHAR(20)",
        "DROP COLUMN v",
    ] {
        one("SELECT * FROM few WHERE k = 1", vec![]);
        one(&format!("ALTER TABLE few {change}"), vec![]);
        one("SELECT * FROM few WHERE k = 1", vec![]);
    }
    for several in [
        "SELECT 1; SELECT 2, 'x'; UPDATE few SET x = 'm'; INSERT INTO few (k) VALUES (100), (101); SELECT 3",
        "SELECT 1; SELEC; SELECT 2",
        "SELECT * FROM kinds WHERE id < 4; CALL sets(); SELECT 4",
        "CALL fails(); SELECT 1",
        "SELECT 8; SELECT f FROM few; SELECT 9",
        "SELECT 10",
        "BEGIN; UPDATE few SET x = 'k'; SELECT 4",
        "ROLLBACK",
        "",
    ] {
        all.push(Statement { several: true, ..Statement::new(several, vec![]) });
    }
    all
}

/// Returns the URL for this project's own MySQL transport.
fn direct(url: &str) -> String {
    format!("mysql+direct://{}", url.split_once("://").unwrap().1)
}

async fn connect(url: &str) -> orm::Result<Box<dyn Connection>> {
    Database::open(url)?.driver().connect().await
}

on_servers! {
    async fn answer_the_same(fresh: Fresh) {
        fresh.db.ping().await?;
        let statements = statements(&fresh.db);
        let url = format!("mysql://{}", fresh.url.split_once("://").unwrap().1);
        let mut library = connect(&url).await?;
        let mut expected = Vec::new();
        for statement in &statements {
            expected.push(answer(&mut *library, statement).await);
        }
        let short_ends = Proxy::hiding(fresh, Hidden { short_ends: true, mariadb: false }).await;
        let mariadb = Proxy::hiding(fresh, Hidden { short_ends: false, mariadb: true }).await;
        let both = Proxy::hiding(fresh, Hidden { short_ends: true, mariadb: true }).await;
        let compressed = format!("{url}?compression=true");
        for url in [&*url, &compressed, short_ends.url(), mariadb.url(), both.url()] {
            let mut connection = connect(&direct(url)).await?;
            for (statement, expected) in statements.iter().zip(&expected) {
                assert_eq!(&answer(&mut *connection, statement).await, expected, "{url}: {}", statement.sql);
            }
        }
    }

    async fn forget_a_statement_that_was_refused(fresh: Fresh) {
        for url in [fresh.url.clone(), direct(&fresh.url)] {
            let mut connection = connect(&url).await?;
            let late = chrono::NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap();
            let statement = |text: String, day| Statement::new("SELECT LENGTH(?), LENGTH(?), ? IS NULL", vec![Datum::Text(text.as_str().into()), Datum::Text(text.into()), day]);
            // Long strings are sent before the rest.
            let refused = answer(&mut *connection, &statement("x".repeat(9 << 20), Datum::Date(late))).await;
            assert!(refused.contains("10000"), "{refused}");
            let next = answer(&mut *connection, &statement("abc".to_owned(), Datum::Null)).await;
            assert!(next.contains(r#"["Int(3)", "Int(3)", "Int(1)"]"#), "{next}");
        }
    }

    async fn pass_on_what_is_larger_than_a_piece_and_gets_no_smaller(fresh: Fresh) {
        let mut random = Random::new(7);
        let noise: Vec<u8> = (0..9 << 20).map(|_| random.below(256) as u8).collect();
        let mut connection = connect(&format!("{}?compression=true", direct(&fresh.url))).await?;
        // In one statement; MariaDB takes no more at once by default.
        let statement = Statement::new("SELECT ? = ?", vec![Datum::Blob(noise.clone()), Datum::Blob(noise)]);
        let same = answer(&mut *connection, &statement).await;
        assert!(same.contains(r#"["Int(1)"]"#), "{same}");
    }

    async fn report_why_the_server_refused_them(fresh: Fresh) {
        fresh.db.ping().await?;
        let mut connection = connect(&direct(&fresh.url)).await?;
        answer(&mut *connection, &Statement::new("SET SESSION wait_timeout = 1", vec![])).await;
        tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
        let error = connection.run(&mut Statement::new("SELECT 1", vec![]), &mut ()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error:?}");
        // MariaDB sends no error.
        assert_eq!(error.code(), (fresh.db.dialect().name == "MySQL").then_some(4031), "{error:?}");
        assert_eq!(connection.status(), orm::driver::Status::Broken);
    }
}
