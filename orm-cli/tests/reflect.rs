//! `orm reflect`.

use crate::support::{End as _, Folder, OnServer, sql};

const TABLES: &str = "CREATE TABLE authors (id INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL); \
                      CREATE TABLE books (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL, \
                      day DATE, at TIME NOT NULL, printed TIMESTAMP NULL, sold DATETIME NOT NULL, FOREIGN KEY (author_id) REFERENCES authors (id))";

fn check(folder: &Folder, url: &str) {
    let ended = folder.orm(&format!("reflect --url {url}")).end().expect(0);
    for part in ["pub struct Author {", "has_many(books: Book)", "#[orm(belongs_to = Author)]"] {
        assert!(ended.out.contains(part), "{part}: {}", ended.out);
    }
    let dates = |line: &str| folder.orm(&format!("reflect {line} --url {url}")).end().expect(0).out;
    let (chrono, jiff, time) = (dates("--dates chrono"), dates("--dates jiff"), dates("--dates time"));
    assert_eq!(chrono, ended.out);
    for (field, here, in_jiff, in_time) in [
        ("day", "Option<NaiveDate>", "Option<jiff::civil::Date>", "Option<time::Date>"),
        ("at", "NaiveTime", "jiff::civil::Time", "time::Time"),
        ("sold", "NaiveDateTime", "jiff::civil::DateTime", "time::PrimitiveDateTime"),
    ] {
        for (models, ty) in [(&chrono, here), (&jiff, in_jiff), (&time, in_time)] {
            assert!(models.contains(&format!("pub {field}: {ty},")), "{field}: {models}");
        }
    }
    let json = folder.orm(&format!("reflect --json --url {url}")).end().expect(0).json();
    assert_eq!(json["tables"], serde_json::json!(["authors", "books"]));
    assert_eq!(json["models"].as_str().unwrap().trim_end(), ended.out.trim_end());
}

#[test]
fn sqlite() {
    let folder = Folder::new();
    folder.sqlite("app.db", TABLES);
    check(&folder, "sqlite:app.db");
}

#[test]
#[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
fn mariadb() {
    let server = OnServer::new("ORM_TEST_MARIADB");
    sql(&server.url, TABLES);
    check(&Folder::new(), &server.url);
}

#[test]
#[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
fn mysql() {
    let server = OnServer::new("ORM_TEST_MYSQL");
    sql(&server.url, TABLES);
    check(&Folder::new(), &server.url);
}
