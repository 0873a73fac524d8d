//! The connections of a server, as it lists them.

use mysql_async::Conn;
use mysql_async::prelude::Queryable as _;

use super::Fresh;

/// What the list is called. MySQL refuses to read that of `information_schema` while anybody runs a statement with bytes
/// that are no text.
pub async fn processlist(admin: &mut Conn) -> &'static str {
    if is_mariadb(admin).await { "information_schema.processlist" } else { "performance_schema.processlist" }
}

pub async fn is_mariadb(admin: &mut Conn) -> bool {
    let version: String = admin.query_first("SELECT @@version").await.unwrap().unwrap();
    version.contains("MariaDB")
}

/// The numbers of the connections to a test's database, and what they do.
pub async fn connections(admin: &mut Conn, fresh: &Fresh) -> Vec<(u64, String)> {
    let list = processlist(admin).await;
    let name = fresh.url.rsplit('/').next().unwrap();
    admin.exec(format!("SELECT id, command FROM {list} WHERE db = ?"), (name,)).await.unwrap()
}

/// Ends all connections to a test's database, as a restart of the server would.
pub async fn kill_all(fresh: &Fresh) {
    let mut admin = fresh.admin().await;
    let connections = connections(&mut admin, fresh).await;
    assert!(!connections.is_empty());
    for (id, _) in connections {
        admin.query_drop(format!("KILL {id}")).await.unwrap();
    }
    admin.disconnect().await.unwrap();
}
