//! Migrations generated from differences.

use orm::Schema;
use orm::dialect::{MARIADB, MYSQL, SQLITE};
use orm::prelude::*;
use orm::schema::ModelSet;
use orm_migrate::{Draft, Migrations};

use super::{Folder, run_sql, tables};

/// The models before.
mod before {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "users", index(name))]
    pub struct User {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 50)]
        pub name: String,
        pub age: Option<i32>,
        #[orm(length = 10)]
        pub code: String,
    }

    #[derive(Model)]
    #[orm(table = "posts")]
    pub struct Post {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = User)]
        pub author_id: u64,
        pub title: String,
    }

    #[derive(Model)]
    #[orm(table = "marks")]
    pub struct Mark {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = Post)]
        pub post_id: Option<u64>,
    }
}

/// The models after.
mod after {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "users", unique(full_name, code), check = "age >= 0")]
    pub struct User {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 50)]
        pub full_name: String,
        pub age: i64,
        #[orm(length = 20)]
        pub code: String,
        pub email: String,
        #[orm(default = true)]
        pub active: bool,
    }

    #[derive(Model)]
    #[orm(table = "articles", index(author_id, title))]
    pub struct Article {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = User, on_delete = cascade)]
        pub author_id: u64,
        #[orm(length = 100)]
        pub title: String,
    }

    #[derive(Model)]
    #[orm(table = "labels")]
    pub struct Label {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = Article)]
        pub article_id: u64,
    }
}

type Before = (before::User, before::Post, before::Mark);
type After = (after::User, after::Article, after::Label);

/// Makes a migration for models, and runs it.
async fn migrate<S: ModelSet>(
    folder: &Folder,
    db: &Database,
    edit: impl FnOnce(Draft) -> orm::Result<Draft>,
) -> orm::Result<()> {
    db.ping().await?;
    let draft = Draft::of::<S>(&Migrations::read(&folder.0)?, &[db.dialect()])?;
    edit(draft)?.write(&folder.0, "a change")?;
    Migrations::read(&folder.0)?.up(db).await?;
    is_as_said::<S>(db).await
}

/// Checks that nothing differs, not even harmlessly.
async fn is_as_said<S: ModelSet>(db: &Database) -> orm::Result<()> {
    let mut found = Schema::reflect(db).await?;
    found.tables.retain(|table| table.name.name != "orm_migrations");
    let differences = Schema::of::<S>(db.dialect())?.compare(&found, db.dialect());
    assert_eq!(differences, []);
    Ok(())
}

fn answers(draft: Draft) -> orm::Result<Draft> {
    Ok(draft
        .rename("users.name", "users.full_name")?
        .rename("posts", "articles")?
        .fill("users.age", "18")
        .fill("users.active", "1")
        .fill("users.email", "'?'")
        .allow_data_loss())
}

on_every_backend! {
    async fn create_change_and_drop(db: Database) {
        let folder = Folder::new();
        migrate::<Before>(&folder, db, Ok).await?;
        orm_migrate::check::<Before>(&Migrations::read(&folder.0)?, &[db.dialect()])?;
        let user = before::User::insert().name("Ann").code("x").returning(db).await?;
        before::User::insert().name("Bob").age(7).code("y").execute(db).await?;
        before::Post::insert().author_id(user.id).title("Hello").execute(db).await?;

        let error = orm_migrate::check::<After>(&Migrations::read(&folder.0)?, &[db.dialect()]).unwrap_err();
        assert!(error.is_schema_mismatch());
        assert!(error.to_string().contains("create the table `labels`"), "{error}");

        migrate::<After>(&folder, db, answers).await?;
        let users = after::User::query().order_by(|u| u.id.asc()).all(db).await?;
        let values = users.iter().map(|u| (u.full_name.as_str(), u.age, u.code.as_str(), u.email.as_str(), u.active));
        assert!(values.eq([("Ann", 18, "x", "?", true), ("Bob", 7, "y", "?", true)]));
        assert_eq!(after::Article::query().one(db).await?.title, "Hello");
        assert_eq!(tables(db).await?, ["articles", "labels", "users"]);
        orm_migrate::check::<After>(&Migrations::read(&folder.0)?, &[db.dialect()])?;

        // And down, with the data that still exists.
        Migrations::read(&folder.0)?.down(db, 1).await?;
        is_as_said::<Before>(db).await?;
        let users = before::User::query().order_by(|u| u.id.asc()).all(db).await?;
        let values = users.iter().map(|u| (u.name.as_str(), u.age, u.code.as_str()));
        assert!(values.eq([("Ann", Some(18), "x"), ("Bob", Some(7), "y")]));
        assert_eq!(before::Post::query().one(db).await?.author_id, user.id);
        Migrations::read(&folder.0)?.down(db, 1).await?;
        assert_eq!(tables(db).await?, Vec::<String>::new());
    }

    async fn can_start_from_an_existing_database(db: Database) {
        db.create_tables::<Before>().await?;
        let (folder, found) = (Folder::new(), Schema::reflect(db).await?);
        let draft = Draft::between(found.clone(), Schema::of::<After>(db.dialect())?, db.dialect());
        answers(draft)?.write(&folder.0, "to what is new")?;
        Migrations::read(&folder.0)?.up(db).await?;
        is_as_said::<After>(db).await?;
    }

    async fn are_yours_to_edit(db: Database) {
        db.ping().await?;
        let folder = Folder::new();
        let name = Draft::of::<before::User>(&Migrations::default(), &[db.dialect()])?.write(&folder.0, "users")?;
        let file = format!("up.{}.sql", db.dialect().name.to_lowercase());
        let path = folder.0.join(name.unwrap()).join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("-- create the table `users`\nCREATE TABLE"), "{text}");
        std::fs::write(&path, text + "\nINSERT INTO users (name, code) VALUES ('Ann; or \"so\"', '');").unwrap();
        Migrations::read(&folder.0)?.up(db).await?;
        assert_eq!(before::User::query().one(db).await?.name, "Ann; or \"so\"");
    }

    async fn keep_foreign_keys_while_tables_are_rebuilt(db: Database) {
        let folder = Folder::new();
        migrate::<Before>(&folder, db, Ok).await?;
        let user = before::User::insert().name("Ann").code("x").returning(db).await?;
        before::Post::insert().author_id(user.id).title("Hello").execute(db).await?;
        migrate::<After>(&folder, db, answers).await?;
        let orphan = after::Article::insert().author_id(99).title("x").execute(db).await;
        assert!(orphan.unwrap_err().is_foreign_key_violation());
        run_sql(db, "DELETE FROM \"users\"").await?;
        assert_eq!(after::Article::query().count(db).await?, 0, "the new rule cascades");
    }
}

#[test]
fn what_is_lost_needs_consent() {
    let folder = Folder::new();
    Draft::of::<Before>(&Migrations::default(), &[&SQLITE]).unwrap().write(&folder.0, "first").unwrap();
    let draft = || Draft::of::<before::User>(&Migrations::read(&folder.0).unwrap(), &[&SQLITE]).unwrap();
    let error = draft().write(&folder.0, "second").unwrap_err().to_string();
    assert_eq!(
        error,
        "the migration deletes existing data:\n- drop the table `marks`\n- drop the table `posts`\nif \
         something was renamed, say so (`rename`); if the loss is intended, allow it (`allow_data_loss`, on the command line `--allow-data-loss`)"
    );
    assert!(draft().allow_data_loss().write(&folder.0, "second").unwrap().is_some());
}

#[test]
fn new_columns_need_a_value_for_rows_that_are_there() {
    let folder = Folder::new();
    Draft::of::<before::User>(&Migrations::default(), &[&MYSQL]).unwrap().write(&folder.0, "first").unwrap();
    let draft = Draft::of::<after::User>(&Migrations::read(&folder.0).unwrap(), &[&MYSQL]).unwrap();
    let both = draft.write(&folder.0, "second").unwrap_err().to_string();
    assert!(both.starts_with("existing rows have no value for `users.full_name`, `users.email`"), "{both}");
    assert!(
        both.contains("\nthe migration deletes existing data:\n- drop the column `users.name`"),
        "{both}"
    );
    let error = draft.allow_data_loss().write(&folder.0, "second").unwrap_err().to_string();
    assert_eq!(
        error,
        "existing rows have no value for `users.full_name`, `users.email`: say which one they get (`fill`, \
         on the command line `--fill users.full_name=SQL`), give the column a default, let it be NULL, or, \
         if it is an old column with a new name, say so (`rename`)"
    );
}

#[test]
fn rows_that_are_there_get_what_new_ones_get() {
    mod before {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "pages")]
        pub struct Page {
            #[orm(primary_key, auto)]
            pub id: u64,
        }
    }

    #[derive(Model)]
    #[orm(table = "pages")]
    pub struct Page {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(default = "it's new")]
        pub title: String,
        #[orm(version)]
        pub version: u32,
    }

    let folder = Folder::new();
    Draft::of::<before::Page>(&Migrations::default(), &[&MYSQL]).unwrap().write(&folder.0, "first").unwrap();
    let draft = Draft::of::<Page>(&Migrations::read(&folder.0).unwrap(), &[&MYSQL]).unwrap();
    let sql: Vec<String> = draft.steps(&MYSQL).unwrap().into_iter().flat_map(|step| step.sql).collect();
    assert!(sql.contains(&"UPDATE `pages` SET `title` = 'it''s new'".to_owned()), "{sql:?}");
    assert!(sql.contains(&"UPDATE `pages` SET `version` = 1".to_owned()), "{sql:?}");
}

/// In a database other than the connection's own.
mod elsewhere {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "owners", schema = "archive")]
    pub struct Owner {
        #[orm(primary_key, auto)]
        pub id: u64,
    }

    #[derive(Model)]
    #[orm(table = "boxes", schema = "archive")]
    pub struct Box {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = Owner)]
        pub owner_id: u64,
    }

    #[derive(Model)]
    #[orm(table = "boxes", schema = "archive")]
    pub struct BoxWithLabel {
        #[orm(primary_key, auto)]
        pub id: u64,
        pub owner_id: u64,
        pub label: String,
    }
}

#[test]
fn tables_of_other_schemas_are_named_whole() {
    use elsewhere::{Box, BoxWithLabel, Owner};
    let from = Schema::of::<(Owner, Box)>(&MYSQL).unwrap();
    let draft = Draft::between(from, Schema::of::<(Owner, BoxWithLabel)>(&MYSQL).unwrap(), &MYSQL);
    let steps = draft.fill("archive.boxes.label", "'?'").steps(&MYSQL).unwrap();
    let sql: Vec<String> = steps.into_iter().flat_map(|step| step.sql).collect();
    assert!(sql.contains(&"UPDATE `archive`.`boxes` SET `label` = '?'".to_owned()), "{sql:?}");
    assert!(
        sql.iter().any(|sql| sql.starts_with("ALTER TABLE `archive`.`boxes` DROP FOREIGN KEY")),
        "{sql:?}"
    );
    assert!(sql.iter().all(|sql| sql.contains("`archive`.`boxes`")), "{sql:?}");
}

#[test]
fn wrong_answers_are_refused() {
    let draft = || Draft::of::<before::User>(&Migrations::default(), &[&SQLITE]).unwrap();
    let error = draft().rename("users.name", "people.name").unwrap_err().to_string();
    assert!(error.starts_with("`users.name` cannot be renamed to `people.name`"), "{error}");
    let error = draft().rename("users", "people").unwrap().steps(&SQLITE).unwrap_err();
    assert!(error.is_no_such_table(), "{error}");
    assert_eq!(
        draft().steps(&MARIADB).unwrap_err().to_string(),
        "this draft was made without the dialect of MariaDB"
    );
}

#[test]
fn states_are_kept_for_each_database() {
    let folder = Folder::new();
    Draft::of::<Before>(&Migrations::default(), &[&SQLITE, &MYSQL])
        .unwrap()
        .write(&folder.0, "first")
        .unwrap();
    let draft = Draft::of::<After>(&Migrations::read(&folder.0).unwrap(), &[&SQLITE]).unwrap();
    answers(draft).unwrap().write(&folder.0, "only SQLite").unwrap();
    let migrations = Migrations::read(&folder.0).unwrap();
    assert!(migrations.names().nth(1).unwrap().ends_with("_only_sqlite"));
    orm_migrate::check::<After>(&migrations, &[&SQLITE]).unwrap();
    orm_migrate::check::<Before>(&migrations, &[&MYSQL]).unwrap();
    assert!(orm_migrate::check::<After>(&migrations, &[&MYSQL]).is_err());
}

#[test]
fn the_text_is_for_people() {
    for dialect in [&SQLITE, &MYSQL] {
        let from = Schema::of::<Before>(dialect).unwrap();
        let draft = answers(Draft::between(from, Schema::of::<After>(dialect).unwrap(), dialect)).unwrap();
        let steps = draft.steps(dialect).unwrap();
        let key = dialect.name.to_lowercase();
        assert!(steps.iter().any(|step| step.loses_data), "the table of marks");
        let folder = Folder::new();
        let name = draft.write(&folder.0, "text").unwrap().unwrap();
        for way in ["up", "down"] {
            let text =
                std::fs::read_to_string(folder.0.join(&name).join(format!("{way}.{key}.sql"))).unwrap();
            insta::assert_snapshot!(format!("migration_{way}_{key}"), text);
        }
    }
}

#[test]
fn a_value_for_no_column_is_an_error() {
    let draft = || Draft::of::<before::User>(&Migrations::default(), &[&MYSQL]).unwrap();
    let error = draft().fill("users.nmae", "''").steps(&MYSQL).unwrap_err();
    assert!(error.to_string().starts_with("there is no column `users.nmae` to fill"), "{error}");
    assert!(draft().fill("users.name", "''").steps(&MYSQL).is_ok());
}
