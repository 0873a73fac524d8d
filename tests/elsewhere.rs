//! Tables in another database of the same server, or in one attached to the same SQLite connection: `schema = ".."`.

use mysql_async::prelude::Queryable as _;
use orm::Schema;
use orm::prelude::*;
use orm::schema::ModelSet as _;

use crate::support::{Fresh, isolates_snapshots};

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "owners", schema = "orm_test_elsewhere", has_many(crates: Crate))]
pub struct Owner {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
}

/// With circular foreign keys.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "crates",
    schema = "orm_test_elsewhere",
    index(weight desc),
    check("weight >= 0", name = "crates_weight"),
    has_many(lids: Lid)
)]
pub struct Crate {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 20)]
    pub code: String,
    #[orm(belongs_to = Owner, on_delete = cascade)]
    pub owner_id: u64,
    #[orm(belongs_to = Lid)]
    pub top_id: Option<u64>,
    pub weight: i64,
    #[orm(server_default = "7")]
    pub stock: i64,
    #[orm(version)]
    pub version: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "lids", schema = "orm_test_elsewhere")]
pub struct Lid {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Crate, on_delete = cascade, relation = under)]
    pub crate_id: u64,
    pub colour: String,
}

/// In the default database, with the same table name as one elsewhere, and a foreign key to it.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "crates")]
pub struct Plan {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 20)]
    pub code: String,
    #[orm(belongs_to = Crate, on_delete = cascade)]
    pub of_id: Option<u64>,
}

type All = (Owner, Crate, Lid, Plan);

/// Without the one that references them from another database.
type There = (Owner, Crate, Lid);

/// The other database, which has the same name in all tests: they take turns.
struct Elsewhere(mysql_async::Conn);

impl Elsewhere {
    async fn new(fresh: &Fresh) -> Self {
        let mut connection = fresh.admin().await;
        connection.query_drop("SELECT GET_LOCK('orm_test_elsewhere', 300)").await.unwrap();
        connection.query_drop("SET FOREIGN_KEY_CHECKS = 0").await.unwrap();
        connection.query_drop("DROP DATABASE IF EXISTS orm_test_elsewhere").await.unwrap();
        connection.query_drop("CREATE DATABASE orm_test_elsewhere").await.unwrap();
        Elsewhere(connection)
    }

    async fn end(mut self) {
        self.0.query_drop("DROP DATABASE orm_test_elsewhere").await.unwrap();
        self.0.disconnect().await.unwrap();
    }
}

async fn filled(db: &Database) -> orm::Result<(Owner, Crate)> {
    db.create_tables::<All>().await?;
    let ann = Owner::insert().name("Ann").returning(db).await?;
    let first = Crate::insert().owner(&ann).code("a").weight(1).returning(db).await?;
    Crate::insert_all(["b", "c"].map(|code| Crate::insert().owner(&ann).code(code).weight(2)))
        .execute(db)
        .await?;
    Lid::insert().crate_id(first.id).colour("red").execute(db).await?;
    Plan::insert().code("a").of(&first).execute(db).await?;
    Ok((ann, first))
}

on_servers! {
    async fn is_created_compared_and_dropped(fresh: Fresh) {
        let (db, elsewhere) = (&fresh.db, Elsewhere::new(fresh).await);
        db.create_tables::<All>().await?;
        db.create_tables::<All>().await?;
        Schema::verify::<All>(db).await?;
        let there = Schema::reflect_in("orm_test_elsewhere", db).await?;
        let mut names: Vec<String> = there.tables.iter().map(|table| table.name.to_string()).collect();
        names.sort();
        assert_eq!(names, ["crates", "lids", "owners"].map(|name| format!("orm_test_elsewhere.{name}")));
        let differences = Schema::differences(db, All::tables()).await?;
        assert!(differences.is_empty(), "{differences:#?}");
        sql!("ALTER TABLE orm_test_elsewhere.lids DROP COLUMN colour").execute(db).await?;
        let error = Schema::verify::<All>(db).await.unwrap_err().to_string();
        assert!(error.contains("the column `orm_test_elsewhere.lids.colour` is missing"), "{error}");
        for difference in Schema::differences(db, All::tables()).await? {
            for sql in difference.fix {
                orm::raw::sql_unchecked(sql).execute(db).await?;
            }
        }
        Schema::verify::<All>(db).await?;
        db.drop_tables::<All>().await?;
        db.drop_tables::<All>().await?;
        assert!(Crate::query().count(db).await.unwrap_err().is_no_such_table());
        let missing = Schema::verify::<All>(db).await.unwrap_err().to_string();
        assert!(missing.contains("the table `orm_test_elsewhere.crates` is missing"), "{missing}");
        elsewhere.end().await;
    }

    async fn is_queried_together_with_the_own_schema(fresh: Fresh) {
        let (db, elsewhere) = (&fresh.db, Elsewhere::new(fresh).await);
        let (ann, first) = filled(db).await?;
        assert_eq!((first.stock, first.version), (7, 1));
        let rows: Vec<(Crate, Owner)> = Crate::query().join(|c| c.owner()).order_by(|(c, _)| c.id.asc()).all(db).await?;
        assert_eq!((rows.len(), &rows[0]), (3, &(first.clone(), ann.clone())));
        // Two tables of the same name.
        let both: Vec<(Plan, Crate)> = Plan::query().join(|p| p.of()).all(db).await?;
        assert_eq!((both[0].0.code.as_str(), &both[0].1), ("a", &first));
        let by_code = Plan::query().join_on::<Crate>(|p, c| p.code.eq(c.code)).select(|(p, c)| (p.code, c.weight)).all(db).await?;
        assert_eq!(by_code, [("a".to_owned(), 1)]);
        assert_eq!(Crate::query().filter(|c| c.owner().name.eq("Ann")).count(db).await?, 3);
        assert_eq!(Owner::query().filter(|o| o.crates().any(|c| c.lids().any(|l| l.colour.eq("red")))).one(db).await?, ann);
        let feed: Vec<(Owner, Vec<Crate>)> = Owner::query().with(|o| o.crates().order_by(|c| c.code.desc()).limit(2)).all(db).await?;
        assert_eq!(feed[0].1.iter().map(|c| c.code.as_str()).collect::<Vec<_>>(), ["c", "b"]);
        let weights: Vec<(u64, Option<i64>)> = Crate::query().group_by(|c| c.owner_id).select(|g| (g.key, g.max(|c| c.weight))).all(db).await?;
        assert_eq!(weights, [(ann.id, Some(2))]);
        let most = Crate::query().aggregate(|g| g.max(|c| c.weight));
        let heavy = Crate::query().filter(|c| c.weight.eq(most.scalar()));
        assert_eq!(heavy.count(db).await?, 2);
        let raw: Vec<Crate> = sql!("SELECT {@Crate}.* FROM {@Crate} WHERE {@Crate.code} = 'a'").all(db).await?;
        assert_eq!(raw, std::slice::from_ref(&first));
        assert_eq!(Crate::find(first.id).one(db).await?, first);
        Crate::query().filter(|c| c.code.eq("a")).explain(db).await?;
        let page = Crate::query().order_by(|c| c.code.asc()).page(2, 2, db).await?;
        assert_eq!((page.total, page.rows.len()), (3, 1));
        assert_eq!(Crate::query().select(|c| c.code).union(Plan::query().select(|p| p.code)).all(db).await?.len(), 3);
        let locked = db.transaction().run(async |mut tx| Crate::query().for_update().all(&mut tx).await).await?;
        assert_eq!(locked.len(), 3);
        elsewhere.end().await;
    }

    async fn is_changed(fresh: Fresh) {
        let (db, elsewhere) = (&fresh.db, Elsewhere::new(fresh).await);
        let (ann, first) = filled(db).await?;
        // The table in the default database has no such row.
        let raw: i64 = sql!("SELECT weight FROM {@Crate} WHERE {@Crate.code} = 'b'").scalar(db).await?;
        assert_eq!(raw, 2);
        assert_eq!(Crate::update().set(|c| c.weight.to(c.weight + 1)).filter(|c| c.owner().name.eq("Ann")).execute(db).await?, 3);
        let set = Crate::update().set(|c| c.weight.to(9)).filter(|c| c.code.eq("b")).returning(db).await?;
        assert_eq!((set[0].weight, set[0].version), (9, 3));
        assert_eq!(Crate::update_by(first.id).set(|c| c.stock.to(1)).execute(db).await?, 1);
        // An update that reads its own table.
        let most = Crate::query().aggregate(|g| g.max(|c| c.weight)).scalar();
        assert_eq!(Crate::update().set(|c| c.stock.to(0)).filter(|c| c.weight.eq(most)).execute(db).await?, 1);
        let joined = Crate::update().join(|c| c.owner()).set(|(c, _)| c.stock.to(4)).filter(|(_, o)| o.name.eq("Ann"));
        assert_eq!(joined.execute(db).await?, 3);
        let again = Crate::insert().owner(&ann).code("a").weight(5);
        let error = again.clone().execute(db).await.unwrap_err();
        assert!(error.violates::<Crate>(|c| c.code) && !error.violates::<Plan>(|p| p.code), "{error:?}");
        assert_eq!(Crate::insert().owner(&ann).code("z").weight(-5).execute(db).await.unwrap_err().constraint(), Some("crates_weight"));
        Crate::insert_all([again.clone()]).on_conflict(|c| c.code).update(|c, new| c.weight.to(new.weight)).execute(db).await?;
        let seven = again.clone().weight(7);
        let upserted = Crate::insert_all([seven]).on_conflict(|c| c.code).update(|c, new| c.weight.to(c.weight + new.weight)).returning(db).await?;
        assert_eq!((upserted[0].id, upserted[0].weight), (first.id, 12));
        Crate::insert_all([again]).on_conflict(|c| c.code).ignore().execute(db).await?;
        let copies = Crate::insert_from(Crate::query().filter(|c| c.code.eq("c")), |c| {
            Crate::insert().owner_id(c.owner_id).code(c.code.concat("2")).weight(c.weight)
        });
        assert_eq!(copies.execute(db).await?, 1);
        let bulk = (0..100).map(|n| Crate::insert().owner(&ann).code(format!("n{n}")).weight(n));
        assert_eq!(Crate::insert_all(bulk).bulk().execute(db).await?, 100);
        let gone = Crate::delete().filter(|c| c.code.starts_with("n")).returning(db).await?;
        assert_eq!(gone.len(), 100);
        assert_eq!(Crate::delete().filter(|c| c.lids().any(|l| l.colour.eq("red"))).execute(db).await?, 1);
        assert_eq!((Lid::query().count(db).await?, Plan::query().count(db).await?), (0, 0)); // cascades
        assert_eq!(Owner::delete_by(ann.id).execute(db).await?, 1);
        assert_eq!(Crate::query().count(db).await?, 0);
        elsewhere.end().await;
    }

    async fn is_tracked(fresh: Fresh) {
        let (db, elsewhere) = (&fresh.db, Elsewhere::new(fresh).await);
        let (ann, first) = filled(db).await?;
        let mut s = db.session();
        let rows = Crate::query().order_by(|c| c.id.asc()).track(&mut s).await?;
        s[rows[0]].weight = 50;
        s[rows[1]].weight = 60;
        let bob = s.add(Owner::insert().name("Bob"));
        let new = s.add(Crate::insert().owner(bob).code("new").weight(3));
        let lid = s.add(Lid::insert().under(new).colour("blue"));
        let plan = s.add(Plan::insert().code("p").of(new));
        s.link(new, |c| c.top(), lid)?; // circular
        s.link(rows[1], |c| c.owner(), bob)?;
        s.delete(rows[2])?;
        s.commit().await?;
        let (new, lid, plan) = (s.saved(new)?, s.saved(lid)?, s.saved(plan)?);
        assert_eq!(s[plan].of_id, Some(s[new].id));
        assert_eq!((s[new].top_id, s[new].stock, s[lid].crate_id), (Some(s[lid].id), 7, s[new].id));
        let mut weights = Crate::query().select(|c| (c.code, c.weight, c.version)).all(db).await?;
        weights.sort();
        assert_eq!(weights, [("a".to_owned(), 50, 2), ("b".to_owned(), 60, 2), ("new".to_owned(), 3, 2)]);
        assert_eq!(Crate::query().filter(|c| c.owner().name.eq("Bob")).count(db).await?, 2);

        let mut s = db.session();
        let one = s.get::<Crate>(first.id).await?;
        Crate::update_by(first.id).set(|c| c.weight.to(1)).execute(db).await?;
        s[one].weight = 2;
        let error = s.commit().await.unwrap_err();
        let is_expected = if isolates_snapshots(db).await? { error.is_serialization() } else { error.is_stale() };
        assert!(is_expected, "{error:?}");
        s.rollback().await?;

        let mut s = db.session();
        let ann = s.get::<Owner>(ann.id).await?;
        let hers = Crate::query().filter(|c| c.code.eq("a")).track(&mut s).await?[0];
        s.delete(ann)?;
        s.commit().await?;
        assert!(s.try_mut(hers).unwrap_err().to_string().contains("was deleted"));
        assert_eq!(Crate::query().count(db).await?, 2);
        elsewhere.end().await;
    }

    async fn is_migrated(fresh: Fresh) {
        let (db, elsewhere) = (&fresh.db, Elsewhere::new(fresh).await);
        db.ping().await?;
        let folder = std::env::temp_dir().join(format!("orm_elsewhere_{}_{}", std::process::id(), db.dialect().name));
        let read = || orm_migrate::Migrations::read(&folder);
        orm_migrate::Draft::of::<All>(&read()?, &[db.dialect()])?.write(&folder, "first")?;
        read()?.up(db).await?;
        Schema::verify::<All>(db).await?;
        read()?.down(db, 1).await?;
        let missing = Schema::verify::<All>(db).await.unwrap_err().to_string();
        assert!(missing.contains("the table `orm_test_elsewhere.lids` is missing"), "{missing}");
        let _ = std::fs::remove_dir_all(&folder);
        elsewhere.end().await;
    }
}

/// Servers look for the target of a foreign key in the database of the table that has it.
#[test]
fn foreign_keys_back_to_the_own_schema_are_refused() {
    #[derive(Model, Debug)]
    #[orm(table = "homes")]
    pub struct Home {
        #[orm(primary_key)]
        pub id: u64,
    }
    #[derive(Model, Debug)]
    #[orm(table = "trips", schema = "far")]
    pub struct Trip {
        #[orm(primary_key)]
        pub id: u64,
        #[orm(belongs_to = Home)]
        pub home_id: u64,
    }
    let error = Schema::of::<(Home, Trip)>(&orm::dialect::MYSQL).unwrap_err();
    assert!(error.is_unsupported());
    assert_eq!(
        error.to_string(),
        "`Trip` is in the schema `far`, and has a foreign key to `Home`, which names no schema: servers \
         would look for it in `far`; add `schema = \"..\"` to `Home` too, or make the key a plain column"
    );
}

/// Compares and fixes an attached database, including by rebuilding a table.
#[tokio::test]
async fn attached_databases_are_compared_and_fixed() -> orm::Result<()> {
    let db = Database::open("sqlite::memory:")?;
    sql!("ATTACH ':memory:' AS orm_test_elsewhere").execute(&db).await?;
    // A table of the same name, which is ignored.
    sql!("CREATE TABLE lids (word TEXT)").execute(&db).await?;
    let missing = Schema::verify::<There>(&db).await.unwrap_err().to_string();
    assert!(missing.contains("the table `orm_test_elsewhere.lids` is missing"), "{missing}");
    db.create_tables::<There>().await?;
    Schema::verify::<There>(&db).await?;
    sql!("ALTER TABLE orm_test_elsewhere.lids DROP COLUMN colour").execute(&db).await?;
    sql!("DROP INDEX orm_test_elsewhere.crates_weight_idx").execute(&db).await?;
    let error = Schema::verify::<There>(&db).await.unwrap_err().to_string();
    assert!(error.contains("the column `orm_test_elsewhere.lids.colour` is missing"), "{error}");
    let mut last = Vec::new();
    for difference in Schema::differences(&db, There::tables()).await? {
        if difference.fix != last {
            for statement in &difference.fix {
                orm::raw::sql_unchecked(statement.clone()).execute(&db).await?;
            }
        }
        last = difference.fix;
    }
    Schema::verify::<There>(&db).await?;
    assert_eq!(Schema::differences(&db, There::tables()).await?, []);
    let main: i64 = sql!("SELECT count(*) FROM main.sqlite_schema").scalar(&db).await?;
    assert_eq!(main, 1);
    Ok(())
}

/// An attached SQLite database: it exists in the single connection of an in-memory database.
#[tokio::test]
async fn is_one_that_is_attached() -> orm::Result<()> {
    let db = Database::open("sqlite::memory:")?;
    sql!("ATTACH ':memory:' AS orm_test_elsewhere").execute(&db).await?;
    sql!("CREATE TABLE crates (id INTEGER PRIMARY KEY)").execute(&db).await?;
    db.create_tables::<There>().await?;
    db.create_tables::<There>().await?;
    let ann = Owner::insert().name("Ann").returning(&db).await?;
    let first = Crate::insert().owner(&ann).code("a").weight(1).returning(&db).await?;
    Lid::insert().crate_id(first.id).colour("red").execute(&db).await?;
    let rows: Vec<(Crate, Owner)> = Crate::query().join(|c| c.owner()).all(&db).await?;
    assert_eq!(rows, [(first.clone(), ann.clone())]);
    let mut s = db.session();
    let held = s.get::<Crate>(first.id).await?;
    s[held].weight = 5;
    s.commit().await?;
    assert_eq!(sql!("SELECT weight FROM {@Crate}").scalar::<i64>(&db).await?, 5);
    let index = sql!(
        "SELECT count(*) FROM orm_test_elsewhere.sqlite_master WHERE type = 'index' AND sql LIKE '%DESC%'"
    );
    assert_eq!(index.scalar::<i64>(&db).await?, 1);
    Schema::verify::<There>(&db).await?;
    assert_eq!(Schema::differences(&db, There::tables()).await?, []);
    let models = orm_reflect::models(&Schema::reflect_in("orm_test_elsewhere", &db).await?, db.dialect());
    assert!(models.contains("#[orm(table = \"lids\")]\n#[orm(schema = \"orm_test_elsewhere\")]"), "{models}");
    assert!(models.contains("belongs_to = Owner, on_delete = cascade"), "{models}");
    // Its foreign keys are enforced.
    let nobody = Crate::insert().owner_id(99).code("b").weight(1).execute(&db).await.unwrap_err();
    assert!(nobody.is_foreign_key_violation(), "{nobody}");
    Owner::delete_by(ann.id).execute(&db).await?;
    assert_eq!((Crate::query().count(&db).await?, Lid::query().count(&db).await?), (0, 0));
    // No foreign key leads there from another database.
    let error = db.create_tables::<All>().await.unwrap_err();
    assert!(
        error.is_unsupported() && error.to_string().starts_with("`Plan` has a foreign key to `Crate`"),
        "{error}"
    );
    db.drop_tables::<There>().await?;
    // The table of auto-increment counters remains, as in the main database.
    let left = sql!("SELECT count(*) FROM orm_test_elsewhere.sqlite_master WHERE name <> 'sqlite_sequence'");
    assert_eq!(left.scalar::<i64>(&db).await?, 0);
    assert_eq!(sql!("SELECT count(*) FROM crates").scalar::<i64>(&db).await?, 0);
    Ok(())
}
