//! Computed expressions.

use orm::prelude::*;

use super::Entry;
use crate::arithmetic::Limit;
use crate::group::Line;
use crate::support::models::*;

orm::function! {
    fn soundex(text: String) -> Option<String> = "SOUNDEX";
}

pub(super) const ENTRIES: &[Entry] = queries! {
    "arithmetic": User::query().filter(|u| u.age.add(1).mul(2).sub(u.age).gt(u.age.div(3)).and(u.age.rem(2).eq(0)));
    "arithmetic of exact numbers": Line::query().filter(|l| l.price.mul(Decimal::TWO).add(l.price).gt(l.price.div(Decimal::TEN)));
    "the year": User::query().select(|u| u.created_at.year());
    "a condition as a value": User::query().select(|u| (u.age.ge(18).known(), u.age.ge(18).or_null()));
    "case": User::query().select(|u| case::<String>().when(u.age.ge(18), "adult").otherwise(u.name));
    "text functions": User::query().select(|u| (u.name.lower().trim(), u.name.concat(u.email), u.email.substring(2, 3), u.email.position_of("@")));
    "dates": User::query().select(|u| (u.created_at.start_of_month(), u.created_at.add_months(1), u.created_at.weekday(), u.created_at.seconds_since(u.created_at)));
    "a function by name": User::query().select(|u| orm::function::<String>("HEX", (u.name,)));
    "remainders": Limit::query().select(|l| (l.small.rem(2), l.double.rem(2.0), l.exact.rem(Decimal::TWO)));
    "32-bit floats": Limit::query().filter(|l| l.single.add(0.1).gt(l.single.round(1)));
    "exact bounds": Limit::query().filter(|l| l.exact.between(Decimal::ONE, Decimal::TEN));
    "parts of a text at computed positions": User::query().select(|u| (u.email.substring(u.email.position_of("@") + 1, u.id.cast::<i64>()), u.email.left(u.name.char_length()), u.email.right(u.name.char_length() - 2), u.name.repeat(u.name.char_length() - 2), u.email.replace(u.name, "x")));
    "more of text": User::query().select(|u| (u.name.right(2), u.name.pad_start(9, ' '), u.name.pad_end(9, '.'), u.name.repeat(2), u.name.reverse()));
    "text in any case": User::query().filter(|u| u.name.starts_with_any_case("A").and(u.email.contains_any_case("_").or(u.email.like_any_case("%@x"))));
    "text of columns in any case": User::query().filter(|u| u.email.starts_with_any_case(u.name).and(u.name.eq_any_case(u.name)).and(u.email.like_any_case(u.name.concat("@%"))));
    "more of dates": User::query().select(|u| (u.created_at.quarter(), u.created_at.iso_week(), u.created_at.microsecond(), u.created_at.start_of_quarter(), u.created_at.start_of_week(), u.created_at.last_day_of_month()));
    "unix time": User::query().filter(|u| u.created_at.unix_seconds().into_timestamp().lt(server_now().add_weeks(-1)));
    "angles and logarithms": Limit::query().select(|l| (l.double.sin(), l.double.atan2(1.0), l.double.degrees(), l.small.log10(), l.exact.trunc(1)));
    "by a column of any name": User::query().order_by(|u| User::column_named("age").unwrap().of(u).desc()).filter(|u| any_of(User::column_named("age").unwrap().of(u).as_text().map(|age| age.contains("4"))));
    "a declared function": User::query().filter(|u| soundex(u.name).eq(soundex("Ann")));
    "differences and products": User::query().select(|u| (u.age.sub(u.age), u.age.mul(2), u.age.div(2), u.age.rem(2), u.id.add(1)));
    "signs": Limit::query().select(|l| (l.small.neg(), l.small.abs(), l.small.sign(), l.exact.neg(), l.exact.abs(), l.double.sign()));
    "rounding": Limit::query().select(|l| (l.exact.round(1), l.exact.floor(), l.exact.ceil(), l.double.round(1), l.double.floor(), l.double.ceil(), l.double.trunc(0)));
    "powers": Limit::query().select(|l| (l.double.power(2.0), l.unsigned.sqrt(), l.double.exp(), l.unsigned.ln(), l.unsigned.log2()));
    "circles": Limit::query().select(|l| (l.double.cos(), l.double.tan(), l.double.asin(), l.double.acos(), l.double.atan(), l.double.radians()));
    "bits": Limit::query().select(|l| (l.small.bit_and(6), l.small.bit_or(1), l.small.bit_xor(3), l.unsigned.shift_left(2), l.small.shift_right(1), l.unsigned.shift_right(1)));
    "the first that is not NULL": User::query().select(|u| (u.age.coalesce(0), u.age.coalesce(u.age).coalesce(u.age.add(1)), u.name.null_if("Ann")));
    "the greatest and the least": User::query().select(|u| (u.age.greatest(18), u.age.least(u.age.sub(1)), u.name.greatest("Bob")));
    "types": User::query().select(|u| (u.age.cast::<i64>(), u.age.cast::<f64>(), u.age.cast::<String>(), u.id.cast::<Decimal>(), u.created_at.cast::<NaiveDate>()));
    "bare ends of texts": User::query().select(|u| (u.name.trim(), u.name.trim_start(), u.name.trim_end(), u.name.upper(), u.name.char_length()));
    "parts of texts": User::query().select(|u| (u.email.left(3), u.email.replace("@", " at "), u.name.concat(" ").concat(u.email)));
    "texts by another collation": User::query().filter(|u| u.name.ends_with_any_case("N").or(u.name.contains("o"))).order_by(|u| u.name.lower().asc());
    "parts of a date": Limit::query().select(|l| (l.day.year(), l.day.month(), l.day.day(), l.day.weekday(), l.day.day_of_year(), l.day.iso_year()));
    "parts of a time": Limit::query().select(|l| (l.at.hour(), l.at.minute(), l.at.second(), l.at.date()));
    "starts of a date": Limit::query().select(|l| (l.day.start_of_year(), l.day.start_of_month(), l.at.start_of_day(), l.at.start_of_hour(), l.at.start_of_minute()));
    "later dates": Limit::query().select(|l| (l.day.add_years(1), l.day.add_quarters(1), l.day.add_months(-1), l.day.add_weeks(1), l.day.add_days(l.id.cast::<i64>())));
    "later times": Limit::query().select(|l| (l.at.add_hours(1), l.at.add_minutes(2), l.at.add_seconds(-3), l.day.days_since(l.day)));
    "the clock of the server": User::query().filter(|u| u.created_at.lt(server_now()).and(u.created_at.date().le(server_today())));
    "case of several branches, without an end": User::query().select(|u| case::<String>().when(u.age.lt(18), "child").when(u.age.gt(40).and(u.name.ne("x")), u.name).or_null());
    "case in case": User::query().select(|u| case::<i32>().when(u.age.is_null(), 0).otherwise(case().when(u.age.gt(18), u.age).otherwise(18)));
    "case in a condition": User::query().filter(|u| case::<bool>().when(u.age.is_null(), true).otherwise(u.age.gt(18).or_null()).is_true());
    "constants": User::query().select(|u| (u.id, value(7), value("x".to_owned()), value(true), value(Decimal::new(15, 1)), null::<i32>(), null::<String>()));
    "constants that are computed with": User::query().select(|_| (value(7).neg(), value(Decimal::new(-15, 1)).neg(), value(2).add(3), null::<i32>().coalesce(4), value(Decimal::TEN).mul(Decimal::TWO)));
    "a number at the left": Line::query().select(|l| (1 - l.price, 100 * l.id % 7, -1 * l.price.abs() + 2));
    "whole numbers for exact ones": Line::query().filter(|l| l.price.gt(0).and(l.price.is_in([1, 2]))).select(|l| (l.price / 3, l.price.coalesce(0)));
    "an expression in a variable": User::query().select(|u| { let mut name: orm::Expr<String> = u.name.into(); for part in ["<", ">"] { name = name.concat(part); } name });
};
