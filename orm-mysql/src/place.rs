//! The address of a server, and how to connect to it.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use orm_core::driver::{Address, Passwords, Url};
use orm_core::{Error, Result};

use crate::options::wrong;
use crate::tls::{self, Tls};

/// How long a connection may be silent until the system asks the server's for a sign of life (TCP keepalive). Shorter than the
/// time after which load balancers and NAT gateways forget a connection.
pub(crate) const KEEPALIVE: Duration = Duration::from_secs(60);

/// The parts of a URL that concern the connection to the server.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) user: Option<String>,
    pub(crate) password: Password,
    pub(crate) host: String,
    pub(crate) port: u16,
    /// The path of a Unix socket, instead of host and port.
    pub(crate) socket: Option<String>,
    pub(crate) database: Option<String>,
    /// The encryption, if any.
    pub(crate) tls: Option<Tls>,
    pub(crate) compressed: bool,
    /// The limit for a new connection.
    pub(crate) connect_timeout: Duration,
    /// How long the server may take for an answer.
    pub(crate) read_timeout: Option<Duration>,
    /// How long the server may take to accept a packet.
    pub(crate) write_timeout: Option<Duration>,
    /// The program name that is sent to the server.
    pub(crate) program_name: Option<String>,
}

/// The password.
#[derive(Clone)]
pub(crate) enum Password {
    /// None is needed.
    None,
    Known(String),
    /// A source that is asked for each connection.
    Asked(Passwords),
}

impl Password {
    /// Returns the password for a new connection.
    pub(crate) async fn next(&self) -> Result<Option<String>> {
        match self {
            Password::None => Ok(None),
            Password::Known(password) => Ok(Some(password.clone())),
            Password::Asked(passwords) => passwords.next().await.map(Some),
        }
    }
}

impl fmt::Display for Place {
    /// Writes user and address, without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@", self.user.as_deref().unwrap_or_default())?;
        match &self.socket {
            Some(socket) => write!(f, "{socket}")?,
            None if self.host.contains(':') => write!(f, "[{}]:{}", self.host, self.port)?,
            None => write!(f, "{}:{}", self.host, self.port)?,
        }
        self.database.as_ref().map_or(Ok(()), |name| write!(f, "/{name}"))
    }
}

impl Place {
    /// Returns the address for spans.
    pub(crate) fn address(&self) -> Address<'_> {
        let server = self.socket.as_deref().unwrap_or(&self.host);
        let port = self.socket.is_none().then_some(self.port);
        Address { server: Some(server), port, database: self.database.as_deref() }
    }

    /// Returns the attributes that are sent with the login, and appear in `performance_schema.session_connect_attrs`.
    pub(crate) fn attributes(&self) -> Option<HashMap<String, String>> {
        let name = self.program_name.clone()?;
        Some(HashMap::from([("program_name".to_owned(), name)]))
    }

    /// Returns whether only the server can read what is sent, since its certificate is verified or it is on this
    /// machine.
    pub(crate) fn is_private(&self) -> bool {
        self.socket.is_some() || self.tls.as_ref().is_some_and(|tls| tls.verified)
    }

    /// Returns whether the connection is encrypted, or never leaves this machine, which servers accept in its place.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.socket.is_some() || self.tls.is_some()
    }

    pub(crate) fn read(url: &Url) -> Result<Self> {
        let unreadable = |why: &str| {
            wrong(format!(
                "the URL cannot be parsed ({why}); expected mysql://user:password@host:3306/database"
            ))
        };
        // Otherwise, a part of a password would be taken for a host, a port or the name of a database.
        if let Some(encoded) = url.not_encoded() {
            return Err(wrong(format!(
                "the URL cannot be parsed (there is an `@` after its host); {encoded}"
            )));
        }
        // Only the parser's own messages are reported: they never quote the URL.
        let parsed = url::Url::parse(&format!("mysql:{}", url.rest))
            .map_err(|error| unreadable(&error.to_string()))?;
        let host = parsed.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| unreadable("it names no host"))?;
        let decode = |text: &str| {
            let bytes = percent_encoding::percent_decode_str(text);
            let text = bytes
                .decode_utf8()
                .map_err(|_| unreadable("a part of it is not UTF-8 after percent-decoding"))?;
            Ok::<_, Error>(text.into_owned())
        };
        let database = Some(decode(parsed.path().trim_start_matches('/'))?).filter(|name| !name.is_empty());
        if database.as_ref().is_some_and(|name| name.contains('/')) {
            return Err(unreadable("it names more than one database"));
        }
        let user = match url.option("user") {
            Some(user) => user.to_owned(),
            None => decode(parsed.username())?,
        };
        let password = match (&url.passwords, url.option("password"), parsed.password()) {
            (Some(passwords), ..) => Password::Asked(passwords.clone()),
            (_, Some(password), _) => Password::Known(password.to_owned()),
            (_, _, Some(password)) => Password::Known(decode(password)?),
            _ => Password::None,
        };
        Ok(Place {
            user: Some(user).filter(|user| !user.is_empty()),
            password,
            host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: parsed.port().unwrap_or(3306),
            socket: url.option("socket").map(str::to_owned),
            database,
            tls: tls::read(url)?,
            compressed: url.parse("compression", "true or false")?.unwrap_or(false),
            connect_timeout: url.duration("connect_timeout")?.unwrap_or(Duration::from_secs(10)),
            read_timeout: url.duration("read_timeout")?,
            write_timeout: url.duration("write_timeout")?,
            program_name: url.option("program_name").map(str::to_owned),
        })
    }
}
