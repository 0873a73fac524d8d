//! Conditions.

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
    "text in which nothing is special": User::query().filter(|u| u.name.starts_with("5%").or(u.name.contains("_")).or(u.name.ends_with("!")));
    "booleans": Post::query().filter(|p| p.published.is_true().or(p.published.is_false()));
    "none of no conditions": User::query().filter(|_| any_of([]));
    "regular expression": User::query().filter(|u| u.email.matches("org$").and(u.name.eq_any_case("ann")));
    "tuples": Post::query().filter(|p| row((p.author_id, p.title)).is_in([(1, "a"), (2, "b"), (3, "c")]).and(row((p.id, p.title)).gt((1, "x"))));
    "tuples of columns": Post::query().filter(|p| row((p.id, p.author_id)).not_in([(value(1_u64), p.id), (value(2), p.id)]));
    "no tuples": Post::query().filter(|p| row((p.id, p.author_id)).is_in(Vec::<(u64, u64)>::new()));
};
