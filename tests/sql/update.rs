//! Updates.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;
use crate::update::Page;

pub(super) const ENTRIES: &[Entry] = changes! {
    "update": Post::update().set(|p| (p.published.to(true), p.body.to(None))).filter(|p| p.id.eq(1));
    "update from the row": User::update().set(|u| (u.age.to(u.age.add(1)), u.name.to(u.email))).all_rows();
    "update a row that counts its changes": User::update().set(|u| u.name.to("x")).filter(|u| u.id.eq(1).and(u.version.eq(3)));
    "update what each update sets": Page::update().set(|p| p.text.to("x")).all_rows();
    "update by a query": Post::update().set(|p| p.published.to(false)).filter(|p| p.author_id.is_in(User::query().filter(|u| u.age.lt(18)).select(|u| u.id)));
};
