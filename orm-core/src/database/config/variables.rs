//! Configurations from the environment.

use super::DatabaseConfig;
use crate::database::url::pairs;
use crate::error::{Error, ErrorKind, Result};

const URL: &str = "DATABASE_URL";
const OPTIONS: &str = "DATABASE_OPTIONS";
const REPLICAS: &str = "DATABASE_REPLICAS";

impl DatabaseConfig {
    /// Reads the configuration from environment variables, as [`from_variables`](Self::from_variables) does.
    ///
    /// ```
    /// use orm::DatabaseConfig;
    /// let error = DatabaseConfig::from_env().unwrap_err(); // no database is set where this runs
    /// assert_eq!(error.to_string(), "the variable `DATABASE_URL` is not set");
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if a variable is missing or wrong.
    pub fn from_env() -> Result<Self> {
        let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        let ours = names.filter(|name| [URL, OPTIONS, REPLICAS].iter().any(|ours| name.starts_with(ours)));
        let variables = ours.map(|name| {
            let value = std::env::var(&name);
            let value = value.map_err(|_| wrong(format!("the variable `{name}` is not UTF-8")));
            value.map(|value| (name, value))
        });
        Self::from_variables(variables.collect::<Result<Vec<_>>>()?)
    }

    /// Reads the configuration from variables: `DATABASE_URL` for the default database, `DATABASE_URL_AUDIT` for one called
    /// `audit`, and their options in `DATABASE_OPTIONS` and `DATABASE_OPTIONS_AUDIT`, written as in a URL. Other variables
    /// are ignored.
    ///
    /// ```
    /// use orm::DatabaseConfig;
    /// use orm::prelude::*;
    /// let config = DatabaseConfig::from_variables([
    ///     ("DATABASE_URL", "mysql://root@localhost/app"),
    ///     ("DATABASE_OPTIONS", "max_connections=20&slow=200ms"),
    ///     ("DATABASE_URL_AUDIT", "sqlite:audit.db"),
    /// ])?;
    /// let db = Database::builder().config(config).open()?;
    /// assert_eq!((db.pool_status().max, db.on("audit")?.dialect().name), (20, "SQLite"));
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if `DATABASE_URL` is missing, or there are options for a database that is not set.
    pub fn from_variables<N, V>(variables: impl IntoIterator<Item = (N, V)>) -> Result<Self>
    where
        N: Into<String>,
        V: Into<String>,
    {
        let mut variables: Vec<(String, String)> =
            variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        // The environment has no meaningful order.
        variables.sort();
        let mut config = DatabaseConfig::default();
        for (name, url) in &variables {
            if suffix(name, URL).is_some() && url.trim().is_empty() {
                return Err(wrong(format!(
                    "the variable `{name}` is empty: set it to a URL such as `mysql://root@localhost/app`, or unset it"
                )));
            }
            match suffix(name, URL) {
                Some("") => config.url = Some(url.clone()),
                Some(bind) => {
                    let bind_config = DatabaseConfig { url: Some(url.clone()), ..Self::default() };
                    config.binds.push((bind.to_lowercase(), bind_config));
                }
                None => {}
            }
        }
        if config.url.is_none() {
            return Err(wrong(format!("the variable `{URL}` is not set")));
        }
        for (name, options) in &variables {
            let Some(bind) = suffix(name, OPTIONS) else { continue };
            let options = pairs(options)
                .map_err(|_| wrong(format!("the variable `{name}` is not UTF-8 after percent-decoding")))?;
            config.bind_called(bind, name)?.options = options;
        }
        for (name, urls) in &variables {
            let Some(bind) = suffix(name, REPLICAS) else { continue };
            config.bind_called(bind, name)?.replicas = urls.split_whitespace().map(str::to_owned).collect();
        }
        Ok(config)
    }

    /// The database that the options in a variable are for.
    fn bind_called(&mut self, bind: &str, variable: &str) -> Result<&mut DatabaseConfig> {
        if bind.is_empty() {
            return Ok(self);
        }
        let name = bind.to_lowercase();
        let known: Vec<String> = self.binds.iter().map(|(name, _)| format!("`{name}`")).collect();
        let found = self.binds.iter_mut().find(|(known, _)| *known == name);
        found.map(|(_, config)| config).ok_or_else(|| {
            let known = if known.is_empty() {
                "there are none".to_owned()
            } else {
                format!("there are {}", known.join(", "))
            };
            wrong(format!(
                "the variable `{variable}` is for the database `{name}`, but `{URL}_{bind}` is not set; \
                 besides the default database {known}"
            ))
        })
    }
}

/// Returns `AUDIT` for `DATABASE_URL_AUDIT`; `None` if the name has another form.
fn suffix<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    match name.strip_prefix(prefix)? {
        "" => Some(""),
        rest => rest.strip_prefix('_').filter(|bind| !bind.is_empty()),
    }
}

fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
