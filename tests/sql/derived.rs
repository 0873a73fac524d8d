//! Derived tables and common table expressions (CTEs).

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "a derived table": Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).into_query().filter(|(_, n)| n.gt(1));
    "a derived table joined": User::query().left_join_rows(Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())), |u, (a, _)| u.id.eq(a));
    "named rows": { let old = User::query().filter(|u| u.age.gt(40)).select(|u| u.id).named("old"); Post::query().filter(|p| p.id.gt(1)).join_rows(&old, |p, id| p.author_id.eq(id)) };
    "recursion": Employee::query().filter(|e| e.id.eq(1)).select(|e| e.id).recursive("below", |below| Employee::query().join_rows(below, |e, id| e.manager_id.eq(id)).select(|(e, _)| e.id)).query();
    "a derived table of a derived table": User::query().select(|u| (u.id, u.age)).into_query().filter(|(_, age)| age.gt(10)).select(|(id, _)| id).into_query().filter(|id| id.ge(1));
    "a derived table with a limit, joined": User::query().join_rows(Post::query().order_by(|p| p.id.desc()).limit(3).select(|p| (p.author_id, p.title)), |u, (a, _)| u.id.eq(a));
    "a derived table of a join": Post::query().join(|p| p.author()).select(|(p, a)| (p.id, a.id)).into_query().filter(|(_, a)| a.gt(0)).order_by(|(p, _)| p.asc());
    "a derived table in groups": Post::query().group_by(|p| p.author_id).select(|g| g.count()).into_query().group_by(|n| n).select(|g| (g.key, g.count()));
    "a derived table totalled": Post::query().group_by(|p| p.author_id).select(|g| g.count()).into_query().aggregate(|g| (g.max(|n| n), g.sum(|n| n)));
    "a derived table of a set operation": User::query().select(|u| u.id).union(Post::query().select(|p| p.author_id)).into_query().filter(|id| id.gt(1));
    "a derived table with an order": User::query().order_by(|u| u.name.eq("x").or_null().desc()).select(|u| u.id).into_query().filter(|id| id.gt(1));
    "a derived table of whole rows": User::query().filter(|u| u.age.is_not_null()).into_rows().into_query().filter(|u| u.id.gt(0));
    "a derived table of two whole rows": Post::query().join(|p| p.author()).select(|(p, a)| (p.id, p, a)).into_query().filter(|(id, p, a)| id.eq(p.id).and(a.name.ne(p.title)).and(a.posts().any(|other| other.id.gt(p.id))));
    "a derived table of whole rows that may be missing": User::query().left_join(|u| u.posts()).select(|(u, p)| (u, p, p.reviewer())).into_query().select(|(u, p, r)| (p, p.author().name, r.name, u.email));
    "a derived table of whole rows and values, joined": Post::query().join_rows(User::query().select(|u| (u.age.add(1), u)), |p, (_, u)| p.author_id.eq(u.id)).select(|(p, (age, u))| (p.title, age, u));
    "a derived table of whole rows and values, joined optionally": Post::query().left_join_rows(User::query().filter(|u| u.age.gt(18)).select(|u| (u, u.age.add(1))), |p, (u, _)| p.author_id.eq(u.id)).filter(|(_, (u, _))| u.profile().bio.is_null()).select(|(p, (u, _))| (p.title, u));
    "named rows, twice": { let posts = Post::query().select(|p| (p.id, p.author_id)).named("posts_of"); posts.query().join_rows(&posts, |(id, author), (other, same)| author.eq(same).and(id.lt(other))) };
    "named rows in a condition": { let authors = Post::query().filter(|p| p.published.is_true()).select(|p| p.author_id).named("authors"); User::query().filter(|u| u.id.is_in(authors.query().select(|id| id)).or(authors.query().filter(|id| id.eq(u.id.add(1))).is_present())) };
    "named rows of named rows": { let users = User::query().select(|u| (u.id, u.age)).named("u"); let adults = users.query().filter(|(_, age)| age.ge(18)).select(|(id, _)| id).named("a"); Post::query().join_rows(&adults, |p, id| p.author_id.eq(id)).select(|(p, _)| p.id) };
    "named rows of groups, joined optionally": { let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).named("counts"); User::query().left_join_rows(&counts, |u, (author, _)| u.id.eq(author)).select(|(u, (_, n))| (u.id, n)) };
    "two of one name": { let one = User::query().select(|u| u.id).named("x"); let two = Post::query().select(|p| p.author_id).named("x"); one.query().join_rows(&two, |a, b| a.eq(b)) };
    "recursion, equal rows once": Employee::query().filter(|e| e.id.eq(4)).select(|e| e.manager_id).recursive_distinct("above", |above| Employee::query().join_rows(above, |e, id| e.id.eq(id)).select(|(e, _)| e.manager_id)).query();
    "recursion with a depth": Employee::query().filter(|e| e.manager_id.is_null()).select(|e| (e.id, value(0))).recursive("tree", |tree| Employee::query().join_rows(tree, |e, (id, _)| e.manager_id.eq(id)).select(|(e, (_, depth))| (e.id, depth.add(1)))).query().filter(|(_, depth)| depth.lt(3));
    "recursion of whole rows with their depth": Employee::query().filter(|e| e.manager_id.is_null()).select(|e| (e, value(0))).recursive("tree", |tree| Employee::query().join_rows(tree, |e, (up, _)| e.manager_id.eq(up.id)).select(|(e, (_, depth))| (e, depth.add(1)))).query().select(|(e, depth)| (e, depth, e.manager().name));
    "recursion with a text that grows": Employee::query().filter(|e| e.manager_id.is_null()).select(|e| (e.id, e.name.cast::<String>())).recursive("paths", |paths| Employee::query().join_rows(paths, |e, (id, _)| e.manager_id.eq(id)).select(|(e, (_, path))| (e.id, path.concat("/").concat(e.name)))).query();
    "a query joined": User::query().left_join_rows(Post::query().filter(|p| p.published.is_true()), |u, p| p.author_id.eq(u.id)).select(|(u, p)| (u.name, p.title));
    "a list": values([(1_u64, "x".to_owned(), Some(7)), (2, "y".to_owned(), None)]);
    "a list without rows": values(Vec::<(u64, String)>::new()).into_query().filter(|(id, _)| id.gt(1));
    "a list joined": User::query().join_rows(values([(1_u64, 20), (2, 30)]), |u, (id, _)| u.id.eq(id)).select(|(u, (_, n))| (u.name, n));
    "a list joined optionally": User::query().left_join_rows(values(["Ann".to_owned(), "x".to_owned()]), |u, name| u.name.eq(name)).select(|(u, name)| (u.id, name));
    "a list of exact numbers, days and bytes": values([(Decimal::new(15, 1), NaiveDate::from_ymd_opt(2024, 2, 29), vec![1_u8]), (Decimal::ONE, None, vec![])]);
    "a list, named and read twice": { let list = values([(1_u64, 2_u64), (2, 3)]).named("pairs"); list.query().join_rows(&list, |(_, to), (from, _)| to.eq(from)) };
    "a list in a condition": Post::query().filter(|p| p.author_id.is_in(values([1_u64, 3]))).select(|p| p.id);
    "a list, each once": values([3, 1, 3]).distinct();
    "a list before a table": values([1_u64, 2]).into_query().join_on::<User>(|id, u| u.id.eq(id)).select(|(id, u)| (id, u.name));
};
