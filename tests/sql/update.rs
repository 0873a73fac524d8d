//! Updates.

use orm::prelude::*;

use super::Entry;
use crate::find::Order;
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
    "update with a join": Post::update().join(|p| p.author()).set(|(p, a)| (p.title.to(a.name), p.published.to(true))).filter(|(_, a)| a.age.ge(18));
    "update with an outer join": User::update().left_join(|u| u.posts()).set(|(u, p)| u.name.to(p.title.coalesce("none"))).filter(|(_, p)| p.id.is_null());
    "update with a join on a condition": Post::update().join_on::<User>(|p, u| p.title.eq(u.name)).set(|(p, u)| p.author_id.to(u.id)).all_rows();
    "update with a list": User::update().join_rows(values([(1_u64, 20), (2, 30)]), |u, (id, _)| u.id.eq(id)).set(|(u, (_, age))| u.age.to(age)).all_rows();
    "update with a derived table": User::update().join_rows(Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())), |u, (id, _)| u.id.eq(id)).set(|(u, (_, n))| u.age.to(n.cast::<i32>())).all_rows();
    "update with named rows": { let old = User::query().filter(|u| u.age.gt(40)).select(|u| u.id).named("old"); Post::update().set(|p| p.published.to(true)).filter(|p| p.author_id.is_in(old.query().select(|id| id))) };
    "update through a relation": Post::update().set(|p| p.title.to(p.author().name)).filter(|p| p.author().age.ge(18));
    "update of the table that it reads": Employee::update().set(|e| e.name.to("x")).filter(|e| e.id.is_in(Employee::query().filter(|o| o.name.eq("y")).select(|o| o.id)));
    "update from the table that it changes": Employee::update().set(|e| e.name.to(Employee::query().filter(|o| o.id.eq(e.id.sub(1))).aggregate(|g| g.max(|o| o.name)).scalar().coalesce("x"))).all_rows();
    "update by its own join": Employee::update().join(|e| e.manager()).set(|(e, m)| e.name.to(m.name)).all_rows();
    "update that reads what it sets": User::update().set(|u| (u.age.to(u.age.add(1)), u.name.to(u.age.cast::<String>().coalesce("none")))).all_rows();
    "update that swaps": User::update().set(|u| (u.name.to(u.email), u.email.to(u.name))).all_rows();
    "update of the first": Post::update().set(|p| p.published.to(true)).filter(|p| p.published.is_false()).order_by(|p| p.id.asc()).limit(2);
    "update of the first through a relation": Post::update().set(|p| p.published.to(true)).all_rows().order_by(|p| p.author().name.asc()).limit(2);
    "update of the first of a join": Post::update().join(|p| p.author()).set(|(p, _)| p.published.to(true)).all_rows().limit(2);
    "update by key": Order::update_by(("eu", 3)).set(|o| o.total.to(Decimal::ONE));
    "update by key and version": User::update_by(3).version(7).set(|u| u.name.to("x"));
};
