//! The code shared by tests: a fresh database on each backend, and a small shop of models.

mod aftermath;
mod backend;
mod connections;
pub mod models;
mod older;
mod own_server;
mod proxy;
mod random;
mod run;
mod shaky;

pub use aftermath::{becomes, becomes_alone, becomes_quiet, is_as_new, is_at_full_strength, is_not_in_vain};
pub use backend::{Fresh, is_direct, isolates_snapshots, mariadb, mysql, sqlite};
pub use connections::{connections, kill_all, processlist};
pub use older::as_of;
pub use own_server::OwnServer;
pub use proxy::{Fault, Hidden, Proxy};
pub use random::Random;
pub use run::{on_its_own, on_mariadb, on_mysql, on_sqlite};
pub use shaky::{Shaky, Trouble, dropped_after};

/// Generates one test per backend from one body, which gets a fresh database as `$db` and may use `?`.
///
/// The tests on servers are ignored by default: `cargo xtask test` starts the servers and runs them.
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

            #[test]
            fn sqlite() {
                crate::support::on_sqlite(|fresh| Box::pin(check(&fresh.db)));
            }

            #[test]
            #[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
            fn mariadb() {
                crate::support::on_mariadb(|fresh| Box::pin(check(&fresh.db)));
            }

            #[test]
            #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
            fn mysql() {
                crate::support::on_mysql(|fresh| Box::pin(check(&fresh.db)));
            }
        }
    )* };
}

/// Generates one test on every backend for each file: `load` creates the tables once for all cases of the file.
macro_rules! on_loaded_data {
    ($load:path; $($file:ident as $name:ident: $($case:ident)*;)*) => {
        on_every_backend! { $(
            async fn $name(db: Database) {
                $load(db).await?;
                $($file::$case(db).await?;)*
            }
        )* }
    };
}

/// Like `on_every_backend`, for what SQLite does not support.
macro_rules! on_servers {
    ($($(#[$meta:meta])* async fn $name:ident($fresh:ident: Fresh) $body:block)*) => { $(
        mod $name {
            #[allow(unused_imports, reason = "not every test names something of its file")]
            use super::*;

            $(#[$meta])*
            async fn check($fresh: &crate::support::Fresh) -> orm::Result<()> {
                $body
                Ok(())
            }

            #[test]
            #[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
            fn mariadb() {
                crate::support::on_mariadb(|fresh| Box::pin(check(fresh)));
            }

            #[test]
            #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
            fn mysql() {
                crate::support::on_mysql(|fresh| Box::pin(check(fresh)));
            }
        }
    )* };
}

/// Like `on_every_backend`, for what only SQLite supports, or does not.
macro_rules! on_sqlite {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: Database) $body:block)*) => { $(
        $(#[$meta])*
        #[test]
        fn $name() {
            async fn check($db: &orm::Database) -> orm::Result<()> {
                $body
                Ok(())
            }
            crate::support::on_sqlite(|fresh| Box::pin(check(&fresh.db)));
        }
    )* };
}

/// Like `on_servers`, for tests that start servers of their own, of the backend whose name they get.
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

            #[test]
            #[ignore = "starts a MariaDB server, as `cargo xtask test` does"]
            fn mariadb() {
                crate::support::on_its_own(Box::pin(check("mariadb")));
            }

            #[test]
            #[ignore = "starts a MySQL server, as `cargo xtask test` does"]
            fn mysql() {
                crate::support::on_its_own(Box::pin(check("mysql")));
            }
        }
    )* };
}
