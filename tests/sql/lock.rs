//! Locks and hints.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "rows locked": Post::query().order_by(|p| p.id.asc()).limit(1).for_update().nowait();
    "rows locked, but not the locked ones": Post::query().for_update().skip_locked().limit(1);
    "rows locked against changes": Post::query().select(|p| p.id).for_share();
    "rows of some tables locked": Post::query().join(|p| p.author()).join(|(p, _)| p.reviewer()).for_update().of(|(p, _, r)| (p, r));
    "an index forced": User::query().join(|u| u.posts()).force_index("posts_author_id_published_idx");
    "indexes hinted at": Post::query().use_index("PRIMARY").use_index("posts_author_id_published_idx").ignore_index("posts_author_id_published_idx").filter(|p| p.id.eq(1));
    "joined rows locked": Post::query().join(|p| p.author()).filter(|(_, a)| a.age.gt(18)).for_update();
    "rows locked against changes, but not the locked ones": Post::query().order_by(|p| p.id.asc()).for_share().skip_locked();
    "rows of an outer join locked": User::query().left_join(|u| u.posts()).for_update().of(|(u, _)| u);
    "an index forced in a full join": User::query().full_join(|u| u.posts()).force_index("posts_author_id_published_idx");
    "an index used in a join": User::query().use_index("users_email_key").join(|u| u.posts());
};
