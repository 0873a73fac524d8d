//! Window functions.

use orm::prelude::*;
use orm::window;

use super::Entry;
use crate::group::Line;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "ranks": Line::query().select(|l| (window::row_number().over(|w| w), window::rank().over(|w| w), window::dense_rank().over(|w| w.partition_by((l.shop, l.id)).order_by((l.price.desc(), l.id.asc())))));
    "neighbours": User::query().select(|u| (window::lag(u.age, 1).over(|w| w.order_by(u.id.asc())), window::lead_or(u.age, 2, 5).over(|w| w.partition_by(u.name))));
    "frames": Post::query().select(|p| (window::sum(p.id).over(|w| w.rows(..=0)), window::nth_value(p.id, 2).over(|w| w.order_by(p.id.asc()).range(-2..3)), window::count().over(|w| w.rows(1..))));
    "a frame of groups": Post::query().select(|p| window::count().over(|w| w.order_by(p.id.asc()).groups(-1..=0)));
    "exact numbers over a window": Line::query().order_by(|l| window::lag(l.price, 1).over(|w| w.order_by(l.id.asc())).desc()).select(|l| window::avg(l.price).over(|w| w.partition_by(l.shop)).sub(l.price));
    "windows with names": Line::query().filter(|l| l.id.gt(1)).order_by(|l| window::rank().over_named(&window::named("w", |w| w.order_by(l.price.desc()))).asc()).limit(2).select(|l| { let w = window::named("w", |w| w.partition_by(l.shop).order_by(l.id.add(3).asc())); (window::sum(l.id).over_named(&w), window::lag_or(l.id, 1, 7).over_named(&w)) });
    "a window with nothing but a name": Line::query().select(|l| { let all = window::named("all", |w| w); (l.id, window::rank().over_named(&all), window::count().over_named(&all)) });
    "shares": Line::query().select(|l| (l.id, window::percent_rank().over(|w| w.order_by((l.price.asc(), l.id.asc()))), window::cume_dist().over(|w| w.order_by((l.price.asc(), l.id.asc()))), window::ntile(2).over(|w| w.order_by(l.id.asc()))));
    "the first and the last": Line::query().select(|l| (l.id, window::first_value(l.price).over(|w| w.partition_by(l.shop).order_by(l.id.asc())), window::last_value(l.price).over(|w| w.partition_by(l.shop).order_by(l.id.asc()).rows(..))));
    "totals over a window": User::query().select(|u| (u.id, window::count_of(u.age).over(|w| w.order_by(u.id.asc())), window::sum(u.age).over(|w| w.order_by(u.id.asc())), window::min(u.name).over(|w| w), window::max(u.age).over(|w| w), window::avg(u.age).over(|w| w)));
    "rows around": User::query().select(|u| (u.id, window::sum(u.id).over(|w| w.order_by(u.id.asc()).rows(-1..=1)), window::count().over(|w| w.order_by(u.id.desc()).rows(..=-1))));
    "values around": User::query().select(|u| (u.id, window::count().over(|w| w.order_by(u.id.asc()).range(-1..=1))));
    "neighbours, or something else": User::query().select(|u| (u.id, window::lag_or(u.name, 1, "nobody").over(|w| w.order_by(u.id.asc())), window::lead(u.age, 1).over(|w| w.order_by(u.id.asc()))));
    "neighbours of exact numbers": Line::query().select(|l| (l.id, window::lead_or(l.price, 1, Decimal::ZERO).over(|w| w.order_by(l.id.asc()))));
    "an order with NULL at an end": User::query().select(|u| (u.id, window::row_number().over(|w| w.order_by((u.age.desc().nulls_first(), u.id.asc())))));
    "a window in arithmetic": User::query().select(|u| window::row_number().over(|w| w.order_by(u.id.asc())).mul(10).add(1));
    "a window at the right": Line::query().select(|l| (l.price - window::lag(l.price, 1).over(|w| w.order_by(l.id.asc())), l.price * 100 / window::sum(l.price).over(|w| w.partition_by(l.shop)), -window::rank().over(|w| w.order_by(l.id.asc())), 10 - window::rank().over(|w| w.order_by(l.id.asc()))));
    "functions of a window": User::query().select(|u| { let age = window::lag(u.age, 1).over(|w| w.order_by(u.id.asc())); (age.clone().coalesce(0), age.clone().coalesce(window::count().over(|w| w).cast::<i32>()), age.abs().cast::<f64>().round(1)) });
    "a share of a total of groups": Line::query().group_by(|l| l.shop).select(|g| (g.key, g.sum(|l| l.price) * 100 / window::sum(g.sum(|l| l.price)).over(|w| w)));
    "a window compared in a case": Line::query().select(|l| (l.id, case::<i64>().when(window::lag(l.shop, 1).over(|w| w.order_by(l.id.asc())).into_expr().eq(l.shop), 0).otherwise(1)));
    "a window where it is no use": Line::query().filter(|l| (l.price - window::lag(l.price, 1).over(|w| w.order_by(l.id.asc()))).gt(1));
    "a deviation over a window": User::query().select(|u| (u.id, window::stddev_samp(u.age).over(|w| w.order_by(u.id.asc()).rows(-1..=0))));
    "a window over groups": Post::query().group_by(|p| p.author_id).select(|g| (g.key, window::rank().over(|w| w.order_by((g.count().desc(), g.key.asc())))));
    "a window filtered": Post::query().select(|p| (p.id, window::row_number().over(|w| w.partition_by(p.author_id).order_by(p.id.desc())))).into_query().filter(|(_, place)| place.eq(1));
    "the first whole rows of groups": Post::query().select(|p| (p, window::row_number().over(|w| w.partition_by(p.author_id).order_by(p.id.desc())))).into_query().filter(|(p, place)| place.le(2).and(p.published.is_true()));
};
