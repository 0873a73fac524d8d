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
    "full join": User::query().full_join(|u| u.posts());
    "full join on a condition, with all clauses": User::query().full_join_on::<Post>(|u, p| p.author_id.eq(u.id).and(p.published.eq(true))).filter(|(u, _)| u.age.gt(18)).order_by(|(_, p)| p.title.asc()).limit(3).select(|(u, p)| (u.name, p.title));
    "full join behind a join, through a relation": Comment::query().join(|c| c.post()).full_join_on::<User>(|(_, p), u| p.author_id.eq(u.id)).filter(|(_, p, _)| p.reviewer().name.eq("Ann")).select(|(c, _, u)| (c.id, u.id));
    "two full joins": Profile::query().full_join_on::<Employee>(|p, e| e.name.eq(p.bio)).full_join_on::<Comment>(|(_, e), c| c.text.eq(e.name)).select(|(p, e, c)| (p.user_id, e.id, c.id));
    "lateral join": User::query().join_lateral(|u| Post::query().filter(|p| p.author_id.eq(u.id)).order_by(|p| p.id.desc()).limit(3).select(|p| (p.id, p.title))).select(|(u, (_, title))| (u.name, title));
    "lateral outer join": User::query().left_join_lateral(|u| Post::query().filter(|p| p.author_id.eq(u.id)).aggregate(|g| g.max(|p| p.id))).select(|(u, newest)| (u.id, newest));
};
