//! What is selected, in which order, and how much of it.

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
};
