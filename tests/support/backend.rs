//! Fresh databases.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use mysql_async::prelude::Queryable as _;
use orm::{Database, Open};

/// A database for the test, removed when the test ends.
pub struct Fresh {
    pub db: Database,
    pub url: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Server { admin: String, name: String },
}

impl Fresh {
    /// Creates a database on the server at a URL.
    pub async fn on(server: &str) -> Self {
        let (server, name) = (server.trim_end_matches('/'), unique());
        let admin = format!("{server}/?prefer_socket=false");
        let mut connection = mysql_async::Conn::from_url(&admin).await.unwrap();
        connection.query_drop(format!("CREATE DATABASE {name}")).await.unwrap();
        connection.disconnect().await.unwrap();
        let url = over_transport(&format!("{server}/{name}"));
        let db = Database::builder().url(&url).option("local_infile", "true").open().unwrap();
        Fresh { db, url, place: Place::Server { admin, name } }
    }

    /// Opens the database again, with MariaDB's snapshot isolation on, as by default from 11.6.2 on, or off.
    pub fn with_snapshot_isolation(&self, on: bool) -> Database {
        let init = format!("SET /*M! innodb_snapshot_isolation = {on}, */ @elsewhere = 0");
        Database::builder().url(&self.url).option("init", init).open().unwrap()
    }

    /// Opens a separate connection to the server.
    pub async fn admin(&self) -> mysql_async::Conn {
        let Place::Server { admin, .. } = &self.place else { panic!("SQLite has no server") };
        mysql_async::Conn::from_url(admin).await.unwrap()
    }

    pub async fn end(self) {
        drop(self.db);
        match self.place {
            Place::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Place::Server { admin, name } => {
                let mut connection = mysql_async::Conn::from_url(admin).await.unwrap();
                connection.query_drop(format!("DROP DATABASE {name}")).await.unwrap();
                connection.disconnect().await.unwrap();
            }
        }
    }
}

/// Whether the server aborts a transaction that changes what was changed behind its snapshot: the default of MariaDB from
/// 11.6.2 on.
pub async fn isolates_snapshots(db: &Database) -> orm::Result<bool> {
    db.ping().await?;
    if db.dialect().name != "MariaDB" {
        return Ok(false);
    }
    let count = orm::sql!(
        "SELECT COUNT(*) FROM information_schema.system_variables \
         WHERE variable_name = 'INNODB_SNAPSHOT_ISOLATION' AND session_value = 'ON'"
    );
    Ok(count.scalar::<i64>(db).await? == 1)
}

fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("orm_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Creates a database file: concurrent sessions need more than one connection, which an in-memory database does not
/// have.
pub async fn sqlite() -> Fresh {
    let folder = std::env::temp_dir().join(unique());
    std::fs::create_dir(&folder).unwrap();
    let url = format!("sqlite:{}", folder.join("test.db").display());
    Fresh { db: Database::open(&url).unwrap(), url, place: Place::Folder(folder) }
}

pub async fn mariadb() -> Fresh {
    Fresh::on(&server("ORM_TEST_MARIADB")).await
}

pub async fn mysql() -> Fresh {
    Fresh::on(&server("ORM_TEST_MYSQL")).await
}

/// Returns the URL of the server in an environment variable.
fn server(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("this test needs the server whose URL is in {variable}: run `cargo xtask test`")
    })
}

/// Returns whether this test run is over `mysql+direct:`.
pub fn is_direct() -> bool {
    std::env::var_os("ORM_TEST_TRANSPORT").is_some()
}

/// Returns the URL with the transport of this test run.
pub fn over_transport(url: &str) -> String {
    match std::env::var("ORM_TEST_TRANSPORT") {
        Ok(transport) => url.replacen("://", &format!("+{transport}://"), 1),
        Err(_) => url.to_owned(),
    }
}
