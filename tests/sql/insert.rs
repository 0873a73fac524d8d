//! Inserts.

use orm::prelude::*;

use super::Entry;
use crate::insert::Ticket;
use crate::insert_all::Reading;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = changes! {
    "insert": Post::insert().author_id(1).title("x");
    "insert what the server fills": Reading::insert().sensor(1);
    "insert many": Employee::insert_all([1, 2].map(|id| Employee { id, name: "x".into(), manager_id: None }));
    "insert every column": User::insert().email("e").name("n").age(3).created_at(DateTime::UNIX_EPOCH);
    "insert NULL": User::insert().email("e").name("n").age(None);
    "insert a whole row": Employee::insert_all([Employee { id: 1, name: "x".into(), manager_id: Some(2) }]);
    "insert rows of which some set more": User::insert_all([1, 2].map(|n| User::insert().email(format!("{n}")).name("n").age((n > 1).then_some(n))));
    "insert what is computed": User::insert().email(value("A".to_owned()).lower()).name("n").age(value(1).add(2));
    "insert of nothing but defaults": Ticket::insert();
    "insert from a query": Post::insert_from(User::query().filter(|u| u.age.gt(18)), |u| Post::insert().author_id(u.id).title(u.name.upper()).body(None));
    "insert from a join": Comment::insert_from(Post::query().join(|p| p.author()), |(p, a)| Comment::insert().post_id(p.id).text(a.name));
    "insert from named rows": { let old = User::query().filter(|u| u.age.gt(40)).select(|u| u.id).named("old"); Post::insert_from(old.query(), |id| Post::insert().author_id(id).title("x")) };
    "insert from groups": Comment::insert_from(Post::query().group_by(|p| p.author_id).select(|g| (g.max(|p| p.id).coalesce(0), g.key)).into_query(), |(id, _)| Comment::insert().post_id(id).text("x"));
};
