//! Configuration: a file, which the environment overrides.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context as _;
use orm::DatabaseConfig;
use serde::Deserialize;

/// The contents of `service.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    pub cursor_secret: String,
    #[serde(default)]
    pub log: LogFormat,
    pub limits: Limits,
    pub database: DatabaseConfig,
}

/// Limits for one request.
#[derive(Deserialize, Clone, Copy, Debug)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub request_milliseconds: u64,
    pub body_bytes: usize,
}

/// The format of the log.
#[derive(Deserialize, Default, Clone, Copy, PartialEq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

impl Config {
    /// Reads the file that `SERVICE_CONFIG` names, or the built-in one; then the environment.
    pub fn load() -> anyhow::Result<Self> {
        let mut config = match std::env::var_os("SERVICE_CONFIG") {
            Some(path) => {
                let path = Path::new(&path);
                let text = std::fs::read_to_string(path);
                let text =
                    text.with_context(|| format!("cannot read the configuration {}", path.display()))?;
                Self::parse(&text).with_context(|| format!("in the configuration {}", path.display()))?
            }
            None => Self::parse(include_str!("../service.toml"))?,
        };
        if let Ok(listen) = std::env::var("SERVICE_LISTEN") {
            config.listen = listen.parse().context("SERVICE_LISTEN is no address such as 127.0.0.1:8080")?;
        }
        if let Ok(secret) = std::env::var("SERVICE_CURSOR_SECRET") {
            config.cursor_secret = secret;
        }
        // All of the databases or none: a program that writes half of its data elsewhere helps nobody.
        if std::env::var_os("DATABASE_URL").is_some() {
            config.database = DatabaseConfig::from_env()?;
        } else if let Some(name) = a_part_of_the_databases(std::env::vars_os().map(|(name, _)| name)) {
            anyhow::bail!(
                "{name} is set, and DATABASE_URL is not: the environment names all databases or none"
            );
        }
        Ok(config)
    }

    /// Parses a file.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        Ok(toml::from_str(text)?)
    }
}

/// A variable for the databases, which means nothing without `DATABASE_URL`.
fn a_part_of_the_databases(names: impl Iterator<Item = OsString>) -> Option<String> {
    let mut names = names.filter_map(|name| name.into_string().ok());
    names.find(|name| name.starts_with("DATABASE_URL_") || name.starts_with("DATABASE_OPTIONS"))
}

#[cfg(test)]
mod tests {
    use super::{Config, LogFormat, a_part_of_the_databases};

    #[test]
    fn a_part_of_the_databases_is_noticed() {
        let found = |names: &[&str]| a_part_of_the_databases(names.iter().map(|&name| name.into()));
        assert_eq!(found(&["HOME", "DATABASE_URL_AUDIT"]).as_deref(), Some("DATABASE_URL_AUDIT"));
        assert_eq!(found(&["DATABASE_OPTIONS"]).as_deref(), Some("DATABASE_OPTIONS"));
        assert_eq!(found(&["HOME", "SERVICE_LISTEN"]), None);
    }

    #[test]
    fn the_file_that_comes_with_the_program_is_right() -> anyhow::Result<()> {
        let config = Config::parse(include_str!("../service.toml"))?;
        assert_eq!((config.listen.port(), config.log), (8080, LogFormat::Text));
        let state = crate::AppState::open(config)?;
        assert_eq!(state.db.binds().collect::<Vec<_>>(), ["audit", "cache"]);
        Ok(())
    }

    #[test]
    fn a_wrong_key_is_named() {
        let text = include_str!("../service.toml").replace("listen", "lissen");
        let error = Config::parse(&text).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("unknown field `lissen`"), "{error}");
    }
}
