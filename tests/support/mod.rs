//! What the tests share: a fresh database on each backend, and a small shop of models.

mod aftermath;
mod backend;
pub mod models;
mod own_server;
mod proxy;
mod random;

pub use aftermath::{becomes_quiet, busy, is_as_new, is_at_full_strength};
pub use backend::{Fresh, mariadb, mysql, sqlite};
pub use own_server::OwnServer;
pub use proxy::{Fault, Proxy};
pub use random::Random;

/// Writes one test per backend from one body, which gets a fresh database as `$db` and may use `?`.
///
/// The tests of servers are ignored unless they are asked for: `cargo xtask test` starts the servers and asks.
macro_rules! on_every_backend {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: Database) $body:block)*) => { $(
        mod $name {
            #[allow(unused_imports, reason = "not every test names something of its file")]
            use super::*;

            $(#[$meta])*
            async fn check($db: &orm::Database) -> orm::Result<()> {
                $body
                #[allow(unreachable_code, reason = "a body may end with an error")]
                Ok(())
            }

            #[tokio::test]
            async fn sqlite() {
                crate::support::sqlite().await.run(check).await;
            }

            #[tokio::test]
            #[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
            async fn mariadb() {
                crate::support::mariadb().await.run(check).await;
            }

            #[tokio::test]
            #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
            async fn mysql() {
                crate::support::mysql().await.run(check).await;
            }
        }
    )* };
}

/// As `on_every_backend`, for what SQLite does not have.
macro_rules! on_servers {
    ($($(#[$meta:meta])* async fn $name:ident($fresh:ident: Fresh) $body:block)*) => { $(
        mod $name {
            #[allow(unused_imports, reason = "not every test names something of its file")]
            use super::*;

            $(#[$meta])*
            async fn check($fresh: crate::support::Fresh) -> orm::Result<()> {
                $body
                $fresh.end().await;
                Ok(())
            }

            #[tokio::test]
            #[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
            async fn mariadb() {
                check(crate::support::mariadb().await).await.unwrap();
            }

            #[tokio::test]
            #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
            async fn mysql() {
                check(crate::support::mysql().await).await.unwrap();
            }
        }
    )* };
}

/// As `on_servers`, for tests that start servers of their own, of the backend whose name they get.
macro_rules! on_own_servers {
    ($($(#[$meta:meta])* async fn $name:ident($backend:ident: &str) $body:block)*) => { $(
        mod $name {
            #[allow(unused_imports, reason = "not every test names something of its file")]
            use super::*;

            $(#[$meta])*
            async fn check($backend: &str) -> orm::Result<()> {
                $body
                Ok(())
            }

            #[tokio::test]
            #[ignore = "starts a MariaDB server, as `cargo xtask test` does"]
            async fn mariadb() {
                check("mariadb").await.unwrap();
            }

            #[tokio::test]
            #[ignore = "starts a MySQL server, as `cargo xtask test` does"]
            async fn mysql() {
                check("mysql").await.unwrap();
            }
        }
    )* };
}
