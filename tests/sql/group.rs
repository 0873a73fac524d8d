//! Groups and aggregates.

use orm::prelude::*;

use super::Entry;
use crate::group::Line;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "groups": Post::query().group_by(|p| p.author_id).having(|g| g.count().gt(3)).order_by(|g| g.count().desc()).select(|g| (g.key, g.count()));
    "groups by two columns": Post::query().group_by(|p| (p.author_id, p.published)).select(|g| (g.key, g.max(|p| p.id)));
    "groups of a join": Post::query().join(|p| p.author()).group_by(|(_, a)| a.name).select(|g| (g.key, g.count_distinct(|(p, _)| p.title)));
    "aggregates": User::query().aggregate(|g| (g.count(), g.count_of(|u| u.age), g.sum(|u| u.age), g.avg(|u| u.age), g.min(|u| u.name)));
    "aggregates of exact numbers": Line::query().group_by(|l| l.shop).having(|g| g.sum(|l| l.price).gt(Decimal::ONE)).order_by(|g| g.avg(|l| l.price).desc()).select(|g| (g.key, g.max(|l| l.price)));
    "aggregates over some rows": Post::query().aggregate(|g| { let f = g.filter(|p| p.published.is_true()); (f.count(), f.max(|p| p.id)) });
    "exact aggregates over some rows": Line::query().aggregate(|g| g.filter(|l| l.id.gt(1)).sum_distinct(|l| l.price));
    "any and every": Post::query().group_by(|p| p.author_id).having(|g| g.any(|p| p.id.gt(1)).and(g.every(|p| p.id.lt(9)))).select(|g| g.key);
    "texts as one": Post::query().aggregate(|g| (g.joined(|p| p.title, "'"), g.joined_in_order(|p| p.title, ", ", |p| p.id.desc())));
    "different texts as one": Post::query().aggregate(|g| g.filter(|p| p.id.gt(1)).joined_distinct(|p| p.title, ", "));
    "totals": Post::query().group_by(|p| (p.author_id, p.published)).with_rollup().select(|g| (g.key, g.count()));
    "totals in order": Post::query().group_by(|p| p.author_id).with_rollup().order_by(|g| g.count().desc()).select(|g| (g.key, g.count()));
    "groups by an expression with values": User::query().group_by(|u| (u.age.coalesce(0).div(10), u.name.is_in(["a'", "b"]).known())).having(|g| g.key.0.clone().gt(1)).order_by(|g| g.key.0.clone().asc()).select(|g| (g.count(), g.key));
};
