//! Connection options of URLs.

use orm_core::driver::{Isolation, OptionDef, Url};
use orm_core::{Error, ErrorKind, Result};

/// The options in URLs of MySQL and MariaDB.
pub(crate) const KNOWN: &[OptionDef] = &[
    OptionDef { name: "socket", help: "the path of a Unix socket, instead of host and port" },
    OptionDef { name: "user", help: "the user name, instead of the one in the URL" },
    OptionDef { name: "password", help: "the password, instead of the one in the URL" },
    OptionDef { name: "connect_timeout", help: "how long to wait for a new connection (10s)" },
    OptionDef {
        name: "read_timeout",
        help: "how long the server may take to answer, or between parts of an answer (no limit)",
    },
    OptionDef {
        name: "write_timeout",
        help: "how long the server may take to accept a packet; only with `mysql+direct:` (no limit)",
    },
    OptionDef { name: "program_name", help: "the name of this program in the server's list of connections" },
    OptionDef {
        name: "ssl_mode",
        help: "disabled, required (encrypted, but the server is not verified), or verify_identity (disabled)",
    },
    OptionDef {
        name: "ssl_ca",
        help: "a PEM file with the CA certificates to trust, instead of the public ones",
    },
    OptionDef { name: "ssl_cert", help: "a PEM file with the certificate of this client" },
    OptionDef { name: "ssl_key", help: "a PEM file with the private key of that certificate" },
    OptionDef {
        name: "ssl_host",
        help: "the name that the server's certificate is for, instead of the URL's host",
    },
    OptionDef { name: "compression", help: "true: compress the traffic with the server (false)" },
    OptionDef {
        name: "collation",
        help: "the collation of strings in statements: one of utf8mb4 (the server's)",
    },
    OptionDef {
        name: "isolation",
        help: "read_uncommitted, read_committed, repeatable_read or serializable (the server's)",
    },
    OptionDef { name: "read_only", help: "true: the server refuses all changes (false)" },
    OptionDef {
        name: "time_zone",
        help: "the time zone of NOW() and TIMESTAMP columns, such as +02:00 (+00:00)",
    },
    OptionDef { name: "sql_mode", help: "SQL modes in addition to the strict ones, such as NO_ZERO_DATE" },
    OptionDef { name: "init", help: "statements to run on each new connection, separated by semicolons" },
    OptionDef { name: "local_infile", help: "true: `bulk()` may use LOAD DATA LOCAL (false)" },
    OptionDef { name: "statement_cache", help: "prepared statements kept per connection (256)" },
];

/// The settings of each connection.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The statement that sets it up.
    pub(crate) setup: String,
    /// The statement that sets the defaults of its transactions, if they differ from the server's. MariaDB has other
    /// variables for this than MySQL, so it cannot be part of the setup.
    pub(crate) transactions: Option<String>,
    /// Statements to run after that.
    pub(crate) init: Option<String>,
    /// The number of prepared statements to keep.
    pub(crate) cached: usize,
    /// Whether the program allows sending files of rows.
    pub(crate) local_infile: bool,
}

impl Settings {
    pub(crate) fn read(url: &Url) -> Result<Self> {
        Ok(Settings {
            setup: setup(url)?,
            transactions: transactions(url)?,
            init: url.option("init").map(str::to_owned),
            cached: url.parse("statement_cache", "a whole number")?.unwrap_or(256),
            local_infile: url.parse("local_infile", "true or false")?.unwrap_or(false),
        })
    }
}

/// The number of rounds after which a recursive query is an error. By default, it would be 1000.
const ROUNDS: u32 = 1_000_000;

/// Modes of a server that would change what statements mean, or how definitions are read. `ANSI` sets `ANSI_QUOTES` again,
/// and is removed after it, since the name is part of the other one.
const FOREIGN_MODES: [&str; 4] = ["ANSI_QUOTES", "ANSI", "NO_BACKSLASH_ESCAPES", "EMPTY_STRING_IS_NULL"];

/// Returns the statement that sets up each connection: whatever the server's own settings are, statements mean the same.
/// Strict modes turn values that do not fit into errors. Joined texts would be silently truncated, by default after 1024
/// bytes. MariaDB ignores the comments of MySQL's versions, and MySQL those of MariaDB.
fn setup(url: &Url) -> Result<String> {
    let collation = match word(url, "collation", "a collation of utf8mb4")? {
        Some(name) if !name.starts_with("utf8mb4_") => {
            return Err(wrong(format!(
                "the option `collation` is `{name}`; expected a collation of utf8mb4, in which text is sent"
            )));
        }
        Some(name) => format!(" COLLATE {name}"),
        None => String::new(),
    };
    let zone = word(url, "time_zone", "a time zone such as +02:00 (`%2B02:00` in a URL) or Europe/Berlin")?
        .unwrap_or("+00:00");
    let modes = word(url, "sql_mode", "modes such as NO_ZERO_DATE,NO_ZERO_IN_DATE")?;
    let asked =
        |name: &&str| modes.unwrap_or_default().split(',').any(|mode| mode.eq_ignore_ascii_case(name));
    if let Some(mode) = ["NO_BACKSLASH_ESCAPES", "EMPTY_STRING_IS_NULL"].into_iter().find(asked) {
        return Err(wrong(format!(
            "the SQL mode {mode} is not allowed, because it changes what text in statements means; no statement \
             needs it, since values are bound"
        )));
    }
    let modes = modes.map(|modes| format!(",{modes}")).unwrap_or_default();
    let own_modes = FOREIGN_MODES
        .iter()
        .fold("@@sql_mode".to_owned(), |modes, mode| format!("REPLACE({modes}, '{mode}', '')"));
    Ok(format!(
        "SET NAMES utf8mb4{collation}, time_zone = '{zone}', autocommit = 1, \
         group_concat_max_len = @@max_allowed_packet, \
         sql_quote_show_create = 1, sql_auto_is_null = 0, completion_type = 0, \
         sql_select_limit = 18446744073709551615, \
         sql_mode = CONCAT({own_modes}, ',STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION{modes}') \
         /*M! , max_recursive_iterations = {ROUNDS} */ /*!80019 , cte_max_recursion_depth = {ROUNDS} */"
    ))
}

fn transactions(url: &Url) -> Result<Option<String>> {
    let expected = "read_uncommitted, read_committed, repeatable_read or serializable";
    let level = url.parse::<Isolation>("isolation", expected)?;
    let level = level.map(|level| format!("ISOLATION LEVEL {}", level.sql()));
    let read_only = url.parse("read_only", "true or false")?.unwrap_or(false).then(|| "READ ONLY".to_owned());
    let said: Vec<String> = level.into_iter().chain(read_only).collect();
    Ok((!said.is_empty()).then(|| format!("SET SESSION TRANSACTION {}", said.join(", "))))
}

/// Returns an option that becomes part of a statement, after checking that it contains nothing that would end a string
/// there.
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
