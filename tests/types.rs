//! Every column type, written and read back, with its limits.

use orm::Schema;
use orm::prelude::*;

/// Integers and booleans.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Whole {
    #[orm(primary_key, auto)]
    pub id: i32,
    pub truth: bool,
    pub i8: i8,
    pub i16: i16,
    pub i32: i32,
    pub i64: i64,
    pub u8: u8,
    pub u16: u16,
    pub u32: u32,
    pub u64: u64,
    pub maybe: Option<u32>,
}

/// All other types.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Other {
    #[orm(primary_key)]
    pub id: Uuid,
    pub single: f32,
    pub double: f64,
    pub text: String,
    pub bytes: Vec<u8>,
    pub day: NaiveDate,
    pub clock: NaiveTime,
    pub local: NaiveDateTime,
    pub at: DateTime<Utc>,
    pub exact: Decimal,
    #[orm(precision = (6, 3))]
    pub small: Option<Decimal>,
    pub json: serde_json::Value,
    pub maybe: Option<Uuid>,
}

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DogId(u64);

#[derive(Value, Debug, Clone, Copy, PartialEq)]
pub enum Size {
    Small,
    VeryBig,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[orm(as = int)]
pub enum Mood {
    Sad = -1,
    Happy = 7,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[orm(as = enum)]
pub enum Coat {
    Short,
    #[orm(rename = "long & silky")]
    Long,
    #[orm(rename = r"rough\n'wild'")]
    Rough,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Dog {
    #[orm(primary_key, auto)]
    pub id: DogId,
    #[orm(belongs_to = Dog)]
    pub mother_id: Option<DogId>,
    #[orm(length = 20)]
    pub size: Size,
    pub mood: Mood,
    pub coat: Coat,
}

fn other(id: u128) -> Other {
    let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    let clock = NaiveTime::from_hms_micro_opt(23, 59, 59, 123_456).unwrap();
    Other {
        id: Uuid::from_u128(id),
        single: 0.1,
        double: 1.0e-300,
        text: "it's \"quoted\" `so` \\n \0 🦀 ünï".into(),
        bytes: (0..=255).collect(),
        day,
        clock,
        local: day.and_time(clock),
        at: day.and_time(clock).and_utc(),
        exact: Decimal::new(-123_456_789, 4),
        small: Some(Decimal::new(999_999, 3)),
        json: serde_json::json!({"a": [1, 2.5, null], "b": {"c": "it's 🦀"}}),
        maybe: None,
    }
}

#[derive(Value, Debug, Clone, PartialEq)]
pub struct Sku(pub String);
impl orm::value::Textual for Sku {}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
pub struct Cents(pub i64);
impl orm::value::Numeric for Cents {}
impl orm::value::Summed for Cents {
    type Sum = Cents;
}
impl orm::value::Averaged for Cents {
    type Average = f64;
}

/// Newtypes that support the operations of their inner type.
#[derive(Model, Debug)]
#[orm(table = "wares")]
pub struct Ware {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 20)]
    pub sku: Sku,
    pub price: Cents,
}

on_every_backend! {
    async fn whole_numbers_at_their_limits(db: Database) {
        db.create_tables::<Whole>().await?;
        let least = Whole {
            id: 1, truth: false, i8: i8::MIN, i16: i16::MIN, i32: i32::MIN, i64: i64::MIN, u8: 0, u16: 0, u32: 0, u64: 0, maybe: None,
        };
        let most = Whole {
            id: 2, truth: true, i8: i8::MAX, i16: i16::MAX, i32: i32::MAX, i64: i64::MAX, u8: u8::MAX, u16: u16::MAX,
            u32: u32::MAX, u64: i64::MAX as u64, maybe: Some(u32::MAX),
        };
        Whole::insert_all([&least, &most]).execute(db).await?;
        assert_eq!(Whole::query().order_by(|w| w.id.asc()).all(db).await?, [least, most.clone()]);
        let found = Whole::query().filter(|w| w.truth.is_true().and(w.i64.eq(i64::MAX)).and(w.u8.eq(255)));
        assert_eq!(found.one(db).await?, most);
    }

    async fn everything_else(db: Database) {
        db.create_tables::<Other>().await?;
        let first = other(1);
        let stored = Other::insert_all([&first]).returning(db).await?;
        assert_eq!(stored, std::slice::from_ref(&first));
        let second = Other { maybe: Some(Uuid::max()), small: None, exact: Decimal::ZERO, text: String::new(), bytes: vec![], ..other(2) };
        Other::insert_all([&second]).execute(db).await?;
        assert_eq!(Other::find(first.id).one(db).await?, first);
        assert_eq!(Other::find(second.id).one(db).await?, second);
        let by_value = Other::query().filter(|o| {
            all_of([
                o.text.eq(&first.text), o.bytes.eq(&first.bytes), o.day.eq(first.day), o.clock.eq(first.clock),
                o.local.eq(first.local), o.at.eq(first.at), o.exact.eq(first.exact), o.double.eq(first.double),
                o.small.eq(first.small.unwrap()),
            ])
        });
        assert_eq!(by_value.one(db).await?.id, first.id);
        assert_eq!(Other::query().filter(|o| o.at.lt(first.at)).count(db).await?, 0);
        assert_eq!(Other::query().filter(|o| o.maybe.eq(Uuid::max())).one(db).await?.id, second.id);
        let years: Vec<i32> = Other::query().select(|o| o.at.year()).distinct().all(db).await?;
        assert_eq!(years, [2024]);
    }

    async fn newtypes_and_enums(db: Database) {
        db.create_tables::<Dog>().await?;
        let mother = Dog::insert().size(Size::Small).mood(Mood::Sad).coat(Coat::Long).returning(db).await?;
        assert_eq!((mother.id, mother.coat), (DogId(1), Coat::Long));
        let pup = Dog::insert().mother(&mother).size(Size::VeryBig).mood(Mood::Happy).coat(Coat::Short).returning(db).await?;
        assert_eq!(Dog::find(pup.id).one(db).await?, Dog { id: DogId(2), mother_id: Some(DogId(1)), ..pup.clone() });
        assert_eq!(Dog::query().filter(|d| d.size.eq(Size::VeryBig)).one(db).await?, pup);
        assert_eq!(Dog::query().filter(|d| d.mood.eq(Mood::Sad)).one(db).await?, mother);
        assert_eq!(Dog::query().filter(|d| d.coat.is_in([Coat::Long])).one(db).await?, mother);
        assert_eq!(Dog::query().filter(|d| d.mother().id.eq(DogId(1))).one(db).await?, pup);
        Dog::update_by(pup.id).set(|d| d.coat.to(Coat::Rough)).execute(db).await?;
        assert_eq!(Dog::query().filter(|d| d.coat.eq(Coat::Rough)).select(|d| d.coat).all(db).await?, [Coat::Rough]);
        Schema::verify::<Dog>(db).await?;
    }

    async fn newtypes_with_the_operators_of_what_is_in_them(db: Database) {
        db.create_tables::<Ware>().await?;
        let ware = |sku: &str, price| Ware::insert().sku(Sku(sku.into())).price(Cents(price));
        Ware::insert_all([ware("A-1", 100), ware("A-2", 250), ware("B-1", 7)]).execute(db).await?;
        let some = Ware::query().filter(|w| w.sku.starts_with("A-").and(w.price.lt(w.price + Cents(1))));
        assert_eq!(some.clone().order_by(|w| w.id.asc()).select(|w| w.sku.lower()).all(db).await?, ["a-1", "a-2"]);
        let sums: (Option<Cents>, Option<f64>) = some.aggregate(|g| (g.sum(|w| w.price), g.avg(|w| w.price))).one(db).await?;
        assert_eq!(sums, (Some(Cents(350)), Some(175.0)));
        Ware::update().set(|w| w.price.to(w.price * Cents(2))).filter(|w| w.sku.eq_any_case("b-1")).execute(db).await?;
        assert_eq!(Ware::query().filter(|w| w.sku.contains("B")).select(|w| w.price).one(db).await?, Cents(14));
    }

    async fn finer_times_are_cut_to_the_microsecond(db: Database) {
        db.create_tables::<Other>().await?;
        let fine = NaiveTime::from_hms_nano_opt(1, 2, 3, 999_999_999).unwrap();
        Other::insert_all([Other { clock: fine, ..other(1) }]).execute(db).await?;
        let stored = Other::query().one(db).await?;
        assert_eq!(stored.clock, NaiveTime::from_hms_micro_opt(1, 2, 3, 999_999).unwrap());
    }

    async fn leap_seconds_are_the_second_before(db: Database) {
        db.create_tables::<Other>().await?;
        let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_250_000_999).unwrap();
        let returned = Other::insert_all([Other { clock: leap, ..other(1) }]).returning(db).await?;
        assert_eq!(returned[0].clock, NaiveTime::from_hms_milli_opt(23, 59, 59, 250).unwrap());
        assert_eq!(Other::query().all(db).await?, returned);
    }

    async fn greater_numbers_than_the_type_holds_are_errors(db: Database) {
        db.create_tables::<Wide>().await?;
        Wide::insert_all([Wide { id: 1, number: 300, text: "word".into(), maybe: None, double: 0.1 }]).execute(db).await?;
        let read = async |expected: &str, error: orm::Error| {
            assert!(error.is_decode(), "{error:?}");
            assert_eq!(error.to_string(), expected);
        };
        let error = NarrowNumber::query().all(db).await.unwrap_err();
        read("`NarrowNumber.number` is read as `u8`, but column `number` holds a value that does not fit without loss", error).await;
        let error = NarrowText::query().all(db).await.unwrap_err();
        read("`NarrowText.text` is read as `i64`, but column `text` holds text or bytes", error).await;
        let error = NarrowNull::query().all(db).await.unwrap_err();
        read("`NarrowNull.maybe` is read as `i32`, but column `maybe` holds NULL; make it an `Option` if it may be NULL", error).await;
        let error = NarrowFloat::query().all(db).await.unwrap_err();
        read("`NarrowFloat.double` is read as `f32`, but column `double` holds a value that does not fit without loss", error).await;
        let error = Wide::query().join_on::<NarrowNumber>(|w, n| w.id.eq(n.id)).all(db).await.unwrap_err();
        assert!(error.to_string().starts_with("`NarrowNumber.number`"), "{error}");
        assert_eq!(Wide::query().count(db).await?, 1);
    }
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "wide")]
pub struct Wide {
    #[orm(primary_key)]
    pub id: i32,
    pub number: i32,
    pub text: String,
    pub maybe: Option<i32>,
    pub double: f64,
}

macro_rules! narrow {
    ($($name:ident $field:ident: $ty:ty;)*) => { $(
        /// The same table, read with another type.
        #[derive(Model, Debug, Clone, PartialEq)]
        #[orm(table = "wide")]
        pub struct $name {
            #[orm(primary_key)]
            pub id: i32,
            pub $field: $ty,
        }
    )* };
}
narrow! {
    NarrowNumber number: u8;
    NarrowText text: i64;
    NarrowNull maybe: i32;
    NarrowFloat double: f32;
}
