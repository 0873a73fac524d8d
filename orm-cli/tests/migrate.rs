//! `orm migrate`.

use crate::support::{End as _, Ended, Folder, OnServer, sql};

/// The example whose model has two versions.
fn notes(folder: &Folder, version: &str, arguments: &str) -> Ended {
    folder.example("notes", arguments).env("NOTES", version).end()
}

/// Makes, checks, runs and takes back two migrations, with a row that is there.
fn check(folder: &Folder, url: &str, dialect: &str) {
    let database = url.replace("sqlite:", &format!("sqlite:{}/", folder.path("").display()));
    folder.write(
        "orm.toml",
        &format!("[database]\nurl = \"{url}\"\n[migrations]\ndialects = [\"{dialect}\"]\n"),
    );

    let ended = notes(folder, "1", "migrate check").expect(1);
    assert!(ended.out.contains("create the table `notes`"), "{}", ended.out);
    let ended = notes(folder, "1", "migrate make notes --dry-run").expect(0);
    assert!(ended.out.starts_with("Would make a migration:\n- ") && !folder.path("migrations").exists());
    let json = notes(folder, "1", "migrate make notes --json").expect(0).json();
    let first = json["migration"].as_str().unwrap().to_owned();
    assert!(first.ends_with("_notes") && folder.path("migrations").join(&first).is_dir());
    notes(folder, "1", "migrate check").expect(0);
    assert!(
        notes(folder, "1", "migrate make again")
            .expect(0)
            .out
            .contains("Nothing to do: the migrations are up to date with the models.")
    );

    let ended = folder.orm("migrate up").end().expect(0);
    assert!(ended.out.starts_with(&format!("up {first}: ")), "{}", ended.out);
    assert!(ended.err.contains("(from orm.toml)"), "{}", ended.err);
    assert_eq!(folder.orm("migrate up").end().expect(0).out, "There is nothing to do.\n");
    notes(folder, "1", "verify").expect(0);
    sql(&database, "INSERT INTO notes (text) VALUES ('kept')");

    // Nobody sits at a terminal: what was renamed, what is lost, and where to find a value, has to be said.
    let json = notes(folder, "2", "migrate check --json").expect(1).json();
    assert_eq!(
        (&json["complete"], &json["missing"][0]["step"]),
        (&false.into(), &"add the column `notes.body`".into())
    );
    let fills = "--fill notes.body='' --fill notes.stars=1";
    let ended = notes(folder, "2", &format!("migrate make stars {fills} --allow-data-loss")).expect(2);
    for answer in ["`#[orm(renamed_from = \"text\")]` on `body`", "--rename notes.text=body", "--no-renames"]
    {
        assert!(ended.err.contains(answer), "{answer}: {}", ended.err);
    }
    let ended = notes(folder, "2", "migrate make stars --json").expect(2);
    let error: serde_json::Value = serde_json::from_str(&ended.err).unwrap();
    assert_eq!(error["questions"], serde_json::json!([{ "from": "notes.text", "to": ["notes.body"] }]));
    let ended = notes(folder, "2", &format!("migrate make stars {fills} --no-renames")).expect(2);
    assert!(
        ended.err.contains("drop the column `notes.text`") && ended.err.contains("--allow-data-loss"),
        "{}",
        ended.err
    );
    let make = "migrate make stars --json --rename notes.text=body --fill notes.stars=1";
    let second = notes(folder, "2", make).expect(0).json()["migration"].as_str().unwrap().to_owned();
    let status = folder.orm("migrate status").end().expect(0).out;
    assert_eq!(status, format!("applied  {first}\npending  {second}\n"));
    folder.orm("migrate status --exit-code").end().expect(1);
    let ended = folder.orm("migrate up --dry-run").end().expect(0);
    assert!(ended.out.starts_with(&format!("-- would run up: {second}\nALTER TABLE ")), "{}", ended.out);
    let json = folder.orm("migrate up --json").end().expect(0).json();
    assert_eq!(
        (&json["migrations"][0]["name"], &json["migrations"][0]["direction"]),
        (&second.clone().into(), &"up".into())
    );
    notes(folder, "2", "verify").expect(0);
    sql(&database, "INSERT INTO notes (body, stars) SELECT body, stars + 1 FROM notes WHERE body = 'kept'");

    let ended = folder.orm("migrate down --dry-run").end().expect(0);
    assert!(ended.out.starts_with(&format!("-- would run down: {second}\n")), "{}", ended.out);
    folder.orm("migrate down").end().expect(0);
    notes(folder, "1", "verify").expect(0);
    folder.orm(&format!("migrate to {second}")).end().expect(0);
    notes(folder, "2", "verify").expect(0);
    let ended = folder.orm("migrate to no_such_one").end().expect(2);
    assert!(ended.err.contains(&format!("there are: `{first}`, `{second}`")), "{}", ended.err);
    folder.orm("migrate status --exit-code").end().expect(0);
}

#[test]
fn sqlite() {
    check(&Folder::new(), "sqlite:notes.db", "sqlite");
}

#[test]
#[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
fn mariadb() {
    check(&Folder::new(), &OnServer::new("ORM_TEST_MARIADB").url, "mariadb");
}

#[test]
#[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
fn mysql() {
    check(&Folder::new(), &OnServer::new("ORM_TEST_MYSQL").url, "mysql");
}

#[test]
fn the_databases_of_the_last_migration_are_those_of_the_next() {
    let folder = Folder::new();
    notes(&folder, "1", "migrate make notes --dialect sqlite,mysql").expect(0);
    let rest = "--rename notes.text=body --fill notes.stars=1";
    for named in ["", "--url sqlite:notes.db"] {
        let checked = notes(&folder, "2", &format!("migrate check --json {named}")).expect(1).json();
        let of = |dialect: &str| {
            checked["missing"].as_array().unwrap().iter().any(|missing| missing["dialect"] == dialect)
        };
        assert_eq!((of("SQLite"), of("MySQL"), of("MariaDB")), (true, true, false), "{checked}");
    }
    let made =
        notes(&folder, "2", &format!("migrate make stars --json --url sqlite:notes.db {rest}")).expect(0);
    let second = folder.path("migrations").join(made.json()["migration"].as_str().unwrap());
    assert!(second.join("up.sqlite.sql").exists() && second.join("up.mysql.sql").exists());
    assert!(!second.join("up.mariadb.sql").exists());
}

#[test]
fn a_script_for_somebody_else_and_a_stamp() {
    let folder = Folder::new();
    let made = notes(&folder, "1", "migrate make notes --json --dialect sqlite,mysql").expect(0).json();
    let name = made["migration"].as_str().unwrap();
    let ended = folder.orm("migrate sql --dialect sqlite").end().expect(0);
    assert!(ended.out.contains("CREATE TABLE") && ended.out.contains(name), "{}", ended.out);
    folder.sqlite("notes.db", &ended.out);
    let status = folder.orm("migrate status --url sqlite:notes.db").end().expect(0);
    assert_eq!(status.out, format!("applied  {name}\n"));
    let ended = folder.orm("migrate sql --dialect mysql --json").end().expect(0);
    assert_eq!(ended.json()["dialect"], "MySQL");

    folder.sqlite("other.db", "CREATE TABLE notes (id INTEGER PRIMARY KEY)");
    let stamp = format!("migrate stamp {name} --url sqlite:other.db");
    folder.orm(&format!("{stamp} --dry-run")).end().expect(0);
    assert!(folder.orm("migrate status --url sqlite:other.db").end().expect(0).out.starts_with("pending"));
    folder.orm(&stamp).end().expect(0);
    assert!(folder.orm("migrate status --url sqlite:other.db").end().expect(0).out.starts_with("applied"));
    folder.orm("migrate resolve done --url sqlite:other.db").end().expect(3);
}

#[test]
fn each_database_has_migrations_of_its_own() {
    let folder = Folder::new();
    folder.write(
        "orm.toml",
        "[database]\nurl = \"sqlite:shop.db\"\n[database.binds.audit]\nurl = \"sqlite:audit.db\"\n\
         [migrations]\ndialects = [\"mysql\", \"sqlite\"]\n[migrations.binds.audit]\ndialects = [\"sqlite\"]\n",
    );
    let ended = folder.shop("migrate make shop").end().expect(0);
    assert!(ended.err.contains("left out: the models of `audit` (see --bind)"), "{}", ended.err);
    assert!(ended.out.contains("- MySQL: create the table `customers`") && !ended.out.contains("events"));
    let ended = folder.shop("migrate check --bind audit").end().expect(1);
    assert!(ended.out.contains("create the table `events`") && ended.out.contains("make NAME --bind audit"));
    let json = folder.shop("migrate make audit --bind audit --json").end().expect(0).json();
    let name = json["migration"].as_str().unwrap();
    assert!(folder.path("migrations/audit").join(name).join("up.sqlite.sql").exists());
    assert!(!folder.path("migrations/audit").join(name).join("up.mysql.sql").exists());
    for bind in ["", " --bind audit"] {
        folder.shop(&format!("migrate check{bind}")).end().expect(0);
        folder.orm(&format!("migrate up{bind}")).end().expect(0);
        folder.shop(&format!("verify{bind}")).end().expect(0);
    }
}

#[test]
fn without_models_none_can_be_made() {
    let folder = Folder::new();
    let help = folder.orm("migrate --help").end().expect(0).out;
    assert!(help.contains("  up ") && !help.contains("  make ") && !help.contains("  check "), "{help}");
    assert!(folder.orm("migrate make x --dialect sqlite").end().expect(2).err.contains("needs models"));
}

#[test]
fn a_file_of_sqlite_need_not_be_there() {
    let folder = Folder::new();
    notes(&folder, "1", "migrate make notes --url sqlite:new.db").expect(0);
    assert!(!folder.path("new.db").exists(), "nothing was asked");
    folder.orm("migrate up --url sqlite:new.db").end().expect(0);
    notes(&folder, "1", "verify --url sqlite:new.db").expect(0);
}

#[test]
fn a_look_makes_no_file() {
    let folder = Folder::new();
    folder.write("migrations/1_a/up.sql", "CREATE TABLE a (n INTEGER);\nINSERT INTO a VALUES (1);\n");
    let status = folder.orm("migrate status --url sqlite:new.db").end().expect(0);
    assert_eq!(status.out, "pending  1_a\n");
    let ended = folder.orm("migrate up --dry-run --url sqlite:new.db").end().expect(0);
    assert_eq!(ended.out, "-- would run up: 1_a\nCREATE TABLE a (n INTEGER);\nINSERT INTO a VALUES (1);\n");
    let json = folder.orm("migrate up --dry-run --json --url sqlite:new.db").end().expect(0).json();
    assert_eq!(json["migrations"][0]["statements"][0], "CREATE TABLE a (n INTEGER)");
    assert!(!folder.path("new.db").exists());
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let folder = Folder::new();
    for command in ["migrate up", "migrate status", "migrate down"] {
        let ended = folder.orm(&format!("{command} --url sqlite:new.db --folder nowhere")).end().expect(2);
        assert!(ended.err.contains("nowhere"), "{}", ended.err);
    }
}

#[test]
fn what_does_not_go_with_the_database_is_shown_and_refused() {
    let folder = Folder::new();
    folder.write("orm.toml", "[database]\nurl = \"sqlite:app.db\"\n");
    folder.write("migrations/2_b/up.sql", "CREATE TABLE b (n INTEGER);");
    folder.orm("migrate up").end().expect(0);
    folder.write("migrations/1_a/up.sql", "CREATE TABLE a (n INTEGER);");
    let status = folder.orm("migrate status").end().expect(0).out;
    assert_eq!(
        status,
        "late     1_a  (a later one was already run: see `orm migrate up --allow-late`)\napplied  2_b\n"
    );
    assert!(folder.orm("migrate up").end().expect(2).err.contains("--allow-late"));
    folder.orm("migrate up --allow-late").end().expect(0);

    folder.write("migrations/1_a/up.sql", "CREATE TABLE a (n BIGINT);");
    let status = folder.orm("migrate status --json").end().expect(0).json();
    assert_eq!(status["migrations"][0]["state"], "changed");
    assert!(folder.orm("migrate up").end().expect(2).err.contains("--allow-changed"));
    folder.orm("migrate up --allow-changed").end().expect(0);

    folder.write("other/3_c/up.sql", "CREATE TABLE c (n INTEGER);");
    assert!(folder.orm("migrate up --folder other").end().expect(2).err.contains("--allow-missing"));
    let status = folder.orm("migrate status --folder other").end().expect(0).out;
    assert!(
        status.starts_with("missing  1_a  (it was run, but is not in the folder)\nmissing  2_b"),
        "{status}"
    );
    folder.orm("migrate up --folder other --allow-missing").end().expect(0);
    folder.orm("migrate status --exit-code --folder other").end().expect(1);
}

#[test]
fn steps_in_rust_are_those_of_the_program() {
    let folder = Folder::new();
    folder.write("orm.toml", "[database]\nurl = \"sqlite:app.db\"\n");
    folder.write(
        "migrations/1_notes/up.sql",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL);\n-- orm:rust first_note\n",
    );
    let ended = folder.orm("migrate up").end().expect(2);
    assert!(ended.err.contains("`first_note` (in the migration `1_notes`)"), "{}", ended.err);
    assert!(ended.err.contains("`orm_cli::run_with`"), "{}", ended.err);
    folder.orm("migrate up --dry-run").end().expect(0);
    assert_eq!(notes(&folder, "1", "migrate up").expect(0).out, "up 1_notes: 2 statements\n");
    let check = "CREATE TABLE one (n INTEGER CHECK (n = 1)); INSERT INTO one SELECT count(*) FROM notes WHERE text = 'first'";
    folder.sqlite("app.db", check);
}

#[test]
fn several_become_one() {
    let folder = Folder::new();
    folder.write("orm.toml", "[database]\nurl = \"sqlite:app.db\"\n");
    folder.write("migrations/1_a/up.sql", "CREATE TABLE a (n INTEGER);");
    folder.write("migrations/2_b/up.sql", "CREATE TABLE b (n INTEGER);");
    folder.orm("migrate up").end().expect(0);
    folder.orm("migrate to 1_a --url sqlite:part.db").end().expect(0);
    let ended = folder.orm("migrate squash --dry-run").end().expect(0);
    assert_eq!(ended.out, "Would squash:\n- 1_a\n- 2_b\n");
    let json = folder.orm("migrate squash --json").end().expect(0).json();
    assert_eq!((&json["migration"], &json["replaces"][1]), (&"2_b_squashed".into(), &"2_b".into()));
    assert_eq!(folder.orm("migrate status").end().expect(0).out, "applied  2_b_squashed\n");
    folder.orm("migrate up").end().expect(0);
    folder.orm("migrate up --url sqlite:new.db").end().expect(0);
    let ended = folder.orm("migrate status --exit-code --url sqlite:part.db").end().expect(1);
    assert_eq!(
        ended.out,
        "partial  2_b_squashed  (it replaces 2 migrations, of which 1 was run: run the others with a version \
         of the program that still has them)\n"
    );
    assert!(
        folder
            .orm("migrate up --url sqlite:part.db")
            .end()
            .expect(2)
            .err
            .contains("the database lacks `2_b`")
    );
    assert!(
        folder.orm("migrate squash --to 3_c").end().expect(2).err.contains("there is no migration `3_c`")
    );
}
