//! Derived tables and common table expressions.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "a derived table": Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).into_query().filter(|(_, n)| n.gt(1));
    "a derived table joined": User::query().left_join_rows(Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())), |u, (a, _)| u.id.eq(a));
    "named rows": { let old = User::query().filter(|u| u.age.gt(40)).select(|u| u.id).named("old"); Post::query().filter(|p| p.id.gt(1)).join_rows(&old, |p, id| p.author_id.eq(id)) };
    "recursion": Employee::query().filter(|e| e.id.eq(1)).select(|e| e.id).recursive("below", |below| Employee::query().join_rows(below, |e, id| e.manager_id.eq(id)).select(|(e, _)| e.id)).query();
};
