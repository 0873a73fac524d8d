//! Full-text indexes, up and down.

use orm::dialect::{MARIADB, SQLITE};
use orm::prelude::*;
use orm::{Schema, schema::ModelSet};
use orm_migrate::{Draft, Migrations};

use super::Folder;

mod before {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "letters", full_text(subject, text), full_text(note, name = "letters_words"))]
    pub struct Letter {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 80)]
        pub subject: String,
        pub text: String,
        pub note: Option<String>,
        pub pages: Option<i32>,
    }
}

/// A column is renamed, and so is an index; one index covers a different column, and one is new. All text has a
/// different collation.
mod after {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "letters", full_text(title, text), full_text(pages, name = "letters_words"))]
    pub struct Letter {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 80, renamed_from = "subject", full_text, collation = "utf8mb4_bin")]
        pub title: String,
        #[orm(collation = "utf8mb4_bin")]
        pub text: String,
        pub note: Option<String>,
        #[orm(length = 9)]
        pub pages: Option<String>,
    }
}

/// The full-text indexes and one of the text columns are dropped.
mod none {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "letters")]
    pub struct Letter {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 80, collation = "utf8mb4_bin")]
        pub title: String,
        #[orm(collation = "utf8mb4_bin")]
        pub text: String,
    }
}

/// Returns the names of the existing full-text indexes.
async fn found(db: &Database) -> orm::Result<Vec<String>> {
    let schema = Schema::reflect(db).await?;
    let indexes = &schema.table("letters").unwrap().indexes;
    Ok(indexes.iter().filter(|index| index.full_text).map(|index| index.name.clone()).collect())
}

async fn make<S: ModelSet>(db: &Database, folder: &Folder, name: &str) -> orm::Result<Option<String>> {
    let read = || Migrations::read(&folder.0);
    let made = Draft::of::<S>(&read()?, &[db.dialect()])?.allow_data_loss().write(&folder.0, name)?;
    read()?.up(db).await?;
    Schema::verify::<S>(db).await?;
    Ok(made)
}

/// A script states what it is about, even where there is nothing to do.
#[test]
fn full_text_indexes_are_called_so_where_there_are_any() -> orm::Result<()> {
    mod plain {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "notes")]
        pub struct Note {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub text: String,
        }
    }
    #[derive(Model)]
    #[orm(table = "notes", full_text(text))]
    struct Note {
        #[orm(primary_key, auto)]
        id: u64,
        text: String,
    }
    let folder = Folder::new();
    let dialects = [&SQLITE, &MARIADB];
    Draft::of::<plain::Note>(&Migrations::read(&folder.0)?, &dialects)?.write(&folder.0, "plain")?;
    let made =
        Draft::of::<Note>(&Migrations::read(&folder.0)?, &dialects)?.write(&folder.0, "words")?.unwrap();
    let script = |name: &str| std::fs::read_to_string(folder.0.join(&made).join(name)).unwrap();
    let mariadb = script("up.mariadb.sql");
    assert!(
        mariadb.starts_with("-- add the full-text index `notes_text_fulltext` of `notes`\n"),
        "{mariadb}"
    );
    assert_eq!(script("up.sqlite.sql"), "-- nothing to do on this database\n");
    assert_eq!(script("down.sqlite.sql"), script("up.sqlite.sql"));
    Ok(())
}

on_every_backend! {
    async fn full_text_indexes_of_models(db: Database) {
        db.ping().await?;
        let has = |names: &[&str]| -> Vec<String> {
            names.iter().filter(|_| db.dialect().ddl.full_text).map(|&name| name.to_owned()).collect()
        };
        let folder = Folder::new();
        make::<before::Letter>(db, &folder, "before").await?;
        let first = has(&["letters_subject_text_fulltext", "letters_words"]);
        assert_eq!(found(db).await?, first);
        before::Letter::insert().subject("Hello").text("A word from the harbour").pages(2).execute(db).await?;
        make::<after::Letter>(db, &folder, "after").await?;
        let second = has(&["letters_title_fulltext", "letters_title_text_fulltext", "letters_words"]);
        assert_eq!(found(db).await?, second);
        assert_eq!(make::<after::Letter>(db, &folder, "nothing").await?, None);
        make::<none::Letter>(db, &folder, "none").await?;
        assert_eq!(found(db).await?, [""; 0]);

        let migrations = Migrations::read(&folder.0)?;
        migrations.down(db, 1).await?;
        assert_eq!(found(db).await?, second);
        Schema::verify::<after::Letter>(db).await?;
        migrations.down(db, 1).await?;
        assert_eq!(found(db).await?, first);
        Schema::verify::<before::Letter>(db).await?;
        migrations.up(db).await?;
        assert_eq!(found(db).await?, [""; 0]);
        assert_eq!(none::Letter::query().select(|l| l.title).all(db).await?, ["Hello"]);
    }
}
