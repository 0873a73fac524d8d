//! Opens connections to MySQL and MariaDB.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use orm_core::dialect::Dialect;
use orm_core::driver::{Backend, BoxFuture, Connection, Driver, Url};
use orm_core::{Error, ErrorKind, Result};

use crate::abandoned::Undertaker;
use crate::connection::MysqlConnection;
use crate::dialect::{MARIADB, MYSQL};
use crate::options::{KNOWN, Settings};
use crate::place::Place;
use crate::transport::{Direct, Library, Transport};

/// The backend of MySQL and MariaDB, with the schemes `mysql:` and `mariadb:`; a suffix after `+` selects the
/// transport.
pub static BACKEND: Backend = Backend {
    schemes: &["mysql", "mariadb", "mysql+direct", "mariadb+direct"],
    options: KNOWN,
    open: |url| {
        Ok(match url.scheme.split_once('+') {
            Some((_, "direct")) => Arc::new(MysqlDriver::<Direct>::new(url)?),
            _ => {
                Library::check(url)?;
                Arc::new(MysqlDriver::<Library>::new(url)?)
            }
        })
    },
};

/// The error code for a database that does not exist, or not for this user.
const NO_SUCH_DATABASE: u32 = 1049;

/// The error code for a wrong user or password.
const ACCESS_DENIED: u32 = 1045;

/// The error code for an unencrypted connection to a server with `require_secure_transport`.
const INSECURE_TRANSPORT: u32 = 3159;

struct MysqlDriver<T> {
    place: Arc<Place>,
    settings: Arc<Settings>,
    undertaker: Arc<Undertaker>,
    /// The dialect implied by the scheme, until a server has reported what it is.
    dialect: &'static Dialect,
    transport: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for MysqlDriver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MysqlDriver").field(&self.place.to_string()).finish()
    }
}

impl<T: Transport> MysqlDriver<T> {
    fn new(url: &Url) -> Result<Self> {
        let place = Arc::new(Place::read(url)?);
        Ok(MysqlDriver {
            settings: Arc::new(Settings::read(url)?),
            undertaker: Arc::new(Undertaker::new::<T>(place.clone())),
            place,
            dialect: if url.scheme.starts_with("mariadb") { &MARIADB } else { &MYSQL },
            transport: PhantomData,
        })
    }

    async fn open(&self) -> Result<MysqlConnection<T>> {
        let opened = async {
            let transport = T::connect(&self.place).await?;
            MysqlConnection::new(
                transport,
                self.place.clone(),
                self.settings.clone(),
                self.undertaker.clone(),
            )
            .await
        };
        in_time(&self.place, opened).await
    }

    /// Creates the database if the server reports that it does not exist: connecting is enough to know, and needs no
    /// privilege. <https://dev.mysql.com/doc/refman/8.4/en/create-database.html>
    async fn create(&self) -> Result<()> {
        let Some(name) = &self.place.database else {
            let why =
                format!("the URL of `{}` names no database: expected mysql://user@host/database", self.place);
            return Err(Error::new(ErrorKind::Configuration, why));
        };
        match self.open().await {
            Err(error) if error.code() == Some(NO_SUCH_DATABASE) => {}
            opened => return opened.map(drop),
        }
        let place = Place { database: None, ..(*self.place).clone() };
        let mut transport = in_time(&place, T::connect(&place)).await?;
        if let Some(defaults) = &self.settings.transactions {
            transport.command(defaults).await?; // with `read_only=true`, the server refuses to create anything
        }
        let create =
            format!("CREATE DATABASE IF NOT EXISTS `{}` CHARACTER SET utf8mb4", name.replace('`', "``"));
        transport.command(&create).await.map_err(|error| error.with_sql(&create))
    }
}

/// Returns whether the server may have refused this login because it was not encrypted. For a user with REQUIRE SSL, it says
/// the same as for a wrong password.
fn is_refused_without_tls(error: &Error) -> bool {
    matches!(error.code(), Some(ACCESS_DENIED | INSECURE_TRANSPORT))
}

/// Limits connecting to the timeout, and adds the address to its error.
async fn in_time<R>(place: &Place, connect: impl Future<Output = Result<R>>) -> Result<R> {
    let Place { connect_timeout, .. } = place;
    let failed = |why: String| format!("cannot connect to `{place}`: {why}");
    match tokio::time::timeout(*connect_timeout, connect).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => {
            let why = match std::error::Error::source(&error) {
                Some(cause) if error.is_connection_lost() => cause.to_string(),
                Some(cause) if error.is_connect() => format!("{error}: {cause}"),
                _ if error.code() == Some(NO_SUCH_DATABASE) => {
                    "the server has no such database; create it with `create_databases()` or `orm \
                     create-database`"
                        .to_owned()
                }
                _ if is_refused_without_tls(&error) && !place.is_encrypted() => format!(
                    "{error}; the connection is not encrypted, and a user or a server that requires TLS refuses it, whatever the \
                     password: see the option `ssl_mode`"
                ),
                _ => error.to_string(),
            };
            Err(error.into_kind(ErrorKind::Connect, failed(why)))
        }
        Err(_) => {
            let why = format!("no answer within {connect_timeout:?} (`connect_timeout`)");
            Err(Error::new(ErrorKind::Connect, failed(why)))
        }
    }
}

impl<T: Transport> Driver for MysqlDriver<T> {
    fn dialect(&self) -> &Dialect {
        self.dialect
    }

    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(
            async move { self.open().await.map(|connection| Box::new(connection) as Box<dyn Connection>) },
        )
    }

    fn create_database(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.create())
    }
}
