//! The text of statements, per dialect, without a database: `tests/sql/*.sql` hold what is expected.
//!
//! `INSTA_UPDATE=always cargo test --test suite sql` writes them anew; read the difference before you commit it.

use std::fmt::Write as _;

use orm::dialect::{Dialect, MARIADB, MYSQL, SQLITE};
use orm::prelude::*;
use orm::{Result, Statement, window};

use crate::find::Order;
use crate::group::Line;
use crate::insert_all::Reading;
use crate::support::models::*;
use crate::update::Page;

/// A statement in a dialect.
type Build = fn(&Dialect) -> Result<Statement>;

macro_rules! statements {
    ($dialect:ident; $($name:literal: $statement:expr;)*) => {
        &[$(($name, |$dialect| $statement.to_sql($dialect))),*]
    };
}

const STATEMENTS: &[(&str, Build)] = statements! { dialect;
    "all rows": User::query();
    "by key": User::find(3);
    "by a key of two columns": Order::find(("eu", 7));
    "compare": User::query().filter(|u| u.age.ge(18).and(u.name.ne("x")).and(u.age.lt(99)).and(u.id.le(5)));
    "or inside and": User::query().filter(|u| u.id.eq(1).or(u.id.eq(2)).and(u.name.eq("x")));
    "not": User::query().filter(|u| u.id.eq(1).or(u.id.eq(2)).not());
    "null": User::query().filter(|u| u.age.is_null().or(u.age.is_not_null()));
    "null-safe equality": User::query().filter(|u| u.age.same_as(None).or(u.age.same_as(3)));
    "columns compared": Post::query().filter(|p| p.author_id.eq(p.reviewer_id));
    "between": User::query().filter(|u| u.age.between(18, 30));
    "in a list, padded": User::query().filter(|u| u.id.is_in([1, 2, 3]));
    "in an empty list": User::query().filter(|u| u.id.is_in(Vec::<u64>::new()));
    "not in an empty list": User::query().filter(|u| u.id.not_in(Vec::<u64>::new()));
    "in a list of five thousand": User::query().filter(|u| u.id.is_in(0..5_000));
    "texts in a list of five thousand": User::query().filter(|u| u.name.is_in((0..5_000).map(|n| n.to_string())));
    "in a query": User::query().filter(|u| u.id.is_in(Post::query().select(|p| p.author_id)));
    "like": User::query().filter(|u| u.name.like("a%").and(u.name.not_like("%!%")));
    "text in which nothing is special": User::query().filter(|u| u.name.starts_with("5%").or(u.name.contains("_")).or(u.name.ends_with("!")));
    "arithmetic": User::query().filter(|u| u.age.add(1).mul(2).sub(u.age).gt(u.age.div(3)).and(u.age.rem(2).eq(0)));
    "arithmetic of exact numbers": Line::query().filter(|l| l.price.mul(Decimal::TWO).add(l.price).gt(l.price.div(Decimal::TEN)));
    "booleans": Post::query().filter(|p| p.published.is_true().or(p.published.is_false()));
    "the year": User::query().select(|u| u.created_at.year());
    "none of no conditions": User::query().filter(|_| any_of([]));
    "order": User::query().order_by(|u| (u.name.asc(), u.age.desc())).order_by(|u| u.id.asc());
    "limit": User::query().limit(3);
    "offset": User::query().offset(3);
    "limit and offset": User::query().limit(10).offset(20);
    "columns": User::query().select(|u| (u.id, u.name));
    "a condition as a value": User::query().select(|u| (u.age.ge(18).known(), u.age.ge(18).or_null()));
    "upsert": User::insert_all([User::insert().email("e").name("n")]).on_conflict(|u| u.email).update(|u, new| (u.name.to(new.name), u.age.to(u.age.add(1))));
    "upsert that changes nothing": User::insert_all([User::insert().email("e").name("n")]).on_conflict(|u| u.email).ignore();
    "case": User::query().select(|u| case::<String>().when(u.age.ge(18), "adult").otherwise(u.name));
    "text functions": User::query().select(|u| (u.name.lower().trim(), u.name.concat(u.email), u.email.substring(2, 3), u.email.position_of("@")));
    "regular expression": User::query().filter(|u| u.email.matches("org$").and(u.name.eq_any_case("ann")));
    "dates": User::query().select(|u| (u.created_at.start_of_month(), u.created_at.add_months(1), u.created_at.weekday(), u.created_at.seconds_since(u.created_at)));
    "nulls last": User::query().order_by(|u| (u.age.asc().nulls_last(), u.age.desc().nulls_first(), u.name.desc().nulls_last()));
    "a function by name": User::query().select(|u| orm::function::<String>("SOUNDEX", (u.name,)));
    "union": User::query().select(|u| u.name).union(Post::query().select(|p| p.title)).limit(3);
    "union of what has limits": User::query().select(|u| u.id).limit(1).union_all(Post::query().order_by(|p| p.id.asc()).select(|p| p.id).limit(2));
    "intersect and except": User::query().select(|u| u.id).intersect(Post::query().select(|p| p.author_id)).except(Comment::query().select(|c| c.id));
    "a derived table": Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).into_query().filter(|(_, n)| n.gt(1));
    "a derived table joined": User::query().left_join_rows(Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())), |u, (a, _)| u.id.eq(a));
    "named rows": { let old = User::query().filter(|u| u.age.gt(40)).select(|u| u.id).named("old"); Post::query().filter(|p| p.id.gt(1)).join_rows(&old, |p, id| p.author_id.eq(id)) };
    "recursion": Employee::query().filter(|e| e.id.eq(1)).select(|e| e.id).recursive("below", |below| Employee::query().join_rows(below, |e, id| e.manager_id.eq(id)).select(|(e, _)| e.id)).query();
    "a limit in a list": User::query().filter(|u| u.id.is_in(Post::query().select(|p| p.author_id).limit(1)));
    "rows and columns": Post::query().join(|p| p.author()).select(|(p, a)| (p, a.name));
    "distinct": Post::query().select(|p| p.author_id).distinct();
    "join to one": Post::query().join(|p| p.author());
    "outer join to many": User::query().left_join(|u| u.posts());
    "join to one from the other end": User::query().left_join(|u| u.profile());
    "join over several keys": Post::query().join(|p| p.author()).left_join(|(p, _)| p.reviewer());
    "join with itself": Employee::query().join(|e| e.manager()).join(|(_, m)| m.manager());
    "join on a condition": User::query().join_on::<Post>(|u, p| p.author_id.eq(u.id).and(p.published.eq(true)));
    "outer join on a condition": User::query().left_join_on::<User>(|u, other| other.age.gt(u.age));
    "cross join": User::query().cross_join::<Post>();
    "through a relation": Post::query().filter(|p| p.author().name.eq("Ann").and(p.author().age.gt(18)));
    "through an optional relation": Post::query().order_by(|p| p.reviewer().name.asc());
    "through two relations": Comment::query().filter(|c| c.post().author().name.eq("Ann"));
    "through a relation of a joined row": Comment::query().join(|c| c.post()).filter(|(_, p)| p.author().name.eq("Ann"));
    "through a relation in a join": User::query().join_on::<Post>(|u, p| p.title.eq(u.profile().bio));
    "related rows that": User::query().filter(|u| u.posts().any(|p| p.published.eq(true)));
    "related rows, none of which": User::query().filter(|u| u.posts().none(|p| p.published.eq(true)));
    "related rows, every one of which": User::query().filter(|u| u.posts().every(|p| p.published.eq(true)));
    "how many related rows": User::query().select(|u| (u.name, u.posts().count()));
    "correlated": User::query().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).is_absent());
    "correlated with itself": User::query().filter(|u| User::query().filter(|v| v.age.gt(u.age)).is_absent());
    "a scalar": User::query().select(|u| Post::query().filter(|p| p.author_id.eq(u.id)).aggregate(|g| g.max(|p| p.id)).scalar());
    "groups": Post::query().group_by(|p| p.author_id).having(|g| g.count().gt(3)).order_by(|g| g.count().desc()).select(|g| (g.key, g.count()));
    "groups by two columns": Post::query().group_by(|p| (p.author_id, p.published)).select(|g| (g.key, g.max(|p| p.id)));
    "groups of a join": Post::query().join(|p| p.author()).group_by(|(_, a)| a.name).select(|g| (g.key, g.count_distinct(|(p, _)| p.title)));
    "aggregates": User::query().aggregate(|g| (g.count(), g.count_of(|u| u.age), g.sum(|u| u.age), g.avg(|u| u.age), g.min(|u| u.name)));
    "aggregates of exact numbers": Line::query().group_by(|l| l.shop).having(|g| g.sum(|l| l.price).gt(Decimal::ONE)).order_by(|g| g.avg(|l| l.price).desc()).select(|g| (g.key, g.max(|l| l.price)));
    "insert": Post::insert().author_id(1).title("x");
    "insert what the server fills": Reading::insert().sensor(1);
    "insert many": Employee::insert_all([1, 2].map(|id| Employee { id, name: "x".into(), manager_id: None }));
    "update": Post::update().set(|p| (p.published.to(true), p.body.to(None))).filter(|p| p.id.eq(1));
    "update from the row": User::update().set(|u| (u.age.to(u.age.add(1)), u.name.to(u.email))).all_rows();
    "update a row that counts its changes": User::update().set(|u| u.name.to("x")).filter(|u| u.id.eq(1).and(u.version.eq(3)));
    "update what each update sets": Page::update().set(|p| p.text.to("x")).all_rows();
    "update by a query": Post::update().set(|p| p.published.to(false)).filter(|p| p.author_id.is_in(User::query().filter(|u| u.age.lt(18)).select(|u| u.id)));
    "delete": Post::delete().filter(|p| p.published.eq(false).and(p.id.gt(3)));
    "delete all": Post::delete().all_rows();
    "aggregates over some rows": Post::query().aggregate(|g| { let f = g.filter(|p| p.published.is_true()); (f.count(), f.max(|p| p.id)) });
    "exact aggregates over some rows": Line::query().aggregate(|g| g.filter(|l| l.id.gt(1)).sum_distinct(|l| l.price));
    "any and every": Post::query().group_by(|p| p.author_id).having(|g| g.any(|p| p.id.gt(1)).and(g.every(|p| p.id.lt(9)))).select(|g| g.key);
    "texts as one": Post::query().aggregate(|g| (g.joined(|p| p.title, "'"), g.joined_in_order(|p| p.title, ", ", |p| p.id.desc())));
    "different texts as one": Post::query().aggregate(|g| g.filter(|p| p.id.gt(1)).joined_distinct(|p| p.title, ", "));
    "totals": Post::query().group_by(|p| (p.author_id, p.published)).with_rollup().select(|g| (g.key, g.count()));
    "totals in order": Post::query().group_by(|p| p.author_id).with_rollup().order_by(|g| g.count().desc()).select(|g| (g.key, g.count()));
    "ranks": Line::query().select(|l| (window::row_number().over(|w| w), window::rank().over(|w| w), window::dense_rank().over(|w| w.partition_by((l.shop, l.id)).order_by((l.price.desc(), l.id.asc())))));
    "neighbours": User::query().select(|u| (window::lag(u.age, 1).over(|w| w.order_by(u.id.asc())), window::lead_or(u.age, 2, 5).over(|w| w.partition_by(u.name))));
    "frames": Post::query().select(|p| (window::sum(p.id).over(|w| w.rows(..=0)), window::nth_value(p.id, 2).over(|w| w.order_by(p.id.asc()).range(-2..3)), window::count().over(|w| w.rows(1..))));
    "a frame of groups": Post::query().select(|p| window::count().over(|w| w.order_by(p.id.asc()).groups(-1..=0)));
    "exact numbers over a window": Line::query().order_by(|l| window::lag(l.price, 1).over(|w| w.order_by(l.id.asc())).desc()).select(|l| window::avg(l.price).over(|w| w.partition_by(l.shop)).sub(l.price));
    "rows locked": Post::query().order_by(|p| p.id.asc()).limit(1).for_update().nowait();
    "rows locked, but not the locked ones": Post::query().for_update().skip_locked().limit(1);
    "rows locked against changes": Post::query().select(|p| p.id).for_share();
    "rows of some tables locked": Post::query().join(|p| p.author()).join(|(p, _)| p.reviewer()).for_update().of(|(p, _, r)| (p, r));
    "an index forced": Post::query().join(|p| p.author()).force_index("users_email_key");
    "indexes hinted at": Post::query().use_index("a").use_index("b").ignore_index("c").filter(|p| p.id.eq(1));
    "delete by a query": User::delete().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).is_absent());
};

fn snapshot(dialect: &Dialect) -> String {
    let mut text = String::new();
    for (name, build) in STATEMENTS {
        let sql = match build(dialect) {
            // Long lists are told by their length.
            Ok(statement) => format!(
                "{} -- {} values",
                statement.sql.replace("?, ?, ?, ?, ?, ?, ?, ?", "…"),
                statement.params.len()
            ),
            Err(error) => format!("-- {error}"),
        };
        writeln!(text, "-- {name}\n{sql}\n").unwrap();
    }
    text
}

macro_rules! snapshots {
    ($($name:ident $dialect:ident;)*) => { $(
        #[test]
        fn $name() {
            insta::with_settings!({ snapshot_path => "sql", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(stringify!($name), snapshot(&$dialect));
            });
        }
    )* };
}
snapshots! {
    for_sqlite SQLITE;
    for_mysql MYSQL;
    for_mariadb MARIADB;
}

#[test]
fn binds_every_value() {
    let statement = User::query().filter(|u| u.name.eq("x' OR 1=1")).limit(3).to_sql(&SQLITE).unwrap();
    assert!(statement.sql.ends_with("WHERE \"users\".\"name\" = ? LIMIT ?"), "{statement}");
    assert_eq!(statement.params.len(), 2);
}

#[test]
fn pads_lists_to_a_power_of_two() {
    let placeholders = |count: u64| {
        let query = User::query().filter(|u| u.id.is_in(1..=count));
        query.to_sql(&MYSQL).unwrap().sql.matches('?').count()
    };
    assert_eq!([1, 2, 3, 5, 8, 9].map(placeholders), [1, 2, 4, 8, 8, 16]);
}

#[test]
fn quotes_identifiers_whatever_is_in_them() {
    #[derive(Model)]
    #[orm(table = "odd\"`name")]
    #[allow(dead_code, reason = "only its SQL is looked at")]
    struct Odd {
        #[orm(primary_key, column = "a`b\"c")]
        id: i32,
    }
    let sql = |dialect| Odd::delete().all_rows().to_sql(dialect).unwrap().sql;
    assert_eq!(sql(&SQLITE), "DELETE FROM \"odd\"\"`name\"");
    assert_eq!(sql(&MYSQL), "DELETE FROM `odd\"``name`");
    let sql = |dialect| Odd::query().to_sql(dialect).unwrap().sql;
    assert_eq!(sql(&MYSQL), "SELECT `odd\"``name`.`a``b\"c` FROM `odd\"``name`");
}
