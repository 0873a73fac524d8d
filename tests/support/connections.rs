//! The connections of a server, as listed by the server.

use mysql_async::Conn;
use mysql_async::prelude::Queryable as _;

use super::Fresh;

/// Returns the name of the list. MySQL refuses to read the one in `information_schema` while anybody runs a statement
/// with bytes that are not text.
pub async fn processlist(admin: &mut Conn) -> &'static str {
    if is_mariadb(admin).await { "information_schema.processlist" } else { "performance_schema.processlist" }
}

pub async fn is_mariadb(admin: &mut Conn) -> bool {
    let version: String = admin.query_first("SELECT @@version").await.unwrap().unwrap();
    version.contains("MariaDB")
}

/// Returns the ids of the connections to a test's database, and what they are doing.
pub async fn connections(admin: &mut Conn, fresh: &Fresh) -> Vec<(u64, String)> {
    let list = processlist(admin).await;
    let name = fresh.url.rsplit('/').next().unwrap();
    admin.exec(format!("SELECT id, command FROM {list} WHERE db = ?"), (name,)).await.unwrap()
}

/// Kills all connections to a test's database, as a restart of the server would.
pub async fn kill_all(fresh: &Fresh) {
    let mut admin = fresh.admin().await;
    let connections = connections(&mut admin, fresh).await;
    assert!(!connections.is_empty());
    for (id, _) in connections {
        admin.query_drop(format!("KILL {id}")).await.unwrap();
    }
    admin.disconnect().await.unwrap();
}
