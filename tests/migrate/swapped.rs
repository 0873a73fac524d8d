//! Constraints and indexes that swap names.

use orm::prelude::*;
use orm::schema::ModelSet;
use orm::{Schema, raw};
use orm_migrate::{Draft, Migrations};

use super::{Folder, differs_in_no_way, run_sql};

mod before {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "makers")]
    pub struct Maker {
        #[orm(primary_key, auto)]
        pub id: u64,
    }

    #[derive(Model)]
    #[orm(
        table = "bikes",
        check("price >= 0", name = "c_one"),
        check("weight >= 0", name = "c_two"),
        index(price, name = "i_one"),
        index(weight, name = "i_two"),
        unique(price, name = "u_one"),
        unique(weight, name = "u_two")
    )]
    pub struct Bike {
        #[orm(primary_key, auto)]
        pub id: u64,
        pub price: i64,
        pub weight: i64,
        #[orm(belongs_to = Maker, constraint = "k_one")]
        pub frame_id: u64,
        #[orm(belongs_to = Maker, constraint = "k_two")]
        pub wheel_id: u64,
    }

    #[derive(Model)]
    #[orm(table = "tyres", index(width, name = "width_of_tyres"))]
    pub struct Tyre {
        #[orm(primary_key, auto)]
        pub id: u64,
        pub width: i64,
        #[orm(belongs_to = Maker, constraint = "of_tyres")]
        pub maker_id: u64,
    }

    #[derive(Model)]
    #[orm(table = "bells", index(width, name = "width_of_bells"))]
    pub struct Bell {
        #[orm(primary_key, auto)]
        pub id: u64,
        pub width: i64,
        #[orm(belongs_to = Maker, constraint = "of_bells")]
        pub maker_id: u64,
    }
}

mod after {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "makers")]
    pub struct Maker {
        #[orm(primary_key, auto)]
        pub id: u64,
    }

    #[derive(Model)]
    #[orm(
        table = "bikes",
        check("price >= 0", name = "c_two"),
        check("weight >= 0", name = "c_one"),
        index(price, name = "i_two"),
        index(weight, name = "i_one"),
        unique(price, name = "u_two"),
        unique(weight, name = "u_one")
    )]
    pub struct Bike {
        #[orm(primary_key, auto)]
        pub id: u64,
        pub price: i64,
        pub weight: i64,
        #[orm(belongs_to = Maker, constraint = "k_two")]
        pub frame_id: u64,
        #[orm(belongs_to = Maker, constraint = "k_one")]
        pub wheel_id: u64,
    }

    #[derive(Model)]
    #[orm(table = "tyres", index(width, name = "width_of_bells"))]
    pub struct Tyre {
        #[orm(primary_key, auto)]
        pub id: u64,
        pub width: i64,
        #[orm(belongs_to = Maker, constraint = "of_bells")]
        pub maker_id: u64,
    }

    #[derive(Model)]
    #[orm(table = "bells", index(width, name = "width_of_tyres"))]
    pub struct Bell {
        #[orm(primary_key, auto)]
        pub id: u64,
        pub width: i64,
        #[orm(belongs_to = Maker, constraint = "of_tyres")]
        pub maker_id: u64,
    }
}

type Before = (before::Maker, before::Bike, before::Tyre, before::Bell);
type After = (after::Maker, after::Bike, after::Tyre, after::Bell);

async fn migrate<S: ModelSet>(folder: &Folder, db: &Database) -> orm::Result<()> {
    db.ping().await?;
    let draft = Draft::of::<S>(&Migrations::read(&folder.0)?, &[db.dialect()])?;
    draft.write(&folder.0, "a change")?;
    Migrations::read(&folder.0)?.up(db).await.map(drop)
}

/// Returns the name of the check that fails, to tell which check has which name.
async fn refused_by(db: &Database, price: i64, weight: i64) -> orm::Result<Option<String>> {
    let maker = before::Maker::query().one(db).await?.id;
    let bike = before::Bike::insert().price(price).weight(weight).frame_id(maker).wheel_id(maker);
    Ok(bike.execute(db).await.unwrap_err().constraint().map(str::to_owned))
}

on_every_backend! {
    async fn names_are_swapped(db: Database) {
        let folder = Folder::new();
        migrate::<Before>(&folder, db).await?;
        differs_in_no_way::<Before>(db).await?;
        let maker = before::Maker::insert().returning(db).await?.id;
        before::Bike::insert().price(1).weight(2).frame_id(maker).wheel_id(maker).execute(db).await?;
        assert_eq!(refused_by(db, -1, 1).await?.as_deref(), Some("c_one"));
        migrate::<After>(&folder, db).await?;
        differs_in_no_way::<After>(db).await?;
        assert_eq!(refused_by(db, -1, 1).await?.as_deref(), Some("c_two"));
        assert_eq!(refused_by(db, 1, -1).await?.as_deref(), Some("c_one"));
        Migrations::read(&folder.0)?.down(db, 1).await?;
        differs_in_no_way::<Before>(db).await?;
        assert_eq!(before::Bike::query().count(db).await?, 1);
    }

    async fn the_fixing_statements_run_in_their_order(db: Database) {
        db.create_tables::<Before>().await?;
        let mut last = Vec::new();
        for difference in Schema::differences(db, After::tables()).await? {
            if difference.fix != last {
                for statement in &difference.fix {
                    raw::sql_unchecked(statement.clone()).execute(db).await?;
                }
            }
            last = difference.fix;
        }
        differs_in_no_way::<After>(db).await?;
    }
}

mod loose {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "parents", primary_key(id, kind))]
    pub struct Parent {
        pub id: u64,
        pub kind: i64,
    }

    /// Without foreign keys.
    #[derive(Model)]
    #[orm(table = "kids")]
    pub struct Kid {
        #[orm(primary_key)]
        pub id: u64,
        pub parent_id: u64,
        pub parent_kind: i64,
        pub twin_id: u64,
        pub twin_kind: i64,
    }
}

on_servers! {
    /// Their indexes have the names of their first columns.
    async fn keys_that_servers_have_named_go(fresh: Fresh) {
        let db = &fresh.db;
        db.create_tables::<loose::Parent>().await?;
        run_sql(db, "CREATE TABLE kids (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, parent_id BIGINT UNSIGNED NOT NULL, \
            parent_kind BIGINT NOT NULL, twin_id BIGINT UNSIGNED NOT NULL, twin_kind BIGINT NOT NULL, \
            FOREIGN KEY (parent_id, parent_kind) REFERENCES parents (id, kind))").await?;
        run_sql(db, "ALTER TABLE kids ADD FOREIGN KEY (twin_id, twin_kind) REFERENCES parents (id, kind)").await?;
        let found = Schema::reflect(db).await?;
        let keys = &found.table("kids").unwrap().foreign_keys;
        assert_eq!(keys.iter().map(|key| key.name.as_str()).collect::<Vec<_>>(), ["kids_ibfk_1", "kids_ibfk_2"]);
        let wanted = Schema::of::<(loose::Parent, loose::Kid)>(db.dialect())?;
        let folder = Folder::new();
        Draft::between(found, wanted, db.dialect()).write(&folder.0, "no keys")?;
        Migrations::read(&folder.0)?.up(db).await?;
        differs_in_no_way::<(loose::Parent, loose::Kid)>(db).await?;
    }
}
