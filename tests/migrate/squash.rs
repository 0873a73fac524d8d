//! Squashing several migrations into one.

use orm::prelude::*;
use orm_migrate::{Migrations, State};

use super::{Folder, tables};

const FILES: [(&str, &str); 8] = [
    ("1_a/up.sql", "CREATE TABLE a (n INTEGER);\nINSERT INTO a VALUES (1); -- by hand"),
    ("1_a/down.sql", "DROP TABLE a;"),
    ("2_b/up.sql", "CREATE TABLE b (n INTEGER);\n-- orm:rust fill"),
    ("2_b/down.sql", "DROP TABLE b;"),
    ("2_b/state.json", "{}"),
    ("3_c/up.sqlite.sql", "CREATE TABLE c (n INTEGER)"),
    ("3_c/up.mysql.sql", "CREATE TABLE c (n INTEGER)"),
    ("3_c/up.mariadb.sql", "CREATE TABLE c (n INTEGER)"),
];

async fn fill(mut tx: &mut Transaction) -> orm::Result<()> {
    orm::raw::sql("INSERT INTO b SELECT n + 1 FROM a").execute(&mut tx).await.map(drop)
}

/// Writes the original migrations to a folder.
fn written() -> (Folder, Migrations) {
    let folder = Folder::new();
    for (file, text) in FILES {
        let path = folder.0.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let migrations = read(&folder);
    (folder, migrations)
}

fn read(folder: &Folder) -> Migrations {
    Migrations::read(&folder.0).unwrap().with_step("fill", fill)
}

async fn states(migrations: &Migrations, db: &Database) -> orm::Result<Vec<(String, State)>> {
    Ok(migrations.status(db).await?.into_iter().map(|status| (status.name, status.state)).collect())
}

fn one(name: &str, state: State) -> Vec<(String, State)> {
    vec![(name.to_owned(), state)]
}

on_every_backend! {
    async fn does_the_same(db: Database) {
        let (folder, old) = written();
        assert_eq!(old.squash(&folder.0, None, Some("2_b"))?, "2_b_squashed");
        let new = read(&folder);
        assert!(new.names().eq(["2_b_squashed", "3_c"]));
        assert_eq!(new.up(db).await?.len(), 2);
        assert_eq!(orm::raw::sql("SELECT n FROM b").scalar::<i64>(db).await?, 2, "what was written by hand is done");
        assert_eq!(new.to(db, "2_b_squashed").await.unwrap_err().kind(), orm::ErrorKind::Configuration, "3_c has no way back");
        orm::raw::sql("DROP TABLE c").execute(db).await?;
        new.stamp(db, "2_b_squashed").await?;
        new.down(db, 1).await?;
        assert_eq!(tables(db).await?, Vec::<String>::new());
    }

    async fn is_there_where_all_were_run(db: Database) {
        let (folder, old) = written();
        old.to(db, "2_b").await?;
        old.squash(&folder.0, None, Some("2_b"))?;
        let new = read(&folder);
        // Reading the status changes nothing.
        let expected = [one("2_b_squashed", State::Applied), one("3_c", State::Pending)].concat();
        assert_eq!(states(&new, db).await?, expected);
        assert_eq!(new.clone().dry_run().up(db).await?[0].name, "3_c");
        assert_eq!(old.status(db).await?[0].state, State::Applied, "the old program knows its own");
        let at = new.status(db).await?[0].at;
        assert_eq!(at, old.status(db).await?[1].at, "that of the last one");
        let ran = new.up(db).await?;
        assert_eq!((ran.len(), ran[0].name.as_str()), (1, "3_c"));
        assert_eq!(new.status(db).await?[0].at, at, "noting it is not running it");
        assert_eq!(tables(db).await?, ["a", "b", "c"]);
        // Now it is recorded.
        std::fs::remove_file(folder.0.join("2_b_squashed/replaces.txt")).unwrap();
        assert_eq!(read(&folder).up(db).await?, []);
    }

    async fn is_noted_once(db: Database) {
        let (folder, old) = written();
        old.up(db).await?;
        old.squash(&folder.0, None, Some("2_b"))?;
        let new = read(&folder);
        new.up(db).await?;
        let log = db.log();
        assert_eq!(new.up(db).await?, []);
        let sent: Vec<String> = log.statements().into_iter().map(|statement| statement.sql).collect();
        assert!(!sent.iter().any(|sql| ["START", "COMMIT", "INSERT"].iter().any(|word| sql.starts_with(word))), "{log}");
    }

    async fn is_refused_where_only_some_were_run(db: Database) {
        let (folder, old) = written();
        old.to(db, "1_a").await?;
        old.squash(&folder.0, None, Some("2_b"))?;
        let new = read(&folder);
        let error = new.up(db).await.unwrap_err();
        assert!(error.is_configuration());
        assert_eq!(
            error.to_string(),
            "the database lacks `2_b` of the 2 migrations that `2_b_squashed` replaces: first run all of \
             them with a version of the program that still has them"
        );
        assert!(new.clone().dry_run().up(db).await.is_err());
        let partial = one("2_b_squashed", State::Partial { run: 1, replaces: 2 });
        assert_eq!(states(&new, db).await?, [partial, one("3_c", State::Pending)].concat());
        old.to(db, "2_b").await?;
        assert_eq!(new.up(db).await?.len(), 1);
    }
}

#[test]
fn keeps_the_files_that_all_have() {
    let (folder, old) = written();
    assert_eq!(old.squash(&folder.0, None, None).unwrap(), "3_c_squashed");
    let file = |name: &str| std::fs::read_to_string(folder.0.join("3_c_squashed").join(name)).unwrap();
    assert_eq!(
        file("up.sqlite.sql"),
        "-- 1_a\nCREATE TABLE a (n INTEGER);\nINSERT INTO a VALUES (1); -- by hand\n\n-- 2_b\nCREATE TABLE b (n INTEGER);\n\
         -- orm:rust fill\n\n-- 3_c\nCREATE TABLE c (n INTEGER)\n;\n"
    );
    assert_eq!((file("replaces.txt").as_str(), file("state.json").as_str()), ("1_a\n2_b\n3_c\n", "{}"));
    assert!(!folder.0.join("3_c_squashed/up.sql").exists(), "the third has none for all");
    assert!(!folder.0.join("3_c_squashed/down.sql").exists(), "nor a way back");
    assert!(!folder.0.join("1_a").exists());
}

#[test]
fn is_refused_before_anything_is_written() {
    let (folder, old) = written();
    let refused = |from, to| old.squash(&folder.0, from, to).unwrap_err().to_string();
    assert_eq!(refused(Some("3_c"), None), "there are fewer than two migrations to squash");
    assert_eq!(refused(Some("3_c"), Some("1_a")), "there are fewer than two migrations to squash");
    assert!(refused(None, Some("4_d")).starts_with("there is no migration `4_d`; there are: 1_a, 2_b, 3_c"));
    let close = [("1_a/up.sql", ""), ("2_b/up.sql", ""), ("2_b2/up.sql", "")];
    let error = Migrations::from_files(close).unwrap().squash(&folder.0, None, Some("2_b")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`2_b_squashed` would be sorted after `2_b2`, which needs it: squash that migration as well"
    );
    let apart = [("1_a/up.sqlite.sql", ""), ("2_b/up.mysql.sql", "")];
    let error = Migrations::from_files(apart).unwrap().squash(&folder.0, None, None).unwrap_err();
    assert_eq!(error.to_string(), "there is no database for which each of these migrations has a script");
    assert!(read(&folder).names().eq(["1_a", "2_b", "3_c"]));
    old.squash(&folder.0, None, Some("2_b")).unwrap();
    let error = read(&folder).squash(&folder.0, None, None).unwrap_err();
    assert!(error.to_string().starts_with("the migration `2_b_squashed` was squashed itself"), "{error}");
}

#[test]
fn cannot_exist_next_to_what_it_replaces() {
    let files = [("1_a/up.sql", ""), ("1_a_squashed/up.sql", ""), ("1_a_squashed/replaces.txt", "1_a\n")];
    let error = Migrations::from_files(files).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the migration `1_a_squashed` replaces `1_a`, which is still there: delete its folder"
    );
}
