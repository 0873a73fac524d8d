//! Deletes.

use orm::prelude::*;

use super::Entry;
use crate::find::Order;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = changes! {
    "delete": Post::delete().filter(|p| p.published.eq(false).and(p.id.gt(3)));
    "delete all": Post::delete().all_rows();
    "delete by a query": User::delete().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).is_absent());
    "delete by a list": Post::delete().filter(|p| p.id.is_in([1, 2, 3]));
    "delete by related rows": User::delete().filter(|u| u.posts().none(|p| p.published.is_true()));
    "delete by one related row": Comment::delete().filter(|c| c.post().author().name.eq("Ann"));
    "delete by conditions one after another": Post::delete().filter(|p| p.published.eq(false)).filter(|p| p.id.gt(3).or(p.body.is_null()));
    "delete by a query of another table": Comment::delete().filter(|c| c.post_id.is_in(Post::query().filter(|p| p.published.is_false()).select(|p| p.id)));
    "delete with a join": Post::delete().join(|p| p.author()).filter(|(_, a)| a.age.lt(18));
    "delete with an outer join": User::delete().left_join(|u| u.posts()).filter(|(_, p)| p.id.is_null());
    "delete of the table that it reads": Employee::delete().filter(|e| Employee::query().filter(|o| o.manager_id.eq(e.id)).is_absent());
    "delete by a key of two columns, with a join": Order::delete().join_on::<User>(|o, u| o.region.eq(u.name)).all_rows();
    "delete with named rows": { let old = User::query().filter(|u| u.age.gt(40)).select(|u| u.id).named("old"); Post::delete().join_rows(&old, |p, id| p.author_id.eq(id)).all_rows() };
    "delete of the first": Post::delete().all_rows().order_by(|p| p.id.desc()).limit(3);
    "delete with a list": Post::delete().join_rows(values([1_u64, 2]), |p, id| p.id.eq(id)).all_rows();
    "delete by key": User::delete_by(3);
};
