//! Variances and standard deviations, of groups and over windows, compared with values computed in Rust.

use orm::prelude::*;
use orm::window;

use crate::support::Random;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "measures")]
pub struct Measure {
    #[orm(primary_key)]
    pub id: i64,
    pub kind: i32,
    pub number: Option<i32>,
    pub real: f64,
    #[orm(precision = (20, 4))]
    pub exact: Decimal,
}

fn measures() -> Vec<Measure> {
    let mut random = Random::new(3);
    let measure = |id| Measure {
        id,
        // The last kind has one row.
        kind: if id == 59 { 9 } else { i32::try_from(id % 3).unwrap() },
        number: (!random.once_in(3)).then(|| random.between(-1000, 1000) as i32),
        // Far from zero, so that naive sums of squares would lose all digits.
        real: 1e9 + random.between(-1000, 1000) as f64 / 16.0,
        exact: Decimal::new(random.between(-99_999, 99_999), 4),
    };
    (0..60).map(measure).collect()
}

/// `stddev_pop`, `stddev_samp`, `var_pop`, `var_samp`
type Four = (Option<f64>, Option<f64>, Option<f64>, Option<f64>);

/// In two passes.
fn expected(values: &[f64]) -> Four {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let population = (count > 0.0).then(|| squares / count);
    let sample = (count > 1.0).then(|| squares / (count - 1.0));
    (population.map(f64::sqrt), sample.map(f64::sqrt), population, sample)
}

fn close(found: Four, expected: Four) -> bool {
    let close = |found: Option<f64>, expected: Option<f64>| match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 2e-8 * expected.abs() + 1e-9,
        (found, expected) => found == expected,
    };
    close(found.0, expected.0)
        && close(found.1, expected.1)
        && close(found.2, expected.2)
        && close(found.3, expected.3)
}

macro_rules! four {
    ($of:expr, |$m:pat_param| $value:expr) => {
        (
            $of.stddev_pop(|$m| $value),
            $of.stddev_samp(|$m| $value),
            $of.var_pop(|$m| $value),
            $of.var_samp(|$m| $value),
        )
    };
}

on_every_backend! {
    async fn of_groups(db: Database) {
        use rust_decimal::prelude::ToPrimitive as _;
        db.create_tables::<Measure>().await?;
        let measures = measures();
        Measure::insert_all(measures.clone()).execute(db).await?;
        let groups = Measure::query().group_by(|m| m.kind).order_by(|g| g.key.asc());
        let rows = groups.select(|g| (g.key, four!(g, |m| m.number), four!(g, |m| m.real), four!(g, |m| m.exact), four!(g.filter(|m| m.id.lt(20)), |m| m.real)));
        let rows: Vec<(i32, Four, Four, Four, Four)> = rows.all(db).await?;
        assert_eq!(rows.len(), 4);
        for (kind, number, real, exact, first) in rows {
            let of = |value: &dyn Fn(&Measure) -> Option<f64>| {
                expected(&measures.iter().filter(|m| m.kind == kind).filter_map(value).collect::<Vec<_>>())
            };
            let pairs = [
                (number, of(&|m| m.number.map(f64::from))),
                (real, of(&|m| Some(m.real))),
                (exact, of(&|m| m.exact.to_f64())),
                (first, of(&|m| (m.id < 20).then_some(m.real))),
            ];
            for (found, expected) in pairs {
                assert!(close(found, expected), "{kind}: {found:?} instead of {expected:?}");
            }
        }
        let none: Four = Measure::query().filter(|m| m.id.lt(0)).aggregate(|g| four!(g, |m| m.real)).one(db).await?;
        assert_eq!(none, (None, None, None, None));
        let spread = Measure::query().group_by(|m| m.kind).having(|g| g.stddev_samp(|m| m.real).is_null()).select(|g| g.key);
        assert_eq!(spread.all(db).await?, [9]);
        let doubled = Measure::query().aggregate(|g| g.stddev_pop(|m| m.exact).mul(2.0)).one(db).await?;
        let plain = Measure::query().aggregate(|g| g.stddev_pop(|m| m.exact)).one(db).await?;
        assert_eq!(doubled, plain.map(|plain| plain * 2.0));
    }

    async fn over_windows(db: Database) {
        db.create_tables::<Measure>().await?;
        let measures = measures();
        Measure::insert_all(measures.clone()).execute(db).await?;
        let rows = Measure::query().order_by(|m| m.id.asc()).select(|m| {
            let over = |w: window::Window| w.order_by(m.id.asc()).rows(-3..=0);
            (window::stddev_pop(m.number).over(over), window::stddev_samp(m.number).over(over), window::var_pop(m.number).over(over), window::var_samp(m.number).over(over))
        });
        for (at, found) in rows.all(db).await?.into_iter().enumerate() {
            let frame = &measures[at.saturating_sub(3)..=at];
            let expected = expected(&frame.iter().filter_map(|m| m.number.map(f64::from)).collect::<Vec<_>>());
            assert!(close(found, expected), "{at}: {found:?} instead of {expected:?}");
        }
    }
}
