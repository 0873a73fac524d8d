//! The command line and its help.

use crate::backend::Backend;
use crate::servers::Choice;

/// Printed for missing or wrong arguments.
pub(crate) const HELP: &str = "\
Tasks of this workspace.

cargo xtask test [--only LIST] [--require LIST] [--unpacked] [-- ARGUMENTS]
    Runs every test on every backend. Servers are found or installed, started on free ports
    of 127.0.0.1 with their data in a temporary folder, and stopped at the end.
    SQLite and one server of the MySQL family must run; the summary names what did not, and why.
      --only LIST      run only these backends
      --require LIST   fail if one of these is not available
      --unpacked       run the tests of servers alone, not on those that are installed, but on
                       MariaDB 11.8 and MySQL, unpacked from Debian's packages
      ARGUMENTS        are passed to the test binaries: part of a test's name, --nocapture, …

cargo xtask servers [--only LIST] [--unpacked] [--with OPTION]… [-- COMMAND ARGUMENTS]
    Starts the same servers, sets ORM_TEST_MARIADB and ORM_TEST_MYSQL, runs the command and
    stops them. Without a command, it prints the two variables and waits for Ctrl-C; type
    `pause`, `resume`, `kill` or `start` to do that to the servers.
      --unpacked       not those that are installed, as above
      --with OPTION    start the servers with this option, such as innodb-lock-wait-timeout=2

cargo xtask ci
    Everything that must pass before a change is merged: format, lints, each feature alone,
    documentation, the tests with --require all, those of MariaDB again on 11.8, and the
    instruction counts.

cargo xtask compile-time
    Runs `cargo check` on programs with 500 queries of 1 to 8 joins, and with 10 to 100 models
    of 5 to 200 columns, and prints the CPU time of each, and how much code the derive generates.

cargo xtask instructions [--write]
    Counts the instructions that `orm` executes in some of the benchmarks, with valgrind (which
    it installs if missing), and fails if they differ from benches/instructions.txt by more than
    a few percent.
      --write  writes the new counts to that file

cargo xtask docs
    Builds the documentation of all crates, with no warnings allowed, and lists the public items
    without an example.

cargo xtask editor
    Asks rust-analyzer for completions, documentation, definitions and renames in a program
    with two models, and writes docs/editor.md. Downloads a toolchain for it, once.

cargo xtask browser
    Starts the service of examples/service and tests its page in Chromium, which it installs if
    missing.

LIST is `all` or some of sqlite, mariadb, mysql, separated by commas.
To use a server of your own instead, set ORM_TEST_MARIADB or ORM_TEST_MYSQL:
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
    /// Whether to run the tests of servers alone, on those that are unpacked from packages.
    pub(crate) unpacked: bool,
    /// The arguments of the test binaries.
    pub(crate) arguments: Vec<String>,
}

/// The options of `cargo xtask servers`.
#[derive(Debug, PartialEq)]
pub(crate) struct ServersOptions {
    /// The requested backends.
    pub(crate) only: Vec<Backend>,
    pub(crate) choice: Choice,
    /// The command and its arguments; empty to wait instead.
    pub(crate) command: Vec<String>,
}

/// Parses the arguments. An error without a message means that there were none.
pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Chore, Option<String>> {
    let chore = words.next().ok_or(None)?;
    let mut only = Backend::ALL.to_vec();
    let mut require = Vec::new();
    let mut choice = Choice::default();
    let mut rest = Vec::new();
    let mut write = false;
    while let Some(word) = words.next() {
        match (chore.as_str(), word.as_str()) {
            ("test" | "servers", "--only") => only = list(&word, words.next())?,
            ("test", "--require") => require = list(&word, words.next())?,
            ("test" | "servers", "--unpacked") => choice.unpacked = true,
            ("servers", "--with") => choice.with.push(words.next().ok_or_else(|| {
                "`--with` needs a server option, such as `innodb-lock-wait-timeout=2`".to_owned()
            })?),
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
                return Err(Some(format!("`cargo xtask {chore}` does not take `{word}`")));
            }
            _ => break,
        }
    }
    match chore.as_str() {
        "test" => {
            // `--only sqlite --require all` requires everything that is left.
            require.retain(|backend| only.contains(backend));
            Ok(Chore::Test(TestOptions { only, require, unpacked: choice.unpacked, arguments: rest }))
        }
        "servers" => Ok(Chore::Servers(ServersOptions { only, choice, command: rest })),
        "ci" => Ok(Chore::Ci),
        "compile-time" => Ok(Chore::CompileTime),
        "instructions" => Ok(Chore::Instructions { write }),
        "docs" => Ok(Chore::Docs),
        "editor" => Ok(Chore::Editor),
        "browser" => Ok(Chore::Browser),
        "help" | "-h" | "--help" => Ok(Chore::Help),
        _ => Err(Some(format!("unknown task `{chore}`"))),
    }
}

fn list(option: &str, value: Option<String>) -> Result<Vec<Backend>, Option<String>> {
    let value =
        value.ok_or_else(|| format!("`{option}` needs a list of backends, such as `sqlite,mysql`"))?;
    Ok(Backend::parse_list(&value)?)
}

#[cfg(test)]
mod tests {
    use super::{Backend, Choice, Chore, ServersOptions, TestOptions, parse};

    fn read(line: &str) -> Result<Chore, Option<String>> {
        parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn everything_after_two_dashes_is_passed_on() {
        let expected = TestOptions {
            only: vec![Backend::MySql],
            require: vec![Backend::MySql],
            unpacked: false,
            arguments: vec!["name".into(), "--only".into(), "--".into()],
        };
        assert_eq!(read("test --only mysql --require all -- name --only --"), Ok(Chore::Test(expected)));
        let expected = ServersOptions {
            only: Backend::ALL.to_vec(),
            choice: Choice { unpacked: true, with: vec!["port=1".into(), "x".into()] },
            command: vec!["env".into()],
        };
        assert_eq!(read("servers --with port=1 --unpacked --with x -- env"), Ok(Chore::Servers(expected)));
    }

    #[test]
    fn counts_are_written_down_if_asked_for() {
        assert_eq!(read("instructions"), Ok(Chore::Instructions { write: false }));
        assert_eq!(read("instructions --write"), Ok(Chore::Instructions { write: true }));
    }

    #[test]
    fn a_mistake_is_named() {
        assert_eq!(read(""), Err(None));
        assert_eq!(read("tset --only mysql"), Err(Some("unknown task `tset`".into())));
        assert_eq!(read("ci --only mysql"), Err(Some("`cargo xtask ci` does not take `--only`".into())));
        assert!(read("test --only").is_err_and(|mistake| mistake.is_some()));
    }
}
