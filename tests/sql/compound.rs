//! Set operations.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "union": User::query().select(|u| u.name).union(Post::query().select(|p| p.title)).limit(30);
    "union of what has limits": User::query().select(|u| u.id).limit(1).union_all(Post::query().order_by(|p| p.id.asc()).select(|p| p.id).limit(2));
    "intersect and except": User::query().select(|u| u.id).intersect(Post::query().select(|p| p.author_id)).except(Comment::query().select(|c| c.id));
    "a set operation of one that has a limit": User::query().select(|u| u.id).union(Post::query().select(|p| p.id)).limit(3).union_all(Comment::query().select(|c| c.id));
    "different rows of a set operation": User::query().select(|u| u.id).union_all(Post::query().select(|p| p.id)).distinct().limit(3);
    "union of all": User::query().select(|u| u.id).union_all(Post::query().select(|p| p.author_id)).union_all(Comment::query().select(|c| c.id));
    "union of rows": User::query().filter(|u| u.id.eq(1)).into_rows().union(User::query().filter(|u| u.age.is_null()).into_rows());
    "union of constants": User::query().select(|u| (u.id, value("user".to_owned()))).union_all(Post::query().select(|p| (p.id, value("post".to_owned()))));
    "intersect and except of all": User::query().select(|u| u.id).intersect_all(Post::query().select(|p| p.author_id)).except_all(Comment::query().select(|c| c.id));
    "union in order": User::query().select(|u| u.name).union(Post::query().select(|p| p.title)).into_query().order_by(|word| word.asc()).limit(4);
    "union of unions": User::query().select(|u| u.id).union(Post::query().select(|p| p.id).union_all(Comment::query().select(|c| c.id)));
    "union of groups": Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).union_all(Post::query().aggregate(|g| (value(0_u64), g.count())));
    "union of groups with their total": Post::query().group_by(|p| p.author_id).select(|g| (g.key.or_null(), g.count())).union_all(Post::query().aggregate(|g| (null::<u64>(), g.count()))).into_query().order_by(|(key, _)| key.asc().nulls_last()).into_rows();
    "union of joins": Post::query().join(|p| p.author()).select(|(p, a)| (p.title, a.name)).union(Comment::query().join(|c| c.post()).select(|(c, p)| (c.text, p.title)));
    "union with an order on each side": User::query().order_by(|u| u.age.gt(18).or_null().asc()).select(|u| u.id).union(Post::query().order_by(|p| p.title.asc()).select(|p| p.id));
};
