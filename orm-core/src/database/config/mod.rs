//! The configuration of databases as a value.

mod read;
mod variables;

use std::fmt;

/// Which databases a program uses, with their options: as a value that comes from a file or from the environment.
///
/// | | default database | further ones |
/// |---|---|---|
/// | a file, through serde | `url = "…"`, and options by their names: `max_connections = 20` | a table each: `[binds.audit]`, with the same keys |
/// | the environment | `DATABASE_URL`, and `DATABASE_OPTIONS=max_connections=20&slow=200ms` | `DATABASE_URL_AUDIT`, and `DATABASE_OPTIONS_AUDIT` |
/// | [`DatabaseBuilder`](crate::database::DatabaseBuilder) | `.url("…").max_connections(20)` | `.bind_with("audit", "…", \|b\| b.max_connections(3))` |
///
/// Copies to [read from](crate::Database::replica) are `replicas = ["…"]` in a file, and in the environment `DATABASE_REPLICAS` and
/// `DATABASE_REPLICAS_AUDIT`, URLs with spaces between them.
///
/// All three say the same, and so does a URL: `mysql://…?max_connections=20`. An option that is said twice is taken from
/// where it is said closer to the program. Names and values are checked when the database is opened; a wrong one is an
/// error that lists the known ones.
///
/// Its `Debug` form holds names only: a URL may hold a password.
///
/// ```
/// use orm::prelude::*;
/// use orm::DatabaseConfig;
///
/// let file = r#"{ "url": "sqlite::memory:", "binds": { "audit": { "url": "sqlite::memory:", "slow": "200ms" } } }"#;
/// let config: DatabaseConfig = serde_json::from_str(file).unwrap();
/// let db = Database::builder().config(config).open()?;
/// assert_eq!(db.binds().collect::<Vec<_>>(), ["audit"]);
/// # Ok::<(), orm::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DatabaseConfig {
    pub(super) url: Option<String>,
    pub(super) options: Vec<(String, String)>,
    pub(super) binds: Vec<(String, DatabaseConfig)>,
    pub(super) replicas: Vec<String>,
}

impl fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options: Vec<&str> = self.options.iter().map(|(name, _)| name.as_str()).collect();
        let mut debug = f.debug_struct("DatabaseConfig");
        debug.field("options", &options).field("binds", &self.binds).finish_non_exhaustive()
    }
}
