//! Pages by number, and slices by cursor.

use orm::prelude::*;
use orm::{Cursor, CursorKey, ErrorKind};

use crate::support::models::*;

/// Twenty users of four ages, one of them unknown.
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
            for descending in [false, true] {
                let users = User::query().order_by(|u| if descending { u.age.desc() } else { u.age.asc() });
                let all: Vec<u64> = users.clone().order_by(|u| u.id.asc()).select(|u| u.id).all(db).await?;
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

    async fn cursors_survive_a_journey_and_nothing_else(db: Database) {
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
