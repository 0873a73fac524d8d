//! Pages by number, and keyset pagination by cursor.

use std::collections::BTreeSet;

use orm::prelude::*;
use orm::window::row_number;
use orm::{Cursor, CursorKey, ErrorKind, Scope, sql};

use crate::support::models::*;

/// With a composite key.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "visits")]
struct Visit {
    #[orm(primary_key)]
    shop: u32,
    #[orm(primary_key)]
    nr: u32,
    #[orm(length = 20)]
    page: String,
    at: i32,
}

/// With ascending and descending indexes.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "reversed", index(at desc), index(kind, at desc), index(both), index(seen))]
struct Reversed {
    #[orm(primary_key, auto)]
    id: u64,
    kind: i32,
    at: i32,
    both: i32,
    seen: Option<i32>,
    /// Makes rows so long that a server prefers to read few of them.
    text: String,
}

/// Declared in an order that is not alphabetical.
#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[orm(as = enum)]
enum State {
    Open,
    Closed,
    Merged,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "requests", has_many(children: Request))]
struct Request {
    #[orm(primary_key)]
    id: u32,
    state: Option<State>,
    labels: serde_json::Value,
    #[orm(belongs_to = Request)]
    parent_id: Option<u32>,
}

/// Creates twenty users with four ages, one of them NULL.
async fn crowd(db: &Database) -> orm::Result<()> {
    db.create_tables::<User>().await?;
    let users = (0..20).map(|n| {
        let age = [None, Some(30), Some(20), Some(40)][n % 4];
        User::insert().email(format!("{n}@example.org")).name(format!("user {n:02}")).age(age)
    });
    User::insert_all(users).execute(db).await?;
    Ok(())
}

on_every_backend! {
    async fn pages_have_a_number_and_a_total(db: Database) {
        crowd(db).await?;
        let users = User::query().order_by(|u| u.name.asc()).select(|u| u.name);
        let page = users.clone().page(2, 8, db).await?;
        assert_eq!((page.rows.len(), page.total, page.pages()), (8, 20, 3));
        let by_hand = orm::Page { size: 0, ..page.clone() };
        assert_eq!(by_hand.pages(), 20); // rather than a division by zero
        assert_eq!(page.rows[0], "user 08");
        assert!(page.has_next() && page.has_previous());
        let last = users.clone().page(3, 8, db).await?;
        assert_eq!((last.rows.len(), last.total), (4, 20));
        assert!(!last.has_next());
        let beyond = users.clone().page(9, 8, db).await?;
        assert_eq!((beyond.rows.len(), beyond.total), (0, 20));
        assert_eq!(users.clone().page(u64::MAX, u64::MAX, db).await?.total, 20);
        assert!(users.clone().page(0, 8, db).await.unwrap_err().is_invalid_query());
        assert!(users.page(1, 0, db).await.unwrap_err().is_invalid_query());
    }

    async fn pages_keep_to_the_limit_of_the_query(db: Database) {
        crowd(db).await?;
        let users = User::query().order_by(|u| u.id.asc()).select(|u| u.id).limit(5).offset(1);
        let [first, last, none] = [1, 2, 3].map(|number| users.clone().page(number, 3, db));
        let (first, last, none) = (first.await?, last.await?, none.await?);
        assert_eq!((first.rows, first.total), (vec![2, 3, 4], 5));
        assert_eq!((last.rows, last.total), (vec![5, 6], 5));
        assert_eq!((none.rows, none.total), (vec![], 5));
    }

    async fn slices_give_every_row_once_forwards_and_backwards(db: Database) {
        crowd(db).await?;
        for size in [1, 3, 7, 20, 50] {
            for (descending, nulls_first) in [false, true].into_iter().flat_map(|way| [None, Some(true), Some(false)].map(|nulls| (way, nulls))) {
                let users = User::query().order_by(|u| {
                    let age = if descending { u.age.desc() } else { u.age.asc() };
                    match nulls_first {
                        None => age,
                        Some(true) => age.nulls_first(),
                        Some(false) => age.nulls_last(),
                    }
                });
                let key = |u: UserFields| if descending { u.id.desc() } else { u.id.asc() };
                let all: Vec<u64> = users.clone().order_by(key).select(|u| u.id).all(db).await?;
                let users = users.select(|u| u.id).limit(size);
                let (mut found, mut cursor) = (Vec::new(), None);
                loop {
                    let slice = users.clone().after(cursor.as_ref(), db).await?;
                    assert!(slice.rows.len() as u64 <= size);
                    assert_eq!(slice.previous.is_some(), cursor.is_some());
                    found.extend(slice.rows);
                    cursor = slice.next;
                    if cursor.is_none() { break; }
                }
                assert_eq!(found, all, "in slices of {size}");
                let (mut found, mut cursor) = (Vec::new(), None);
                loop {
                    let slice = users.clone().before(cursor.as_ref(), db).await?;
                    found.splice(0..0, slice.rows);
                    cursor = slice.previous;
                    if cursor.is_none() { break; }
                }
                assert_eq!(found, all, "backwards in slices of {size}");
            }
        }
    }

    /// Servers sort enums by position, but compare them as text; MySQL does something similar with documents.
    async fn slices_in_the_order_of_enums_and_documents_give_every_row_once(db: Database) {
        db.create_tables::<Request>().await?;
        let states = [Some(State::Open), None, Some(State::Merged), Some(State::Closed)];
        let labels = |id: u32| serde_json::json!({ "n": id % 5, "text": "x" });
        let request = |id: u32| Request { id, state: states[id as usize % 4], labels: labels(id), parent_id: (id > 1).then_some(id / 2) };
        Request::insert_all((1..=20).map(request)).execute(db).await?;
        async fn check<S: Scope + Send + 'static, O: Send + PartialEq + std::fmt::Debug + 'static>(query: Query<S, O>, db: &Database) -> orm::Result<()> {
            let all = query.clone().all(db).await?;
            let (mut walked, mut cursor) = (Vec::new(), None);
            loop {
                let slice = query.clone().limit(3).after(cursor.as_ref(), db).await?;
                walked.extend(slice.rows);
                cursor = slice.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(walked, all);
            Ok(())
        }
        check(Request::query().order_by(|r| (r.state.asc(), r.id.asc())), db).await?;
        check(Request::query().order_by(|r| (r.state.desc(), r.id.desc())), db).await?;
        check(Request::query().order_by(|r| (r.parent().state.desc(), r.state.asc(), r.id.asc())), db).await?;
        check(Request::query().order_by(|r| (r.state.asc().nulls_last(), r.id.asc())), db).await?;
        let computed = Request::query().order_by(|r| (r.state.coalesce(State::Merged).asc(), r.id.asc()));
        check(computed, db).await?;
        let derived = || Request::query().filter(|r| r.id.gt(3)).into_rows().into_query();
        for query in [derived().order_by(|r| r.state.asc()), derived().order_by(|r| r.labels.desc())] {
            let (mut walked, mut cursor) = (BTreeSet::new(), None);
            loop {
                let slice = query.clone().limit(3).after(cursor.as_ref(), db).await?;
                walked.extend(slice.rows.iter().map(|request| request.id));
                cursor = slice.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(walked, (4..=20).collect());
        }
        let mut portions = Request::query().order_by(|r| (r.state.asc(), r.id.asc())).with(|r| r.children()).stream(db).portions(3);
        let mut streamed = Vec::new();
        while let Some((request, _)) = portions.next().await? {
            streamed.push(request);
        }
        assert_eq!(streamed, Request::query().order_by(|r| (r.state.asc(), r.id.asc())).all(db).await?);
    }

    async fn slices_come_with_what_is_loaded(db: Database) {
        shop(db).await?;
        let users = User::query().order_by(|u| u.name.asc()).with(|u| u.posts()).limit(2);
        let first = users.clone().after(None, db).await?;
        assert_eq!(first.rows.iter().map(|(u, posts)| (u.name.as_str(), posts.len())).collect::<Vec<_>>(), [("Ann", 3), ("Bob", 1)]);
        let second: Vec<(User, Vec<Post>)> = users.after(first.next.as_ref(), db).await?.rows;
        assert_eq!(second[0].0.name, "Cid");
    }

    async fn slices_over_joins_and_relations(db: Database) {
        shop(db).await?;
        let posts = Post::query().left_join(|p| p.reviewer()).order_by(|(p, r)| (p.author().name.desc(), r.name.asc()));
        let posts = posts.select(|(p, _)| p.title).limit(1);
        let (mut titles, mut cursor) = (Vec::new(), None);
        loop {
            let slice = posts.clone().after(cursor.as_ref(), db).await?;
            titles.extend(slice.rows);
            cursor = slice.next;
            if cursor.is_none() { break; }
        }
        assert_eq!(titles, ["Bob's", "Draft", "More", "Hello"]);
    }

    async fn slices_of_derived_rows_give_every_one_once(db: Database) {
        /// Reads all rows, a few at a time, forwards and backwards.
        async fn walk<S: Scope, O: Send + 'static>(query: Query<S, O>, db: &Database) -> orm::Result<Vec<O>> {
            let query = query.limit(3);
            let (mut rows, mut cursor) = (Vec::new(), None);
            loop {
                let slice = query.clone().after(cursor.as_ref(), db).await?;
                rows.extend(slice.rows);
                cursor = slice.next;
                if cursor.is_none() {
                    break;
                }
            }
            let (mut backwards, mut cursor) = (0, None);
            loop {
                let slice = query.clone().before(cursor.as_ref(), db).await?;
                backwards += slice.rows.len();
                cursor = slice.previous;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(backwards, rows.len());
            Ok(rows)
        }
        crowd(db).await?;
        db.create_tables::<Post>().await?;
        let posts = (0..20u64).map(|n| Post::insert().author_id(1 + n % 4).title(format!("post {n}")));
        Post::insert_all(posts).execute(db).await?;
        let ranked = || {
            Post::query()
                .select(|p| (p.published, p, row_number().over(|w| w.partition_by(p.author_id).order_by(p.id.desc()))))
                .into_query()
                .filter(|(_, _, rank)| rank.le(4))
        };
        let distinct = |ids: Vec<u64>| (ids.len(), ids.into_iter().collect::<BTreeSet<_>>().len());
        let by_rank = walk(ranked().order_by(|(_, _, rank)| rank.asc()), db).await?;
        assert_eq!(distinct(by_rank.iter().map(|(_, post, _)| post.id).collect()), (16, 16));
        let joined = ranked().join(|(_, p, _)| p.author()).order_by(|((published, ..), _)| published.desc());
        let joined = walk(joined, db).await?;
        assert_eq!(distinct(joined.iter().map(|((_, post, _), _)| post.id).collect()), (16, 16));
        // Also by a key that is selected alone, by that of groups, in a named derived table, and in a nested one.
        let ids = Post::query().select(|p| (p.title.left(4), p.id)).named("ids");
        let of_ids = walk(ids.query().order_by(|(title, _)| title.asc()), db).await?;
        assert_eq!(distinct(of_ids.into_iter().map(|(_, id)| id).collect()), (20, 20));
        let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.count(), g.key)).into_query();
        let counts = counts.filter(|(posts, _)| posts.gt(1)).select(|(posts, author)| (posts, author)).into_query();
        let counts = walk(counts.order_by(|(posts, _)| posts.asc()), db).await?;
        assert_eq!(distinct(counts.into_iter().map(|(_, author)| author).collect()), (4, 4));
    }

    async fn cursors_survive_a_round_trip_and_no_change(db: Database) {
        crowd(db).await?;
        let key = CursorKey::new(b"0123456789abcdef0123456789abcdef");
        let users = User::query().order_by(|u| (u.created_at.asc(), u.name.asc())).limit(2);
        let next = users.clone().after(None, db).await?.next.unwrap();
        let text = next.seal(&key);
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'), "{text}");
        let cursor = Cursor::open(&text, &key)?;
        assert_eq!(cursor, next);
        assert_eq!(users.clone().after(Some(&cursor), db).await?.rows[0].name, "user 02");
        // Another filter is another part of the same order.
        let some = users.clone().filter(|u| u.age.gt(25));
        assert_eq!(some.after(Some(&cursor), db).await?.rows[0].name, "user 03");

        let other_key = CursorKey::new(b"another");
        assert_eq!(Cursor::open(&text, &other_key).unwrap_err().kind(), ErrorKind::InvalidCursor);
        for position in 0..text.len() {
            let mut forged = text.clone().into_bytes();
            forged[position] = if forged[position] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(forged).unwrap();
            let opened = Cursor::open(&forged, &key);
            assert!(opened.is_err(), "{position}: {forged}");
        }
        for text in ["", "AAAA", "ü", &text[..text.len() - 2]] {
            assert!(Cursor::open(text, &key).unwrap_err().is_invalid_cursor(), "{text}");
        }
        let foreign = User::query().order_by(|u| (u.created_at.desc(), u.name.asc())).limit(2);
        assert!(foreign.after(Some(&cursor), db).await.unwrap_err().is_invalid_cursor());
        let foreign = User::query().order_by(|u| u.age.asc()).limit(2);
        assert!(foreign.after(Some(&cursor), db).await.unwrap_err().is_invalid_cursor());
    }

    async fn key_columns_sort_in_the_direction_of_the_last_order(db: Database) {
        db.create_tables::<(Visit, Reversed)>().await?;
        let visits = (0..40).map(|n| Visit { shop: n % 4, nr: n / 4, page: (n % 3).to_string(), at: n as i32 / 10 });
        Visit::insert_all(visits).execute(db).await?;
        let log = db.log();
        let order = || log.statements().last().unwrap().sql.replace(['`', '"', '+'], "").split(" ORDER BY ").nth(1).unwrap().to_owned();
        Visit::query().order_by(|v| (v.page.asc(), v.at.desc())).limit(3).after(None, db).await?;
        assert_eq!(order(), "visits.page, visits.at DESC, visits.shop DESC, visits.nr DESC LIMIT ?");
        Visit::query().order_by(|v| (v.page.desc(), v.at.asc())).limit(3).after(None, db).await?;
        assert_eq!(order(), "visits.page DESC, visits.at, visits.shop, visits.nr LIMIT ?");
        Visit::query().order_by(|v| v.at.desc()).limit(3).before(None, db).await?;
        assert_eq!(order(), "visits.at, visits.shop, visits.nr LIMIT ?");
        // Key columns already in the order stay where they are, and end it.
        Visit::query().order_by(|v| (v.at.desc(), v.nr.asc())).limit(3).after(None, db).await?;
        assert_eq!(order(), "visits.at DESC, visits.nr, visits.shop LIMIT ?");
        Visit::query().order_by(|v| (v.at + 1).desc()).limit(3).after(None, db).await?;
        assert!(order().ends_with("DESC, visits.shop DESC, visits.nr DESC LIMIT ?"), "{log}");
        Visit::query().limit(3).after(None, db).await?;
        assert_eq!(order(), "visits.shop, visits.nr LIMIT ?");
        // A descending index continues with the key in ascending order.
        Reversed::query().order_by(|r| r.at.desc()).limit(3).after(None, db).await?;
        assert_eq!(order(), "reversed.at DESC, reversed.id LIMIT ?");
        Reversed::query().order_by(|r| r.at.asc()).limit(3).after(None, db).await?;
        assert_eq!(order(), "reversed.at, reversed.id DESC LIMIT ?");
        Reversed::query().order_by(|r| (r.kind.asc(), r.at.desc())).limit(3).after(None, db).await?;
        assert_eq!(order(), "reversed.kind, reversed.at DESC, reversed.id LIMIT ?");
        Reversed::query().order_by(|r| r.both.desc()).limit(3).after(None, db).await?;
        assert_eq!(order(), "reversed.both DESC, reversed.id DESC LIMIT ?");
    }

    async fn cursors_of_another_order_of_keys_are_foreign(db: Database) {
        crowd(db).await?;
        let users = || User::query().order_by(|u| u.age.desc()).limit(3);
        let cursor = users().after(None, db).await?.next.unwrap();
        assert_eq!(users().after(Some(&cursor), db).await?.rows.len(), 3);
        // As completed by earlier versions: cursors that clients still hold are rejected, and not misread as a position
        // in this order.
        let old = User::query().order_by(|u| (u.age.desc(), u.id.asc())).limit(3);
        let held = old.clone().after(None, db).await?.next.unwrap();
        assert!(users().after(Some(&held), db).await.unwrap_err().is_invalid_cursor());
        assert!(old.clone().after(Some(&cursor), db).await.unwrap_err().is_invalid_cursor());
        // Queries that state that order explicitly continue to accept them.
        assert_eq!(old.after(Some(&held), db).await?.rows.len(), 3);
    }

    async fn slices_are_read_from_an_index_backwards_too(db: Database) {
        db.create_tables::<Reversed>().await?;
        let row = |n| Reversed::insert().kind(n % 7).at(n / 5).both(n / 5).seen((n % 11 > 0).then_some(n / 5));
        let rows = (0..3_000).map(|n| row(n).text("x".repeat(300)));
        Reversed::insert_all(rows).execute(db).await?;
        if db.dialect().name != "SQLite" {
            sql!("ANALYZE TABLE {@Reversed}").execute(db).await?;
        }
        let log = db.log();
        let tail = |sql: &str| sql.split_once(" FROM ").unwrap().1.to_owned();
        // Both pages of the query are the statements whose plans are checked.
        let check = async |query: Query<Reversed>, [first, second]: [Query<Reversed>; 2]| -> orm::Result<()> {
            let slice = query.clone().limit(20).after(None, db).await?;
            query.limit(20).after(slice.next.as_ref(), db).await?;
            let sent: Vec<String> = log.statements().iter().rev().take(2).map(|statement| tail(&statement.sql)).collect();
            for (statement, sent) in [second, first].into_iter().zip(sent) {
                let statement = statement.limit(21);
                assert_eq!(tail(&statement.to_sql(db.dialect())?.sql), sent);
                let plan = statement.explain(db).await?;
                let steps: Vec<String> = plan.root.walk().map(|step| step.what.to_lowercase()).collect();
                let sorts = steps.iter().any(|step| step.contains("sort") || step.contains("temp b-tree"));
                let scans = plan.root.walk().any(|step| step.full_scan && step.index.is_none());
                assert!(!sorts && !scans, "{plan:#}");
            }
            Ok(())
        };
        let all = Reversed::query;
        let both = || all().order_by(|r| r.both.desc());
        let first = both().order_by(|r| r.id.desc());
        let place = |r: ReversedFields| r.both.le(596).and(r.both.lt(596).or(r.both.eq(596).and(r.id.lt(2_981))));
        check(both(), [first.clone(), first.filter(place)]).await?;
        let at = || all().order_by(|r| r.at.desc());
        let first = at().order_by(|r| r.id.asc());
        let place = |r: ReversedFields| r.at.le(596).and(r.at.lt(596).or(r.at.eq(596).and(r.id.gt(2_985))));
        check(at(), [first.clone(), first.filter(place)]).await?;
        let seen = || all().order_by(|r| r.seen.desc());
        let first = seen().order_by(|r| r.id.desc());
        let place = |r: ReversedFields| any_of([r.seen.lt(596), r.seen.is_null(), r.seen.eq(596).and(r.id.lt(2_981))]);
        check(seen(), [first.clone(), first.filter(place)]).await?;
        let of_kind = || all().filter(|r| r.kind.eq(3)).order_by(|r| r.at.desc());
        let first = of_kind().order_by(|r| r.id.asc());
        let place = |r: ReversedFields| r.at.le(572).and(r.at.lt(572).or(r.at.eq(572).and(r.id.gt(2_863))));
        check(of_kind(), [first.clone(), first.filter(place)]).await?;
    }

    async fn slices_need_a_limit_and_rows_of_tables(db: Database) {
        crowd(db).await?;
        let error = User::query().after(None, db).await.unwrap_err();
        assert!(error.to_string().contains(".limit(20)"), "{error}");
        let ages = User::query().group_by(|u| u.age).select(|g| g.key).limit(2);
        assert!(ages.clone().after(None, db).await.unwrap_err().to_string().contains(".into_query()"));
        let ages = ages.limit(9).into_query().order_by(|age| age.asc()).limit(2);
        let first = ages.clone().after(None, db).await?;
        assert_eq!(first.rows, [None, Some(20)]);
        assert_eq!(ages.after(first.next.as_ref(), db).await?.rows, [Some(30), Some(40)]);
    }
}
