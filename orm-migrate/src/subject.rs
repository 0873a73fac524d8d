//! The object that a statement defines.

use orm::dialect::Dialect;

use crate::split::words;

/// The object that a statement creates, alters or drops, if its definition can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) kind: Kind,
    /// The name, as it is written.
    pub(crate) name: String,
    /// Whether it exists after the statement.
    pub(crate) creates: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Table,
    View,
    Trigger,
    Procedure,
    Function,
}

impl Kind {
    /// Returns what `SHOW CREATE` calls it, and the column that contains its definition.
    pub(crate) fn shown(self) -> (&'static str, &'static str) {
        match self {
            Kind::Table => ("TABLE", "Create Table"),
            Kind::View => ("VIEW", "Create View"),
            Kind::Trigger => ("TRIGGER", "SQL Original Statement"),
            Kind::Procedure => ("PROCEDURE", "Create Procedure"),
            Kind::Function => ("FUNCTION", "Create Function"),
        }
    }

    fn of(word: &str) -> Option<Self> {
        match word {
            // The definition of a table includes its indexes.
            "TABLE" | "INDEX" => Some(Kind::Table),
            "VIEW" => Some(Kind::View),
            "TRIGGER" => Some(Kind::Trigger),
            "PROCEDURE" => Some(Kind::Procedure),
            "FUNCTION" => Some(Kind::Function),
            _ => None,
        }
    }
}

/// Returns the object that a statement defines; `None` if the statement does more, or is not written in the plainest
/// form.
pub(crate) fn subject(statement: &str, dialect: &Dialect) -> Option<Subject> {
    let parts = words(statement, dialect);
    let upper: Vec<String> = parts.iter().map(|part| part.to_ascii_uppercase()).collect();
    let verb = upper.first().filter(|verb| ["CREATE", "ALTER", "DROP", "RENAME"].contains(&verb.as_str()))?;
    let of_kind = upper.iter().take(20).skip(1).position(|word| Kind::of(word).is_some())? + 1;
    let kind = Kind::of(&upper[of_kind])?;
    if is_more(&upper, of_kind, kind, verb) {
        return None;
    }
    let name = if upper[of_kind] == "INDEX" {
        upper.iter().position(|word| word == "ON")? + 1
    } else {
        let is_name = |word: &String| !["IF", "NOT", "EXISTS"].contains(&word.as_str());
        of_kind + 1 + upper[of_kind + 1..].iter().position(is_name)?
    };
    let name = match parts.get(name + 1) {
        Some(&".") => parts.get(name..name + 3)?.concat(),
        _ => (*parts.get(name)?).to_owned(),
    };
    Some(Subject { kind, name, creates: verb == "CREATE" && upper[of_kind] != "INDEX" })
}

/// Returns whether a statement does more than define one object.
fn is_more(upper: &[String], of_kind: usize, kind: Kind, verb: &str) -> bool {
    let behind = &upper[of_kind + 1..];
    let several = ["DROP", "RENAME"].contains(&verb) && behind.iter().any(|word| word == ",");
    // These move rows, affect only this connection, or name a library.
    let moves = match kind {
        Kind::Table => {
            let words = ["SELECT", "PARTITION", "TABLESPACE", "VALUES", "TABLE", "UNION"];
            behind.iter().any(|word| words.contains(&word.as_str()))
        }
        Kind::Function => behind.iter().any(|word| word == "SONAME"),
        Kind::View | Kind::Trigger | Kind::Procedure => false,
    };
    several || moves || upper[1..of_kind].iter().any(|word| word == "TEMPORARY")
}

#[cfg(test)]
mod tests {
    use orm::dialect::MYSQL;

    use super::{Kind, subject};

    #[test]
    fn is_one_thing_by_itself() {
        for (statement, expected) in [
            ("CREATE TABLE IF NOT EXISTS `a b` (n INT)", "`a b`"),
            ("create table t (n int)", "t"),
            ("ALTER TABLE t ADD COLUMN n INT, DROP COLUMN m", "t"),
            ("ALTER TABLE t RENAME TO u", "t"),
            ("RENAME TABLE t TO u", "t"),
            ("DROP TABLE IF EXISTS t", "t"),
            ("CREATE UNIQUE INDEX i ON t (n)", "t"),
            ("DROP INDEX i ON `a`.`t`", "`a`.`t`"),
            ("CREATE TABLE a.t (n INT)", "a.t"),
            ("CREATE OR REPLACE TABLE t (n INT)", "t"),
            ("CREATE DEFINER = `a`@`b` SQL SECURITY INVOKER VIEW v AS SELECT 1", "v"),
            ("CREATE TRIGGER r BEFORE INSERT ON a FOR EACH ROW SET NEW.n = 1", "r"),
            ("CREATE PROCEDURE p() SELECT 1, 2", "p"),
            ("DROP FUNCTION IF EXISTS f", "f"),
        ] {
            let name = subject(statement, &MYSQL).map(|subject| subject.name);
            assert_eq!(name.as_deref(), Some(expected), "{statement}");
        }
        let told = |statement| subject(statement, &MYSQL).map(|subject| (subject.kind, subject.creates));
        assert_eq!(told("DROP TRIGGER r"), Some((Kind::Trigger, false)));
        assert_eq!(told("CREATE VIEW v AS SELECT 1"), Some((Kind::View, true)));
        assert_eq!(told("CREATE INDEX i ON t (n)"), Some((Kind::Table, false)));
    }

    #[test]
    fn is_nothing_if_there_is_more() {
        for statement in [
            "DROP TABLE t, u",
            "RENAME TABLE t TO u, v TO w",
            "CREATE TABLE t AS SELECT 1",
            "CREATE TABLE t AS TABLE u",
            "CREATE TEMPORARY TABLE t (n INT)",
            "ALTER TABLE t EXCHANGE PARTITION p WITH TABLE u",
            "CREATE FUNCTION f RETURNS STRING SONAME 'f.so'",
            "TRUNCATE TABLE t",
            "GRANT SELECT ON t TO u",
            "CREATE TABLE",
            "",
        ] {
            assert_eq!(subject(statement, &MYSQL), None, "{statement}");
        }
    }
}
