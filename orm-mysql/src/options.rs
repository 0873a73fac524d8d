//! What a URL says of its connections.

use std::time::Duration;

use mysql_async::{Compression, Opts, OptsBuilder};
use orm_core::driver::{OptionDef, Url};
use orm_core::{Error, ErrorKind, Result};

use crate::{packet, tls};

/// The options that the URLs of MySQL and MariaDB take.
pub(crate) const KNOWN: &[OptionDef] = &[
    OptionDef { name: "socket", help: "the path of a Unix socket, instead of host and port" },
    OptionDef { name: "connect_timeout", help: "how long to wait for a new connection (10s)" },
    OptionDef {
        name: "read_timeout",
        help: "how long the server may take to answer, or to go on with it (no limit)",
    },
    OptionDef {
        name: "ssl_mode",
        help: "disabled, required (encrypted, for anybody), or verify_identity (disabled)",
    },
    OptionDef {
        name: "ssl_ca",
        help: "a PEM file with the authorities to trust, instead of the public ones",
    },
    OptionDef { name: "ssl_cert", help: "a PEM file with the certificate of this client" },
    OptionDef { name: "ssl_key", help: "a PEM file with its key" },
    OptionDef {
        name: "ssl_host",
        help: "the name that the server's certificate is for, instead of the URL's host",
    },
    OptionDef { name: "compression", help: "true: less to transfer, more to compute (false)" },
    OptionDef { name: "collation", help: "of texts in statements: one of utf8mb4 (the server's)" },
    OptionDef { name: "time_zone", help: "of NOW() and TIMESTAMP columns, such as +02:00 (+00:00)" },
    OptionDef { name: "sql_mode", help: "modes beside the strict ones, such as NO_ZERO_DATE" },
    OptionDef { name: "init", help: "statements to run on each new connection, separated by semicolons" },
    OptionDef { name: "local_infile", help: "let `bulk()` send rows as files (false)" },
    OptionDef { name: "statement_cache", help: "prepared statements kept per connection (256)" },
];

/// What is said of the place: where it is, and how to get there.
pub(crate) struct Options {
    pub(crate) opts: Opts,
    /// Who connects to where, without the password.
    pub(crate) place: String,
    pub(crate) connect_timeout: Duration,
}

/// What is said of each connection once it is there.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The statement that sets it up.
    pub(crate) setup: String,
    /// Statements that are to be run on it then.
    pub(crate) init: Option<String>,
    /// How many prepared statements it keeps.
    pub(crate) cached: usize,
    /// Whether the program allows that files of rows are sent.
    pub(crate) local_infile: bool,
    /// How long the server may leave it without an answer.
    pub(crate) read_timeout: Option<Duration>,
}

impl Options {
    pub(crate) fn read(url: &Url) -> Result<Self> {
        let Place { user, password, host, port, database } = Place::read(url)?;
        let socket = url.option("socket").map(str::to_owned);
        let place = format!(
            "{}@{}{}",
            user.as_deref().unwrap_or_default(),
            socket.clone().unwrap_or_else(|| format!("{host}:{port}")),
            database.as_ref().map(|name| format!("/{name}")).unwrap_or_default(),
        );
        let compressed = url.parse("compression", "true or false")?.unwrap_or(false);
        let builder = OptsBuilder::default()
            .ip_or_hostname(host)
            .tcp_port(port)
            .user(user)
            .pass(password)
            .db_name(database)
            // A socket only if it is asked for: the driver would look for one behind the URL's back.
            .prefer_socket(Some(false))
            .socket(socket)
            .compression(compressed.then(Compression::fast))
            // What the driver would ask the server, on a way of its own: the first is looked at here, and the second is of use
            // to its own pool only.
            .max_allowed_packet(Some(packet::ANY))
            .wait_timeout(Some(0))
            // They are kept by `Statements` instead.
            .stmt_cache_size(Some(0))
            // Without it, an update to the values that a row has already would seem to find no row.
            .client_found_rows(true);
        Ok(Options {
            opts: tls::set(url, builder)?.into(),
            place,
            connect_timeout: url.duration("connect_timeout")?.unwrap_or(Duration::from_secs(10)),
        })
    }
}

impl Settings {
    pub(crate) fn read(url: &Url) -> Result<Self> {
        Ok(Settings {
            setup: setup(url)?,
            init: url.option("init").map(str::to_owned),
            cached: url.parse("statement_cache", "a whole number")?.unwrap_or(256),
            local_infile: url.parse("local_infile", "true or false")?.unwrap_or(false),
            read_timeout: url.duration("read_timeout")?,
        })
    }
}

/// What is set on each connection. The strict modes make what does not fit an error instead of something else. Joined texts
/// would be cut off without a word, by default after 1024 bytes.
fn setup(url: &Url) -> Result<String> {
    let collation = match word(url, "collation", "a collation of utf8mb4")? {
        Some(name) if !name.starts_with("utf8mb4_") => {
            return Err(wrong(format!(
                "the option `collation` is `{name}`; expected one of utf8mb4, which is what texts are sent in"
            )));
        }
        Some(name) => format!(" COLLATE {name}"),
        None => String::new(),
    };
    let zone = word(url, "time_zone", "a time zone such as +02:00 or Europe/Berlin")?.unwrap_or("+00:00");
    let modes = word(url, "sql_mode", "modes such as NO_ZERO_DATE,NO_ZERO_IN_DATE")?;
    if modes.unwrap_or_default().split(',').any(|mode| mode.eq_ignore_ascii_case("NO_BACKSLASH_ESCAPES")) {
        let message = "the mode NO_BACKSLASH_ESCAPES changes what texts in statements mean; no statement needs it, since \
                       values are bound";
        return Err(wrong(message.to_owned()));
    }
    let modes = modes.map(|modes| format!(",{modes}")).unwrap_or_default();
    Ok(format!(
        "SET NAMES utf8mb4{collation}, time_zone = '{zone}', autocommit = 1, \
         group_concat_max_len = @@max_allowed_packet, \
         sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION{modes}')"
    ))
}

/// An option that gets into a statement, and has nothing in it that would end a text there.
fn word<'u>(url: &'u Url, name: &str, expected: &str) -> Result<Option<&'u str>> {
    let Some(value) = url.option(name) else { return Ok(None) };
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "_+-:/,".contains(letter);
    if value.is_empty() || !value.chars().all(fits) {
        return Err(wrong(format!("the option `{name}` is `{value}`; expected {expected}")));
    }
    Ok(Some(value))
}

pub(crate) fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

/// What stands before the options.
struct Place {
    user: Option<String>,
    password: Option<String>,
    host: String,
    port: u16,
    database: Option<String>,
}

impl Place {
    fn read(url: &Url) -> Result<Self> {
        let unreadable = |why: &str| {
            wrong(format!(
                "the URL cannot be read ({why}); it reads mysql://user:password@host:3306/database"
            ))
        };
        // Only this parser's own words are told: they never quote the URL.
        let parsed = url::Url::parse(&format!("mysql:{}", url.rest))
            .map_err(|error| unreadable(&error.to_string()))?;
        let host = parsed.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| unreadable("it names no host"))?;
        let decode = |text: &str| {
            let bytes = percent_encoding::percent_decode_str(text);
            let text =
                bytes.decode_utf8().map_err(|_| unreadable("a part of it is not UTF-8 once decoded"))?;
            Ok::<_, Error>(text.into_owned())
        };
        let database = Some(decode(parsed.path().trim_start_matches('/'))?).filter(|name| !name.is_empty());
        if database.as_ref().is_some_and(|name| name.contains('/')) {
            return Err(unreadable("it names more than one database"));
        }
        Ok(Place {
            user: Some(decode(parsed.username())?).filter(|user| !user.is_empty()),
            password: parsed.password().map(decode).transpose()?,
            host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: parsed.port().unwrap_or(3306),
            database,
        })
    }
}
