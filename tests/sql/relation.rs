//! Relations inside clauses.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "through a relation": Post::query().filter(|p| p.author().name.eq("Ann").and(p.author().age.gt(18)));
    "through an optional relation": Post::query().order_by(|p| p.reviewer().name.asc());
    "through two relations": Comment::query().filter(|c| c.post().author().name.eq("Ann"));
    "through a relation of a joined row": Comment::query().join(|c| c.post()).filter(|(_, p)| p.author().name.eq("Ann"));
    "through a relation in a join": User::query().join_on::<Post>(|u, p| p.title.eq(u.profile().bio));
    "related rows that": User::query().filter(|u| u.posts().any(|p| p.published.eq(true)));
    "related rows, none of which": User::query().filter(|u| u.posts().none(|p| p.published.eq(true)));
    "related rows, every one of which": User::query().filter(|u| u.posts().every(|p| p.published.eq(true)));
    "how many related rows": User::query().select(|u| (u.name, u.posts().count()));
};
