//! Opening connections to MySQL and MariaDB.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use mysql_async::{Opts, OptsBuilder};
use orm_core::dialect::Dialect;
use orm_core::driver::{Backend, BoxFuture, Connection, Driver, OptionDef, Url};
use orm_core::{Error, ErrorKind, Result};

use crate::abandoned::Undertaker;
use crate::connection::MysqlConnection;
use crate::dialect::{MARIADB, MYSQL};
use crate::error::classify;
use crate::statements::Statements;

/// MySQL and MariaDB, by the schemes `mysql:` and `mariadb:`.
pub static BACKEND: Backend = Backend {
    schemes: &["mysql", "mariadb"],
    options: &[
        OptionDef { name: "socket", help: "the path of a Unix socket, instead of host and port" },
        OptionDef { name: "connect_timeout", help: "seconds to wait for a new connection (10)" },
        OptionDef { name: "local_infile", help: "let `bulk()` send rows as files (false)" },
        OptionDef { name: "statement_cache", help: "prepared statements kept per connection (256)" },
    ],
    open: |url| Ok(Arc::new(MysqlDriver::new(url)?)),
};

struct MysqlDriver {
    opts: Opts,
    /// Who connects to where, without the password.
    place: String,
    connect_timeout: Duration,
    undertaker: Arc<Undertaker>,
    /// How many prepared statements each connection keeps.
    cached: usize,
    local_infile: bool,
    /// What the scheme says, until a server has said what it is.
    dialect: &'static Dialect,
}

impl fmt::Debug for MysqlDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MysqlDriver").field(&self.place).finish()
    }
}

impl MysqlDriver {
    fn new(url: &Url) -> Result<Self> {
        let wrong = |why: &str| {
            let message =
                format!("the URL cannot be read ({why}); it reads mysql://user:password@host:3306/database");
            Error::new(ErrorKind::Configuration, message)
        };
        // Only this parser's own words are told: they never quote the URL.
        let parsed =
            url::Url::parse(&format!("mysql:{}", url.rest)).map_err(|error| wrong(&error.to_string()))?;
        let host =
            parsed.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("it names no host"))?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = parsed.port().unwrap_or(3306);
        let decode = |text: &str| {
            let bytes = percent_encoding::percent_decode_str(text);
            bytes
                .decode_utf8()
                .map(|text| text.into_owned())
                .map_err(|_| wrong("a part of it is not UTF-8 once decoded"))
        };
        let user = Some(decode(parsed.username())?).filter(|user| !user.is_empty());
        let password = parsed.password().map(decode).transpose()?;
        let database = Some(decode(parsed.path().trim_start_matches('/'))?).filter(|name| !name.is_empty());
        if database.as_ref().is_some_and(|name| name.contains('/')) {
            return Err(wrong("it names more than one database"));
        }
        let socket = url.option("socket").map(str::to_owned);
        let place = format!(
            "{}@{}{}",
            user.as_deref().unwrap_or_default(),
            socket.clone().unwrap_or_else(|| format!("{host}:{port}")),
            database.as_ref().map(|name| format!("/{name}")).unwrap_or_default(),
        );
        let seconds: u64 = url.parse("connect_timeout", "a whole number of seconds")?.unwrap_or(10);
        let cached: usize = url.parse("statement_cache", "a whole number")?.unwrap_or(256);
        let opts: Opts = OptsBuilder::default()
            .ip_or_hostname(host)
            .tcp_port(port)
            .user(user)
            .pass(password)
            .db_name(database)
            // A socket only if it is asked for: the driver would look for one behind the URL's back.
            .prefer_socket(Some(false))
            .socket(socket)
            // They are kept by `Statements` instead.
            .stmt_cache_size(Some(0))
            // Without it, an update to the values that a row has already would seem to find no row.
            .client_found_rows(true)
            .into();
        Ok(MysqlDriver {
            undertaker: Arc::new(Undertaker::new(opts.clone())),
            opts,
            place,
            connect_timeout: Duration::from_secs(seconds),
            cached,
            local_infile: url.parse("local_infile", "true or false")?.unwrap_or(false),
            dialect: if url.scheme == "mariadb" { &MARIADB } else { &MYSQL },
        })
    }

    async fn open(&self) -> Result<MysqlConnection> {
        let connect = async {
            let connection = mysql_async::Conn::new(self.opts.clone()).await.map_err(classify)?;
            let statements = Statements::new(self.cached);
            MysqlConnection::new(connection, statements, self.undertaker.clone(), self.local_infile).await
        };
        let failed = |why: String| format!("cannot connect to `{}`: {why}", self.place);
        match tokio::time::timeout(self.connect_timeout, connect).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => {
                let why = match std::error::Error::source(&error) {
                    Some(cause) if error.is_connection_lost() => cause.to_string(),
                    _ => error.to_string(),
                };
                Err(error.into_kind(ErrorKind::Connect, failed(why)))
            }
            Err(_) => {
                let why = format!("no answer within {:?}", self.connect_timeout);
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
        Box::pin(
            async move { self.open().await.map(|connection| Box::new(connection) as Box<dyn Connection>) },
        )
    }
}
