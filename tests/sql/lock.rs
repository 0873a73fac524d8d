//! Locks and hints.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "rows locked": Post::query().order_by(|p| p.id.asc()).limit(1).for_update().nowait();
    "rows locked, but not the locked ones": Post::query().for_update().skip_locked().limit(1);
    "rows locked against changes": Post::query().select(|p| p.id).for_share();
    "rows of some tables locked": Post::query().join(|p| p.author()).join(|(p, _)| p.reviewer()).for_update().of(|(p, _, r)| (p, r));
    "an index forced": Post::query().join(|p| p.author()).force_index("users_email_key");
    "indexes hinted at": Post::query().use_index("a").use_index("b").ignore_index("c").filter(|p| p.id.eq(1));
};
