//! Drivers by URL.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Driver, Passwords};
use crate::database::ENCODED;
use crate::error::{Error, ErrorKind, Result};

/// A kind of database, found by the scheme of a URL.
///
/// `Database::open` knows those of this crate; a backend of your own opens a driver for
/// [`DatabaseBuilder::open_with`](crate::database::DatabaseBuilder::open_with).
///
/// ```
/// use std::sync::Arc;
/// use orm::driver::{Backend, OptionDef};
/// # use orm::driver::{BoxFuture, Connection, Driver};
/// # #[derive(Debug)]
/// # struct Remote { host: String }
/// # impl Driver for Remote {
/// #     fn dialect(&self) -> &orm::dialect::Dialect { &orm::dialect::SQLITE }
/// #     fn connect(&self) -> BoxFuture<'_, orm::Result<Box<dyn Connection>>> {
/// #         Box::pin(async { Err(orm::Error::new(orm::ErrorKind::Connect, format!("{} is away", self.host))) })
/// #     }
/// # }
///
/// static REMOTE: Backend = Backend {
///     schemes: &["remote"],
///     options: &[OptionDef { name: "retries", help: "how often to ask again: 3 if it is not said" }],
///     open: |url| {
///         let _retries = url.parse::<u32>("retries", "a number")?.unwrap_or(3);
///         Ok(Arc::new(Remote { host: url.rest.clone() }))
///     },
/// };
/// let url = orm::driver::Url {
///     scheme: "remote".into(),
///     rest: "//example.org".into(),
///     options: vec![("retries".into(), "many".into())],
///     passwords: None,
/// };
/// let error = (REMOTE.open)(&url).unwrap_err();
/// assert_eq!(error.to_string(), "the option `retries` is `many`; expected a number");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Backend {
    /// The schemes of its URLs.
    pub schemes: &'static [&'static str],
    /// The options of its URLs, in addition to those of the pool. An option called `password` means that connections
    /// log in, which [`password_from`](crate::database::DatabaseBuilder::password_from) requires; if there is an
    /// option `read_only`, [read replicas](crate::database::DatabaseBuilder::replica) are opened with
    /// `read_only=true`.
    pub options: &'static [OptionDef],
    /// Makes a driver, without opening a connection.
    pub open: fn(&Url) -> Result<Arc<dyn Driver>>,
}

/// An option of a URL.
///
/// ```
/// use orm::prelude::*;
/// // The error for an option that a backend does not have says what it has.
/// let error = Database::open("sqlite::memory:?colour=red").unwrap_err().to_string();
/// assert!(error.contains("`busy_timeout`: how long to wait for another writer (5s)"), "{error}");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct OptionDef {
    /// Its name.
    pub name: &'static str,
    /// A short description, with the default.
    pub help: &'static str,
}

/// A parsed database URL. Its `Debug` output hides everything but the scheme, since the URL may contain a password.
///
/// ```
/// use orm::driver::Url;
/// use std::time::Duration;
/// let url = Url {
///     scheme: "remote".into(),
///     rest: "//example.org/app".into(),
///     options: vec![("timeout".into(), "5s".into()), ("retries".into(), "3".into())],
///     passwords: None,
/// };
/// assert_eq!(url.duration("timeout")?, Some(Duration::from_secs(5)));
/// assert_eq!(url.parse::<u32>("retries", "a number")?, Some(3));
/// assert_eq!(url.option("colour"), None);
/// assert_eq!(format!("{url:?}"), r#"Url { scheme: "remote", .. }"#);
/// # Ok::<(), orm::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Url {
    /// The part before the first colon.
    pub scheme: String,
    /// The part between the scheme's colon and the question mark.
    pub rest: String,
    /// The options, decoded.
    pub options: Vec<(String, String)>,
    /// The source of passwords, if the URL contains none.
    pub passwords: Option<Passwords>,
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Url").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

impl Url {
    /// Returns the value of an option.
    ///
    /// ```
    /// use orm::driver::Url;
    /// let options = vec![("retries".into(), "3".into())];
    /// let url = Url { scheme: "remote".into(), options, ..Url::default() };
    /// assert_eq!((url.option("retries"), url.option("colour")), (Some("3"), None));
    /// ```
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns a hint for a URL that cannot be parsed, if a password with unencoded delimiters seems to be the
    /// reason. The hint contains nothing of the URL.
    ///
    /// ```
    /// use orm::driver::Url;
    /// let url = |rest: &str| Url { scheme: "remote".into(), rest: rest.into(), ..Url::default() };
    /// assert_eq!(url("//ann:secret@example.org/app").not_encoded(), None);
    /// assert!(url("//ann:s/cret@example.org/app").not_encoded().unwrap().contains("percent-encoded"));
    /// ```
    #[must_use]
    pub fn not_encoded(&self) -> Option<&'static str> {
        let place = self.rest.trim_start_matches('/');
        let end = place.find(['/', '#'])?;
        place[end..].contains('@').then_some(ENCODED)
    }

    /// Parses the value of an option as a `T`.
    ///
    /// ```
    /// use orm::driver::Url;
    /// let options = vec![("retries".into(), "3".into()), ("size".into(), "big".into())];
    /// let url = Url { scheme: "remote".into(), options, ..Url::default() };
    /// assert_eq!(url.parse::<u32>("retries", "a number")?, Some(3));
    /// let error = url.parse::<u32>("size", "a number of pages").unwrap_err();
    /// assert_eq!(error.to_string(), "the option `size` is `big`; expected a number of pages");
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the value cannot be parsed; the message names the option and what was `expected`.
    pub fn parse<T: std::str::FromStr>(&self, name: &str, expected: &str) -> Result<Option<T>> {
        let Some(value) = self.option(name) else { return Ok(None) };
        value.parse().map(Some).map_err(|_| {
            let message = format!("the option `{name}` is `{value}`; expected {expected}");
            Error::new(ErrorKind::Configuration, message)
        })
    }

    /// Parses the value of an option as a duration: `500ms`, `30s`, `5m`, `2h`, or a bare number of seconds.
    ///
    /// ```
    /// use std::time::Duration;
    /// use orm::driver::Url;
    /// let options = vec![("timeout".into(), "500ms".into()), ("pause".into(), "long".into())];
    /// let url = Url { scheme: "remote".into(), options, ..Url::default() };
    /// assert_eq!(url.duration("timeout")?, Some(Duration::from_millis(500)));
    /// assert!(url.duration("pause").unwrap_err().is_configuration());
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the value cannot be parsed; the message names the option.
    pub fn duration(&self, name: &str) -> Result<Option<Duration>> {
        let Some(value) = self.option(name) else { return Ok(None) };
        let digits = value.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let millis = match &value[digits.len()..] {
            "ms" => 1,
            "" | "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => 0,
        };
        match digits.parse::<u64>() {
            Ok(number) if millis > 0 => Ok(Some(Duration::from_millis(number.saturating_mul(millis)))),
            _ => {
                let message =
                    format!("the option `{name}` is `{value}`; expected a time such as 500ms, 30s, 5m or 2h");
                Err(Error::new(ErrorKind::Configuration, message))
            }
        }
    }
}
