//! Computed expressions: text, numbers, CASE, dates. The same values on every backend.

use orm::prelude::*;
use orm::{Expr, Expression};

use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "measures")]
pub struct Measure {
    #[orm(primary_key)]
    pub id: u32,
    pub whole: i32,
    pub bits: u32,
    pub float: f64,
    #[orm(precision = (12, 4))]
    pub exact: Decimal,
    pub maybe: Option<i32>,
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
    pub text: String,
}

fn exact(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse::<NaiveDateTime>().unwrap().and_utc()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn measures(db: &Database) -> orm::Result<()> {
    db.create_tables::<Measure>().await?;
    let row = Measure {
        id: 1,
        whole: -7,
        bits: 0b1100,
        float: -2.5,
        exact: exact("-12.3450"),
        maybe: None,
        day: day("2024-01-31"),
        at: at("2024-02-29T13:05:07.000123"),
        text: " Grüße an Ann ".to_owned(),
    };
    let other = Measure {
        id: 2,
        whole: 7,
        bits: 3,
        float: 2.25,
        exact: exact("9.5"),
        maybe: Some(5),
        day: day("2023-12-31"),
        at: at("2023-12-31T23:59:59.999999"),
        text: "50%_!".to_owned(),
    };
    Measure::insert_all([row, other]).execute(db).await?;
    Ok(())
}

/// Evaluates an expression on both rows.
macro_rules! of {
    ($db:ident, |$m:pat_param| $expression:expr) => {
        Measure::query().order_by(|m| m.id.asc()).select(|$m| $expression).all($db).await?
    };
}

on_every_backend! {
    async fn of_text(db: Database) {
        measures(db).await?;
        assert_eq!(of!(db, |m| m.text.trim()), ["Grüße an Ann", "50%_!"]);
        assert_eq!(of!(db, |m| m.text.trim_start()), ["Grüße an Ann ", "50%_!"]);
        assert_eq!(of!(db, |m| m.text.trim_end()), [" Grüße an Ann", "50%_!"]);
        assert_eq!(of!(db, |m| m.text.char_length()), [14, 5]);
        assert_eq!(of!(db, |m| m.text.byte_length()), [16, 5]);
        assert_eq!(of!(db, |_| value(vec![0_u8, 255, 0]).byte_length()), [3, 3]);
        assert_eq!(of!(db, |m| m.text.trim().left(3).upper()), ["GRÜ", "50%"]);
        assert_eq!(of!(db, |m| m.text.substring(2, 5)), ["Grüße", "0%_!"]);
        assert_eq!(of!(db, |m| m.text.position_of("ü")), [4, 0]);
        assert_eq!(of!(db, |m| m.text.replace("Ann", "Bob").trim()), ["Grüße an Bob", "50%_!"]);
        assert_eq!(of!(db, |m| value("<".to_owned()).concat(m.text.lower().trim()).concat(">")), ["<grüße an ann>", "<50%_!>"]);
        assert_eq!(of!(db, |m| m.text.concat(m.maybe.cast::<String>())), [None, Some("50%_!5".to_owned())]);
        assert_eq!(of!(db, |m| m.text.matches("^ gr.*n $").known()), [true, false]);
        assert_eq!(of!(db, |m| m.text.trim().eq_any_case("grüße AN ann").known()), [true, false]);
        assert!(Measure::query().filter(|m| m.text.matches("(")).all(db).await.is_err());
        assert_eq!(Measure::query().count(db).await?, 2);
    }

    /// As in MySQL: positions below 0 count from the end, and nothing is at 0.
    async fn parts_of_a_text_that_are_computed(db: Database) {
        let numbers = values((-5..=5_i64).collect::<Vec<_>>()).named("numbers");
        for text in ["", "Grüße"] {
            let pairs = numbers.query().join_rows(&numbers, |_, _| value(1).eq(1)).order_by(|(a, b)| (a.asc(), b.asc()));
            let parts = pairs.select(|(a, b)| {
                let text = || value(text.to_owned());
                (a, b, text().substring(a, b), text().left(a), text().right(a), text().repeat(a))
            });
            for (a, b, part, left, right, repeated) in parts.all(db).await? {
                let letters: Vec<char> = text.chars().collect();
                let start = if a < 0 { letters.len() as i64 + a } else { a - 1 };
                let length = if start < 0 { 0 } else { b.max(0) as usize };
                let before = letters.len().saturating_sub(a.max(0) as usize);
                let from = |start: usize, length: usize| letters.iter().skip(start).take(length).collect::<String>();
                assert_eq!(part, from(start.max(0) as usize, length), "{length} characters of {text:?} from {a}");
                assert_eq!((left, right), (from(0, a.max(0) as usize), from(before, letters.len())), "{a} characters of {text:?}");
                assert_eq!(repeated, text.repeat(a.max(0) as usize), "{text:?} {a} times");
            }
        }
        let text = || value("abc".to_owned());
        let (number, other) = (null::<i64>, null::<String>);
        let unknown = select((text().substring(number(), 1), text().substring(1, number()), text().left(number()), text().right(number())));
        assert_eq!(unknown.one(db).await?, (None, None, None, None));
        let unknown = select((text().repeat(number()), text().position_of(other()), text().replace(other(), "x"), text().replace("a", other())));
        assert_eq!(unknown.one(db).await?, (None, None, None, None));

        shop(db).await?;
        let domains = User::query().order_by(|u| u.id.asc()).select(|u| u.email.substring(u.email.position_of("@") + 1, u.email.char_length()));
        assert_eq!(domains.all(db).await?, ["example.org", "example.org", "example.org"]);
        let ann = User::find(1).select(|u| (value("-Ann-".to_owned()).replace(u.name, "+"), value("-Ann-".to_owned()).position_of(u.name)));
        assert_eq!(ann.one(db).await?, ("-+-".to_owned(), 2));
    }

    async fn of_numbers(db: Database) {
        measures(db).await?;
        assert_eq!(of!(db, |m| m.whole.neg()), [7, -7]);
        assert_eq!(of!(db, |m| m.whole.abs()), [7, 7]);
        assert_eq!(of!(db, |m| m.whole.sign()), [-1, 1]);
        assert_eq!(of!(db, |m| m.float.floor()), [-3.0, 2.0]);
        assert_eq!(of!(db, |m| m.float.ceil()), [-2.0, 3.0]);
        assert_eq!(of!(db, |m| m.float.round(1)), [-2.5, 2.2]);
        assert_eq!(of!(db, |m| m.float.abs()), [2.5, 2.25]);
        assert_eq!(of!(db, |m| m.exact.abs()), [exact("12.345"), exact("9.5")]);
        assert_eq!(of!(db, |m| m.exact.neg()), [exact("12.345"), exact("-9.5")]);
        assert_eq!(of!(db, |m| m.exact.round(2)), [exact("-12.35"), exact("9.5")]);
        // The digits are gone, not zeros, also from an average, which has more of them.
        assert!(of!(db, |m| m.exact.round(2)).iter().all(|number| number.scale() <= 2));
        let mean = Measure::query().aggregate(|g| (g.avg(|m| m.exact).round(1), g.avg(|m| m.exact).trunc(1)));
        let (rounded, cut) = mean.one(db).await?;
        assert_eq!([rounded, cut].map(|number| number.map(|number| number.scale())), [Some(1), Some(1)]);
        assert_eq!(of!(db, |m| m.exact.floor()), [exact("-13"), exact("9")]);
        assert_eq!(of!(db, |m| m.exact.ceil()), [exact("-12"), exact("10")]);
        assert_eq!(of!(db, |m| m.exact.sign()), [-1, 1]);
        assert_eq!(of!(db, |m| m.exact.greatest(exact("0.5"))), [exact("0.5"), exact("9.5")]);
        assert_eq!(of!(db, |m| m.exact.least(exact("10"))), [exact("-12.345"), exact("9.5")]);
        assert_eq!(of!(db, |m| m.whole.greatest(m.maybe)), [None, Some(7)]);
        assert_eq!(of!(db, |m| m.float.power(2.0)), [Some(6.25), Some(5.0625)]);
        assert_eq!(of!(db, |m| m.float.sqrt()), [None, Some(1.5)]);
        assert_eq!(of!(db, |m| m.whole.sub(m.whole).exp()), [Some(1.0), Some(1.0)]);
        assert_eq!(of!(db, |m| m.float.ln().is_null().known()), [true, false]);
        // Decimals are compared as numbers, including computed ones.
        assert_eq!(Measure::query().filter(|m| m.exact.abs().gt(m.exact.sub(m.exact).add(exact("9.9")))).count(db).await?, 1);
        assert_eq!(Measure::query().order_by(|m| m.exact.abs().asc()).select(|m| m.id).all(db).await?, [2, 1]);
    }

    async fn of_bits(db: Database) {
        measures(db).await?;
        assert_eq!(of!(db, |m| m.bits.bit_and(0b0101)), [0b0100, 0b0001]);
        assert_eq!(of!(db, |m| m.bits.bit_or(0b0101)), [0b1101, 0b0111]);
        assert_eq!(of!(db, |m| m.bits.bit_xor(0b0101)), [0b1001, 0b0110]);
        assert_eq!(of!(db, |m| m.bits.shift_left(2)), [0b110000, 0b1100]);
        assert_eq!(of!(db, |m| m.bits.shift_right(2)), [0b11, 0]);
        assert_eq!(of!(db, |m| m.whole.bit_and(-2)), [-8, 6]);
        assert_eq!(of!(db, |m| m.whole.bit_xor(1)), [-8, 6]);
        assert_eq!(of!(db, |m| m.whole.bit_or(m.maybe)), [None, Some(7)]);
    }

    async fn of_choice_and_null(db: Database) {
        measures(db).await?;
        assert_eq!(of!(db, |m| m.maybe.coalesce(m.whole)), [-7, 5]);
        assert_eq!(of!(db, |m| m.maybe.coalesce(m.maybe)), [None, Some(5)]);
        assert_eq!(of!(db, |m| m.whole.null_if(7)), [Some(-7), None]);
        let size = |m: MeasureFields| case::<String>().when(m.whole.lt(0), "less").when(m.whole.gt(5), m.text).otherwise("none");
        assert_eq!(of!(db, |m| size(m)), ["less", "50%_!"]);
        assert_eq!(of!(db, |m| case::<i32>().when(m.maybe.is_null(), m.whole).or_null()), [Some(-7), None]);
        assert_eq!(Measure::query().filter(|m| size(m).eq("less")).count(db).await?, 1);
        assert_eq!(of!(db, |_| null::<i64>()), [None, None]);
        assert_eq!(of!(db, |m| (value(3_i64), m.id)), [(3, 1), (3, 2)]);
        assert!(Measure::query().select(|_| case::<i32>().or_null()).all(db).await.unwrap_err().is_invalid_query());
    }

    async fn of_other_types(db: Database) {
        measures(db).await?;
        assert_eq!(of!(db, |m| m.whole.cast::<String>()), ["-7", "7"]);
        assert_eq!(of!(db, |m| m.whole.cast::<f64>()), [-7.0, 7.0]);
        assert_eq!(of!(db, |m| m.whole.cast::<Decimal>().add(m.exact)), [exact("-19.345"), exact("16.5")]);
        let texts = |numbers: &[Decimal]| numbers.iter().map(Decimal::to_string).collect::<Vec<_>>();
        assert_eq!(texts(&of!(db, |m| m.whole.mul(100).cast::<Decimal>())), ["-700", "700"]);
        assert_eq!(texts(&of!(db, |m| m.whole.cast::<Decimal>().mul(exact("0.5")))), ["-3.5", "3.5"]);
        assert_eq!(texts(&of!(db, |m| m.whole.sub(m.whole).cast::<Decimal>())), ["0", "0"]);
        assert_eq!(of!(db, |m| m.whole.cast::<String>().cast::<i64>()), [-7, 7]);
        // Fractions are rounded, halves of exact numbers away from zero.
        let integers = |number: f64| Measure::find(1).select(move |m| (value(number).cast::<i64>(), value(number).cast::<Decimal>().cast::<i32>(), m.exact.sub(m.exact).add(Decimal::try_from(number).unwrap()).cast::<i64>()));
        for (number, whole) in [(1.25, 1), (1.75, 2), (-1.75, -2), (0.95, 1)] {
            assert_eq!(integers(number).one(db).await?, (whole, whole as i32, whole));
        }
        for (number, whole) in [("2.5", 3), ("1.5", 2), ("-2.5", -3), ("0.5", 1)] {
            assert_eq!(Measure::find(1).select(|m| m.exact.sub(m.exact).add(exact(number)).cast::<i64>()).one(db).await?, whole);
        }
        assert_eq!(Measure::find(1).select(|_| value(-1.75_f64).trunc(0).cast::<i64>()).one(db).await?, -1);
        assert_eq!(of!(db, |m| m.at.cast::<NaiveDate>()), [day("2024-02-29"), day("2023-12-31")]);
        assert_eq!(of!(db, |m| m.day.cast::<NaiveDateTime>().start_of_day()), ["2024-01-31T00:00:00", "2023-12-31T00:00:00"].map(|t| at(t).naive_utc()));
    }

    async fn of_dates(db: Database) {
        measures(db).await?;
        assert_eq!(of!(db, |m| (m.at.year(), m.at.month(), m.at.day())), [(2024, 2, 29), (2023, 12, 31)]);
        assert_eq!(of!(db, |m| (m.at.hour(), m.at.minute(), m.at.second())), [(13, 5, 7), (23, 59, 59)]);
        assert_eq!(of!(db, |m| (m.at.weekday(), m.day.weekday(), m.at.day_of_year())), [(4, 3, 60), (7, 7, 365)]);
        assert_eq!(of!(db, |m| m.at.date()), [day("2024-02-29"), day("2023-12-31")]);
        assert_eq!(of!(db, |m| m.at.start_of_year()), [at("2024-01-01T00:00:00"), at("2023-01-01T00:00:00")]);
        assert_eq!(of!(db, |m| m.at.start_of_month()), [at("2024-02-01T00:00:00"), at("2023-12-01T00:00:00")]);
        assert_eq!(of!(db, |m| m.at.start_of_hour()), [at("2024-02-29T13:00:00"), at("2023-12-31T23:00:00")]);
        assert_eq!(of!(db, |m| m.at.start_of_minute()), [at("2024-02-29T13:05:00"), at("2023-12-31T23:59:00")]);
        assert_eq!(of!(db, |m| m.day.start_of_month()), [day("2024-01-01"), day("2023-12-01")]);
        assert_eq!(of!(db, |m| m.at.add_years(1)), [at("2025-02-28T13:05:07.000123"), at("2024-12-31T23:59:59.999999")]);
        assert_eq!(of!(db, |m| m.day.add_months(1)), [day("2024-02-29"), day("2024-01-31")]);
        assert_eq!(of!(db, |m| m.at.add_months(-12)), [at("2023-02-28T13:05:07.000123"), at("2022-12-31T23:59:59.999999")]);
        assert_eq!(of!(db, |m| m.at.add_days(1)), [at("2024-03-01T13:05:07.000123"), at("2024-01-01T23:59:59.999999")]);
        assert_eq!(of!(db, |m| m.at.add_seconds(-8)), [at("2024-02-29T13:04:59.000123"), at("2023-12-31T23:59:51.999999")]);
        assert_eq!(of!(db, |m| m.at.add_hours(11).add_minutes(-5)), [at("2024-03-01T00:00:07.000123"), at("2024-01-01T10:54:59.999999")]);
        assert_eq!(of!(db, |m| m.day.add_days(m.whole.cast::<i64>())), [day("2024-01-24"), day("2024-01-07")]);
        assert_eq!(of!(db, |m| m.day.days_since(day("2024-01-01"))), [Some(30), Some(-1)]);
        assert_eq!(of!(db, |m| m.at.seconds_since(at("2024-02-29T13:05:00"))), [Some(7), Some(-5_144_700)]);
        // Computed times are comparable with stored ones.
        assert_eq!(Measure::query().filter(|m| m.at.add_days(0).eq(m.at)).count(db).await?, 2);
        assert_eq!(Measure::query().filter(|m| m.at.start_of_day().le(m.at).and(m.at.start_of_month().lt(m.at))).count(db).await?, 2);
        assert_eq!(Measure::query().filter(|m| m.at.lt(server_now()).and(m.day.lt(server_today()))).count(db).await?, 2);
    }

    async fn of_functions_that_the_user_declares(db: Database) {
        fn hex(text: impl Expression) -> Expr<String, Nullable> { function("HEX", (text,)) }
        measures(db).await?;
        assert_eq!(of!(db, |m| hex(m.text)).pop().flatten().as_deref(), Some("3530255F21"));
        let error = Measure::query().select(|_| function::<i64>("SLEEP(1); --", ())).all(db).await.unwrap_err();
        assert!(error.is_invalid_query(), "{error}");
        let error = Measure::query().select(|m| m.text.collate("a b")).all(db).await.unwrap_err();
        assert!(error.is_invalid_query(), "{error}");
    }

    async fn of_order(db: Database) {
        shop(db).await?;
        let names = |order: fn(UserFields) -> orm::Ordered| User::query().order_by(order).order_by(|u| u.id.asc()).select(|u| u.name);
        assert_eq!(names(|u| u.age.asc()).all(db).await?, ["Cid", "Bob", "Ann"]);
        assert_eq!(names(|u| u.age.asc().nulls_last()).all(db).await?, ["Bob", "Ann", "Cid"]);
        assert_eq!(names(|u| u.age.desc()).all(db).await?, ["Ann", "Bob", "Cid"]);
        assert_eq!(names(|u| u.age.desc().nulls_first()).all(db).await?, ["Cid", "Ann", "Bob"]);
        assert_eq!(names(|u| u.name.char_length().add(u.id.cast::<i64>()).desc()).all(db).await?, ["Cid", "Bob", "Ann"]);
        let binary = if db.dialect().name == "SQLite" { "BINARY" } else { "utf8mb4_bin" };
        assert_eq!(User::query().filter(|u| u.name.collate(binary).eq("ann")).count(db).await?, 0);
    }

    async fn of_chance(db: Database) {
        shop(db).await?;
        let numbers = Post::query().select(|_| server_random()).all(db).await?;
        assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)) && numbers[0] != numbers[1], "{numbers:?}");
        let mut ids = Post::query().order_by(|_| server_random().asc()).select(|p| p.id).all(db).await?;
        ids.sort_unstable();
        assert_eq!(ids, [1, 2, 3, 4]);
        // Rounded up, it would be 1.
        assert_eq!(Post::query().filter(|_| server_random().lt(1.0)).count(db).await?, 4);
    }
}
