//! What a table keeps when it changes.

use orm::Schema;
use orm::dialect::MYSQL;
use orm::prelude::*;
use orm_migrate::{Draft, Migrations};

use super::{Folder, run_sql};

mod before {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "notes")]
    pub struct Note {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(index)]
        pub text: Option<i64>,
        pub old: Option<i64>,
    }
}

mod after {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "notes")]
    pub struct Note {
        #[orm(primary_key, auto)]
        pub id: u64,
        pub text: i64,
    }
}

/// Creates the table with a first migration, runs some statements, and makes the second one.
async fn second(db: &Database, folder: &Folder, statements: &[&str]) -> orm::Result<Migrations> {
    db.ping().await?;
    let read = || Migrations::read(&folder.0);
    Draft::of::<before::Note>(&read()?, &[db.dialect()])?.write(&folder.0, "before")?;
    read()?.up(db).await?;
    for statement in statements {
        run_sql(db, statement).await?;
    }
    let draft =
        Draft::of::<after::Note>(&read()?, &[db.dialect()])?.fill("notes.text", "0").allow_data_loss();
    draft.write(&folder.0, "after")?;
    read()
}

on_every_backend! {
    async fn keys_of_deleted_rows_are_not_used_again(db: Database) {
        let folder = Folder::new();
        let rows = ["INSERT INTO notes (text) VALUES (1), (2), (3)", "DELETE FROM notes WHERE id > 1"];
        let migrations = second(db, &folder, &rows).await?;
        migrations.up(db).await?;
        assert_eq!(after::Note::insert().text(4).returning(db).await?.id, 4);
        after::Note::delete().all_rows().execute(db).await?;
        migrations.down(db, 1).await?;
        assert_eq!(before::Note::insert().returning(db).await?.id, 5, "even if no row is left");
    }
}

#[test]
fn what_may_fail_because_of_rows_is_told() {
    let [before, after] =
        [Schema::of::<before::Note>(&MYSQL), Schema::of::<after::Note>(&MYSQL)].map(Result::unwrap);
    let draft = Draft::between(before.clone(), after.clone(), &MYSQL);
    let told = |draft: &Draft| {
        draft.steps(&MYSQL).unwrap().iter().any(|step| step.to_string().contains("this fails if"))
    };
    assert!(told(&draft), "a row may have NULL");
    assert!(!told(&draft.fill("notes.text", "0")));
    let mut unique = before.clone();
    unique.tables[0].indexes[0].unique = true;
    assert!(told(&Draft::between(before, unique, &MYSQL)), "rows may have the same values");
}

on_sqlite! {
    async fn what_no_model_knows_is_not_lost_without_a_word(db: Database) {
        for (by_hand, lost, remedy) in [
            ("CREATE INDEX mine ON notes (text)", "the index `mine`", "DROP INDEX mine"),
            ("ALTER TABLE notes ADD COLUMN mine TEXT", "whose column `mine`", "ALTER TABLE notes DROP COLUMN mine"),
            ("CREATE TRIGGER mine AFTER INSERT ON notes BEGIN SELECT 1; END", "the trigger `mine`", "DROP TRIGGER mine"),
        ] {
            let folder = Folder::new();
            let migrations = second(db, &folder, &[by_hand]).await?;
            let error = migrations.up(db).await.unwrap_err();
            assert!(error.is_configuration() && error.to_string().contains(lost), "{error}");
            run_sql(db, "SELECT text, old FROM notes").await?;

            let name = migrations.names().last().unwrap().to_owned();
            let path = folder.0.join(name).join("up.sqlite.sql");
            let script = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, format!("{remedy};\n{script}")).unwrap();
            let ran = Migrations::read(&folder.0)?.up(db).await?;
            assert_eq!(ran.len(), 1);
            Migrations::read(&folder.0)?.down(db, 2).await?;
        }
    }

    async fn a_rebuild_beside_a_state_that_cannot_be_read_is_refused(db: Database) {
        let folder = Folder::new();
        let migrations = second(db, &folder, &["ALTER TABLE notes ADD COLUMN mine TEXT"]).await?;
        let first = migrations.names().next().unwrap().to_owned();
        std::fs::write(folder.0.join(&first).join("state.json"), "{").unwrap();
        let error = Migrations::read(&folder.0)?.up(db).await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(&first), "{error}");
        run_sql(db, "SELECT text, old, mine FROM notes").await?;
    }
}
