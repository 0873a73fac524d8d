//! URLs and options.

use orm::prelude::*;

fn refused(url: &str) -> String {
    let error = Database::open(url).unwrap_err();
    assert!(error.is_configuration(), "{error:?}");
    let text = format!("{error} {error:?}");
    assert!(!text.contains("secret"), "{text}");
    error.to_string()
}

#[test]
fn malformed_ones_are_refused_with_the_reason() {
    assert_eq!(
        refused("secret"),
        "a database URL begins with its scheme; known are `sqlite:`, `mysql:`, `mariadb:`, `mysql+direct:`, `mariadb+direct:`"
    );
    assert_eq!(
        refused("postgres://u:secret@h/d"),
        "the scheme `postgres` is not known; known are `sqlite:`, `mysql:`, `mariadb:`, `mysql+direct:`, `mariadb+direct:`"
    );
    assert_eq!(
        refused("sqlite:"),
        "the URL names no file; write `sqlite::memory:` or `sqlite:path/to/file.db`"
    );
    let form = "it reads mysql://user:password@host:3306/database";
    assert_eq!(refused("mysql:///secret"), format!("the URL cannot be read (it names no host); {form}"));
    assert_eq!(
        refused("mysql://u:secret@h:port/d"),
        format!("the URL cannot be read (invalid port number); {form}")
    );
    assert_eq!(
        refused("mysql://u:secret@h/a/b"),
        format!("the URL cannot be read (it names more than one database); {form}")
    );
}

#[test]
fn unknown_options_are_refused_with_the_known_ones() {
    let message = refused("sqlite::memory:?max_conections=3");
    assert!(message.starts_with("the option `max_conections` is not known; known are `mode`: "), "{message}");
    assert!(message.contains("`max_connections`: connections at most (10)"), "{message}");
    assert!(refused("mysql://u:secret@h/d?mode=ro").contains("`socket`: "));
}

#[test]
fn options_of_other_libraries_are_known_by_name() {
    assert_eq!(
        refused("mysql://u:secret@h/d?pool_size=5"),
        "the option `pool_size` is not known; here it is `max_connections`: connections at most (10)"
    );
    assert_eq!(
        refused("mysql://u:secret@h/d?charset=utf8mb4"),
        "the option `charset` is not known, and not needed: texts are always sent as utf8mb4"
    );
    assert!(refused("sqlite:a.db?timeout=5").contains("here it is `busy_timeout`"));
    assert!(refused("mysql://u:secret@h/d?timeout=5").contains("known are `socket`"));
}

#[test]
fn wrong_values_of_options_are_refused() {
    assert_eq!(
        refused("sqlite::memory:?max_connections=many"),
        "the option `max_connections` is `many`; expected a whole number"
    );
    assert_eq!(
        refused("sqlite::memory:?max_connections=0"),
        "the option `max_connections` is 0; a database needs at least one connection"
    );
    assert_eq!(
        refused("sqlite::memory:?slow=fast"),
        "the option `slow` is `fast`; expected a time such as 500ms, 30s, 5m or 2h"
    );
    assert_eq!(
        refused("sqlite:x.db?mode=sometimes"),
        "the option `mode` is `sometimes`; expected rwc, rw or ro"
    );
    let mysql = |options: &str| refused(&format!("mysql://u:secret@h/d?{options}"));
    assert_eq!(
        mysql("ssl_mode=preferred"),
        "the option `ssl_mode` is `preferred`; expected disabled, required or verify_identity"
    );
    assert_eq!(
        mysql("ssl_ca=ca.pem"),
        "the option `ssl_ca` has no meaning with `ssl_mode=disabled`: it goes with \
         `ssl_mode=verify_identity`"
    );
    assert!(
        mysql("ssl_mode=verify_ca")
            .contains("say which one it is for with `ssl_mode=verify_identity` and `ssl_host`")
    );
    assert_eq!(
        mysql("ssl_mode=required&ssl_cert=client.pem"),
        "the option `ssl_cert` needs the option `ssl_key`, too"
    );
    assert_eq!(
        mysql("ssl_mode=required&socket=/run/mysqld.sock"),
        "the option `ssl_mode` has no meaning with `socket`: what stays on the machine is not encrypted"
    );
    assert_eq!(
        mysql("collation=latin1_swedish_ci"),
        "the option `collation` is `latin1_swedish_ci`; expected one of utf8mb4, which is what texts are sent in"
    );
    assert_eq!(
        mysql("time_zone=x'; DROP TABLE users; --"),
        "the option `time_zone` is `x'; DROP TABLE users; --`; expected a time zone such as +02:00 or Europe/Berlin"
    );
    assert_eq!(
        mysql("sql_mode=no_backslash_escapes"),
        "the mode NO_BACKSLASH_ESCAPES changes what texts in statements mean; no statement needs it, since values are bound"
    );
    assert_eq!(
        mysql("read_timeout=soon"),
        "the option `read_timeout` is `soon`; expected a time such as 500ms, 30s, 5m or 2h"
    );
    assert_eq!(
        mysql("write_timeout=5s"),
        "the option `write_timeout` needs a URL of `mysql+direct:`: `mysql_async`, over which this one goes, does not tell \
         sending from waiting, and `read_timeout` spans both"
    );
    assert!(Database::open("mysql+direct://root@h/d?write_timeout=5s").is_ok());
    // As the servers' own clients write it.
    assert!(Database::open("mysql://root@h/d?connect-timeout=500ms&compression=true&sql-mode=ANSI").is_ok());
    assert!(Database::open("sqlite::memory:?max_connections=3&slow=200ms&echo=true&wait_timeout=5").is_ok());
}

#[test]
fn passwords_stay_out_of_debug_forms() {
    let db = Database::open("mysql://ann:secret@localhost:3307/app").unwrap();
    let text = format!("{db:?}");
    assert!(!text.contains("secret") && text.contains("ann@localhost:3307/app"), "{text}");
    let builder = Database::builder().url("mysql://ann:secret@localhost/app");
    assert!(!format!("{builder:?}").contains("secret"));
}

#[tokio::test]
async fn servers_that_are_not_there_are_named() {
    let db = Database::open("mysql://ann:secret@127.0.0.1:1/app").unwrap();
    let error = db.ping().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(error.to_string().starts_with("cannot connect to `ann@127.0.0.1:1/app`: "), "{error}");
    assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    let db = Database::open("sqlite:/no/such/folder/test.db").unwrap();
    let error = db.ping().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(
        error.to_string().starts_with("the SQLite database `/no/such/folder/test.db` cannot be opened"),
        "{error}"
    );
}
