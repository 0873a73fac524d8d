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
    "update by a list": User::update().set(|u| u.name.to("x")).filter(|u| u.id.is_in([1, 2, 3]));
    "update of a choice": User::update().set(|u| u.age.to(case().when(u.age.is_null(), 0).otherwise(u.age.add(1)))).all_rows();
    "update of a list of columns": Post::update().set(|p| vec![p.title.to("x"), p.body.to("y".to_owned())]).filter(|p| p.id.eq(1));
    "update of one column twice": User::update().set(|u| u.age.to(1)).set(|u| u.age.to(2)).all_rows();
    "update by related rows": User::update().set(|u| u.age.to(1)).filter(|u| u.posts().any(|p| p.published.is_true()));
    "update by one related row": Post::update().set(|p| p.published.to(true)).filter(|p| p.author().age.ge(18));
    "update from a query": User::update().set(|u| u.age.to(Post::query().filter(|p| p.author_id.eq(u.id)).aggregate(|g| g.count()).scalar().cast::<i32>())).all_rows();
    "update by a correlated query": User::update().set(|u| u.age.to(None)).filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).is_absent().and(u.id.gt(0)));
};
