//! Constraint names and index orders, up and down.

use orm::prelude::*;
use orm::{Schema, schema::ModelSet};
use orm_migrate::{Draft, Migrations};

use super::Folder;

mod before {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(
        table = "notes",
        check = "stars < 6",
        index(author_id, written),
        unique(author_id, stars, name = "notes_once")
    )]
    pub struct Note {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = Author)]
        pub author_id: u64,
        pub written: i64,
        pub stars: i32,
    }

    #[derive(Model)]
    #[orm(table = "authors")]
    pub struct Author {
        #[orm(primary_key, auto)]
        pub id: u64,
    }
}

mod after {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(
        table = "notes",
        check("stars < 6", name = "notes_five_stars"),
        index(author_id, written desc),
        unique(author_id, stars desc, name = "notes_once")
    )]
    pub struct Note {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = Author, constraint = "notes_by")]
        pub author_id: u64,
        pub written: i64,
        pub stars: i32,
    }

    #[derive(Model)]
    #[orm(table = "authors")]
    pub struct Author {
        #[orm(primary_key, auto)]
        pub id: u64,
    }
}

type Before = (before::Author, before::Note);
type After = (after::Author, after::Note);

/// Returns the names of the foreign key and the check, and whether the index is descending.
async fn found(db: &Database) -> orm::Result<(String, String, bool)> {
    let schema = Schema::reflect(db).await?;
    let notes = schema.table("notes").unwrap();
    let check = notes.checks.iter().find(|check| check.condition.contains('<')).unwrap();
    let index = notes.indexes.iter().find(|index| index.name == "notes_author_id_written_idx").unwrap();
    let name = check.name.clone().unwrap_or_default();
    Ok((notes.foreign_keys[0].name.clone(), name, index.parts[1].is_descending()))
}

/// Returns the differences from the models, harmless or not.
async fn left<S: ModelSet>(db: &Database) -> orm::Result<Vec<String>> {
    let all = Schema::differences(db, S::tables()).await?;
    let of_models = all.iter().filter(|difference| difference.table.name != "orm_migrations");
    Ok(of_models.map(ToString::to_string).collect())
}

async fn make<S: ModelSet>(db: &Database, folder: &Folder, name: &str) -> orm::Result<Option<String>> {
    let read = || Migrations::read(&folder.0);
    let made = Draft::of::<S>(&read()?, &[db.dialect()])?.write(&folder.0, name)?;
    read()?.up(db).await?;
    Ok(made)
}

on_every_backend! {
    async fn names_and_orders_that_models_declare(db: Database) {
        db.ping().await?;
        let folder = Folder::new();
        make::<Before>(db, &folder, "before").await?;
        let first = found(db).await?;
        assert_eq!((first.0.as_str(), first.2), ("notes_author_fkey", false));
        sql!("INSERT INTO authors (id) VALUES (1)").execute(db).await?;
        sql!("INSERT INTO notes (author_id, written, stars) VALUES (1, 2, 3)").execute(db).await?;
        make::<After>(db, &folder, "after").await?;
        assert_eq!(found(db).await?, ("notes_by".to_owned(), "notes_five_stars".to_owned(), true));
        assert_eq!(left::<After>(db).await?, [""; 0]);
        assert_eq!(make::<After>(db, &folder, "nothing").await?, None);

        Migrations::read(&folder.0)?.down(db, 1).await?;
        assert_eq!(found(db).await?, first);
        assert_eq!(left::<Before>(db).await?, [""; 0]);
        Migrations::read(&folder.0)?.up(db).await?;
        assert_eq!(left::<After>(db).await?, [""; 0]);
        assert_eq!(sql!("SELECT stars FROM notes").scalar::<i32>(db).await?, 3);
    }

    /// A name that models no longer state is kept, and is the one by which the constraint is dropped later.
    async fn names_that_models_no_longer_declare(db: Database) {
        #[derive(Model)]
        #[orm(table = "notes")]
        pub struct Plain {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub author_id: u64,
            pub written: i64,
            pub stars: i32,
        }
        db.ping().await?;
        let folder = Folder::new();
        make::<After>(db, &folder, "named").await?;
        make::<Before>(db, &folder, "unnamed").await?;
        assert_eq!(found(db).await?, ("notes_by".to_owned(), "notes_five_stars".to_owned(), false));
        make::<(before::Author, Plain)>(db, &folder, "plain").await?;
        assert_eq!(left::<(before::Author, Plain)>(db).await?, [""; 0]);
    }
}
