//! Joins.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "join to one": Post::query().join(|p| p.author());
    "outer join to many": User::query().left_join(|u| u.posts());
    "join to one from the other end": User::query().left_join(|u| u.profile());
    "join over several keys": Post::query().join(|p| p.author()).left_join(|(p, _)| p.reviewer());
    "join with itself": Employee::query().join(|e| e.manager()).join(|(_, m)| m.manager());
    "join on a condition": User::query().join_on::<Post>(|u, p| p.author_id.eq(u.id).and(p.published.eq(true)));
    "outer join on a condition": User::query().left_join_on::<User>(|u, other| other.age.gt(u.age));
    "cross join": User::query().cross_join::<Post>();
};
