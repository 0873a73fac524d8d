//! Queries are values: stored, cloned, passed on, built in loops, and used in other queries.

use orm::prelude::*;
use orm::{Cte, Delete, Grouped, Maybe, Rows, Update};

use crate::support::models::*;

/// Any query type can be named, passed as an argument, extended and returned.
fn adults(users: Query<User>) -> Query<User> {
    users.filter(|u| u.age.ge(18))
}

fn visible<M: Mode>(p: PostFields<M>) -> Condition {
    p.published.is_true()
}

fn of_author(author: u64) -> Query<Post> {
    Post::query().filter(move |p| p.author_id.eq(author))
}

fn per_author(posts: Query<Post>) -> Grouped<Column<u64>, Post> {
    posts.group_by(|p| p.author_id)
}

fn counted(groups: Grouped<Column<u64>, Post>) -> Rows<(u64, i64)> {
    groups.order_by(|g| g.key.asc()).select(|g| (g.key, g.count()))
}

fn with_posts(users: Query<User>) -> Query<(User, Maybe<Post>)> {
    users.left_join(|u| u.posts())
}

#[derive(Default)]
struct Search {
    name: Option<String>,
    least_age: Option<i32>,
    ids: Vec<u64>,
    newest_first: bool,
}

impl Search {
    fn query(&self) -> Query<User> {
        let query = User::query()
            .filter_some(self.name.as_deref(), |u, name| u.name.starts_with(name))
            .filter_some(self.least_age, |u, age| u.age.ge(age))
            .filter_if(!self.ids.is_empty(), |u| u.id.is_in(self.ids.clone()));
        if self.newest_first { query.order_by(|u| u.id.desc()) } else { query.order_by(|u| u.id.asc()) }
    }
}

#[test]
fn can_be_sent_shared_and_printed() {
    fn check<T: Clone + std::fmt::Debug + Send + Sync + 'static>(_: &T) {}
    check(&User::query());
    check(&with_posts(User::query()));
    check(&User::query().with(|u| u.posts()));
    check(&User::query().select(|u| (u.id, u.name)));
    check(&per_author(Post::query()));
    check(&per_author(Post::query()).with_rollup());
    check(&counted(per_author(Post::query())).named("counts"));
    check(&counted(per_author(Post::query())).into_query());
    check(&User::update().set(|u| u.name.to("x")).all_rows());
    check(&Post::delete().filter(|p| p.id.eq(1)));
    let _: fn(Update<User>, Delete<Post>, Cte<u64>) = |_, _, _| ();
}

on_every_backend! {
    async fn optional_conditions(db: Database) {
        shop(db).await?;
        let names = |search: Search| async move { search.query().select(|u| u.name).all(db).await };
        assert_eq!(names(Search::default()).await?, ["Ann", "Bob", "Cid"]);
        assert_eq!(names(Search { newest_first: true, ..Search::default() }).await?, ["Cid", "Bob", "Ann"]);
        assert_eq!(names(Search { name: Some("B".into()), ..Search::default() }).await?, ["Bob"]);
        assert_eq!(names(Search { least_age: Some(18), ids: vec![2, 3], ..Search::default() }).await?, [""; 0]);
        let groups = |least: Option<i64>| match least {
            Some(least) => per_author(Post::query()).having(move |g| g.count().ge(least)),
            None => per_author(Post::query()),
        };
        assert_eq!(counted(groups(None)).all(db).await?, [(1, 3), (2, 1)]);
        assert_eq!(counted(groups(Some(2))).all(db).await?, [(1, 3)]);
    }

    async fn built_in_a_loop(db: Database) {
        shop(db).await?;
        let mut posts = Post::query();
        for word in ["e", "l"] {
            posts = posts.filter(|p| p.title.contains(word));
        }
        let titles = posts.select(|p| p.title);
        assert_eq!(titles.all(db).await?, ["Hello"]);
        let any = any_of(["Ann", "Cid"].map(|name| User::query().filter(move |u| u.name.eq(name))).map(|users| users.is_present()));
        assert_eq!(Post::query().filter(|_| any.clone()).count(db).await?, 4);
        let mut rows = User::query().filter(|u| u.id.eq(1)).select(|u| u.id);
        for id in 2..=3 {
            rows = rows.union_all(User::query().filter(move |u| u.id.eq(id)).select(|u| u.id));
        }
        assert_eq!(rows.into_query().order_by(|id| id.asc()).all(db).await?, [1, 2, 3]);
    }

    async fn through_functions(db: Database) {
        shop(db).await?;
        assert_eq!(counted(per_author(of_author(1).filter(visible))).all(db).await?, [(1, 2)]);
        let some = with_posts(adults(User::query())).filter(|(_, p)| visible(p));
        assert_eq!(some.order_by(|(_, p)| p.id.asc()).select(|(_, p)| p.id).all(db).await?, [Some(1), Some(4)]);
    }

    async fn one_base_for_many(db: Database) {
        shop(db).await?;
        let base = of_author(1).order_by(|p| p.id.asc());
        assert_eq!(base.clone().filter(visible).count(db).await?, 2);
        assert_eq!(base.clone().limit(1).select(|p| p.title).all(db).await?, ["Hello"]);
        assert_eq!(base.clone().join(|p| p.comments()).count(db).await?, 2);
        assert_eq!(base.count(db).await?, 3);
    }

    async fn used_twice_in_one_query(db: Database) {
        shop(db).await?;
        let busy = per_author(Post::query()).having(|g| g.count().gt(1)).select(|g| g.key);
        let twice = User::query().filter(|u| u.id.is_in(busy.clone()).or(u.id.not_in(busy.clone())));
        assert_eq!(twice.count(db).await?, 3);
        // Correlated subqueries: two of them, and each inside the other.
        let of = |u: UserFields| Post::query().filter(move |p| p.author_id.eq(u.id));
        let both = User::query().filter(|u| of(u).filter(visible).is_present().and(of(u).filter(|p| visible(p).not()).is_present()));
        assert_eq!(both.select(|u| u.name).all(db).await?, ["Ann"]);
        let users = User::query().filter(|u| u.age.is_not_null());
        let nested = users.clone().filter(|u| {
            let older = users.clone().filter(|v| v.age.gt(u.age).and(users.clone().filter(|w| w.age.gt(v.age)).is_absent()));
            older.is_present()
        });
        assert_eq!(nested.select(|u| u.name).all(db).await?, ["Bob"]);
        // In FROM twice, with a name and without one.
        let counts = counted(per_author(Post::query()));
        let named = counts.clone().named("counts");
        let pairs = named.query().join_rows(&named, |(_, n), (_, m)| n.gt(m)).join_rows(counts.clone(), |((a, _), _), (b, _)| a.eq(b));
        assert_eq!(pairs.all(db).await?, [((1, 3), (2, 1), (1, 3))]);
        let grouped = per_author(Post::query());
        let union = counted(grouped.clone()).union_all(counted(grouped)).into_query();
        assert_eq!(union.count(db).await?, 4);
    }
}
