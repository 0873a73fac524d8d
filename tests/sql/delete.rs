//! Deletes.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = changes! {
    "delete": Post::delete().filter(|p| p.published.eq(false).and(p.id.gt(3)));
    "delete all": Post::delete().all_rows();
    "delete by a query": User::delete().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).is_absent());
};
