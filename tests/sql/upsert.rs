//! Upserts.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = changes! {
    "upsert": User::insert_all([User::insert().email("e").name("n")]).on_conflict(|u| u.email).update(|u, new| (u.name.to(new.name), u.age.to(u.age.add(1))));
    "upsert that changes nothing": User::insert_all([User::insert().email("e").name("n")]).on_conflict(|u| u.email).ignore();
};
