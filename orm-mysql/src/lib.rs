//! MySQL and MariaDB for [`orm`](https://docs.rs/orm), over `mysql_async` or a socket of its own. Use it through that crate.
//!
//! URLs read `mysql://user:password@host:3306/database` (or `mariadb://`; `mysql+direct://` for the socket). Each connection speaks utf8mb4, has its time
//! zone at UTC and a strict `sql_mode`, and counts the rows that an update finds rather than those it changes. Sessions
//! turn `autocommit` off instead of sending BEGIN, which saves a round trip. MySQL 8.0.19 and MariaDB 10.6 are the oldest
//! servers supported.

mod abandoned;
mod auto_keys;
mod connection;
mod dates;
mod dialect;
mod driver;
mod error;
mod functions;
mod json;
mod load;
mod moments;
mod options;
mod packet;
mod place;
mod reflection;
mod rows;
mod statements;
mod timely;
mod tls;
mod transport;
mod types;

pub use dialect::{MARIADB, MYSQL};
pub use driver::BACKEND;
