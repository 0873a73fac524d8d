//! MySQL and MariaDB drivers for [`orm`](https://docs.rs/orm), over `mysql_async` or its own protocol implementation.
//! Use it through that crate.
//!
//! URLs have the form `mysql://user:password@host:3306/database` (or `mariadb://`; `mysql+direct://` for its own
//! protocol implementation). Each connection uses utf8mb4, the time zone UTC and a strict `sql_mode`, and counts the
//! rows that an update matches rather than those it changes. Sessions turn `autocommit` off instead of sending BEGIN,
//! which saves a round trip. The oldest supported servers are MySQL 8.0.19 and MariaDB 10.6.9.

mod abandoned;
mod auto_keys;
mod connection;
mod dates;
mod dialect;
mod driver;
mod error;
mod functions;
mod handover;
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
mod versions;

pub use dialect::{MARIADB, MYSQL};
pub use driver::BACKEND;
pub use versions::dialect_of;
