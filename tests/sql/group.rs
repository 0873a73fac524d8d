//! GROUP BY and aggregates.

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
    "texts as one": Post::query().aggregate(|g| (g.group_concat(|p| p.title, "'"), g.group_concat_in_order(|p| p.title, ", ", |p| p.id.desc())));
    "different texts as one": Post::query().aggregate(|g| g.filter(|p| p.id.gt(1)).group_concat_distinct(|p| p.title, ", "));
    "groups by a row that a relation leads to": Post::query().group_by(|p| (p.author(), p.published)).order_by(|g| g.key.0.name.asc()).select(|g| (g.key.0.clone(), g.key.1, g.count()));
    "totals": Post::query().group_by(|p| (p.author_id, p.published)).with_rollup().select(|g| (g.key, g.count()));
    "totals by what is computed": Post::query().group_by(|p| (p.author_id, p.title.like("H%").known())).with_rollup().select(|g| (g.count(), g.key.1.clone(), g.key.0));
    "groups by what stands in an expression": Post::query().group_by(|p| p.title.upper()).order_by(|g| g.key.clone().concat("!").asc()).select(|g| (g.key.clone().lower(), g.count()));
    "totals in order": Post::query().group_by(|p| p.author_id).with_rollup().order_by(|g| g.count().desc()).select(|g| (g.key, g.count()));
    "groups by an expression with values": User::query().group_by(|u| (u.age.coalesce(0).div(10), u.name.is_in(["a'", "b"]).known())).having(|g| g.key.0.clone().gt(1)).order_by(|g| g.key.0.clone().asc()).select(|g| (g.count(), g.key));
    "groups by a relation": Post::query().group_by(|p| p.author().name).having(|g| g.count().gt(1)).select(|g| (g.key, g.min(|p| p.id)));
    "groups by whole rows": User::query().join(|u| u.posts()).group_by(|(u, _)| u).select(|g| (g.key, g.count()));
    "groups by a date": User::query().group_by(|u| u.created_at.year()).select(|g| (g.key.clone(), g.count()));
    "groups by an exact number": Line::query().group_by(|l| l.price.sub(l.price.round(1))).select(|g| (g.key.clone(), g.count()));
    "groups by a constant": User::query().group_by(|_| value(8)).select(|g| (g.key.clone(), g.count()));
    "groups in an order, some of them": Post::query().group_by(|p| p.author_id).order_by(|g| (g.max(|p| p.id).desc(), g.key.asc())).limit(2).offset(1).select(|g| (g.key, g.max(|p| p.title)));
    "groups, if they are wanted": Post::query().group_by(|p| p.author_id).having_if(true, |g| g.count().gt(1)).having_some(None::<i64>, |g, n| g.count().lt(n)).select(|g| g.key);
    "groups by their key": Post::query().group_by(|p| (p.author_id, p.published)).having(|g| g.key.0.gt(1).or(g.key.1.is_true())).select(|g| g.key);
    "different groups": Post::query().group_by(|p| p.author_id).select(|g| g.count()).distinct();
    "aggregates in arithmetic": Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count().mul(2).add(1), g.max(|p| p.id).sub(g.min(|p| p.id))));
    "aggregates in case": Post::query().group_by(|p| p.author_id).select(|g| (g.key, case::<String>().when(g.count().gt(2), "many").otherwise("few")));
    "aggregates of expressions": User::query().aggregate(|g| (g.sum(|u| u.age.mul(2)), g.max(|u| u.name.char_length()), g.avg(|u| u.age.coalesce(0))));
    "aggregates of different values": User::query().aggregate(|g| (g.count_distinct(|u| u.age), g.sum_distinct(|u| u.age), g.avg_distinct(|u| u.age)));
    "aggregates of texts that the program gives": User::query().aggregate(|g| (g.max(|u| case::<String>().when(u.age.is_null(), "x").or_null()), g.filter(|u| u.age.gt(18)).min(|_| value("y".to_owned()))));
    "aggregates over some rows of groups, in every clause": Post::query().group_by(|p| p.author_id).having(|g| g.filter(|p| p.published.is_true()).count().ge(1)).order_by(|g| (g.filter(|p| p.published.is_false()).count().desc(), g.key.asc())).select(|g| (g.key, g.filter(|p| p.body.is_null()).max(|p| p.title)));
    "values in arrays": Post::query().group_by(|p| p.author_id).select(|g| (g.json_array(|p| p.title), g.json_array_in_order(|p| p.published, |p| (p.published.desc(), p.id.asc())), g.filter(|p| p.id.gt(1)).json_array(|p| p.reviewer_id)));
    "variances and deviations": User::query().aggregate(|g| (g.stddev_pop(|u| u.age), g.stddev_samp(|u| u.age), g.var_pop(|u| u.id), g.filter(|u| u.id.gt(1)).var_samp(|u| u.age)));
    "deviations of exact numbers": Line::query().group_by(|l| l.shop).having(|g| g.stddev_pop(|l| l.price).gt(0.5)).select(|g| g.key);
    "different combinations": Post::query().aggregate(|g| (g.count_distinct(|p| (p.author_id, p.published)), g.filter(|p| p.id.gt(1)).count_distinct(|p| (p.title, p.reviewer_id))));
    "different exact combinations": Line::query().group_by(|l| l.shop).select(|g| g.count_distinct(|l| (l.price, l.id)));
    "totals of some groups": Post::query().group_by(|p| (p.author_id, p.published)).with_rollup().having(|g| g.count().gt(1)).select(|g| (g.key, g.count()));
    "totals of some groups, in order": Post::query().group_by(|p| (p.author_id, p.published)).with_rollup().having(|g| g.count().gt(1)).order_by(|g| (g.count().desc(), g.key.0.asc(), g.key.1.asc())).select(|g| (g.key, g.count()));
};
