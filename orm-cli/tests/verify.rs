//! `orm verify`.

use crate::support::{End as _, Folder, OnServer, sql};

/// Creates the tables, finds no difference, makes one, and finds it.
fn check(folder: &Folder, url: &str, dialect: &str) {
    let statements = folder.shop(&format!("ddl --dialect {dialect}")).end().expect(0).out;
    let run = |statement: &str| {
        sql(&url.replace("sqlite:", &format!("sqlite:{}/", folder.path("").display())), statement)
    };
    run(&statements);
    let verify = |options: &str| folder.shop(&format!("verify --url {url} {options}")).end();
    let ended = verify("").expect(0);
    assert_eq!(ended.out, "The database matches the models.\n");
    assert!(ended.err.contains("comparing with") && ended.err.contains("(from --url)"), "{}", ended.err);

    run("DROP TABLE orders");
    let ended = verify("").expect(1);
    assert!(
        ended.out.contains("in one place:\n- the table `orders` is missing\n    CREATE TABLE "),
        "{}",
        ended.out
    );
    let ended = verify("--json").expect(1);
    let json = ended.json();
    assert_eq!(json["fits"], false);
    assert_eq!(json["differences"][0]["difference"], "the table `orders` is missing");
    assert!(ended.err.is_empty(), "{}", ended.err);
    let fix: Vec<_> =
        json["differences"][0]["fix"].as_array().unwrap().iter().map(|sql| sql.as_str().unwrap()).collect();
    run(&fix.join(";"));
    verify("").expect(0);

    run("CREATE TABLE notes (id INTEGER PRIMARY KEY)");
    assert!(!verify("").expect(0).out.contains("notes"));
    let ended = verify("--all").expect(0);
    assert!(ended.out.contains("`notes`") && ended.out.contains("(harmless)"), "{}", ended.out);
}

#[test]
fn sqlite() {
    let folder = Folder::new();
    folder.sqlite("app.db", "SELECT 1");
    check(&folder, "sqlite:app.db", "sqlite");
}

#[test]
#[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
fn mariadb() {
    check(&Folder::new(), &OnServer::new("ORM_TEST_MARIADB").url, "mariadb");
}

#[test]
#[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
fn mysql() {
    check(&Folder::new(), &OnServer::new("ORM_TEST_MYSQL").url, "mysql");
}

#[test]
fn each_database_has_its_own_models() {
    let folder = Folder::new();
    folder.sqlite("audit.db", &folder.shop("ddl --dialect sqlite --bind audit").end().expect(0).out);
    let mut command = folder.shop("verify --bind audit");
    command.env("DATABASE_URL_AUDIT", "sqlite:audit.db").end().expect(0);
    let ended = folder.shop("verify --url sqlite:audit.db").end().expect(1);
    assert!(
        ended.out.contains("`customers` is missing") && ended.err.contains("left out: the models of `audit`")
    );
}
