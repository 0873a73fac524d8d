//! URLs and options.

use mysql_async::prelude::Queryable as _;
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
        "a database URL starts with a scheme; known schemes: `sqlite:`, `mysql:`, `mariadb:`, \
         `mysql+direct:`, `mariadb+direct:`"
    );
    assert_eq!(
        refused("postgres://u:secret@h/d"),
        "unknown URL scheme `postgres`; known schemes: `sqlite:`, `mysql:`, `mariadb:`, `mysql+direct:`, \
         `mariadb+direct:`"
    );
    assert_eq!(
        refused("sqlite:"),
        "the URL names no file; write `sqlite::memory:` or `sqlite:path/to/file.db`"
    );
    let form = "expected mysql://user:password@host:3306/database";
    assert_eq!(refused("mysql:///secret"), format!("the URL cannot be parsed (it names no host); {form}"));
    assert_eq!(
        refused("mysql://u:secret@h:port/d"),
        format!("the URL cannot be parsed (invalid port number); {form}")
    );
    assert_eq!(
        refused("mysql://u:secret@h/a/b"),
        format!("the URL cannot be parsed (it names more than one database); {form}")
    );
}

#[test]
fn passwords_that_are_not_encoded_are_told_how_to_be() {
    let hint = "in a user name or password, `@`, `:`, `/`, `?`, `#` and `%` must be percent-encoded (`@` is \
                `%40`); `.user(..)` and `.password(..)` of the builder take them unencoded";
    let behind_host = format!("the URL cannot be parsed (there is an `@` after its host); {hint}");
    for url in [
        "mysql://ann:se/secret@h/d",
        "mysql://ann:12/secret@h/d",
        "mysql://ann:12/secret@h",
        "mysql://ann:p@ss/secret@h/d",
        "mysql://ann:p#secret@h/d",
        "mysql+direct://ann:12#secret@h/d",
        "mysql://h/d@secret",
    ] {
        assert_eq!(refused(url), behind_host, "{url}");
    }
    let behind_mark = format!("the URL cannot be parsed (there is an `@` after its question mark); {hint}");
    for url in
        ["mysql://ann:p?secret@h/d", "mysql://ann:p?slow=secret@h/d", "mysql://ann:p?ssl_mode=x&secret@h"]
    {
        assert_eq!(refused(url), behind_mark, "{url}");
    }
    let unknown = format!("an option of the URL is unknown; {hint}");
    for url in ["mysql://ann:12?secret@h/d", "mysql://ann:12?secret=1@h/d"] {
        assert_eq!(refused(url), unknown, "{url}");
    }
    // Unambiguous URLs are accepted.
    for url in [
        "mysql://ann:p@ss:w:rd%2F%3F@h/d",
        "mysql://ann:p%40ss@[::1]:3306/d",
        "mysql://h/d%40e",
        "mysql://h:3306?init=SET @x = 1",
        "mysql://[::1]?init=SET @x = 1",
        "mysql://h/d?init=SET @x = 1",
    ] {
        assert!(Database::open(url).is_ok(), "{url}");
    }
    let own =
        Database::builder().url("mysql://h:3306?init=SET @x = 1").option("sokket", "x").open().unwrap_err();
    assert!(own.to_string().starts_with("unknown option `sokket`; known options: "), "{own}");
}

#[test]
fn users_and_passwords_need_not_be_in_them() {
    let builder =
        Database::builder().url("mysql://root:other@localhost/app").user("ann").password("secret@/");
    assert!(!format!("{builder:?}").contains("secret"));
    let text = format!("{:?}", builder.open().unwrap());
    assert!(text.contains("ann@localhost:3306/app") && !text.contains("secret"), "{text}");
    let text = format!("{:?}", Database::open("mysql://localhost/app?user=ann&password=secret").unwrap());
    assert!(text.contains("ann@localhost:3306/app") && !text.contains("secret"), "{text}");
    let error = Database::builder().url("sqlite::memory:").password("secret").open().unwrap_err();
    assert!(
        error.to_string().starts_with("unknown option `password`")
            && !format!("{error:?}").contains("secret")
    );
}

on_servers! {
    async fn any_password_logs_in(fresh: Fresh) {
        let (server, name) = fresh.url.rsplit_once('/').unwrap();
        let server = format!("{}://{}", server.split_once("://").unwrap().0, server.rsplit_once('@').unwrap().1);
        let mut admin = fresh.admin().await;
        let user = format!("{name} u@x"); // with a space and an `@`
        for (at, secret) in ["p@ss/w:rd?#%41&=+ ", "", "ü'\"`\\ %"].into_iter().enumerate() {
            let user = format!("{user}{at}");
            let quoted = secret.replace('\\', "\\\\").replace('\'', "\\'");
            admin.query_drop(format!("CREATE USER '{user}' IDENTIFIED BY '{quoted}'")).await.unwrap();
            admin.query_drop(format!("GRANT ALL ON {name}.* TO '{user}'")).await.unwrap();
            let builder = || Database::builder().url(format!("{server}/{name}")).user(&user);
            let db = builder().password(secret).open()?;
            let here = sql!("SELECT database()").scalar::<String>(&db).await;
            let error = builder().password("secret").open()?.ping().await.unwrap_err();
            let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
            let (scheme, place) = server.split_once("://").unwrap();
            let by_url = Database::open(&format!("{scheme}://{}:{}@{place}/{name}", encoded(&user), encoded(secret)))?;
            let there = by_url.ping().await;
            admin.query_drop(format!("DROP USER '{user}'")).await.unwrap();
            assert_eq!(here?, name);
            there?;
            assert!(error.is_connect() && !format!("{error:?}").contains("secret"), "{error:?}");
        }
    }
}

#[test]
fn unknown_options_are_refused_with_the_known_ones() {
    let message = refused("sqlite::memory:?max_conections=3");
    assert!(message.starts_with("unknown option `max_conections`; known options: `mode`: "), "{message}");
    assert!(message.contains("`max_connections`: the maximum number of connections (10)"), "{message}");
    assert!(refused("mysql://u:secret@h/d?mode=ro").contains("`socket`: "));
}

#[test]
fn options_of_other_libraries_are_known_by_name() {
    assert_eq!(
        refused("mysql://u:secret@h/d?pool_size=5"),
        "unknown option `pool_size`; it is called `max_connections` here: the maximum number of connections (10)"
    );
    assert_eq!(
        refused("mysql://u:secret@h/d?charset=utf8mb4"),
        "unknown option `charset`, which is not needed: texts are always sent as utf8mb4"
    );
    assert!(refused("sqlite:a.db?timeout=5").contains("it is called `busy_timeout`"));
    assert!(refused("mysql://u:secret@h/d?timeout=5").contains("known options: `socket`"));
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
        refused("sqlite:x.db?max_connections=18446744073709551615"),
        "the option `max_connections` is 18446744073709551615; the maximum is 100000"
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
        "the option `ssl_ca` has no effect with `ssl_mode=disabled`: it needs `ssl_mode=verify_identity`"
    );
    assert!(
        mysql("ssl_mode=verify_ca").contains(
            "use `ssl_mode=verify_identity`, with `ssl_host` if the certificate is for another name"
        )
    );
    assert_eq!(
        mysql("ssl_mode=required&ssl_cert=client.pem"),
        "the option `ssl_cert` needs the option `ssl_key`, too"
    );
    assert_eq!(
        mysql("ssl_mode=required&socket=/run/mysqld.sock"),
        "the option `ssl_mode` has no effect with `socket`: connections on the same machine are not encrypted"
    );
    assert_eq!(
        mysql("collation=latin1_swedish_ci"),
        "the option `collation` is `latin1_swedish_ci`; expected a collation of utf8mb4, in which text is \
         sent"
    );
    assert_eq!(
        mysql("time_zone=x'; DROP TABLE users; --"),
        "the option `time_zone` is `x'; DROP TABLE users; --`; expected a time zone such as +02:00 (`%2B02:00` in a URL) or Europe/Berlin"
    );
    // A plus sign in a URL is a space.
    assert!(mysql("time_zone=+02:00").contains("`%2B02:00` in a URL"));
    assert!(Database::open("mysql://u@h/d?time_zone=%2B02:00").is_ok());
    assert_eq!(
        mysql("sql_mode=no_backslash_escapes"),
        "the SQL mode NO_BACKSLASH_ESCAPES is not allowed, because it changes what text in statements means; \
         no statement needs it, since values are bound"
    );
    assert!(
        mysql("sql_mode=ANSI,EMPTY_STRING_IS_NULL")
            .starts_with("the SQL mode EMPTY_STRING_IS_NULL is not allowed")
    );
    assert_eq!(
        mysql("read_timeout=soon"),
        "the option `read_timeout` is `soon`; expected a time such as 500ms, 30s, 5m or 2h"
    );
    assert_eq!(
        mysql("write_timeout=5s"),
        "the option `write_timeout` works only with a `mysql+direct:` URL: over `mysql:`, `read_timeout` limits the time of \
         sending and of waiting for the answer together"
    );
    assert!(Database::open("mysql+direct://root@h/d?write_timeout=5s").is_ok());
    // As written for the servers' own clients.
    assert!(Database::open("mysql://root@h/d?connect-timeout=500ms&compression=true&sql-mode=ANSI").is_ok());
    assert!(Database::open("sqlite::memory:?max_connections=3&slow=200ms&echo=true&wait_timeout=5").is_ok());
}

#[tokio::test]
async fn times_beyond_the_clock_are_no_limit() {
    let db = Database::open(
        "sqlite::memory:?busy_timeout=18446744073709551615h&wait_timeout=18446744073709551615h",
    );
    db.unwrap().ping().await.unwrap();
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
    assert_eq!(
        error.to_string(),
        "the SQLite database `/no/such/folder/test.db` cannot be opened: there is no folder `/no/such/folder`"
    );
}
