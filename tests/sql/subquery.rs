//! Queries inside queries.

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
};
