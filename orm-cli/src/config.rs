//! The file `orm.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use orm::DatabaseConfig;
use serde::Deserialize;

use crate::arguments::DialectName;
use crate::failure::{Failure, Outcome};
use crate::secret::without_passwords;

/// The default path.
pub(crate) const FILE: &str = "orm.toml";

/// The content of the file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    database: Option<toml::Table>,
    #[serde(default)]
    pub(crate) migrations: MigrationConfig,
}

/// The options of migrations.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct MigrationConfig {
    /// The folder.
    pub(crate) folder: Option<PathBuf>,
    /// The dialects that they are generated for.
    #[serde(default)]
    pub(crate) dialects: Vec<DialectName>,
    /// The options for databases that models refer to by name.
    #[serde(default)]
    binds: BTreeMap<String, MigrationConfig>,
}

impl MigrationConfig {
    /// Returns the migrations folder of a database.
    pub(crate) fn folder_of(&self, bind: Option<&str>) -> PathBuf {
        let of_all = || self.folder.clone().unwrap_or_else(|| "migrations".into());
        let Some(bind) = bind else { return of_all() };
        let own = self.binds.get(bind).and_then(|own| own.folder.clone());
        own.unwrap_or_else(|| of_all().join(bind))
    }

    /// Returns the dialects of a database's migrations.
    pub(crate) fn dialects_of(&self, bind: Option<&str>) -> &[DialectName] {
        let own = bind.and_then(|bind| self.binds.get(bind)).map(|own| own.dialects.as_slice());
        own.filter(|own| !own.is_empty()).unwrap_or(&self.dialects)
    }
}

impl Config {
    /// Reads the file, which must exist if it was given explicitly.
    pub(crate) fn read(path: Option<&Path>) -> Outcome<Self> {
        let file = path.unwrap_or(Path::new(FILE));
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if path.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Config::default());
            }
            Err(error) => return Err(Failure::file("read", file, &error)),
        };
        toml::from_str(&text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            wrong(file, &format!("line {}: {}", before.matches('\n').count() + 1, error.message()))
        })
    }

    /// Returns the URL of a database with all of its options, and the URL alone; `None` if the file has none.
    pub(crate) fn database(
        &self,
        file: &Path,
        bind: Option<&str>,
    ) -> Outcome<Option<(DatabaseConfig, String)>> {
        let Some(mut table) = self.database.clone() else { return Ok(None) };
        let binds = table.remove("binds");
        if let Some(bind) = bind {
            let found = binds.as_ref().and_then(|binds| binds.get(bind)).and_then(toml::Value::as_table);
            let Some(found) = found else { return Ok(None) };
            table = found.clone();
        }
        let url = table.get("url").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        let config = table.try_into().map_err(|error: toml::de::Error| wrong(file, error.message()))?;
        Ok(Some((config, url)))
    }
}

/// Returns the message without the offending line, which may contain a password.
fn wrong(file: &Path, message: &str) -> Failure {
    Failure::Usage(format!(
        "`{}` is not a valid configuration file: {}",
        file.display(),
        without_passwords(message)
    ))
}
