//! Points, as in the guide's chapter on models: bytes as the servers store them, and spatial functions.

use orm::prelude::*;
use orm::value::{Cell, Datum, Kind, Mismatch};

/// A place, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub longitude: f64,
    pub latitude: f64,
}

/// SRID 0, and the header of a little-endian WKB point.
const POINT: [u8; 9] = [0, 0, 0, 0, 1, 1, 0, 0, 0];

impl Value for Place {
    const KIND: Kind = Kind::Blob;

    fn to_datum(&self) -> Datum {
        Datum::Blob([&POINT[..], &self.longitude.to_le_bytes(), &self.latitude.to_le_bytes()].concat())
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        let degrees = |bytes: &[u8]| bytes.try_into().map(f64::from_le_bytes).ok();
        let place = cell.bytes()?.strip_prefix(&POINT).and_then(|bytes| bytes.split_at_checked(8));
        place
            .and_then(|(x, y)| Some(Place { longitude: degrees(x)?, latitude: degrees(y)? }))
            .ok_or_else(|| Mismatch::invalid("not a point"))
    }
}
orm::operands!(Place);

orm::function! {
    /// Returns the place with these coordinates.
    fn place(longitude: f64, latitude: f64) -> Place = "POINT";
    /// Returns the distance of two places in meters.
    fn distance(from: Place, to: Place) -> f64 = "ST_Distance_Sphere";
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "shops")]
pub struct Shop {
    #[orm(primary_key, auto)]
    pub id: u32,
    #[orm(length = 100)]
    pub name: String,
    #[orm(sql_type = "point")]
    pub at: Place,
    #[orm(sql_type = "point")]
    pub delivers_from: Option<Place>,
}

fn degrees(longitude: f64, latitude: f64) -> Place {
    Place { longitude, latitude }
}

on_every_backend! {
    async fn are_written_and_read_as_any_value(db: Database) {
        db.create_tables::<Shop>().await?;
        orm::Schema::verify::<Shop>(db).await?;
        let books = Shop::insert().name("Books").at(degrees(13.4, 52.5)).returning(db).await?;
        assert_eq!((books.at, books.delivers_from), (degrees(13.4, 52.5), None));
        Shop::insert_all([
            Shop::insert().name("Bread").at(degrees(-0.1, 51.5)).delivers_from(degrees(0.25, 51.75)),
            Shop::insert().name("Beer").at(degrees(2.35, 48.85)),
        ])
        .execute(db)
        .await?;
        let found = Shop::query().filter(|s| s.at.eq(degrees(-0.1, 51.5))).one(db).await?;
        assert_eq!((found.name.as_str(), found.delivers_from), ("Bread", Some(degrees(0.25, 51.75))));

        // Many rows in a session, each changed, with one statement for all.
        let mut s = db.session();
        for shop in Shop::query().track(&mut s).await? {
            let at = s[shop].at;
            s[shop].delivers_from = Some(degrees(at.longitude + 1.0, at.latitude));
        }
        s.add(Shop::insert().name("Bikes").at(degrees(4.9, 52.37)));
        s.commit().await?;
        let from = Shop::query().order_by(|s| s.id.asc()).select(|s| s.delivers_from).all(db).await?;
        assert_eq!(from, [Some(degrees(14.4, 52.5)), Some(degrees(0.9, 51.5)), Some(degrees(3.35, 48.85)), None]);

        let more = (0..100).map(|at| Shop::insert().name("More").at(degrees(f64::from(at), 0.5)));
        assert_eq!(Shop::insert_all(more).bulk().execute(db).await?, 100);
        assert_eq!(Shop::query().filter(|s| s.at.eq(degrees(99.0, 0.5))).count(db).await?, 1);
    }
}

on_servers! {
    async fn are_computed_with_by_functions_of_the_server(fresh: Fresh) {
        let db = &fresh.db;
        db.create_tables::<Shop>().await?;
        Shop::insert_all([
            Shop::insert().name("Alexanderplatz").at(degrees(13.4132, 52.5219)).delivers_from(degrees(0.0, 0.0)),
            Shop::insert().name("Hackescher Markt").at(degrees(13.4023, 52.5228)),
            Shop::insert().name("Zoo").at(degrees(13.3327, 52.5072)),
        ])
        .execute(db)
        .await?;
        let near = Shop::query()
            .filter(|s| distance(s.at, place(13.4132, 52.5219)).lt(1_000.0))
            .order_by(|s| distance(s.at, place(13.4132, 52.5219)).asc())
            .select(|s| (s.name, distance(s.at, place(13.4132, 52.5219)), distance(s.at, s.delivers_from)))
            .all(db)
            .await?;
        let names: Vec<&str> = near.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(names, ["Alexanderplatz", "Hackescher Markt"]);
        // On a sphere with a radius of 6,370,986 meters, as on both servers.
        assert!((near[1].1 - 744.4).abs() < 1.0, "{near:?}");
        assert!(near[0].2.is_some_and(|far| far > 5_000_000.0) && near[1].2.is_none(), "{near:?}");

        // Anything but a point is an error of the row, not a wrong place.
        let line = "LINESTRING(0 0, 1 1)";
        sql!("ALTER TABLE {@Shop} MODIFY at GEOMETRY NOT NULL").execute(db).await?;
        sql!("UPDATE {@Shop} SET at = ST_GeomFromText({line}) WHERE name = 'Zoo'").execute(db).await?;
        let error = Shop::query().all(db).await.unwrap_err();
        assert!(error.to_string().contains("not a point"), "{error}");
    }
}
