//! Deletes.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = changes! {
    "delete": Post::delete().filter(|p| p.published.eq(false).and(p.id.gt(3)));
    "delete all": Post::delete().all_rows();
    "delete by a query": User::delete().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).is_absent());
    "delete by a list": Post::delete().filter(|p| p.id.is_in([1, 2, 3]));
    "delete by related rows": User::delete().filter(|u| u.posts().none(|p| p.published.is_true()));
    "delete by one related row": Comment::delete().filter(|c| c.post().author().name.eq("Ann"));
    "delete by conditions one after another": Post::delete().filter(|p| p.published.eq(false)).filter(|p| p.id.gt(3).or(p.body.is_null()));
    "delete by a query of another table": Comment::delete().filter(|c| c.post_id.is_in(Post::query().filter(|p| p.published.is_false()).select(|p| p.id)));
};
