//! Raw SQL statements and fragments.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = changes! {
    "by hand": { let (email, ids, none) = ("e", [1, 2, 3], [0u8; 0]); sql!("SELECT '?' FROM {@User} WHERE {@User.email} = {email} AND id IN ({..ids}) OR id NOT IN ({..none}) -- {{") };
    "a part by hand": User::query().filter(|u| fragment!(Condition, "{u.name} = {x} OR {u.age} > 1", x = "x").and(u.id.eq(1))).select(|u| fragment!(Option<i64>, "{u.age} + {u.id}").add(1));
};
