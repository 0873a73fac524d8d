//! The README's table of each database's capabilities: generated from the statements themselves, and tried on each
//! backend.

use std::fmt::Write as _;

use orm::dialect::{Dialect, MARIADB, MYSQL, SQLITE};
use orm::driver::BoxFuture;
use orm::prelude::*;
use orm::{InsertAll, Result, Schema, Statement, row, window};

use crate::support::models::*;

/// A feature that not every database has.
struct Feature {
    name: &'static str,
    /// The SQL of the feature on databases that have it.
    native: &'static str,
    build: fn(&Dialect) -> Result<Statement>,
    run: fn(&mut Session) -> BoxFuture<'_, Result<()>>,
}

macro_rules! features {
    ($terminal:ident: $($name:literal, $native:literal: $statement:expr;)*) => {
        &[$(Feature {
            name: $name,
            native: $native,
            build: |dialect| $statement.to_sql(dialect),
            run: |s| Box::pin(async move { $statement.$terminal(s).await.map(drop) }),
        }),*]
    };
}

fn ids() -> orm::Rows<u64> {
    User::query().select(|u| u.id)
}

fn posts_of(u: UserFields) -> orm::Rows<String> {
    Post::query().filter(move |p| p.author_id.eq(u.id)).select(|p| p.title)
}

const INDEX: &str = "posts_author_id_published_idx";

const QUERIES: &[Feature] = features! {
    all:
    "`full_join`, `full_join_on`, `full_join_rows`", " FULL JOIN ": User::query().full_join(|u| u.posts());
    "`join_lateral`, `left_join_lateral`", " LATERAL ": User::query().join_lateral(posts_of);
    "rows of the elements of JSON arrays: `elements`, in `join_lateral` too", "elements": User::query().join_lateral(|_| value(serde_json::json!([1])).elements());
    "`union`, `union_all`", " UNION ": ids().union(ids());
    "`intersect`, `except`", " EXCEPT ": ids().except(ids());
    "`intersect_all`, `except_all`", " EXCEPT ALL ": ids().except_all(ids());
    "set operations of queries with an order or limit", "(SELECT": ids().limit(1).union_all(ids());
    "derived tables of values and whole rows: `into_query`, `join_rows`", " FROM (SELECT ": ids().into_query();
    "lists of values from the program: `values`", " FROM (VALUES ": User::query().join_rows(values([(1_u64, 2)]), |u, (id, _)| u.id.eq(id));
    "common table expressions: `named`", "WITH ": ids().named("ids").query();
    "`recursive`, `recursive_distinct`", "WITH RECURSIVE ": ids().recursive("up", |up| User::query().join_rows(up, |u, id| u.id.eq(id.add(1))).select(|(u, _)| u.id)).query();
    "`is_in` a query with a limit", "IN (SELECT `posts`": Post::query().filter(|p| p.id.is_in(Post::query().select(|q| q.id).limit(1)));
    "row values in a query: `row(..).is_in`", ") IN (SELECT": Post::query().filter(|p| row((p.id, p.author_id)).is_in(Post::query().select(|q| (q.id, q.author_id))));
    "comparisons with any or every row: `gt_any`", " ANY (": Post::query().filter(|p| p.id.gt_any(ids()));
    "window functions, `window::named`", " WINDOW ": Post::query().select(|p| window::count().over_named(&window::named("all", |w| w.partition_by(p.author_id))));
    "`ROWS` and `RANGE` frames: `rows`, `range`", " ROWS BETWEEN ": Post::query().select(|p| window::count().over(|w| w.order_by(p.id.asc()).rows(..=0)));
    "`GROUPS` frames: `groups`", " GROUPS BETWEEN ": Post::query().select(|p| window::count().over(|w| w.order_by(p.id.asc()).groups(..=0)));
    "`lag_or`, `lead_or`", ", 1, ": Post::query().select(|p| window::lag_or(p.id, 1, 0).over(|w| w.order_by(p.id.asc())));
    "aggregates with a condition: `filter`", " FILTER (": Post::query().aggregate(|g| g.filter(|p| p.published.is_true()).count());
    "`count_distinct` of several columns", "COUNT(DISTINCT `posts`.`author_id`, ": Post::query().aggregate(|g| g.count_distinct(|p| (p.author_id, p.title)));
    "concatenation of a group's texts: `group_concat`, `group_concat_in_order`", "GROUP_CONCAT(": Post::query().aggregate(|g| g.group_concat_in_order(|p| p.title, ", ", |p| p.id.asc()));
    "concatenation of distinct texts: `group_concat_distinct`", "GROUP_CONCAT(DISTINCT ": Post::query().aggregate(|g| g.group_concat_distinct(|p| p.title, ", "));
    "values of a group in a JSON array: `json_array`, `json_array_in_order`", "GROUP_CONCAT(": Post::query().aggregate(|g| g.json_array_in_order(|p| p.title, |p| p.id.asc()));
    "variances and standard deviations: `var_pop`, `var_samp`, `stddev_pop`, `stddev_samp`", "STDDEV_SAMP(": Post::query().aggregate(|g| g.stddev_samp(|p| p.id));
    "subtotals and totals: `with_rollup`", " WITH ROLLUP": Post::query().group_by(|p| p.author_id).with_rollup().select(|g| (g.key, g.count()));
    "`with_rollup` with `order_by`", " WITH ROLLUP": Post::query().group_by(|p| p.author_id).with_rollup().order_by(|g| g.count().asc()).select(|g| g.count());
    "`nulls_first`, `nulls_last`", " NULLS LAST": User::query().order_by(|u| u.age.asc().nulls_last());
    "null-safe equality: `same_as`", "": User::query().filter(|u| u.age.same_as(None));
    "`offset` without `limit`", "\" OFFSET ": User::query().offset(1);
    "`for_update`", " FOR UPDATE": User::query().for_update();
    "`for_share`", " SHARE": User::query().for_share();
    "`nowait`", " NOWAIT": User::query().for_update().nowait();
    "`skip_locked`", " SKIP LOCKED": User::query().for_update().skip_locked();
    "locks on only some of the tables: `of`", " OF ": Post::query().join(|p| p.author()).for_update().of(|(p, _)| p);
    "`force_index`", "INDEX": Post::query().force_index(INDEX).filter(|p| p.author_id.eq(1));
    "`use_index`, `ignore_index`", "INDEX": Post::query().use_index(INDEX).filter(|p| p.author_id.eq(1));
};

const CHANGES: &[Feature] = features! {
    execute:
    "inserts from queries: `insert_from`", ") SELECT ": Post::insert_from(User::query(), |u| Post::insert().author_id(u.id).title(u.name));
    "updates and deletes with joins, and through relations", "UPDATE `posts` JOIN ": Post::update().join(|p| p.author()).set(|(p, a)| p.title.to(a.name)).all_rows();
    "updates and deletes with `order_by` and `limit`", " ORDER BY `id` LIMIT": Post::update().set(|p| p.published.to(true)).filter(|p| p.published.is_false()).order_by(|p| p.id.asc()).limit(1);
    "updates and deletes that read their own table", "\" WHERE NOT EXISTS": Employee::delete().filter(|e| Employee::query().filter(|o| o.manager_id.eq(e.id)).is_absent());
    "updates and deletes that read a CTE", "\" AS (SELECT \"users\"": Post::update().set(|p| p.published.to(true)).filter(|p| p.author_id.is_in(ids().named("ids").query().select(|id| id)));
    "assignments that read one another's columns", " = \"email\", \"email\" = ": User::update().set(|u| (u.name.to(u.email), u.email.to(u.name))).all_rows();
    "upserts that update only under a condition: `filter`", " WHERE excluded.": newcomer().on_conflict(|u| u.email).update(|u, new| u.age.to(new.age)).filter(|u, new| new.age.gt(u.age));
    "upserts whose assignments read one another's columns in a cycle", " = \"users\".": newcomer().on_conflict(|u| u.email).update(|u, _| (u.name.to(u.email), u.email.to(u.name)));
};

fn newcomer() -> InsertAll<User> {
    User::insert_all([User::insert().email("new@example.org").name("New").age(20)])
}

fn features() -> impl Iterator<Item = &'static Feature> {
    QUERIES.iter().chain(CHANGES)
}

impl Feature {
    fn on(&self, dialect: &Dialect) -> &'static str {
        match (self.build)(dialect) {
            Ok(statement) if statement.sql.contains(self.native) => "yes",
            Ok(_) => "emulated",
            Err(error) => {
                assert!(error.is_unsupported(), "{}: {error}", self.name);
                assert!(error.to_string().contains("; "), "{} names no alternative: {error}", self.name);
                "refused"
            }
        }
    }
}

#[test]
fn the_table_in_the_readme_is_correct() {
    let mut table = String::from("| | SQLite | MariaDB | MySQL |\n|---|---|---|---|\n");
    for feature in features() {
        let [sqlite, mariadb, mysql] = [&SQLITE, &MARIADB, &MYSQL].map(|dialect| feature.on(dialect));
        writeln!(table, "| {} | {sqlite} | {mariadb} | {mysql} |", feature.name).unwrap();
    }
    let readme = include_str!("../README.md");
    let (_, rest) = readme.split_once("<!-- statements -->\n").unwrap();
    let (written, _) = rest.split_once("<!-- end of statements -->").unwrap();
    assert!(written.trim() == table.trim(), "the table in the README should be:\n{table}");
}

#[derive(Model)]
#[orm(index(title, where = "title <> ''"))]
struct Conditional {
    #[orm(primary_key)]
    id: u64,
    #[orm(length = 80)]
    title: String,
}

#[derive(Model)]
#[orm(index(expr = "lower(title)", name = "lower_titles"))]
struct Computed {
    #[orm(primary_key)]
    id: u64,
    #[orm(length = 80)]
    title: String,
}

/// The rows of the README's first table, with a check whether a database has the feature.
const WHOLE: &[(&str, fn(&Dialect) -> bool)] = &[
    ("full-text search: `has_words`, `relevance`", |dialect| {
        let found = User::query().filter(|u| has_words(u.name, "Ann"));
        found.order_by(|u| relevance(u.name, "Ann").desc()).to_sql(dialect).is_ok()
    }),
    ("stored procedures: `call`, `procedure!`", |dialect| dialect.procedures),
    ("variables and warnings of a connection", |dialect| dialect.variables),
    ("unsigned integers of 2⁶³ and above", |dialect| dialect.unsigned_big_integers),
    ("indexes with a condition (`where`)", |dialect| Schema::of::<Conditional>(dialect).is_ok()),
    ("indexes over expressions (`expr = \"..\"`)", |dialect| Schema::of::<Computed>(dialect).is_ok()),
];

#[test]
fn features_of_a_whole_database_are_correct_too() {
    let readme = include_str!("../README.md");
    for (name, has) in WHOLE {
        let row =
            readme.lines().find_map(|line| line.strip_prefix(&format!("| {name} | "))).unwrap_or_default();
        let told: Vec<bool> =
            row.trim_end_matches(" |").split(" | ").map(|cell| cell.starts_with("yes")).collect();
        assert_eq!(told, [&SQLITE, &MARIADB, &MYSQL].map(has), "{name}");
        let refused = row.split(" | ").filter(|cell| cell.starts_with("an error")).count();
        assert_eq!(
            refused,
            told.iter().filter(|&&told| !told).count(),
            "{name} is neither had nor refused somewhere"
        );
    }
}

on_every_backend! {
    async fn every_statement_runs_or_is_refused_before_it_is_sent(db: Database) {
        shop(db).await?;
        db.create_tables::<Employee>().await?;
        for feature in features() {
            let mut s = db.session();
            let told = feature.on(db.dialect());
            match (feature.run)(&mut s).await {
                Ok(()) => assert_ne!(told, "refused", "{}", feature.name),
                Err(error) => {
                    assert!(error.is_unsupported() && told == "refused", "{}: {error:?}", feature.name);
                    assert_eq!(error.sql(), None, "{} was sent", feature.name);
                }
            }
            // Locks are held until then: a session that is only dropped releases them in the background.
            s.rollback().await?;
        }
    }
}
