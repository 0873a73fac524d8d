//! Functions on text, numbers and dates beyond the common ones: the same values on every backend, including edge cases.

use orm::prelude::*;

/// Values with edge cases, and NULL.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "samples")]
pub struct Sample {
    #[orm(primary_key)]
    pub id: u32,
    pub text: Option<String>,
    pub float: Option<f64>,
    pub whole: Option<i64>,
    #[orm(precision = (12, 4))]
    pub exact: Option<Decimal>,
    pub day: Option<NaiveDate>,
    pub at: Option<DateTime<Utc>>,
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse::<NaiveDateTime>().unwrap().and_utc()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<Option<String>> {
    texts.into_iter().map(|text| Some(text.to_owned())).chain([None]).collect()
}

/// Inserts three rows, and one of NULLs.
async fn samples(db: &Database) -> orm::Result<()> {
    db.create_tables::<Sample>().await?;
    let row = |id, text: &str, float, whole, exact: &str, d: &str, a: &str| Sample {
        id,
        text: Some(text.to_owned()),
        float: Some(float),
        whole: Some(whole),
        exact: Some(exact.parse().unwrap()),
        day: Some(day(d)),
        at: Some(at(a)),
    };
    let rows = [
        row(1, "Grüße", 0.5, 7, "12.3456", "2024-05-31", "2024-02-29T23:59:59.999999"),
        row(2, "", -5.5, -7, "-0.0050", "2020-12-31", "1969-12-31T23:59:58.500000"),
        row(3, "日本語", 1.0, 0, "100.0000", "2021-01-03", "2026-01-01T00:00:00"),
        Sample { id: 4, text: None, float: None, whole: None, exact: None, day: None, at: None },
    ];
    Sample::insert_all(rows).execute(db).await?;
    Ok(())
}

/// Evaluates an expression on all rows.
macro_rules! of {
    ($db:ident, |$s:pat_param| $expression:expr) => {
        Sample::query().order_by(|s| s.id.asc()).select(|$s| $expression).all($db).await?
    };
}

/// Compares floats except for the last digits, in which libraries may differ.
fn close(found: &[Option<f64>], expected: [Option<f64>; 4]) {
    assert_eq!(found.len(), 4);
    for (found, expected) in found.iter().zip(expected) {
        let near = |(found, expected): (f64, f64)| (found - expected).abs() <= expected.abs() * 1e-14 + 1e-15;
        assert!(
            found.zip(expected).map_or(found.is_none() && expected.is_none(), near),
            "{found:?} for {expected:?}"
        );
    }
}

on_every_backend! {
    async fn of_text(db: Database) {
        samples(db).await?;
        assert_eq!(of!(db, |s| s.text.right(2)), texts(["ße", "", "本語"]));
        assert_eq!(of!(db, |s| s.text.right(0)), texts(["", "", ""]));
        assert_eq!(of!(db, |s| s.text.right(9)), texts(["Grüße", "", "日本語"]));
        assert_eq!(of!(db, |s| s.text.pad_start(7, 'é')), texts(["ééGrüße", "ééééééé", "éééé日本語"]));
        assert_eq!(of!(db, |s| s.text.pad_end(4, '_')), texts(["Grüß", "____", "日本語_"]));
        assert_eq!(of!(db, |s| s.text.pad_start(2, ' ')), texts(["Gr", "  ", "日本"]));
        assert_eq!(of!(db, |s| s.text.pad_end(0, ' ')), texts(["", "", ""]));
        assert_eq!(of!(db, |s| s.text.repeat(2)), texts(["GrüßeGrüße", "", "日本語日本語"]));
        assert_eq!(of!(db, |s| s.text.repeat(0)), texts(["", "", ""]));
        assert_eq!(of!(db, |s| s.text.reverse()), texts(["eßürG", "", "語本日"]));
        assert_eq!(of!(db, |s| s.text.upper()), texts(["GRÜßE", "", "日本語"]));
        assert_eq!(of!(db, |s| s.text.upper().lower()), texts(["grüße", "", "日本語"]));
        assert_eq!(Sample::query().filter(|s| s.text.reverse().eq("eßürG")).count(db).await?, 1);
    }

    async fn of_text_in_any_case(db: Database) {
        samples(db).await?;
        assert_eq!(of!(db, |s| s.text.eq_any_case("GRÜßE").or_null()), [Some(true), Some(false), Some(false), None]);
        assert_eq!(of!(db, |s| s.text.starts_with_any_case("GRÜ").known()), [true, false, false, false]);
        assert_eq!(of!(db, |s| s.text.ends_with_any_case("Üße").known()), [true, false, false, false]);
        assert_eq!(of!(db, |s| s.text.contains_any_case("Ü").or_null()), [Some(true), Some(false), Some(false), None]);
        assert_eq!(of!(db, |s| s.text.like_any_case("g_Ü%").known()), [true, false, false, false]);
        // Pattern characters are not special in plain text.
        assert_eq!(of!(db, |s| s.text.contains_any_case("%").known()), [false; 4]);
        let binary = if db.dialect().name == "SQLite" { "BINARY" } else { "utf8mb4_bin" };
        assert_eq!(of!(db, |s| s.text.collate(binary).starts_with_any_case("gR").known()), [true, false, false, false]);
    }

    async fn of_numbers(db: Database) {
        samples(db).await?;
        assert_eq!(of!(db, |s| s.whole.rem(4)), [Some(3), Some(-3), Some(0), None]);
        assert_eq!(of!(db, |s| s.float.rem(2.0)), [Some(0.5), Some(-1.5), Some(1.0), None]);
        assert_eq!(of!(db, |s| s.float.rem(0.0)), [None; 4]);
        let exact = |text: &str| Some(text.parse::<Decimal>().unwrap());
        assert_eq!(of!(db, |s| s.exact.rem(Decimal::new(25, 1))), [exact("2.3456"), exact("-0.005"), exact("0"), None]);
        assert_eq!(of!(db, |s| s.exact.trunc(2)), [exact("12.34"), exact("0"), exact("100"), None]);
        assert_eq!(of!(db, |s| s.exact.trunc(0)), [exact("12"), exact("0"), exact("100"), None]);
        assert_eq!(of!(db, |s| s.float.trunc(0)), [Some(0.0), Some(-5.0), Some(1.0), None]);
        assert_eq!(of!(db, |s| s.whole.add(3).log10()), [Some(1.0), None, Some(3f64.log10()), None]);
        assert_eq!(of!(db, |s| s.float.log2()), [Some(-1.0), None, Some(0.0), None]);
        assert_eq!(of!(db, |s| s.exact.sub(Decimal::new(123_456, 4)).log10().is_null().known()), [true, true, false, true]);
    }

    async fn of_angles(db: Database) {
        samples(db).await?;
        let map = |function: fn(f64) -> f64| [0.5, -5.5, 1.0].map(|x| Some(function(x)).filter(|x| !x.is_nan()));
        let all = |function| { let [a, b, c] = map(function); [a, b, c, None] };
        close(&of!(db, |s| s.float.sin()), all(f64::sin));
        close(&of!(db, |s| s.float.cos()), all(f64::cos));
        close(&of!(db, |s| s.float.tan()), all(f64::tan));
        close(&of!(db, |s| s.float.asin()), all(f64::asin));
        close(&of!(db, |s| s.float.acos()), all(f64::acos));
        close(&of!(db, |s| s.float.atan()), all(f64::atan));
        close(&of!(db, |s| s.float.atan2(-1.0)), all(|x| x.atan2(-1.0)));
        close(&of!(db, |s| s.float.degrees()), all(f64::to_degrees));
        close(&of!(db, |s| s.float.radians()), all(f64::to_radians));
        close(&of!(db, |s| s.exact.radians()), [Some(12.3456_f64.to_radians()), Some((-0.005_f64).to_radians()), Some(100_f64.to_radians()), None]);
    }

    async fn of_dates(db: Database) {
        samples(db).await?;
        assert_eq!(of!(db, |s| (s.day.quarter(), s.at.quarter())), [(Some(2), Some(1)), (Some(4), Some(4)), (Some(1), Some(1)), (None, None)]);
        assert_eq!(of!(db, |s| (s.day.iso_week(), s.day.iso_year())), [(Some(22), Some(2024)), (Some(53), Some(2020)), (Some(53), Some(2020)), (None, None)]);
        assert_eq!(of!(db, |s| (s.at.iso_week(), s.at.iso_year())), [(Some(9), Some(2024)), (Some(1), Some(1970)), (Some(1), Some(2026)), (None, None)]);
        assert_eq!(of!(db, |s| s.at.microsecond()), [Some(999_999), Some(500_000), Some(0), None]);
        let days = |days: [&str; 3]| [Some(day(days[0])), Some(day(days[1])), Some(day(days[2])), None];
        let times = |times: [&str; 3]| [Some(at(times[0])), Some(at(times[1])), Some(at(times[2])), None];
        assert_eq!(of!(db, |s| s.day.start_of_quarter()), days(["2024-04-01", "2020-10-01", "2021-01-01"]));
        assert_eq!(of!(db, |s| s.day.start_of_week()), days(["2024-05-27", "2020-12-28", "2020-12-28"]));
        assert_eq!(of!(db, |s| s.day.last_day_of_month()), days(["2024-05-31", "2020-12-31", "2021-01-31"]));
        assert_eq!(of!(db, |s| s.at.last_day_of_month()), days(["2024-02-29", "1969-12-31", "2026-01-31"]));
        assert_eq!(of!(db, |s| s.at.start_of_quarter()), times(["2024-01-01T00:00:00", "1969-10-01T00:00:00", "2026-01-01T00:00:00"]));
        assert_eq!(of!(db, |s| s.at.start_of_week()), times(["2024-02-26T00:00:00", "1969-12-29T00:00:00", "2025-12-29T00:00:00"]));
        assert_eq!(of!(db, |s| s.at.add_quarters(1)), times(["2024-05-29T23:59:59.999999", "1970-03-31T23:59:58.5", "2026-04-01T00:00:00"]));
        assert_eq!(of!(db, |s| s.day.add_quarters(-1)), days(["2024-02-29", "2020-09-30", "2020-10-03"]));
        assert_eq!(of!(db, |s| s.day.add_weeks(-1)), days(["2024-05-24", "2020-12-24", "2020-12-27"]));
        assert_eq!(of!(db, |s| s.at.add_weeks(s.whole)), times(["2024-04-18T23:59:59.999999", "1969-11-12T23:59:58.5", "2026-01-01T00:00:00"]));
        // Computed periods are comparable with stored days.
        assert_eq!(Sample::query().filter(|s| s.day.start_of_week().le(s.day).and(s.day.last_day_of_month().ge(s.day))).count(db).await?, 3);
    }

    async fn of_dates_at_the_limits_of_the_calendar(db: Database) {
        db.create_tables::<Sample>().await?;
        let row = |id, d: &str| Sample { id, text: None, float: None, whole: None, exact: None, day: Some(day(d)), at: Some(at(&format!("{d}T23:59:59.999999"))) };
        Sample::insert_all([row(1, "0001-05-31"), row(2, "9999-12-31"), row(3, "0099-02-01"), row(4, "2000-02-01")]).execute(db).await?;
        let days = |days: [&str; 4]| days.map(|text| Some(day(text)));
        let midnights = |days: [&str; 4]| days.map(|text| Some(at(&format!("{text}T00:00:00"))));
        let quarters = ["0001-04-01", "9999-10-01", "0099-01-01", "2000-01-01"];
        assert_eq!(of!(db, |s| s.day.start_of_quarter()), days(quarters));
        assert_eq!(of!(db, |s| s.at.start_of_quarter()), midnights(quarters));
        let years = ["0001-01-01", "9999-01-01", "0099-01-01", "2000-01-01"];
        assert_eq!(of!(db, |s| s.day.start_of_year()), days(years));
        assert_eq!(of!(db, |s| s.at.start_of_year()), midnights(years));
        let last_days = ["0001-05-31", "9999-12-31", "0099-02-28", "2000-02-29"];
        assert_eq!(of!(db, |s| s.day.last_day_of_month()), days(last_days));
        assert_eq!(of!(db, |s| s.at.last_day_of_month()), days(last_days));
        // What no database can store is NULL.
        assert_eq!(of!(db, |s| (s.day.add_years(-10_000), s.at.add_days(-4_000_000), s.at.add_months(120_000))), [(None, None, None); 4]);
        assert_eq!(select(value(-99_999_999_999_i64).into_timestamp().or_null()).one(db).await?, None);
    }

    async fn of_unix_time(db: Database) {
        samples(db).await?;
        assert_eq!(of!(db, |s| s.at.unix_seconds()), [Some(1_709_251_199), Some(-2), Some(1_767_225_600), None]);
        let since = |one: &str, other: &str| select(value(at(one)).seconds_since(at(other)));
        for (one, other, seconds) in [
            ("1960-02-18T12:42:16.300001", "1900-06-10T19:38:39.300001", 1_883_667_817),
            ("2100-10-14T00:27:40.299999", "2004-06-15T20:26:24.3", 3_039_825_675),
            ("1970-08-10T16:51:10.3", "1970-09-19T20:09:19.299999", -3_467_888),
            ("2024-02-29T23:59:59.999999", "2024-02-29T23:59:59", 0),
        ] {
            assert_eq!(since(one, other).one(db).await?, Some(seconds), "{one} since {other}");
        }
        let times = ["2024-02-29T23:59:59", "1969-12-31T23:59:58", "2026-01-01T00:00:00"].map(|text| Some(at(text)));
        assert_eq!(of!(db, |s| s.at.unix_seconds().into_timestamp())[..3], times);
        assert_eq!(of!(db, |s| s.whole.into_timestamp()), [Some(at("1970-01-01T00:00:07")), Some(at("1969-12-31T23:59:53")), Some(at("1970-01-01T00:00:00")), None]);
        assert_eq!(Sample::query().filter(|s| s.at.unix_seconds().into_timestamp().eq(s.at)).select(|s| s.id).all(db).await?, [3]);
        let recent = Sample::query().filter(|s| s.at.gt(server_now().add_days(-7)).or(s.day.lt(server_today().add_years(-3000))));
        assert_eq!(recent.count(db).await?, 0);
    }

    async fn of_ones_own(db: Database) {
        orm::function! {
            /// Returns the bytes of a text in hexadecimal.
            fn hex(text: String) -> String = "HEX";
            fn trim(text: String) -> String = "TRIM";
            fn magnitude(number: f64) -> f64 = "ABS";
            fn null_if(number: i64, other: i64) -> Option<i64> = "NULLIF";
            fn coalesce(first: Option<i64>, second: i64) -> i64 = "COALESCE";
            fn first_of(first: Option<i64>, second: Option<i64>, third: Option<i64>) -> Option<i64> = "COALESCE";
        }
        samples(db).await?;
        // The result is nullable where an argument is, unless the function handles NULL.
        assert_eq!(of!(db, |s| trim(s.text))[3], None::<String>);
        assert_eq!(of!(db, |s| hex(s.text.coalesce("?"))), ["4772C3BCC39F65", "", "E697A5E69CACE8AA9E", "3F"]);
        assert_eq!(of!(db, |s| magnitude(s.float)), [Some(0.5), Some(5.5), Some(1.0), None]);
        assert_eq!(of!(db, |s| coalesce(s.whole, 9).add(coalesce(value(1), 2))), [8, -6, 1, 10]);
        assert_eq!(of!(db, |s| coalesce(9, s.whole)), [Some(9); 4]);
        assert_eq!(of!(db, |s| first_of(s.whole, null(), s.id.cast::<i64>())), [Some(7), Some(-7), Some(0), Some(4)]);
        assert_eq!(of!(db, |s| null_if(s.id.cast::<i64>(), 4)), [Some(1), Some(2), Some(3), None]);
        assert_eq!(Sample::query().filter(|s| hex(s.text.lower()).eq(hex("grüße"))).count(db).await?, 1);
    }
}
