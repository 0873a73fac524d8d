//! Set operations.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "union": User::query().select(|u| u.name).union(Post::query().select(|p| p.title)).limit(3);
    "union of what has limits": User::query().select(|u| u.id).limit(1).union_all(Post::query().order_by(|p| p.id.asc()).select(|p| p.id).limit(2));
    "intersect and except": User::query().select(|u| u.id).intersect(Post::query().select(|p| p.author_id)).except(Comment::query().select(|c| c.id));
};
