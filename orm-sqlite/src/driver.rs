//! Opens SQLite databases.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use orm_core::dialect::Dialect;
use orm_core::driver::{Backend, BoxFuture, Connection, Driver, Isolation, OptionDef, Url};
use orm_core::{Error, ErrorKind, Result};
use rusqlite::OpenFlags;

use crate::connection::{Settings, SqliteConnection};
use crate::dialect::DIALECT;
use crate::error::{classify, is_busy};
use crate::write_lock::{Patience, WriteLock};

/// The SQLite backend, with the scheme `sqlite:`.
pub static BACKEND: Backend = Backend {
    schemes: &["sqlite"],
    options: &[
        OptionDef {
            name: "mode",
            help: "rwc: read, write, and create a missing file (the default); rw: read and write; ro: read only",
        },
        OptionDef { name: "read_only", help: "true: the same as `mode=ro` (false)" },
        OptionDef { name: "busy_timeout", help: "how long to wait for another writer (5s)" },
        OptionDef {
            name: "blocking",
            help: "true: statements may take long, so move other tasks off their thread (false)",
        },
        OptionDef { name: "init", help: "statements to run on each new connection, separated by semicolons" },
        OptionDef { name: "isolation", help: "serializable, which is the only level" },
    ],
    open: |url| Ok(Arc::new(SqliteDriver::new(url)?)),
};

#[derive(Debug)]
struct SqliteDriver {
    /// `None` for an in-memory database.
    file: Option<PathBuf>,
    flags: OpenFlags,
    /// The statements that each connection begins with.
    init: Option<String>,
    settings: Settings,
    write_lock: WriteLock,
}

impl SqliteDriver {
    fn new(url: &Url) -> Result<Self> {
        let wrong = |message: String| Error::new(ErrorKind::Configuration, message);
        let path = url.rest.strip_prefix("//").unwrap_or(&url.rest);
        let file = match path {
            ":memory:" => None,
            "" => {
                let message = "the URL names no file; write `sqlite::memory:` or `sqlite:path/to/file.db`";
                return Err(wrong(message.to_owned()));
            }
            path => Some(PathBuf::from(path)),
        };
        let read_only = url.parse("read_only", "true or false")?.unwrap_or(false);
        let flags = match url.option("mode").unwrap_or(if read_only { "ro" } else { "rwc" }) {
            "rwc" | "rw" if read_only => {
                return Err(wrong(
                    "the options `mode` and `read_only=true` contradict each other".to_owned(),
                ));
            }
            "rwc" => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            "rw" => OpenFlags::SQLITE_OPEN_READ_WRITE,
            "ro" => OpenFlags::SQLITE_OPEN_READ_ONLY,
            other => return Err(wrong(format!("the option `mode` is `{other}`; expected rwc, rw or ro"))),
        };
        match url.parse("isolation", "serializable, which is SQLite's only level")? {
            None | Some(Isolation::Serializable) => {}
            Some(level) => {
                return Err(wrong(format!(
                    "the option `isolation` is `{level}`; SQLite has one level, which is serializable: leave it out"
                )));
            }
        }
        let settings = Settings {
            file: file.is_some(),
            busy_timeout: url.duration("busy_timeout")?.unwrap_or(Duration::from_secs(5)),
            blocking: url.parse("blocking", "true or false")?.unwrap_or(false),
        };
        Ok(SqliteDriver {
            file,
            flags: flags | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            init: url.option("init").map(str::to_owned),
            settings,
            write_lock: WriteLock::default(),
        })
    }

    fn open(&self) -> rusqlite::Result<SqliteConnection> {
        let opened = match &self.file {
            None => rusqlite::Connection::open_in_memory_with_flags(self.flags),
            Some(file) => rusqlite::Connection::open_with_flags(file, self.flags),
        };
        let connection = opened?;
        if let Some(init) = &self.init {
            begin_with(&connection, init)?;
        }
        SqliteConnection::new(connection, self.settings, self.write_lock.clone())
    }

    #[cold]
    fn not_opened(&self, error: rusqlite::Error) -> Error {
        let place = self.file.as_ref().map_or_else(|| ":memory:".into(), |file| file.display().to_string());
        let error = classify(error);
        let folder = self.file.as_ref().and_then(|file| file.parent());
        // SQLite itself says neither why, nor that it does not create folders.
        let message = match folder.filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
            Some(folder) => format!(
                "the SQLite database `{place}` cannot be opened: there is no folder `{}`",
                folder.display()
            ),
            None => format!("the SQLite database `{place}` cannot be opened ({error})"),
        };
        let again = error.is_retryable();
        let error = error.into_kind(ErrorKind::Connect, message);
        if again { error.with_retry() } else { error }
    }
}

/// Runs the URL's `init` before anything else: a key must come first, and the settings that the driver relies on must
/// come after it.
fn begin_with(connection: &rusqlite::Connection, init: &str) -> rusqlite::Result<()> {
    connection.execute_batch(init)?;
    if connection.is_autocommit() {
        return Ok(());
    }
    let misuse = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_MISUSE);
    Err(rusqlite::Error::SqliteFailure(
        misuse,
        Some("the option `init` leaves a transaction open".to_owned()),
    ))
}

impl Driver for SqliteDriver {
    fn dialect(&self) -> &Dialect {
        &DIALECT
    }

    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(async move {
            // Switching a file to WAL mode is refused immediately while another program does the same.
            let mut patience = Patience::new(self.settings.busy_timeout);
            loop {
                match self.open() {
                    Ok(connection) => return Ok(Box::new(connection) as Box<dyn Connection>),
                    Err(error) if is_busy(&error) && patience.wait().await => {}
                    Err(error) => return Err(self.not_opened(error)),
                }
            }
        })
    }

    /// An in-memory database exists only in its connection.
    fn max_connections(&self) -> Option<usize> {
        self.file.is_none().then_some(1)
    }
}
