//! Subqueries.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "in a query": User::query().filter(|u| u.id.is_in(Post::query().select(|p| p.author_id)));
    "a limit in a list": User::query().filter(|u| u.id.is_in(Post::query().select(|p| p.author_id).limit(1)));
    "correlated": User::query().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).is_absent());
    "correlated with itself": User::query().filter(|u| User::query().filter(|v| v.age.gt(u.age)).is_absent());
    "a scalar": User::query().select(|u| Post::query().filter(|p| p.author_id.eq(u.id)).aggregate(|g| g.max(|p| p.id)).scalar());
    "tuples of a query": Post::query().filter(|p| row((p.author_id, p.id)).is_in(Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.max(|p| p.id)))));
    "any row": User::query().filter(|u| u.age.gt_any(User::query().filter(|v| v.id.ne(u.id)).select(|v| v.age)));
    "every row of a few": User::query().filter(|u| u.id.add(1).le_every(Post::query().order_by(|p| p.id.asc()).limit(3).select(|p| p.author_id)));
    "not in a query": User::query().filter(|u| u.id.not_in(Post::query().filter(|p| p.published.is_true()).select(|p| p.author_id)));
    "in a query with NULLs": User::query().filter(|u| u.id.is_in(Post::query().select(|p| p.reviewer_id)));
    "in a query in a query": User::query().filter(|u| u.id.is_in(Post::query().filter(|p| p.id.is_in(Comment::query().select(|c| c.post_id))).select(|p| p.author_id)));
    "in a query with an order": User::query().filter(|u| u.id.is_in(Post::query().order_by(|p| p.title.eq("x").or_null().asc()).select(|p| p.author_id)));
    "in a set operation": User::query().filter(|u| u.id.is_in(Post::query().select(|p| p.author_id).except(Profile::query().select(|f| f.user_id))));
    "correlated over two levels": User::query().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id).and(Comment::query().filter(|c| c.post_id.eq(p.id).and(c.text.ne(u.name))).is_present())).is_present());
    "correlated in a selection": User::query().select(|u| (u.id, Post::query().filter(|p| p.author_id.eq(u.id)).is_present().known()));
    "correlated through a relation": Post::query().filter(|p| Post::query().filter(|q| q.author_id.eq(p.author().id).and(q.id.ne(p.id))).is_present());
    "correlated with groups": User::query().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).group_by(|p| p.published).having(|g| g.count().gt(1)).select(|g| g.key).is_present());
    "a scalar compared": User::query().filter(|u| u.age.eq(User::query().aggregate(|g| g.max(|v| v.age)).scalar()));
    "a scalar in an order": User::query().order_by(|u| (Post::query().filter(|p| p.author_id.eq(u.id)).aggregate(|g| g.count()).scalar().desc(), u.id.asc()));
    "a scalar of the first row": User::query().select(|u| (u.id, Post::query().filter(|p| p.author_id.eq(u.id)).order_by(|p| p.id.desc()).select(|p| p.title).limit(1).scalar()));
    "scalars in arithmetic": User::query().select(|u| (u.id, Post::query().aggregate(|g| g.count()).scalar().sub(u.posts().count())));
    "every row": User::query().filter(|u| u.age.ge_every(User::query().filter(|v| v.age.is_not_null()).select(|v| v.age)));
};
