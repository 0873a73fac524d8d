//! Tests with handwritten definitions.

use super::{Clause, Definition, IndexDefinition};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn of_tables_with_all_that_they_say() {
    let sql = r#"CREATE TABLE IF NOT EXISTS "od,d" (
        id INTEGER PRIMARY KEY, -- a comment, with a comma and (
        [a b] TEXT COLLATE nocase DEFAULT ('x, (y') CHECK ([a b] <> ')'),
        "c""d" INT GENERATED ALWAYS AS (id * (2 + 1)) STORED CONSTRAINT one UNIQUE,
        e INT CONSTRAINT parent REFERENCES t (id) ON DELETE CASCADE, /* , */
        CONSTRAINT two UNIQUE (id, "c""d"),
        CONSTRAINT `far` FOREIGN KEY (e, id) REFERENCES u (a, b),
        CONSTRAINT "named: one" CHECK (id IN (1, 2)),
        CHECK (e > 0)
    ) STRICT"#;
    let check = |name: Option<&str>, condition: &str| Clause::Check {
        name: name.map(str::to_owned),
        condition: condition.to_owned(),
    };
    assert_eq!(
        Definition::read(sql).clauses,
        [
            Clause::Collation { column: "a b".to_owned(), collation: "NOCASE".to_owned() },
            check(None, "[a b] <> ')'"),
            Clause::Generated { column: "c\"d".to_owned(), expression: "id * (2 + 1)".to_owned() },
            Clause::Unique { name: "one".to_owned(), columns: names(&["c\"d"]) },
            Clause::ForeignKey { name: "parent".to_owned(), columns: names(&["e"]) },
            Clause::Unique { name: "two".to_owned(), columns: names(&["id", "c\"d"]) },
            Clause::ForeignKey { name: "far".to_owned(), columns: names(&["e", "id"]) },
            check(Some("named: one"), "id IN (1, 2)"),
            check(None, "e > 0"),
        ]
    );
}

#[test]
fn of_indexes() {
    let read = |sql| IndexDefinition::read(sql);
    let index =
        read("CREATE UNIQUE INDEX i ON t (a, lower(b) DESC, c + 1 ASC) where gone IS NULL AND (a > 1)");
    assert_eq!(index.parts, ["a", "lower(b)", "c + 1"]);
    assert_eq!(index.condition.as_deref(), Some("gone IS NULL AND (a > 1)"));
    assert_eq!(read("CREATE INDEX i ON t(a)").condition, None);
}

#[test]
fn that_are_cut_off_say_what_they_say() {
    for sql in
        ["", "CREATE TABLE t (", "CREATE TABLE t (a 'x", "CREATE TABLE t (a INT, CHECK", "CREATE INDEX"]
    {
        assert_eq!(Definition::read(sql).clauses, []);
        assert_eq!(IndexDefinition::read(sql).condition, None);
    }
}
