//! The SQLite driver of [`orm`](https://docs.rs/orm), over `rusqlite`. Use it through that crate.
//!
//! SQLite runs in the calling thread: a statement by key takes about a microsecond, a hop to another thread fifty.
//! Connections of one [`Database`](orm_core::Database) take turns at writing with an asynchronous lock, so that no
//! thread ever blocks on SQLite's own lock; a lock held by another process is awaited by sleeping.
//!
//! | | |
//! |---|---|
//! | `sqlite::memory:` | in memory: one connection, which all clones of the `Database` share |
//! | `sqlite:app.db`, `sqlite:///var/lib/app.db` | a file, created if it does not exist, in WAL mode |

mod attempt;
mod auto_keys;
mod away;
mod bind;
mod cells;
mod connection;
mod dates;
mod decimal;
mod definition;
mod dialect;
mod driver;
mod error;
mod functions;
mod joined;
mod json;
mod math;
mod reflection;
mod regexp;
mod row_key;
mod spread;
mod text;
mod types;
mod write_lock;

pub use dialect::DIALECT;
pub use driver::BACKEND;
