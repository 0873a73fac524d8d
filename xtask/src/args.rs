//! The command line and its help.

use crate::backend::Backend;

/// Printed for missing or wrong arguments.
pub(crate) const HELP: &str = "\
The chores of this workspace.

cargo xtask test [--only LIST] [--require LIST] [-- ARGUMENTS]
    Runs every test on every backend. Servers are found or installed, started on free ports
    of 127.0.0.1 with their data in a temporary folder, and stopped at the end.
    SQLite and one server of the MySQL family must run; the summary names what did not, and why.
      --only LIST      run these backends and no others
      --require LIST   fail if one of these cannot be had
      ARGUMENTS        go to the test binaries: part of a test's name, --nocapture, …

cargo xtask servers [--only LIST] [--with OPTION]… [-- COMMAND ARGUMENTS]
    Starts the same servers, sets ORM_TEST_MARIADB and ORM_TEST_MYSQL, runs the command and
    stops them. Without a command it prints the two settings and waits for Ctrl-C; lines of
    `pause`, `resume`, `kill` and `start` are done to the servers.
      --with OPTION    start them with an option of theirs, such as innodb-lock-wait-timeout=2

cargo xtask ci
    Format, lints, each feature alone, documentation, the tests with --require all, and the
    instructions that some work takes: what has to pass before a change is merged.

cargo xtask compile-time
    Checks programs with 500 queries of 1 to 8 joins, and with 10 to 100 models of 5 to 200
    columns, and prints the processor time of each, and how much code the derive makes.

cargo xtask instructions [--write]
    Counts the instructions of some work of the race, done by `orm`, with valgrind, which is
    installed if it is not there, and fails if they are others than benches/instructions.txt
    says, by some percent.
      --write  writes down what was counted

cargo xtask docs
    Writes the documentation of all crates, without a warning, and lists the public items that
    no example shows.

cargo xtask editor
    Asks rust-analyzer for completions, documentation, definitions and renames in a program
    with two models, and writes docs/editor.md. Fetches a toolchain of its own, once.

cargo xtask browser
    Starts the service of examples/service and uses its page in Chromium, which is installed
    if it is not there.

LIST is `all` or some of sqlite, mariadb, mysql, separated by commas.
A server of your own is used instead if ORM_TEST_MARIADB or ORM_TEST_MYSQL names it:
    ORM_TEST_MYSQL=mysql://root@127.0.0.1:3306/ cargo xtask test

Examples:
    cargo xtask test -- ::sqlite                                 the tests of one backend
    cargo xtask test --only mariadb -- transaction               one backend, some tests
    cargo xtask servers -- cargo test --test ui                  one test file
    cargo xtask servers --only mysql                             a server to play with";

/// The requested task.
#[derive(Debug, PartialEq)]
pub(crate) enum Chore {
    Test(TestOptions),
    Servers(ServersOptions),
    Ci,
    CompileTime,
    /// Whether to write the counts down.
    Instructions {
        write: bool,
    },
    Docs,
    Editor,
    Browser,
    Help,
}

/// The options of `cargo xtask test`.
#[derive(Debug, PartialEq)]
pub(crate) struct TestOptions {
    /// The requested backends.
    pub(crate) only: Vec<Backend>,
    /// The backends that must be available.
    pub(crate) require: Vec<Backend>,
    /// The arguments of the test binaries.
    pub(crate) arguments: Vec<String>,
}

/// The options of `cargo xtask servers`.
#[derive(Debug, PartialEq)]
pub(crate) struct ServersOptions {
    /// The requested backends.
    pub(crate) only: Vec<Backend>,
    /// Options for the servers, without dashes.
    pub(crate) with: Vec<String>,
    /// The command and its arguments; empty to wait instead.
    pub(crate) command: Vec<String>,
}

/// Parses the arguments. An error without a message means that there were none.
pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Chore, Option<String>> {
    let chore = words.next().ok_or(None)?;
    let mut only = Backend::ALL.to_vec();
    let mut require = Vec::new();
    let mut with = Vec::new();
    let mut rest = Vec::new();
    let mut write = false;
    while let Some(word) = words.next() {
        match (chore.as_str(), word.as_str()) {
            ("test" | "servers", "--only") => only = list(&word, words.next())?,
            ("test", "--require") => require = list(&word, words.next())?,
            ("servers", "--with") => {
                with.push(words.next().ok_or_else(|| "`--with` needs an option of the servers".to_owned())?)
            }
            ("instructions", "--write") => write = true,
            ("test" | "servers", "--") => rest = words.by_ref().collect(),
            (
                "test" | "servers" | "ci" | "compile-time" | "docs" | "editor" | "browser" | "instructions",
                "-h" | "--help",
            ) => {
                return Ok(Chore::Help);
            }
            (
                "test" | "servers" | "ci" | "compile-time" | "docs" | "editor" | "browser" | "instructions",
                _,
            ) => {
                return Err(Some(format!("`cargo xtask {chore}` does not know `{word}`")));
            }
            _ => break,
        }
    }
    match chore.as_str() {
        "test" => {
            // `--only sqlite --require all` requires everything that is left.
            require.retain(|backend| only.contains(backend));
            Ok(Chore::Test(TestOptions { only, require, arguments: rest }))
        }
        "servers" => Ok(Chore::Servers(ServersOptions { only, with, command: rest })),
        "ci" => Ok(Chore::Ci),
        "compile-time" => Ok(Chore::CompileTime),
        "instructions" => Ok(Chore::Instructions { write }),
        "docs" => Ok(Chore::Docs),
        "editor" => Ok(Chore::Editor),
        "browser" => Ok(Chore::Browser),
        "help" | "-h" | "--help" => Ok(Chore::Help),
        _ => Err(Some(format!("there is no chore `{chore}`"))),
    }
}

fn list(option: &str, value: Option<String>) -> Result<Vec<Backend>, Option<String>> {
    let value =
        value.ok_or_else(|| format!("`{option}` needs a list of backends, such as `sqlite,mysql`"))?;
    Ok(Backend::parse_list(&value)?)
}

#[cfg(test)]
mod tests {
    use super::{Backend, Chore, ServersOptions, TestOptions, parse};

    fn read(line: &str) -> Result<Chore, Option<String>> {
        parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn everything_after_two_dashes_is_passed_on() {
        let expected = TestOptions {
            only: vec![Backend::MySql],
            require: vec![Backend::MySql],
            arguments: vec!["name".into(), "--only".into(), "--".into()],
        };
        assert_eq!(read("test --only mysql --require all -- name --only --"), Ok(Chore::Test(expected)));
        let expected = ServersOptions {
            only: Backend::ALL.to_vec(),
            with: vec!["port=1".into(), "x".into()],
            command: vec!["env".into()],
        };
        assert_eq!(read("servers --with port=1 --with x -- env"), Ok(Chore::Servers(expected)));
    }

    #[test]
    fn counts_are_written_down_if_asked_for() {
        assert_eq!(read("instructions"), Ok(Chore::Instructions { write: false }));
        assert_eq!(read("instructions --write"), Ok(Chore::Instructions { write: true }));
    }

    #[test]
    fn a_mistake_is_named() {
        assert_eq!(read(""), Err(None));
        assert_eq!(read("tset --only mysql"), Err(Some("there is no chore `tset`".into())));
        assert_eq!(read("ci --only mysql"), Err(Some("`cargo xtask ci` does not know `--only`".into())));
        assert!(read("test --only").is_err_and(|mistake| mistake.is_some()));
    }
}
