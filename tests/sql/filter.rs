//! Conditions.

use chrono::Datelike as _;
use orm::prelude::*;

use super::Entry;
use crate::find::Order;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "all rows": User::query();
    "by key": User::find(3);
    "by a key of two columns": Order::find(("eu", 7));
    "compare": User::query().filter(|u| u.age.ge(18).and(u.name.ne("x")).and(u.age.lt(99)).and(u.id.le(5)));
    "or inside and": User::query().filter(|u| u.id.eq(1).or(u.id.eq(2)).and(u.name.eq("x")));
    "not": User::query().filter(|u| u.id.eq(1).or(u.id.eq(2)).not());
    "null": User::query().filter(|u| u.age.is_null().or(u.age.is_not_null()));
    "null-safe equality": User::query().filter(|u| u.age.same_as(None).or(u.age.same_as(3)));
    "columns compared": Post::query().filter(|p| p.author_id.eq(p.reviewer_id));
    "between": User::query().filter(|u| u.age.between(18, 30));
    "in a list, padded": User::query().filter(|u| u.id.is_in([1, 2, 3]));
    "in an empty list": User::query().filter(|u| u.id.is_in(Vec::<u64>::new()));
    "not in an empty list": User::query().filter(|u| u.id.not_in(Vec::<u64>::new()));
    "in a list of five thousand": User::query().filter(|u| u.id.is_in(0..5_000));
    "texts in a list of five thousand": User::query().filter(|u| u.name.is_in((0..5_000).map(|n| n.to_string())));
    "like": User::query().filter(|u| u.name.like("a%").and(u.name.not_like("%!%")));
    "like columns": User::query().filter(|u| u.name.like(u.email).and(u.email.not_like(u.name.concat("%"))));
    "text of columns in which nothing is special": User::query().filter(|u| u.email.starts_with(u.name).or(u.email.contains(u.name)).or(u.email.ends_with(u.name.lower())));
    "text in which nothing is special": User::query().filter(|u| u.name.starts_with("5%").or(u.name.contains("_")).or(u.name.ends_with("!")));
    "booleans": Post::query().filter(|p| p.published.is_true().or(p.published.is_false()));
    "none of no conditions": User::query().filter(|_| any_of([]));
    "regular expression": User::query().filter(|u| u.email.matches("org$").and(u.name.eq_any_case("ann")));
    "tuples": Post::query().filter(|p| row((p.author_id, p.title)).is_in([(1, "a"), (2, "b"), (3, "c")]).and(row((p.id, p.title)).gt((1, "x"))));
    "tuples of columns": Post::query().filter(|p| row((p.id, p.author_id)).not_in([(value(1_u64), p.id), (value(2), p.id)]));
    "no tuples": Post::query().filter(|p| row((p.id, p.author_id)).is_in(Vec::<(u64, u64)>::new()));
    "conditions one after another": User::query().filter(|u| u.age.ge(18)).filter_if(true, |u| u.name.ne("x")).filter_if(false, |u| u.name.eq("y")).filter_some(Some(2), |u, least| u.id.ge(least)).filter_some(None::<u64>, |u, most| u.id.le(most));
    "all and any of a list": User::query().filter(|u| all_of([any_of([u.age.lt(18), u.age.gt(40)]), u.id.ge(1), all_of([])]).not());
    "deep nesting": User::query().filter(|u| u.id.eq(1).or(u.id.eq(2).and(u.age.gt(3).or(u.age.lt(9).and(u.name.eq("a").not().or(u.age.is_null()))))));
    "by operators": User::query().filter(|u| (u.id.eq(1) | u.id.eq(2)) & !u.name.eq("x"));
    "null-safe equality of columns": Post::query().filter(|p| p.reviewer_id.same_as(p.author_id));
    "not between": User::query().filter(|u| u.age.between(18, 40).not());
    "between columns": User::query().filter(|u| u.age.between(u.age.sub(1), u.age.add(1)));
    "not in a list": User::query().filter(|u| u.age.not_in([17, 41]));
    "in a list of columns": Post::query().filter(|p| p.author_id.is_in([p.id, p.author_id]));
    "in a list of expressions and values": User::query().filter(|u| u.id.is_in([value(3), u.id.add(1), value(5)]));
    "not in a list of expressions": User::query().filter(|u| u.id.not_in([u.id.add(1)]));
    "a time": User::query().filter(|u| u.created_at.ge(DateTime::UNIX_EPOCH).and(u.created_at.date().lt(NaiveDate::MAX.with_year(2100).unwrap())));
    "a boolean column against a condition": Post::query().filter(|p| p.published.eq(p.id.gt(2).known()));
    "texts against each other": User::query().filter(|u| u.name.lt(u.email).and(u.name.ge("B")));
};
