//! Tests of where statements end.

use orm::dialect::Dialect;

fn split<'t>(text: &'t str, dialect: &Dialect) -> Vec<&'t str> {
    super::parts::split(text, dialect)
}

fn sqlite(text: &str) -> Vec<&str> {
    split(text, &orm::dialect::SQLITE)
}

fn mysql(text: &str) -> Vec<&str> {
    split(text, &orm::dialect::MYSQL)
}

#[test]
fn end_with_semicolons() {
    assert_eq!(sqlite("A;\n\n-- a comment; no end\nB ; C"), ["A", "B", "C"]);
    assert_eq!(sqlite(" ; ;\n-- nothing\n/* nothing; */"), Vec::<&str>::new());
    assert_eq!(sqlite("-- before\nA -- behind\n"), ["A"]);
    assert_eq!(sqlite(""), Vec::<&str>::new());
}

#[test]
fn keep_what_is_in_quotes_and_comments() {
    let statement = "INSERT INTO t VALUES ('a;''b', \"c;\", `d;`) /* e; */ -- f;\n, g";
    assert_eq!(sqlite(&format!("{statement}; H")), [statement, "H"]);
    assert_eq!(sqlite("A [b;'c]; D"), ["A [b;'c]", "D"]);
    assert_eq!(sqlite("A 'ö;ü' ; B 'not closed; C"), ["A 'ö;ü'", "B 'not closed; C"]);
}

#[test]
fn know_what_backslashes_and_hashes_mean() {
    assert_eq!(mysql(r"A 'b\'; c'; D"), [r"A 'b\'; c'", "D"]);
    assert_eq!(sqlite(r"A 'b\'; C 'd'"), [r"A 'b\'", "C 'd'"]);
    assert_eq!(mysql("A; # it's; so\nB"), ["A", "B"]);
    assert_eq!(mysql("SELECT 1--1; B"), ["SELECT 1--1", "B"]);
    assert_eq!(mysql("A `b\\`; C"), ["A `b\\`", "C"]);
}

#[test]
fn keep_comments_that_are_run() {
    assert_eq!(mysql("/*!80000 SET a = 1; */; B"), ["/*!80000 SET a = 1; */", "B"]);
}

#[test]
fn have_bodies() {
    let trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  INSERT INTO b VALUES (1); SELECT CASE WHEN 1 THEN 2 END;\nEND";
    assert_eq!(sqlite(&format!("{trigger};\nNEXT;")), [trigger, "NEXT"]);
    let procedure = "CREATE DEFINER = `a`@`b` PROCEDURE p(n INT) BEGIN IF n > 1 THEN SELECT 1; END IF; x: LOOP LEAVE x; \
                     END LOOP; CASE n WHEN 1 THEN SELECT 2; END CASE; BEGIN SELECT 3; END; END";
    assert_eq!(mysql(&format!("{procedure}; NEXT")), [procedure, "NEXT"]);
    assert_eq!(mysql("CREATE PROCEDURE p() SELECT 1; NEXT"), ["CREATE PROCEDURE p() SELECT 1", "NEXT"]);
    assert_eq!(sqlite("CREATE TABLE t (event INT, begin INT); NEXT").len(), 2);
    let names =
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = NEW.end; UPDATE b SET c = NEW.begin; END";
    assert_eq!(sqlite(&format!("{names}; NEXT")), [names, "NEXT"]);
    assert_eq!(sqlite("BEGIN; A; END; B"), ["BEGIN", "A", "END", "B"]);
}

#[test]
fn are_lines_that_call_steps() {
    assert_eq!(sqlite("A;\n-- orm:rust fill\nB;"), ["A", "-- orm:rust fill", "B"]);
    assert_eq!(mysql("A\n  -- orm:rust  fill \r\nB"), ["A", "-- orm:rust  fill", "B"]);
    assert_eq!(sqlite("-- orm:rusty nail\n-- orm: rust fill\nA"), ["A"]);
    let trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; -- orm:rust fill\nEND";
    assert_eq!(sqlite(trigger), [trigger]);
}

#[test]
fn are_whole_between_lines_that_say_so() {
    let text = "A;\n-- orm:begin\nBEGIN NOT ATOMIC B; C; END;\n-- orm:end\nD;";
    assert_eq!(mysql(text), ["A", "BEGIN NOT ATOMIC B; C; END", "D"]);
    assert_eq!(mysql("-- orm:begin\nA; B"), ["A; B"]);
}
