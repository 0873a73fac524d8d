//! Opening connections to MySQL and MariaDB.

use std::fmt;
use std::sync::Arc;

use orm_core::dialect::Dialect;
use orm_core::driver::{Backend, BoxFuture, Connection, Driver, Url};
use orm_core::{Error, ErrorKind, Result};

use crate::abandoned::Undertaker;
use crate::connection::MysqlConnection;
use crate::dialect::{MARIADB, MYSQL};
use crate::options::{KNOWN, Settings};
use crate::place::Place;
use crate::transport::{Library, Transport};

/// MySQL and MariaDB, by the schemes `mysql:` and `mariadb:`.
pub static BACKEND: Backend = Backend {
    schemes: &["mysql", "mariadb"],
    options: KNOWN,
    open: |url| Ok(Arc::new(MysqlDriver::new(url)?)),
};

struct MysqlDriver {
    place: Arc<Place>,
    settings: Arc<Settings>,
    undertaker: Arc<Undertaker>,
    /// What the scheme says, until a server has said what it is.
    dialect: &'static Dialect,
}

impl fmt::Debug for MysqlDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MysqlDriver").field(&self.place.to_string()).finish()
    }
}

impl MysqlDriver {
    fn new(url: &Url) -> Result<Self> {
        let place = Arc::new(Place::read(url)?);
        Ok(MysqlDriver {
            settings: Arc::new(Settings::read(url)?),
            undertaker: Arc::new(Undertaker::new::<Library>(place.clone())),
            place,
            dialect: if url.scheme == "mariadb" { &MARIADB } else { &MYSQL },
        })
    }

    async fn open<T: Transport>(&self) -> Result<MysqlConnection<T>> {
        let Place { connect_timeout, .. } = &*self.place;
        let connect = async {
            let transport = T::connect(&self.place).await?;
            MysqlConnection::new(transport, self.settings.clone(), self.undertaker.clone()).await
        };
        let place = &self.place;
        let failed = |why: String| format!("cannot connect to `{place}`: {why}");
        match tokio::time::timeout(*connect_timeout, connect).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => {
                let why = match std::error::Error::source(&error) {
                    Some(cause) if error.is_connection_lost() => cause.to_string(),
                    _ => error.to_string(),
                };
                Err(error.into_kind(ErrorKind::Connect, failed(why)))
            }
            Err(_) => {
                let why = format!("no answer within {connect_timeout:?}");
                Err(Error::new(ErrorKind::Connect, failed(why)))
            }
        }
    }
}

impl Driver for MysqlDriver {
    fn dialect(&self) -> &Dialect {
        self.dialect
    }

    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(async move {
            self.open::<Library>().await.map(|connection| Box::new(connection) as Box<dyn Connection>)
        })
    }
}
