//! Two commands at once, as two machines start that have the same program.

use std::process::{Child, Stdio};
use std::time::Duration;

use orm::prelude::*;
use orm::raw::{sql, sql_unchecked};

use crate::support::{Ended, Folder, OnServer};

/// Runs `orm migrate up` twice while somebody else keeps the database, who then lets them go on.
fn up_twice(folder: &Folder, url: &str, keep: &str, let_go: &str) -> [Vec<String>; 2] {
    folder.write("migrations/1_a/up.sql", "CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1);");
    folder.write("migrations/2_b/up.sql", "CREATE TABLE b (n INTEGER); INSERT INTO b SELECT n FROM a;");
    let start = || -> Child {
        let mut command = folder.orm(&format!("migrate up --json --url {url}"));
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Database::open(url).unwrap();
        let mut kept = db.connection().await.unwrap();
        kept.execute(sql_unchecked(keep)).await.unwrap();
        let mut both = [start(), start()];
        std::thread::sleep(Duration::from_millis(500));
        for one in &mut both {
            assert!(one.try_wait().unwrap().is_none(), "it waits");
        }
        kept.execute(sql_unchecked(let_go)).await.unwrap();
        drop(kept);
        let ran = both.map(|one| names(&Ended::from(one.wait_with_output().unwrap()).expect(0)));
        for table in ["a", "b"] {
            let rows = sql_unchecked(format!("SELECT count(*) FROM {table}"));
            assert_eq!(rows.scalar::<i64>(&db).await.unwrap(), 1, "{table}");
        }
        let noted: Vec<String> = sql("SELECT name FROM orm_migrations ORDER BY name").all(&db).await.unwrap();
        assert_eq!(noted, ["1_a", "2_b"]);
        ran
    })
}

/// What a command says that it has run.
fn names(ended: &Ended) -> Vec<String> {
    let json = ended.json();
    let ran = json["migrations"].as_array().unwrap().iter();
    ran.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

fn on_server(variable: &str) {
    let (folder, server) = (Folder::new(), OnServer::new(variable));
    let lock = "CONCAT('orm_migrations.', LEFT(SHA2(DATABASE(), 256), 40))";
    let mut ran = up_twice(
        &folder,
        &server.url,
        &format!("SELECT GET_LOCK({lock}, 0)"),
        &format!("SELECT RELEASE_LOCK({lock})"),
    );
    ran.sort();
    assert_eq!(
        ran,
        [vec![], vec!["1_a".to_owned(), "2_b".to_owned()]],
        "one does all, and the other one waits"
    );
}

#[test]
fn sqlite() {
    let folder = Folder::new();
    let url = format!("sqlite:{}", folder.path("app.db").display());
    let mut ran = up_twice(&folder, &url, "BEGIN IMMEDIATE", "ROLLBACK").concat();
    ran.sort();
    assert_eq!(ran, ["1_a", "2_b"], "they take turns for each migration");
}

#[test]
#[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
fn mariadb() {
    on_server("ORM_TEST_MARIADB");
}

#[test]
#[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
fn mysql() {
    on_server("ORM_TEST_MYSQL");
}
