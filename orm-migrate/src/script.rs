//! The migrations as an SQL script, to run by other means.

use orm::dialect::Dialect;
use orm::{Error, ErrorKind, Result, Schema};

use crate::Migrations;
use crate::history::{Applied, checksum};
use crate::plan::script as statements;
use crate::split::{is_ended, words};
use crate::step::called;

impl Migrations {
    /// Returns one script that takes a database from one migration (`None`: from an empty database) to the last one and
    /// records this, so that [`up`](Self::up) continues after it. The script is not protected against interruptions.
    ///
    /// ```
    /// # use orm_migrate::Migrations;
    /// let migrations = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?;
    /// let script = migrations.sql(None, &orm::dialect::SQLITE)?;
    /// assert!(script.contains("CREATE TABLE t (n INTEGER);"));
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if there is no migration of this name, one has no script for the database, or one calls a
    /// [step in Rust](Self::with_step).
    pub fn sql(&self, behind: Option<&str>, dialect: &Dialect) -> Result<String> {
        self.are_somewhere()?;
        let start = behind.map_or(Ok(0), |name| self.position(name).map(|at| at + 1))?;
        let mut script = Schema::of::<Applied>(dialect)?.ddl(dialect).join(";\n") + ";\n";
        for migration in &self.list[start..] {
            let all = statements(migration, true, dialect)?;
            if let Some(step) = all.iter().find_map(|statement| called(statement)) {
                return Err(only_in_rust(&migration.name, step));
            }
            let text = match all.iter().any(|statement| has_body(statement, dialect)) {
                true => delimited(&all, dialect),
                false => ended(migration.up.of(dialect).unwrap_or_default()),
            };
            let (name, steps, sum) = (dialect.string_literal(&migration.name), all.len(), checksum(&all));
            // The record has UTC, as CURRENT_TIMESTAMP of SQLite is.
            let now = if dialect.ddl.commits { "UTC_TIMESTAMP(6)" } else { "CURRENT_TIMESTAMP" };
            script += &format!(
                "\n-- {}\n{text}\nINSERT INTO orm_migrations (name, checksum, way, steps, begun, done, at) VALUES ({name}, \
                 '{sum}', 'up', {steps}, {steps}, {steps}, {now});\n",
                migration.name,
            );
        }
        Ok(match dialect.ddl.rebuild {
            Some([before, after]) => format!("{BAIL}{before};\nBEGIN;\n{script}COMMIT;\n{after};\n"),
            None => script,
        })
    }
}

/// The first line of a script for SQLite.
const BAIL: &str = "-- Run this with `sqlite3 -bail`, which stops at the first error: if it went on, rows could be lost with the old version of a \
                    rebuilt table.\n";

/// Returns whether MySQL's client would see the end of the statement too early.
fn has_body(statement: &str, dialect: &Dialect) -> bool {
    dialect.ddl.commits && words(statement, dialect).contains(&";")
}

/// Writes statements for MySQL's client, which has to be told where one with a body ends.
fn delimited(statements: &[String], dialect: &Dialect) -> String {
    let write = |statement: &String| match has_body(statement, dialect) {
        true => {
            let mut end = "//".to_owned();
            while statement.contains(&end) {
                end.push('/');
            }
            format!("DELIMITER {end}\n{statement}\n{end}\nDELIMITER ;")
        }
        false => format!("{statement};"),
    };
    statements.iter().map(write).collect::<Vec<_>>().join("\n")
}

#[cold]
fn only_in_rust(name: &str, step: &str) -> Error {
    let message = format!(
        "the migration `{name}` calls the Rust step `{step}`, which a script cannot do: run it with the program that has the step, \
         and make the script of the later migrations (`--from {name}`)"
    );
    Error::new(ErrorKind::Configuration, message)
}

/// Terminates a script with a semicolon on a line of its own, unless its last statement has one: the statement may be followed by a
/// comment.
pub(crate) fn ended(text: &str) -> String {
    let text = text.trim_end();
    if is_ended(text) { text.to_owned() } else { format!("{text}\n;") }
}

#[cfg(test)]
mod tests {
    use super::ended;

    #[test]
    fn a_script_has_its_last_semicolon_once() {
        for text in ["SELECT 1;", "SELECT 1; -- one", "SELECT 1;\n-- orm:rust step", "-- nothing", ""] {
            assert_eq!(ended(&format!("{text}\n")), text);
        }
        assert_eq!(ended("SELECT 'a; -- b'"), "SELECT 'a; -- b'\n;");
        assert_eq!(ended("SELECT 'a -- b'; /* done */"), "SELECT 'a -- b'; /* done */");
        assert_eq!(ended("SELECT 1"), "SELECT 1\n;");
        assert_eq!(ended("SELECT 1 -- one\n"), "SELECT 1 -- one\n;");
        assert_eq!(ended("SELECT 1\n-- one\n"), "SELECT 1\n-- one\n;");
        let block = "-- orm:begin\nCREATE TRIGGER t BEGIN SELECT 1; END\n-- orm:end";
        assert_eq!(ended(block), block);
    }
}
