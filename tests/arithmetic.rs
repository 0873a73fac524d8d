//! Arithmetic with SQL's types: what is the same on every database, and the errors where there is no correct result.

use orm::prelude::*;

/// Numbers at the limits of their types.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "limits")]
pub struct Limit {
    #[orm(primary_key)]
    pub id: u32,
    pub small: i32,
    pub big: i64,
    pub unsigned: u32,
    pub single: f32,
    pub double: f64,
    #[orm(precision = (20, 4))]
    pub exact: Decimal,
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
}

fn exact(text: &str) -> Decimal {
    text.parse().unwrap()
}

async fn limits(db: &Database) -> orm::Result<()> {
    db.create_tables::<Limit>().await?;
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let low = Limit {
        id: 1,
        small: -7,
        big: -7,
        unsigned: 3,
        single: 0.1,
        double: -7.5,
        exact: exact("-7.5000"),
        day: at.date_naive(),
        at,
    };
    let high = Limit {
        id: 2,
        small: i32::MAX,
        big: i64::MAX,
        unsigned: u32::MAX,
        single: 16_777_216.0,
        double: 1e308,
        exact: exact("9999999999999999.9999"),
        ..low.clone()
    };
    Limit::insert_all([low, high]).execute(db).await?;
    Ok(())
}

/// Evaluates an expression on the row with small numbers.
macro_rules! low {
    ($db:ident, |$l:pat_param| $expression:expr) => {
        Limit::find(1).select(|$l| $expression).one($db).await?
    };
}

/// Evaluates an expression on the row with large numbers, and returns the error.
macro_rules! refused {
    ($db:ident, |$l:pat_param| $expression:expr) => {
        Limit::find(2).select(|$l| $expression).one($db).await.unwrap_err()
    };
}

on_every_backend! {
    async fn division_of_whole_numbers(db: Database) {
        limits(db).await?;
        assert_eq!(low!(db, |l| (l.small.div(2), l.small.neg().div(2), l.small.div(-2))), (Some(-3), Some(3), Some(3)));
        assert_eq!(low!(db, |l| (l.small.rem(2), l.small.neg().rem(2), l.small.rem(-2))), (Some(-1), Some(1), Some(-1)));
        assert_eq!(low!(db, |l| (l.small.div(0), l.small.rem(0), l.unsigned.div(2))), (None, None, Some(1)));
        // The quotient of integers is an integer; another type takes a cast.
        assert_eq!(low!(db, |l| l.small.cast::<f64>().div(2.0)), Some(-3.5));
        assert_eq!(Limit::query().filter(|l| l.small.div(2).mul(2).add(l.small.rem(2)).eq(l.small)).count(db).await?, 2);
    }

    async fn what_is_null_in_a_query_is_null_in_a_change(db: Database) {
        limits(db).await?;
        let zero = |l: LimitFields| l.small.sub(l.small);
        let quotients = Limit::update().set(|l| {
            (
                l.small.to(l.small.div(zero(l)).coalesce(1)),
                l.big.to(l.big.rem(l.big.mul(0)).coalesce(2)),
                l.single.to(l.single.div(0.0).coalesce(0.5)),
                l.exact.to(l.exact.div(l.exact.sub(l.exact)).coalesce(exact("3.5"))),
                l.double.to(l.double.ln().coalesce(l.small.log10()).coalesce(l.exact.log2()).coalesce(4.5)),
            )
        });
        assert_eq!(quotients.filter(|l| l.id.eq(1).and(l.unsigned.div(zero(l).cast::<u32>()).is_null())).execute(db).await?, 1);
        let low = low!(db, |l| (l.small, l.big, l.single, l.exact, l.double));
        assert_eq!(low, (1, 2, 0.5, exact("3.5"), 4.5));
        let whole = Limit::update().set(|l| (l.unsigned.to(l.unsigned.div(2).coalesce(9)), l.double.to(l.double.log2().coalesce(9.0))));
        assert_eq!(whole.filter(|l| l.id.eq(1)).execute(db).await?, 1);
        let (unsigned, double) = low!(db, |l| (l.unsigned, l.double));
        assert_eq!((unsigned, (double * 1e6).round()), (1, 2_169_925.0));
    }

    async fn exact_numbers_stay_exact(db: Database) {
        limits(db).await?;
        assert_eq!(low!(db, |l| l.exact.add(exact("0.0001"))), exact("-7.4999"));
        assert_eq!(low!(db, |l| l.exact.mul(exact("0.0001"))), exact("-0.00075"));
        assert_eq!(low!(db, |l| l.exact.sub(l.exact)), exact("0"));
        // The number of digits of a quotient is up to the database.
        assert_eq!(low!(db, |l| l.exact.div(exact("7")).round(6)), Some(exact("-1.071429")));
        assert_eq!(low!(db, |l| l.exact.div(exact("2.5"))), Some(exact("-3")));
        assert_eq!(low!(db, |l| (l.exact.div(Decimal::ZERO), l.exact.rem(Decimal::ZERO))), (None, None));
        let high = Limit::find(2).select(|l| l.exact.add(exact("0.0001"))).one(db).await?;
        assert_eq!(high, exact("10000000000000000.0000"));
        assert_eq!(Limit::query().filter(|l| l.exact.mul(exact("-1")).eq(exact("7.5"))).count(db).await?, 1);
        // Compared with numbers that floats could not tell apart.
        let near = exact("9999999999999999.9998");
        assert_eq!(Limit::query().filter(|l| l.exact.eq(near).or(l.exact.between(near, near)).or(l.exact.is_in([near, near]))).count(db).await?, 0);
        assert_eq!(Limit::query().filter(|l| l.exact.add(exact("-0.0001")).eq(near).and(l.exact.sub(exact("0.0001")).is_in([near]))).count(db).await?, 1);
        assert_eq!(Limit::query().filter(|l| l.exact.gt(near).and(l.exact.null_if(near).coalesce(near).add(exact("-0.0001")).le(near))).count(db).await?, 1);
        let least = case::<Decimal>().when(all_of([]), near).otherwise(near);
        assert_eq!(Limit::query().filter(|l| least.clone().add(exact("0.0001")).eq(l.exact)).count(db).await?, 1);
        // To be stored, they must fit.
        let error = Limit::update().set(|l| l.exact.to(exact("0.00001"))).filter(|l| l.id.eq(1)).execute(db).await.unwrap_err();
        assert!(error.is_out_of_range(), "{error}");
    }

    async fn years_subtracted_from_one_another(db: Database) {
        limits(db).await?;
        assert_eq!(low!(db, |l| (l.day.year() - 2000, 1 - l.day.year(), (l.day.year() - value(orm::now()).year()).lt(0).known())), (-30, -1969, true));
        let latest = Limit::query().filter(|l| l.id.eq(1)).group_by(|l| l.id).select(|g| g.max(|l| l.day.year()) - 2000);
        assert_eq!(latest.all(db).await?, [Some(-30)]);
        let years = Limit::query().group_by(|l| l.at.year()).select(|g| (g.key.clone() - 2000, g.key.clone(), g.count()));
        assert_eq!(years.all(db).await?, [(-30, 1970, 2)]);
    }

    async fn floats(db: Database) {
        limits(db).await?;
        assert_eq!(low!(db, |l| (l.double.div(2.0), l.double.div(0.0), l.double.rem(2.0))), (Some(-3.75), None, Some(-1.5)));
        assert_eq!(low!(db, |l| l.double.add(0.25)), -7.25);
        // 32-bit floats have 32-bit results.
        assert_eq!(Limit::find(2).select(|l| (l.single.add(1.0), l.single.add(2.0))).one(db).await?, (16_777_216.0, 16_777_218.0));
        assert_eq!(low!(db, |l| (l.single.add(0.2), l.single.mul(3.0), l.single.div(3.0))), (0.1_f32 + 0.2, 0.1_f32 * 3.0, Some(0.1_f32 / 3.0)));
        assert_eq!(low!(db, |l| (l.single.add(0.25).round(1), l.single.add(0.26).trunc(1), l.single.rem(0.03))), (0.3, 0.3, Some((f64::from(0.1_f32) % f64::from(0.03_f32)) as f32)));
        assert_eq!(low!(db, |l| (l.small.cast::<f32>().div(3.0), l.single.neg().abs(), l.single.greatest(0.3))), (Some(-7.0_f32 / 3.0), 0.1, 0.3));
        assert_eq!(Limit::query().filter(|l| l.single.mul(10.0).gt(0.99)).count(db).await?, 2);
    }

    async fn whole_numbers_that_grow_too_great(db: Database) {
        limits(db).await?;
        // Out of range for the column's type: computed with 64 bits, and rejected when it is read.
        assert!(refused!(db, |l| l.small.add(1)).is_decode());
        assert_eq!(Limit::query().filter(|l| l.small.add(1).gt(l.small)).count(db).await?, 2);
        assert_eq!(Limit::find(2).select(|l| l.small.cast::<i64>().add(1)).one(db).await?, 2_147_483_648);
        // Out of range for 64 bits: no result at all.
        for error in [refused!(db, |l| l.big.add(1)), refused!(db, |l| l.big.mul(2)), refused!(db, |l| l.big.neg().sub(2))] {
            assert!(error.is_out_of_range() || error.is_decode(), "{error}");
        }
    }

    async fn unsigned_numbers_below_zero(db: Database) {
        limits(db).await?;
        assert_eq!(low!(db, |l| l.unsigned.sub(3)), 0);
        let error = Limit::find(1).select(|l| l.unsigned.sub(5)).one(db).await.unwrap_err();
        assert!(error.is_out_of_range() || error.is_decode(), "{error}");
        // Where a difference may be negative, use signed integers.
        assert_eq!(low!(db, |l| l.unsigned.cast::<i64>().sub(5)), -2);
        assert_eq!(Limit::query().filter(|l| l.unsigned.cast::<i64>().sub(5).lt(0)).count(db).await?, 1);
    }

    async fn changes_that_do_not_fit(db: Database) {
        limits(db).await?;
        let error = Limit::update().set(|l| l.small.to(l.small.add(1))).filter(|l| l.id.eq(2)).execute(db).await.unwrap_err();
        assert!(error.is_out_of_range(), "{error:?}");
        let error = Limit::update().set(|l| l.unsigned.to(l.unsigned.sub(4))).filter(|l| l.id.eq(1)).execute(db).await.unwrap_err();
        assert!(error.is_out_of_range(), "{error:?}");
        assert_eq!(low!(db, |l| (l.small, l.unsigned)), (-7, 3));
    }

    async fn days_beyond_the_calendar(db: Database) {
        limits(db).await?;
        assert_eq!(low!(db, |l| l.day.add_days(-1).add_days(1)), NaiveDate::from_ymd_opt(1970, 1, 1).unwrap());
        assert_eq!(low!(db, |l| (l.day.add_years(8029).year(), l.at.add_years(-969).year())), (9999, 1001));
        for error in [refused!(db, |l| l.day.add_years(8030)), refused!(db, |l| l.day.add_days(9_999_999))] {
            assert!(error.is_decode(), "{error}");
        }
        assert!(refused!(db, |l| l.at.add_years(8030)).is_decode());
        // The amount to add may be NULL.
        assert_eq!(low!(db, |l| l.day.add_days(l.small.cast::<i64>().null_if(-7))), None);
    }
}
