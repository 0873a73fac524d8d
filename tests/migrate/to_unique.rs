//! Foreign keys to unique columns, up and down.

use orm::prelude::*;
use orm_migrate::{Draft, Migrations};

use super::{Folder, differs_in_no_way};

/// Without the foreign key, and without the unique constraint that it references.
mod before {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "lands")]
    pub struct Land {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 2)]
        pub code: String,
    }

    #[derive(Model)]
    #[orm(table = "places")]
    pub struct Place {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 2)]
        pub land_code: String,
    }
}

mod after {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "lands")]
    pub struct Land {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(unique, length = 2)]
        pub code: String,
    }

    #[derive(Model)]
    #[orm(table = "places")]
    pub struct Place {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = Land, to = code, on_update = cascade, length = 2)]
        pub land_code: String,
    }
}

on_every_backend! {
    async fn keys_to_unique_columns_come_and_go(db: Database) {
        db.ping().await?;
        let folder = Folder::new();
        let draft = Draft::of::<(before::Land, before::Place)>(&Migrations::default(), &[db.dialect()])?;
        draft.write(&folder.0, "first")?;
        let draft = Draft::of::<(after::Land, after::Place)>(&Migrations::read(&folder.0)?, &[db.dialect()])?;
        draft.write(&folder.0, "with a key")?;
        let migrations = Migrations::read(&folder.0)?;
        migrations.up(db).await?;
        differs_in_no_way::<(after::Land, after::Place)>(db).await?;
        let no = after::Land::insert().code("NO").returning(db).await?;
        after::Place::insert().land(&no).execute(db).await?;
        assert!(after::Place::insert().land_code("SE").execute(db).await.unwrap_err().is_foreign_key_violation());
        migrations.down(db, 1).await?;
        differs_in_no_way::<(before::Land, before::Place)>(db).await?;
        before::Place::insert().land_code("SE").execute(db).await?;
        assert!(migrations.up(db).await.is_err()); // no such land
    }
}
