//! Computed values.

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
    "a function by name": User::query().select(|u| orm::function::<String>("SOUNDEX", (u.name,)));
    "remainders": Limit::query().select(|l| (l.small.rem(2), l.double.rem(2.0), l.exact.rem(Decimal::TWO)));
    "32-bit floats": Limit::query().filter(|l| l.single.add(0.1).gt(l.single.round(1)));
    "exact bounds": Limit::query().filter(|l| l.exact.between(Decimal::ONE, Decimal::TEN));
    "more of text": User::query().select(|u| (u.name.right(2), u.name.pad_start(9, ' '), u.name.pad_end(9, '.'), u.name.repeat(2), u.name.reverse()));
    "text in any case": User::query().filter(|u| u.name.starts_with_any_case("A").and(u.email.contains_any_case("_").or(u.email.like_any_case("%@x"))));
    "more of dates": User::query().select(|u| (u.created_at.quarter(), u.created_at.iso_week(), u.created_at.microsecond(), u.created_at.start_of_quarter(), u.created_at.start_of_week(), u.created_at.last_day_of_month()));
    "unix time": User::query().filter(|u| u.created_at.unix_seconds().into_timestamp().lt(server_now().add_weeks(-1)));
    "angles and logarithms": Limit::query().select(|l| (l.double.sin(), l.double.atan2(1.0), l.double.degrees(), l.small.log10(), l.exact.trunc(1)));
    "by a column of any name": User::query().order_by(|u| User::column_named("age").unwrap().of(u).desc()).filter(|u| any_of(User::column_named("age").unwrap().of(u).as_text().map(|age| age.contains("4"))));
    "a declared function": User::query().filter(|u| soundex(u.name).eq(soundex("Ann")));
};
