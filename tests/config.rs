//! Databases opened from values: configuration files and the environment.

use orm::DatabaseConfig;
use orm::prelude::*;

fn wrong(config: DatabaseConfig) -> String {
    let error = Database::builder().config(config).open().unwrap_err();
    assert!(error.is_configuration(), "{error:?}");
    error.to_string()
}

fn json(text: &str) -> DatabaseConfig {
    serde_json::from_str(text).unwrap()
}

#[test]
fn three_ways_say_the_same() {
    let file = json(
        r#"{
            "url": "mysql://root:secret@localhost/app",
            "max_connections": 7,
            "slow": "200ms",
            "binds": { "audit": { "url": "sqlite::memory:", "busy_timeout": 10, "echo": true } }
        }"#,
    );
    let variables = DatabaseConfig::from_variables([
        ("DATABASE_OPTIONS_AUDIT", "busy_timeout=10&echo=true"),
        ("DATABASE_URL", "mysql://root:secret@localhost/app"),
        ("DATABASE_URL_AUDIT", "sqlite::memory:"),
        ("DATABASE_OPTIONS", "max_connections=7&slow=200ms"),
        ("DATABASES", "others"),
        ("HOME", "/root"),
    ])
    .unwrap();
    assert_eq!(file, variables);
    for config in [file, variables] {
        let db = Database::builder().config(config).open().unwrap();
        assert_eq!(db.pool_status().max, 7);
        assert_eq!(db.binds().collect::<Vec<_>>(), ["audit"]);
        assert_eq!(db.on("audit").unwrap().dialect().name, "SQLite");
    }
    let built = Database::builder()
        .url("mysql://root:secret@localhost/app")
        .max_connections(7)
        .bind_with("audit", "sqlite::memory:", |b| b.option("busy_timeout", "10").echo(true))
        .open()
        .unwrap();
    assert_eq!((built.pool_status().max, built.binds().count()), (7, 1));
}

#[test]
fn the_setting_closest_to_the_program_wins() {
    let config = json(r#"{ "url": "mysql://root@localhost/app?max_connections=5", "max_connections": 6 }"#);
    let db = Database::builder().config(config.clone()).open().unwrap();
    assert_eq!(db.pool_status().max, 6);
    let db = Database::builder().config(config).max_connections(7).open().unwrap();
    assert_eq!(db.pool_status().max, 7);
}

#[test]
fn wrong_keys_list_the_known_ones() {
    let error = wrong(json(r#"{ "url": "sqlite::memory:", "max_conections": 3 }"#));
    assert!(error.starts_with("unknown option `max_conections`; known options: `mode`: "), "{error}");
    assert!(error.contains("`max_connections`: "), "{error}");
    let error = wrong(json(
        r#"{ "url": "sqlite::memory:", "binds": { "audit": { "url": "sqlite::memory:", "ecko": 1 } } }"#,
    ));
    assert!(error.starts_with("unknown option `ecko`; known options: "), "{error}");
    assert!(error.ends_with("(database `audit`)"), "{error}");
    let error = wrong(json(r#"{ "url": "sqlite::memory:", "slow": "soon" }"#));
    assert_eq!(error, "the option `slow` is `soon`; expected a time such as 500ms, 30s, 5m or 2h");
    let error = serde_json::from_str::<DatabaseConfig>(r#"{ "max_connections": 3 }"#).unwrap_err();
    assert!(error.to_string().starts_with("missing field `url`"), "{error}");
    let error =
        serde_json::from_str::<DatabaseConfig>(r#"{ "url": "sqlite::memory:", "slow": [1] }"#).unwrap_err();
    assert!(error.to_string().contains("expected a string, an integer or a boolean"), "{error}");
    let error = serde_json::from_str::<DatabaseConfig>(r#"["sqlite::memory:"]"#).unwrap_err();
    assert!(error.to_string().contains("expected a table with the `url` of a database"), "{error}");
}

#[test]
fn wrong_variables_are_named() {
    let error = DatabaseConfig::from_variables([("DATABASE_OPTIONS", "echo=true")]).unwrap_err();
    assert_eq!(error.to_string(), "the variable `DATABASE_URL` is not set");
    let empty = [("DATABASE_URL", "sqlite::memory:"), ("DATABASE_URL_AUDIT", " ")];
    let error = DatabaseConfig::from_variables(empty).unwrap_err();
    assert!(
        error.to_string().starts_with("the variable `DATABASE_URL_AUDIT` is empty: set it to a URL"),
        "{error}"
    );
    let error = DatabaseConfig::from_variables([
        ("DATABASE_URL", "sqlite::memory:"),
        ("DATABASE_URL_AUDIT", "sqlite::memory:"),
        ("DATABASE_OPTIONS_AUDITS", "echo=true"),
    ])
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the variable `DATABASE_OPTIONS_AUDITS` is for the database `audits`, but `DATABASE_URL_AUDITS` is \
         not set; besides the default database there are `audit`"
    );
}

#[test]
fn names_of_databases_are_checked() {
    let open = |name: &str| Database::builder().url("sqlite::memory:").bind(name, "sqlite::memory:").open();
    assert!(open("audit").is_ok());
    assert_eq!(open("").unwrap_err().to_string(), "the bind name of a database is empty");
    assert_eq!(
        open("default").unwrap_err().to_string(),
        "the bind name `default` is reserved for the database of `url`"
    );
    let twice =
        Database::builder().url("sqlite::memory:").bind("a", "sqlite::memory:").bind("a", "sqlite::memory:");
    assert_eq!(twice.open().unwrap_err().to_string(), "two databases have the bind name `a`");
    let nested = Database::builder()
        .url("sqlite::memory:")
        .bind_with("a", "sqlite::memory:", |b| b.bind("b", "sqlite::memory:"));
    assert_eq!(
        nested.open().unwrap_err().to_string(),
        "the database `b` is nested inside `a`: declare all databases side by side"
    );
}

#[test]
fn passwords_are_nowhere() {
    let text = r#"{ "url": "mysql://root:secret@localhost/app", "binds": { "a": { "url": "mysql://x:secret@[::/" } } }"#;
    let config = json(text);
    let error = wrong(config.clone());
    let builder = Database::builder().config(config.clone()).option("socket", "/secret");
    let db = Database::builder()
        .url("mysql://root:secret@localhost/app")
        .bind("b", "mysql://x:secret@h/y")
        .open()
        .unwrap();
    for text in [error, format!("{config:?} {builder:?} {db:?}")] {
        assert!(!text.contains("secret"), "{text}");
    }
    assert!(format!("{db:?}").contains("b {"), "{db:?}");
}
