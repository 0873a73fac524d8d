//! Short-lived passwords.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::BoxFuture;
use crate::error::{Error, ErrorKind, Result};

type Answer = std::result::Result<String, Box<dyn StdError + Send + Sync>>;

/// The source of passwords, asked for each new connection; see
/// [`password_from`](crate::database::DatabaseBuilder::password_from). Its `Debug` output reveals nothing.
///
/// ```
/// use orm::driver::{Passwords, Url};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// let passwords = Passwords::new(|| async { Ok::<_, std::io::Error>("secret".to_owned()) });
/// let url = Url { scheme: "remote".into(), passwords: Some(passwords), ..Url::default() };
/// if let Some(passwords) = &url.passwords {
///     assert_eq!(passwords.next().await?, "secret"); // what a driver does as it connects
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Passwords(Arc<dyn Fn() -> BoxFuture<'static, Answer> + Send + Sync>);

impl Passwords {
    /// Creates a source that calls `source` for each password.
    ///
    /// ```
    /// use orm::driver::Passwords;
    /// let passwords = Passwords::new(|| async { std::fs::read_to_string("/run/secrets/database") });
    /// assert_eq!(format!("{passwords:?}"), "Passwords");
    /// ```
    pub fn new<F, E>(source: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = std::result::Result<String, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Passwords(Arc::new(move || {
            let answer = source();
            Box::pin(async move { answer.await.map_err(Into::into) })
        }))
    }

    /// Returns the password for the next connection.
    ///
    /// ```
    /// use orm::driver::Passwords;
    /// use std::error::Error;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let passwords = Passwords::new(|| async { Err("the vault is sealed") });
    /// let error = passwords.next().await.unwrap_err();
    /// assert!(error.is_connect());
    /// assert_eq!(error.source().unwrap().to_string(), "the vault is sealed");
    /// # }
    /// ```
    ///
    /// # Errors
    /// Kind `Connect`, with the error of the source.
    pub async fn next(&self) -> Result<String> {
        (self.0)().await.map_err(|error| {
            Error::new(ErrorKind::Connect, "cannot get the password: `password_from` failed")
                .with_cause(error.into())
        })
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passwords")
    }
}
