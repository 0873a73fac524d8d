//! The migrations as an SQL script, to run by other means.

use orm::dialect::Dialect;
use orm::{Error, ErrorKind, Result, Schema};

use crate::Migrations;
use crate::history::{Applied, checksum};
use crate::split::statements;
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
            let text = migration.up.of(dialect).ok_or_else(|| {
                let message =
                    format!("the migration `{}` has no script for {}", migration.name, dialect.name);
                Error::new(ErrorKind::Configuration, message)
            })?;
            let all = statements(text, dialect);
            if let Some(step) = all.iter().find_map(|statement| called(statement)) {
                return Err(only_in_rust(&migration.name, step));
            }
            let (name, steps, sum) = (dialect.string_literal(&migration.name), all.len(), checksum(&all));
            script += &format!(
                "\n-- {}\n{text}\nINSERT INTO orm_migrations (name, checksum, way, steps, begun, done, at) VALUES ({name}, \
                 '{sum}', 'up', {steps}, {steps}, {steps}, CURRENT_TIMESTAMP);\n",
                migration.name,
                text = ended(text),
            );
        }
        Ok(script)
    }
}

#[cold]
fn only_in_rust(name: &str, step: &str) -> Error {
    let message = format!(
        "the migration `{name}` calls the Rust step `{step}`, which a script cannot do: run it with the program that has the step, \
         and make the script of the later migrations (`--from {name}`)"
    );
    Error::new(ErrorKind::Configuration, message)
}

/// Terminates a script with a semicolon on a line of its own, since the last statement may be followed by a comment.
pub(crate) fn ended(text: &str) -> String {
    let text = text.trim_end();
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("--");
    let last = text.lines().rev().find(is_code);
    let last = last.and_then(|last| last.split(" --").next()?.split(" #").next());
    match last {
        Some(last) if !last.trim_end().ends_with(';') && !text.ends_with("-- orm:end") => {
            format!("{text}\n;")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::ended;

    #[test]
    fn a_script_has_its_last_semicolon_once() {
        for text in ["SELECT 1;", "SELECT 1; -- one", "SELECT 1;\n-- orm:rust step", "-- nothing", ""] {
            assert_eq!(ended(&format!("{text}\n")), text);
        }
        assert_eq!(ended("SELECT 1"), "SELECT 1\n;");
        assert_eq!(ended("SELECT 1 -- one\n"), "SELECT 1 -- one\n;");
        assert_eq!(ended("SELECT 1\n-- one\n"), "SELECT 1\n-- one\n;");
        let block = "-- orm:begin\nCREATE TRIGGER t BEGIN SELECT 1; END\n-- orm:end";
        assert_eq!(ended(block), block);
    }
}
