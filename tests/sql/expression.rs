//! Computed values.

use orm::prelude::*;

use super::Entry;
use crate::group::Line;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "arithmetic": User::query().filter(|u| u.age.add(1).mul(2).sub(u.age).gt(u.age.div(3)).and(u.age.rem(2).eq(0)));
    "arithmetic of exact numbers": Line::query().filter(|l| l.price.mul(Decimal::TWO).add(l.price).gt(l.price.div(Decimal::TEN)));
    "the year": User::query().select(|u| u.created_at.year());
    "a condition as a value": User::query().select(|u| (u.age.ge(18).known(), u.age.ge(18).or_null()));
    "case": User::query().select(|u| case::<String>().when(u.age.ge(18), "adult").otherwise(u.name));
    "text functions": User::query().select(|u| (u.name.lower().trim(), u.name.concat(u.email), u.email.substring(2, 3), u.email.position_of("@")));
    "dates": User::query().select(|u| (u.created_at.start_of_month(), u.created_at.add_months(1), u.created_at.weekday(), u.created_at.seconds_since(u.created_at)));
    "a function by name": User::query().select(|u| orm::function::<String>("SOUNDEX", (u.name,)));
};
