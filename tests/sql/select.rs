//! Selections, order and limits.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "order": User::query().order_by(|u| (u.name.asc(), u.age.desc())).order_by(|u| u.id.asc());
    "nulls last": User::query().order_by(|u| (u.age.asc().nulls_last(), u.age.desc().nulls_first(), u.name.desc().nulls_last()));
    "limit": User::query().limit(3);
    "offset": User::query().offset(3);
    "limit and offset": User::query().limit(10).offset(20);
    "columns": User::query().select(|u| (u.id, u.name));
    "rows and columns": Post::query().join(|p| p.author()).select(|(p, a)| (p, a.name));
    "distinct": Post::query().select(|p| p.author_id).distinct();
    "a constant order": User::query().order_by(|u| (value(2).desc(), u.id.asc()));
    "orders by expressions": User::query().order_by(|u| (u.age.is_null().known().asc(), u.name.char_length().desc(), u.id.asc()));
    "an order in a list": User::query().order_by(|u| vec![u.age.asc().nulls_first(), u.id.desc()]);
    "an order after a limit": User::query().limit(3).order_by(|u| u.id.desc());
    "nested tuples": Post::query().join(|p| p.author()).select(|(p, a)| ((p.id, p.title), (a, a.age), a.name));
    "rows of an optional side": User::query().left_join(|u| u.posts()).select(|(u, p)| (u.id, p, p.body));
    "different rows": User::query().distinct();
    "different expressions": User::query().distinct().select(|u| u.age.coalesce(0).div(10));
    "twelve columns": User::query().select(|u| (u.id, u.name, u.age, u.id, u.name, u.age, u.id, u.name, u.age, u.id, u.name, u.version));
    "values without a table": select((value(1), User::query().aggregate(|g| g.count()).scalar(), Post::query().is_present().known()));
    "a limit of none": User::query().order_by(|u| u.id.asc()).limit(0);
};
