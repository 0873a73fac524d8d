//! Where a database is named, and that no password is ever shown.

use crate::support::{End as _, Folder};

const TABLE: &str = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";

#[test]
fn option_then_variable_then_file() {
    let folder = Folder::new();
    for name in ["option", "variable", "file", "other"] {
        folder.sqlite(&format!("{name}.db"), &TABLE.replace("notes", name));
    }
    folder.write("orm.toml", "[database]\nurl = \"sqlite:file.db\"\nmax_connections = 2\n");
    folder.write("other.toml", "[database]\nurl = \"sqlite:other.db\"\n");

    let ended = folder.orm("reflect").end().expect(0);
    assert!(ended.out.contains("table = \"file\""), "{}", ended.out);
    assert!(ended.err.contains("sqlite:file.db (from orm.toml)"), "{}", ended.err);

    let ended = folder.orm("reflect --config other.toml").end().expect(0);
    assert!(ended.err.contains("sqlite:other.db (from other.toml)"), "{}", ended.err);

    let ended = folder.orm("reflect").env("DATABASE_URL", "sqlite:variable.db").end().expect(0);
    assert!(ended.err.contains("sqlite:variable.db (from DATABASE_URL)"), "{}", ended.err);

    let mut command = folder.orm("reflect --json --url sqlite:option.db");
    let ended = command.env("DATABASE_URL", "sqlite:variable.db").end().expect(0);
    assert_eq!(ended.json()["database"]["from"], "--url");
    assert_eq!(ended.json()["tables"][0], "option");
    assert!(ended.err.is_empty(), "{}", ended.err);
}

#[test]
fn by_the_name_that_models_call_it() {
    let folder = Folder::new();
    folder.sqlite("audit.db", TABLE);
    folder.write(
        "orm.toml",
        "[database]\nurl = \"sqlite:no.db\"\n[database.binds.audit]\nurl = \"sqlite:audit.db\"\n",
    );
    let ended = folder.orm("reflect --bind audit").end().expect(0);
    assert!(ended.err.contains("sqlite:audit.db (from orm.toml)"), "{}", ended.err);

    let mut command = folder.orm("reflect --bind audit");
    command.env("DATABASE_URL", "sqlite:no.db").env("DATABASE_URL_AUDIT", "sqlite:audit.db");
    let ended = command.end().expect(0);
    assert!(ended.err.contains("(from DATABASE_URL_AUDIT)"), "{}", ended.err);

    let ended = folder.orm("reflect --bind archive").end().expect(2);
    assert!(ended.err.contains("`DATABASE_URL_ARCHIVE`"), "{}", ended.err);
    assert!(ended.err.contains("[database.binds.archive]"), "{}", ended.err);
}

#[test]
fn a_database_that_is_not_there_is_created() {
    let folder = Folder::new();
    let refused = folder.orm("reflect --url sqlite:new.db").end().expect(3);
    assert!(!folder.path("new.db").exists(), "{}", refused.err);
    let ended = folder.orm("create-database --url sqlite:new.db").end().expect(0);
    assert_eq!(ended.out, "The database is ready: sqlite:new.db (from --url)\n");
    assert!(folder.path("new.db").exists());
    let again = folder.orm("create-database --json --url sqlite:new.db").end().expect(0);
    assert_eq!(again.json()["database"]["url"], "sqlite:new.db");
}

#[test]
fn options_beside_the_url() {
    let folder = Folder::new();
    folder.sqlite("app.db", TABLE);
    let mut command = folder.orm("reflect --url sqlite:app.db?sokket=x");
    let ended = command.end().expect(2);
    assert!(ended.err.contains("unknown option `sokket`"), "{}", ended.err);
    let mut command = folder.orm("reflect");
    command.env("DATABASE_URL", "sqlite:app.db").env("DATABASE_OPTIONS", "sokket=x");
    assert!(command.end().expect(2).err.contains("unknown option `sokket`"));
}

#[test]
fn nothing_named_says_how() {
    let ended = Folder::new().orm("reflect").end().expect(2);
    for way in ["--url", "`DATABASE_URL`", "`[database]`", "`orm.toml`"] {
        assert!(ended.err.contains(way), "{}", ended.err);
    }
}

#[test]
fn a_file_that_is_not_there_is_not_made() {
    let folder = Folder::new();
    folder.orm("reflect --url sqlite:typo.db").end().expect(3);
    assert!(!folder.path("typo.db").exists());
    let ended = folder.orm("reflect --config no.toml").end().expect(3);
    assert!(ended.err.contains("cannot read `no.toml`"), "{}", ended.err);
}

#[test]
fn a_cause_is_told_once() {
    let ended = Folder::new().orm("reflect --url mysql://root@127.0.0.1:1/app").end().expect(3);
    assert!(ended.err.contains("error: cannot connect to `root@127.0.0.1:1/app`"), "{}", ended.err);
    assert_eq!(ended.err.matches("refused").count(), 1, "{}", ended.err);
}

#[test]
fn passwords_are_never_shown() {
    let folder = Folder::new();
    let url = "mysql://root:sEcrEt@127.0.0.1:1/app";
    let unreachable = folder.orm(&format!("reflect --url {url}")).end().expect(3);
    assert!(unreachable.err.contains("mysql://root:***@127.0.0.1:1/app"), "{}", unreachable.err);
    let mut all = vec![
        unreachable,
        folder.orm(&format!("reflect --json --url {url}")).end().expect(3),
        folder.orm(&format!("reflect {url}")).end().expect(2),
        folder.orm(&format!("reflect --json {url}")).end().expect(2),
        folder.orm(&format!("reflect --format={url}")).end().expect(2),
        folder.orm("reflect").env("DATABASE_URL", url).end().expect(3),
        folder.orm("reflect --url mysql://root:sEcrEt@127.0.0.1:1/app?sokket=x").end().expect(2),
        folder.orm("reflect --url mysql://root:x@sEcrEt/?@127.0.0.1:1/app").end(),
    ];
    for file in [
        format!("[database]\nurl = \"{url}\"\n"),
        format!("[database]\nurl = {url}\n"),
        format!("[database]\nurl = [\"{url}\"]\n"),
        format!("[database]\nurl = \"{url}\"\nsokket = 1\n"),
        format!("url = \"{url}\"\n"),
    ] {
        folder.write("orm.toml", &file);
        all.push(folder.orm("reflect").end());
    }
    for ended in all {
        assert_ne!(ended.code, 0);
        assert!(!ended.err.contains("sEcrEt") && !ended.out.contains("sEcrEt"), "{}", ended.err);
    }
}

#[test]
fn a_wrong_file_says_in_which_line() {
    let folder = Folder::new();
    folder.write("orm.toml", "[database]\nurl = \"sqlite:app.db\"\n\n[databas]\n");
    let ended = folder.orm("reflect").end().expect(2);
    assert!(
        ended.err.contains("`orm.toml` is not a valid configuration file: line 4: unknown field `databas`"),
        "{}",
        ended.err
    );
}
