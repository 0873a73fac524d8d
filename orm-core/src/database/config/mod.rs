//! Database configurations as values.

mod read;
mod variables;

use std::fmt;

/// The databases of a program and their options, as a value that can be read from a file or from the environment.
///
/// | | default database | further ones |
/// |---|---|---|
/// | a file, through serde | `url = "…"`, and options by their names: `max_connections = 20` | a table each: `[binds.audit]`, with the same keys |
/// | the environment | `DATABASE_URL`, and `DATABASE_OPTIONS=max_connections=20&slow=200ms` | `DATABASE_URL_AUDIT`, and `DATABASE_OPTIONS_AUDIT` |
/// | [`DatabaseBuilder`](crate::database::DatabaseBuilder) | `.url("…").max_connections(20)` | `.bind_with("audit", "…", \|b\| b.max_connections(3))` |
///
/// [Read replicas](crate::Database::replica) are `replicas = ["…"]` in a file, and `DATABASE_REPLICAS` and
/// `DATABASE_REPLICAS_AUDIT` in the environment: URLs separated by spaces.
///
/// All three are equivalent, and so is a URL: `mysql://…?max_connections=20`. If an option is set more than once, the place
/// closer to the program wins. Names and values are checked when the database is opened; a wrong one is an error that lists
/// the known ones.
///
/// Its `Debug` form shows names only, since a URL may contain a password.
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
