//! `orm ddl`.

use crate::support::{End as _, Folder};

#[test]
fn in_the_words_of_each_database() {
    let folder = Folder::new();
    for (dialect, quote) in [("sqlite", '"'), ("mysql", '`'), ("mariadb", '`')] {
        let ended = folder.shop(&format!("ddl --dialect {dialect}")).end().expect(0);
        assert!(
            ended.out.starts_with(&format!("CREATE TABLE IF NOT EXISTS {quote}customers{quote}")),
            "{}",
            ended.out
        );
        assert!(ended.out.contains(&format!("{quote}orders{quote}")) && ended.out.ends_with(";\n"));
        assert!(ended.err.contains("left out: the models of `audit`") && !ended.out.contains("events"));
    }
    let json = folder.shop("ddl --dialect mysql --json").end().expect(0).json();
    assert_eq!((json["dialect"].as_str(), json["statements"].as_array().unwrap().len()), (Some("MySQL"), 2));
}

#[test]
fn of_the_database_that_is_named_without_connecting() {
    let folder = Folder::new();
    let ended = folder.shop("ddl --url mysql://root@127.0.0.1:1/app").end().expect(0);
    assert!(ended.out.contains("`customers`"));
    let ended = folder.shop("ddl").end().expect(2);
    assert!(ended.err.contains("no dialect is given: use `--dialect`"), "{}", ended.err);
}

#[test]
fn what_it_prints_creates_what_the_models_ask_for() {
    let folder = Folder::new();
    let ended = folder.shop("ddl --dialect sqlite").end().expect(0);
    folder.sqlite("app.db", &ended.out);
    folder.shop("verify --url sqlite:app.db").end().expect(0);
}

#[test]
fn of_a_database_with_a_name() {
    let folder = Folder::new();
    let ended = folder.shop("ddl --dialect sqlite --bind audit").end().expect(0);
    assert!(ended.out.contains("\"events\"") && !ended.out.contains("customers"), "{}", ended.out);
    let ended = folder.shop("ddl --dialect sqlite --bind adit").end().expect(2);
    assert!(
        ended.err.contains(
            "no model belongs to the database `adit`; there are models of the default database, `audit`"
        ),
        "{}",
        ended.err
    );
}
