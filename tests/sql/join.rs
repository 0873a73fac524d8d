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
    "a full join of the rows of selects": Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).into_query().full_join_rows(Comment::query().select(|c| (c.id, c.text)), |(author, _), (id, _)| author.eq(id)).filter(|((_, n), _)| n.is_null().or(n.gt(1))).select(|((author, n), (id, text))| (author.coalesce(id), n, text));
    "a full join of named rows, with themselves": { let posts = Post::query().select(|p| (p.id, p)).named("posts"); posts.query().full_join_rows(&posts, |(_, p), (id, _)| p.author_id.eq(id)).select(|((_, p), (_, q))| (p.title, q.author().name)) };
    "lateral join": User::query().join_lateral(|u| Post::query().filter(|p| p.author_id.eq(u.id)).order_by(|p| p.id.desc()).limit(3).select(|p| (p.id, p.title))).select(|(u, (_, title))| (u.name, title));
    "lateral outer join": User::query().left_join_lateral(|u| Post::query().filter(|p| p.author_id.eq(u.id)).aggregate(|g| g.max(|p| p.id))).select(|(u, newest)| (u.id, newest));
    "outer join to one": Post::query().left_join(|p| p.reviewer());
    "join to many": User::query().join(|u| u.posts());
    "three joins and six conditions": Comment::query().join(|c| c.post()).join(|(_, p)| p.author()).left_join(|(_, _, a)| a.profile()).filter(|(c, p, a, f)| c.text.ne("x").and(p.published.eq(true)).and(a.age.ge(18)).and(a.name.ne("y")).and(f.bio.is_null()).and(p.id.gt(0)));
    "join from the end of a chain": Comment::query().join(|c| c.post()).join(|(_, p)| p.author()).join(|(_, _, a)| a.posts());
    "outer join behind an outer join": User::query().left_join(|u| u.posts()).left_join(|(_, p)| p.comments());
    "join on several tables": Post::query().join(|p| p.author()).join_on::<Comment>(|(p, a), c| c.post_id.eq(p.id).and(c.text.ne(a.name)));
    "outer join on a query": User::query().left_join_on::<Post>(|u, p| p.author_id.eq(u.id).and(Comment::query().filter(|c| c.post_id.eq(p.id)).is_present()));
    "outer join on a query about the left side": User::query().left_join_on::<Profile>(|u, _| u.posts().any(|p| p.published.is_true()));
    "join with itself on a condition": User::query().join_on::<User>(|u, v| v.id.gt(u.id).and(v.age.same_as(u.age).not()));
    "cross join of three": Profile::query().cross_join::<Employee>().cross_join::<Profile>();
    "join in groups with an order and a limit": Post::query().left_join(|p| p.reviewer()).group_by(|(_, r)| r.name).order_by(|g| (g.count().desc(), g.key.asc())).limit(2).select(|g| (g.key, g.count()));
};
