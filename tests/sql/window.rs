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
};
