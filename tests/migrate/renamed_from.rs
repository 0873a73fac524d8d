//! Renames that models declare.

use orm::Schema;
use orm::prelude::*;
use orm::schema::ModelSet;
use orm_migrate::{Draft, Migrations};

use super::{Folder, tables};

mod first {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "people")]
    pub struct Person {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 50, unique)]
        pub name: String,
    }

    #[derive(Model)]
    #[orm(table = "notes")]
    pub struct Note {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = Person)]
        pub person_id: u64,
    }

    pub type Models = (Person, Note);
}

mod second {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "users", renamed_from = "people")]
    pub struct User {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 50, unique, renamed_from = "name")]
        pub full_name: String,
        #[orm(renamed_from = "never_there")]
        pub age: Option<i32>,
    }

    #[derive(Model)]
    #[orm(table = "memos", renamed_from = "notes")]
    pub struct Memo {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = User, renamed_from = "person_id")]
        pub user_id: u64,
    }

    pub type Models = (User, Memo);
}

mod third {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "memos", renamed_from = "notes")]
    pub struct Memo {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(renamed_from = "person_id")]
        pub user_id: u64,
    }

    pub type Models = (super::second::User, Memo);
}

/// Makes a migration that loses nothing, and runs it.
async fn migrate<S: ModelSet>(folder: &Folder, db: &Database) -> orm::Result<()> {
    db.ping().await?;
    let written = Draft::of::<S>(&Migrations::read(&folder.0)?, &[db.dialect()])?.write(&folder.0, "next")?;
    assert!(written.is_some());
    let migrations = Migrations::read(&folder.0)?;
    migrations.up(db).await?;
    orm_migrate::check::<S>(&migrations, &[db.dialect()])?;
    Schema::verify::<S>(db).await
}

on_every_backend! {
    async fn keeps_the_data(db: Database) {
        let folder = Folder::new();
        migrate::<first::Models>(&folder, db).await?;
        let ann = first::Person::insert().name("Ann").returning(db).await?;
        first::Note::insert().person_id(ann.id).execute(db).await?;

        migrate::<second::Models>(&folder, db).await?;
        assert_eq!(tables(db).await?, ["memos", "users"]);
        assert_eq!(second::User::query().one(db).await?.full_name, "Ann");
        assert_eq!(second::Memo::query().one(db).await?.user_id, ann.id);

        // The key is dropped by the name that it has kept.
        migrate::<third::Models>(&folder, db).await?;
        third::Memo::insert().user_id(ann.id + 1).execute(db).await?;
        third::Memo::delete().filter(|m| m.user_id.ne(ann.id)).execute(db).await?;

        let migrations = Migrations::read(&folder.0)?;
        migrations.down(db, 1).await?;
        Schema::verify::<second::Models>(db).await?;
        migrations.down(db, 1).await?;
        Schema::verify::<first::Models>(db).await?;
        assert_eq!(first::Person::query().one(db).await?.name, "Ann");
        assert_eq!(first::Note::query().one(db).await?.person_id, ann.id);
    }
}

#[test]
fn is_ignored_for_new_tables_and_may_be_repeated_in_a_draft() {
    use orm::dialect::SQLITE;
    let folder = Folder::new();
    let steps =
        |draft: Draft| draft.steps(&SQLITE).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
    let draft = Draft::of::<second::Models>(&Migrations::default(), &[&SQLITE]).unwrap();
    assert_eq!(steps(draft), ["create the table `users`", "create the table `memos`"]);
    Draft::of::<first::Models>(&Migrations::default(), &[&SQLITE])
        .unwrap()
        .write(&folder.0, "first")
        .unwrap();
    let draft = || Draft::of::<second::Models>(&Migrations::read(&folder.0).unwrap(), &[&SQLITE]).unwrap();
    assert_eq!(steps(draft())[0], "rename the table `people` to `users`");
    assert_eq!(steps(draft().rename("people", "users").unwrap()).len(), steps(draft()).len());
}
