//! Relations by foreign keys to unique columns other than the primary key.

use orm::assert_statements;
use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "lands",
    has_many(places: Place.land, twins: Place.twin),
    has_one(flag: Flag),
    many_to_many(tongues: Tongue, through = Spoken)
)]
pub struct Land {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 2)]
    pub code: String,
    pub name: String,
}

/// `to = code` derives the relation name `land` from `land_code`.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "places")]
pub struct Place {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Land, to = code, on_delete = cascade, on_update = cascade, length = 2)]
    pub land_code: String,
    #[orm(belongs_to = Land, to = code, relation = twin, on_delete = set_null, on_update = set_null, length = 2)]
    pub twin_land: Option<String>,
    pub name: String,
}

/// Prevents its country from being deleted.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "flags")]
pub struct Flag {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Land, to = code, relation = land, unique, length = 2)]
    pub of: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tongues", many_to_many(lands: Land, through = Spoken))]
pub struct Tongue {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 3)]
    pub tag: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "spoken", primary_key(land_code, tongue_tag))]
pub struct Spoken {
    #[orm(belongs_to = Land, to = code, on_update = cascade, length = 2)]
    pub land_code: String,
    #[orm(belongs_to = Tongue, to = tag, length = 3)]
    pub tongue_tag: String,
}

/// Unique by two columns.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "depots", unique(region, number), has_many(deliveries: Delivery))]
pub struct Depot {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub number: u32,
    #[orm(length = 4)]
    pub region: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "deliveries",
    belongs_to(depot: Depot, by = (region, depot_no), to = (region, number), on_update = cascade)
)]
pub struct Delivery {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 4)]
    pub region: String,
    pub depot_no: u32,
}

/// A tree whose rows reference their parents by name.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "taxa", has_many(children: Taxon))]
pub struct Taxon {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 20)]
    pub name: String,
    #[orm(belongs_to = Taxon, to = name, relation = parent, length = 20)]
    pub of: Option<String>,
}

type All = (Land, Place, Flag, Tongue, Spoken, Depot, Delivery, Taxon);

/// Creates France and Denmark; Lyon, with Denmark as its twin, Paris and Ribe. No country has the id of its first
/// place.
async fn world(db: &Database) -> orm::Result<()> {
    db.create_tables::<All>().await?;
    let unused = Land::insert().code("XX").name("Nowhere").returning(db).await?;
    Land::delete_by(unused.id).execute(db).await?;
    let france = Land::insert().code("FR").name("France").returning(db).await?;
    let denmark = Land::insert().code("DK").name("Denmark").returning(db).await?;
    let places = [
        Place::insert().land(&france).twin(&denmark).name("Lyon"),
        Place::insert().land_code("FR").name("Paris").twin_land(None),
        Place::insert().land(&denmark).name("Ribe").twin_land(None),
    ];
    Place::insert_all(places).execute(db).await?;
    Ok(())
}

async fn codes(db: &Database) -> orm::Result<Vec<(String, String, Option<String>)>> {
    Place::query().order_by(|p| p.id.asc()).select(|p| (p.name, p.land_code, p.twin_land)).all(db).await
}

fn code(name: &str, land: &str, twin: Option<&str>) -> (String, String, Option<String>) {
    (name.into(), land.into(), twin.map(str::to_owned))
}

on_every_backend! {
    async fn reads(db: Database) {
        world(db).await?;
        let places = || Place::query().order_by(|p| p.id.asc());
        let named = places().select(|p| (p.name, p.land().name, p.twin().name));
        let of = |name: &str, land: &str, twin: Option<&str>| (name.to_owned(), land.to_owned(), twin.map(str::to_owned));
        assert_eq!(
            named.all(db).await?,
            [of("Lyon", "France", Some("Denmark")), of("Paris", "France", None), of("Ribe", "Denmark", None)]
        );
        let lands = || Land::query().order_by(|l| l.id.asc());
        let counted = lands().select(|l| (l.code, l.places().count(), l.twins().count()));
        assert_eq!(counted.all(db).await?, [("FR".to_owned(), 2, 0), ("DK".to_owned(), 1, 1)]);
        assert_eq!(lands().filter(|l| l.places().any(|p| p.name.eq("Ribe"))).one(db).await?.code, "DK");
        let joined: Vec<(Place, Land)> = places().join(|p| p.land()).all(db).await?;
        assert_eq!(joined.iter().map(|(_, land)| land.code.as_str()).collect::<Vec<_>>(), ["FR", "FR", "DK"]);
        let joined: Vec<(Land, Option<Place>)> = lands().left_join(|l| l.twins()).all(db).await?;
        assert_eq!(joined.iter().filter_map(|(_, place)| place.as_ref()).count(), 1);

        let loaded: Vec<(Place, Land, Option<Land>)> =
            assert_statements!(db, 1, places().with(|p| p.land()).with(|p| p.twin()).all(db).await?);
        assert_eq!((loaded[1].1.code.as_str(), loaded[0].2.as_ref().map(|land| land.code.as_str())), ("FR", Some("DK")));
        let loaded: Vec<(Land, Vec<Place>)> = assert_statements!(db, 2, lands().with(|l| l.places()).all(db).await?);
        assert_eq!(loaded.iter().map(|(_, places)| places.len()).collect::<Vec<_>>(), [2, 1]);
        let rows = places().all(db).await?;
        let of_rows: Vec<Option<Land>> = assert_statements!(db, 1, Place::load(&rows, |p| p.twin()).all(db).await?);
        assert_eq!(of_rows.iter().map(|land| land.as_ref().map(|land| land.code.as_str())).collect::<Vec<_>>(), [Some("DK"), None, None]);
        assert_eq!(rows[2].land().one(db).await?.name, "Denmark");
        assert_eq!(rows[1].twin().optional(db).await?, None);
        assert_eq!(rows[2].land().one(db).await?.places().count(db).await?, 1);

        let depots = Depot::insert_all([(1, "N"), (1, "S")].map(|(number, region)| Depot::insert().number(number).region(region)))
            .returning(db).await?;
        let deliveries = depots.iter().map(|depot| Delivery::insert().depot(depot));
        Delivery::insert_all(deliveries).execute(db).await?;
        let south = Delivery::query().filter(|d| d.depot().region.eq("S")).with(|d| d.depot()).one(db).await?;
        assert_eq!((south.0.region.as_str(), &south.1), ("S", &depots[1]));
        assert_eq!(Depot::load(&depots, |d| d.deliveries()).all(db).await?.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
    }

    async fn is_kept_by_the_database(db: Database) {
        world(db).await?;
        orm::Schema::verify::<All>(db).await?;
        let nowhere = Place::insert().land_code("QQ").name("x").twin_land(None).execute(db).await;
        assert!(nowhere.unwrap_err().is_foreign_key_violation());
        Land::update().set(|l| l.code.to("GB")).filter(|l| l.code.eq("DK")).execute(db).await?;
        assert_eq!(codes(db).await?, [code("Lyon", "FR", None), code("Paris", "FR", None), code("Ribe", "GB", None)]);
        Land::delete().filter(|l| l.code.eq("FR")).execute(db).await?;
        assert_eq!(codes(db).await?, [code("Ribe", "GB", None)]);
    }

    async fn new_rows_get_what_their_parents_have(db: Database) {
        world(db).await?;
        let mut s = db.session();
        let flag = s.add(Flag::insert().of("NO")); // set by value, before its country exists
        let norway = s.add(Land::insert().code("NO").name("Norway"));
        let oslo = s.add(Place::insert().land(norway).twin(norway).name("Oslo"));
        assert_statements!(db, 3, s.commit().await?);
        let (norway, oslo, flag) = (s.saved(norway)?, s.saved(oslo)?, s.saved(flag)?);
        assert_eq!((s[oslo].land_code.as_str(), s[oslo].twin_land.as_deref(), s[flag].of.as_str()), ("NO", Some("NO"), "NO"));

        let bergen = s.add(Place::insert().land(norway).name("Bergen").twin_land(None));
        let lyon = Place::query().filter(|p| p.name.eq("Lyon")).track(&mut s).await?[0];
        s.link(lyon, |p| p.land(), norway)?;
        s.link(lyon, |p| p.twin(), None)?;
        s.commit().await?;
        let bergen = s.saved(bergen)?;
        assert_eq!((s[bergen].land_code.as_str(), s[lyon].land_code.as_str()), ("NO", "NO"));
        assert_eq!(codes(db).await?[0], code("Lyon", "NO", None));

        let depot = s.add(Depot::insert().number(7).region("N"));
        let delivery = s.add(Delivery::insert().depot(depot));
        s.commit().await?;
        let delivery = s.saved(delivery)?;
        assert_eq!((s[delivery].region.as_str(), s[delivery].depot_no), ("N", 7));
    }

    async fn collections(db: Database) {
        world(db).await?;
        let mut s = db.session();
        let lands = Land::query().order_by(|l| l.id.asc()).track(&mut s).await?;
        let [france, denmark] = lands[..] else { panic!("two countries") };
        let places = Place::query().order_by(|p| p.id.asc()).track(&mut s).await?;
        s.attach(denmark, |l| l.places(), places[0])?;
        s.detach(denmark, |l| l.twins(), places[0])?;
        let new = s.add(Place::insert().land(denmark).name("Odense").twin_land(None));
        s.attach(france, |l| l.twins(), new)?;
        s.commit().await?;
        assert_eq!(codes(db).await?, [
            code("Lyon", "DK", None), code("Paris", "FR", None), code("Ribe", "DK", None), code("Odense", "DK", Some("FR")),
        ]);
        let mut s = db.session();
        let denmark = Land::query().filter(|l| l.code.eq("DK")).track(&mut s).await?[0];
        let ribe = Place::query().filter(|p| p.name.eq("Ribe")).track(&mut s).await?;
        s.replace(denmark, |l| l.places(), ribe)?;
        s.commit().await?; // a place must have a country, so the others are deleted
        assert_eq!(codes(db).await?, [code("Paris", "FR", None), code("Ribe", "DK", None)]);
        s.delete(denmark)?;
        s.commit().await?;
        assert_eq!(codes(db).await?, [code("Paris", "FR", None)]);
    }

    async fn joins(db: Database) {
        world(db).await?;
        let mut s = db.session();
        let land = Land::query().filter(|l| l.code.eq("FR")).track(&mut s).await?[0];
        let [breton, french] = ["bre", "fra"].map(|tag| s.add(Tongue::insert().tag(tag)));
        for tongue in [breton, french] {
            s.attach(land, |l| l.tongues(), tongue)?;
        }
        s.commit().await?;
        let spoken = || Spoken::query().order_by(|s| (s.land_code.asc(), s.tongue_tag.asc())).select(|s| (s.land_code, s.tongue_tag));
        assert_eq!(spoken().all(db).await?, [("FR".to_owned(), "bre".to_owned()), ("FR".to_owned(), "fra".to_owned())]);
        let loaded: Vec<(Land, Vec<Tongue>)> = Land::query().order_by(|l| l.id.asc()).with(|l| l.tongues()).all(db).await?;
        assert_eq!(loaded.iter().map(|(_, tongues)| tongues.len()).collect::<Vec<_>>(), [2, 0]);
        assert_eq!(loaded[0].0.tongues().filter(|t| t.tag.eq("bre")).count(db).await?, 1);
        assert_eq!(Tongue::query().filter(|t| t.lands().any(|l| l.name.eq("France"))).count(db).await?, 2);
        let (breton, french) = (s.saved(breton)?, s.saved(french)?);
        s.attach(land, |l| l.tongues(), french)?; // is there already
        s.detach(land, |l| l.tongues(), breton)?;
        s.commit().await?;
        assert_eq!(spoken().all(db).await?, [("FR".to_owned(), "fra".to_owned())]);
        let denmark = Land::query().filter(|l| l.code.eq("DK")).track(&mut s).await?[0];
        s.replace(denmark, |l| l.tongues(), [breton])?;
        s.detach_all(land, |l| l.tongues())?;
        s.commit().await?;
        assert_eq!(spoken().all(db).await?, [("DK".to_owned(), "bre".to_owned())]);
    }

    async fn values_that_change(db: Database) {
        world(db).await?;
        let mut s = db.session();
        let lands = Land::query().order_by(|l| l.id.asc()).track(&mut s).await?;
        let places = Place::query().order_by(|p| p.id.asc()).track(&mut s).await?;
        s[lands[1]].code = "DN".into();
        let odense = s.add(Place::insert().land(lands[1]).name("Odense").twin_land(None));
        s.link(places[1], |p| p.land(), lands[1])?;
        s.commit().await?;
        // Tracked rows follow the database's referential actions.
        let odense = s.saved(odense)?;
        let tracked: Vec<_> = places.iter().chain([&odense]).map(|&place| (s[place].land_code.as_str(), s[place].twin_land.as_deref())).collect();
        assert_eq!(tracked, [("FR", None), ("DN", None), ("DN", None), ("DN", None)]);
        assert_eq!(codes(db).await?, [
            code("Lyon", "FR", None), code("Paris", "DN", None), code("Ribe", "DN", None), code("Odense", "DN", None),
        ]);

        // Rows whose foreign key prevents the change leave before the value changes; rows that come wait for it.
        let flag = s.add(Flag::insert().land(lands[0]));
        s.commit().await?;
        let flag = s.saved(flag)?;
        s[lands[0]].code = "FX".into();
        s.link(flag, |f| f.land(), lands[1])?;
        s.commit().await?;
        assert_eq!((s[flag].of.as_str(), s[places[0]].land_code.as_str()), ("DN", "FX"));
        s[lands[0]].code = "FR".into();
        let other = s.add(Flag::insert().of("FR"));
        s.commit().await?;
        s[lands[0]].code = "FF".into();
        let refused = s.flush().await.unwrap_err();
        assert!(refused.is_foreign_key_violation(), "{refused}");
        s.rollback().await?;
        let _ = other;
    }

    async fn trees(db: Database) {
        db.create_tables::<All>().await?;
        let mut s = db.session();
        let root = s.add(Taxon::insert().name("Animalia").of(None));
        let cats = s.add(Taxon::insert().name("Felidae").parent(root));
        let lion = s.add(Taxon::insert().name("Leo").of(Some("Felidae".to_owned())));
        s.commit().await?;
        let [root, cats, lion] = [s.saved(root)?, s.saved(cats)?, s.saved(lion)?];
        assert_eq!((s[cats].of.as_deref(), s[lion].of.as_deref()), (Some("Animalia"), Some("Felidae")));
        let tree: orm::Tree<Taxon> = Taxon::query().filter(|t| t.of.is_null()).tree(|t| t.children()).one(db).await?;
        assert_eq!(tree.children[0].children[0].row.name, "Leo");
        for taxon in [root, cats, lion] {
            s.delete(taxon)?;
        }
        s.commit().await?; // the leaves first
        assert_eq!(Taxon::query().count(db).await?, 0);
    }
}
