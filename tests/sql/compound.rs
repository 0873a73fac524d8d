//! Set operations.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "union": User::query().select(|u| u.name).union(Post::query().select(|p| p.title)).limit(3);
    "union of what has limits": User::query().select(|u| u.id).limit(1).union_all(Post::query().order_by(|p| p.id.asc()).select(|p| p.id).limit(2));
    "intersect and except": User::query().select(|u| u.id).intersect(Post::query().select(|p| p.author_id)).except(Comment::query().select(|c| c.id));
    "a set operation of one that has a limit": User::query().select(|u| u.id).union(Post::query().select(|p| p.id)).limit(3).union_all(Comment::query().select(|c| c.id));
    "different rows of a set operation": User::query().select(|u| u.id).union_all(Post::query().select(|p| p.id)).distinct().limit(3);
};
