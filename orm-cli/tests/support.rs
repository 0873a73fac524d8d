//! Running the command, in a folder of a test's own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use orm::prelude::*;

/// A folder that is gone when the test ends, in which commands run.
pub struct Folder(PathBuf);

/// How a command ended.
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("orm_cli_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs SQL on a database of SQLite in the folder.
    pub fn sqlite(&self, file: &str, statements: &str) {
        sql(&format!("sqlite:{}", self.path(file).display()), statements);
    }

    /// The program of this crate, which has no models.
    pub fn orm(&self, arguments: &str) -> Command {
        self.command(Path::new(env!("CARGO_BIN_EXE_orm")), arguments)
    }

    /// The example, whose models are `Customer`, `Order` and, in the database `audit`, `Event`.
    pub fn shop(&self, arguments: &str) -> Command {
        self.example("shop", arguments)
    }

    /// An example of this crate.
    pub fn example(&self, name: &str, arguments: &str) -> Command {
        // Cargo builds examples for tests, and says nowhere where they are.
        let program = Path::new(env!("CARGO_BIN_EXE_orm")).with_file_name("examples").join(name);
        assert!(program.exists(), "run `cargo build -p orm-cli --examples` first");
        self.command(&program, arguments)
    }

    fn command(&self, program: &Path, arguments: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.0).args(arguments.split_whitespace()).stdin(Stdio::null());
        for (name, _) in std::env::vars() {
            if name.starts_with("DATABASE_") || name == "NO_COLOR" {
                command.env_remove(name);
            }
        }
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Runs a command to its end.
pub trait End {
    fn end(&mut self) -> Ended;
}

impl End for Command {
    fn end(&mut self) -> Ended {
        self.output().unwrap().into()
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let ended =
            Ended { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!ended.out.contains('\x1b') && !ended.err.contains('\x1b'), "colours in a pipe");
        ended
    }
}

impl Ended {
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n{}\n{}", self.out, self.err);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// Runs statements, separated by semicolons, on the database at a URL.
pub fn sql(url: &str, statements: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Database::open(url).unwrap();
        let mut connection = db.connection().await.unwrap();
        for statement in statements.split(';').filter(|statement| !statement.trim().is_empty()) {
            connection.execute(orm::raw::sql_unchecked(statement)).await.unwrap();
        }
    });
}

/// A database of a test's own on the server whose URL is in a variable.
pub struct OnServer {
    pub url: String,
    server: String,
    name: String,
}

impl OnServer {
    pub fn new(variable: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var(variable).unwrap_or_else(|_| {
            panic!("this test needs the server whose URL is in {variable}: run `cargo xtask test`")
        });
        let name = format!("orm_test_cli_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let server = server.trim_end_matches('/').to_owned();
        // Whatever is there is enough to create another one.
        sql(&format!("{server}/mysql"), &format!("CREATE DATABASE {name}"));
        OnServer { url: format!("{server}/{name}"), server, name }
    }
}

impl Drop for OnServer {
    fn drop(&mut self) {
        sql(&format!("{}/mysql", self.server), &format!("DROP DATABASE {}", self.name));
    }
}
