//! Selections, order and paging.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn whole_rows_in_order(db: Database) {
        let users = shop(db).await?;
        assert_eq!(User::query().order_by(|u| u.id.asc()).all(db).await?, users);
        let back: Vec<u64> = User::query().order_by(|u| u.name.desc()).select(|u| u.id).all(db).await?;
        assert_eq!(back, [3, 2, 1]);
        let by_two: Vec<String> =
            Post::query().order_by(|p| (p.published.desc(), p.title.asc())).select(|p| p.title).all(db).await?;
        assert_eq!(by_two, ["Bob's", "Hello", "More", "Draft"]);
        let listed = Post::query().order_by(|p| [p.published.desc(), p.title.asc()]);
        assert_eq!(listed.select(|p| p.title).all(db).await?, by_two);
        let twice = Post::query().order_by(|p| p.published.asc()).order_by(|p| p.title.desc());
        assert_eq!(twice.select(|p| p.title).all(db).await?, ["Draft", "More", "Hello", "Bob's"]);
    }

    async fn values_without_a_table(db: Database) {
        shop(db).await?;
        let users = || User::query().aggregate(|g| g.count()).scalar();
        assert_eq!(select((users(), value(7), User::query().is_absent().known())).one(db).await?, (Some(3), 7, false));
        assert_eq!(select((value(1), null::<String>())).distinct().limit(1).all(db).await?, [(1, None)]);
        assert_eq!(select(value(1)).count(db).await?, 1);
        assert!(select(value(1)).exists(db).await?);
        assert_eq!(select(value(1)).offset(1).first(db).await?, None);
        assert_eq!(select(value(1)).page(1, 10, db).await?.total, 1);
        let both = select(value(1)).union_all(select(value(2))).into_query().order_by(|n| n.desc());
        assert_eq!(both.all(db).await?, [2, 1]);
        let mut stream = select(value(3)).stream(db);
        assert_eq!((stream.next().await?, stream.next().await?), (Some(3), None));
        drop(stream);

        // As a subquery, and as a table.
        let next = User::query().order_by(|u| u.id.asc()).select(|u| select(u.id + 1).scalar());
        assert_eq!(next.all(db).await?, [Some(2), Some(3), Some(4)]);
        let one = User::query().join_rows(select((value(1_u64), value("x".to_owned()))), |u, (id, _)| u.id.eq(id));
        assert_eq!(one.select(|(u, (_, text))| (u.name, text)).all(db).await?, [("Ann".to_owned(), "x".to_owned())]);
    }

    async fn columns_expressions_and_rows(db: Database) {
        let users = shop(db).await?;
        let pairs: Vec<(String, Option<i32>)> =
            User::query().order_by(|u| u.id.asc()).select(|u| (u.name, u.age)).all(db).await?;
        assert_eq!(pairs[2], ("Cid".to_owned(), None));
        let marked: Vec<(User, bool, Option<bool>)> = User::query()
            .order_by(|u| u.id.asc())
            .select(|u| (u, u.age.ge(18).known(), u.age.ge(18).or_null()))
            .all(db)
            .await?;
        let expected = [(true, Some(true)), (false, Some(false)), (false, None)];
        for ((user, (known, or_null)), row) in users.into_iter().zip(expected).zip(marked) {
            assert_eq!(row, (user, known, or_null));
        }
    }

    async fn nested_parts_and_optional_rows(db: Database) {
        let users = shop(db).await?;
        let query = User::query().left_join(|u| u.posts()).order_by(|(u, p)| (u.id.asc(), p.id.asc()));
        type Nested = (Option<String>, (User, (u64, (Option<u64>, Option<Post>))), Option<bool>);
        let rows: Vec<Nested> = query
            .clone()
            .select(|(u, p)| (p.title, (u, (u.id, (p.id, p))), p.published.is_true().or_null()))
            .all(db)
            .await?;
        assert_eq!(rows.len(), 5);
        assert_eq!(rows[4], (None, (users[2].clone(), (3, (None, None))), None));
        assert_eq!(rows[0].1.1.1.1.as_ref().map(|post| post.title.as_str()), Some("Hello"));
        let authors: Vec<(User, Option<u64>)> = query.select(|(u, p)| (u, p.author_id)).distinct().all(db).await.unwrap_or_default();
        assert!(authors.is_empty(), "ordered by what is not selected");
        let authors: Vec<(User, Option<u64>)> =
            User::query().left_join(|u| u.posts()).order_by(|(u, _)| u.id.asc()).select(|(u, p)| (u, p.author_id)).distinct().all(db).await?;
        assert_eq!(authors, users.into_iter().zip([Some(1), Some(2), None]).collect::<Vec<_>>());
    }

    async fn clauses_that_do_not_go_together(db: Database) {
        shop(db).await?;
        let unselected = Post::query().distinct().order_by(|p| p.title.asc()).select(|p| p.author_id);
        let limited = Post::query().limit(3).group_by(|p| p.author_id).select(|g| g.key);
        let once = Post::query().offset(1).aggregate(|g| g.count());
        for (rows, word) in [(unselected, "does not select"), (limited, "`group_by` comes after")] {
            let error = rows.clone().all(db).await.unwrap_err();
            assert!(error.is_invalid_query() && error.to_string().contains(word), "{error}");
        }
        assert!(once.all(db).await.unwrap_err().is_invalid_query());
        // An order of rows does not apply to groups.
        let groups = Post::query().order_by(|p| p.title.asc()).group_by(|p| p.author_id).order_by(|g| g.key.desc()).select(|g| g.key);
        assert_eq!(groups.all(db).await?, [2, 1]);
        let some = Post::query().order_by(|p| p.id.asc()).limit(3).into_rows().into_query().group_by(|p| p.author_id);
        assert_eq!(some.order_by(|g| g.key.asc()).select(|g| (g.key, g.count())).all(db).await?, [(1, 2), (2, 1)]);
    }

    async fn pages(db: Database) {
        shop(db).await?;
        let page = |limit, offset| User::query().order_by(|u| u.id.asc()).limit(limit).offset(offset).select(|u| u.id);
        assert_eq!(page(2, 0).all(db).await?, [1, 2]);
        assert_eq!(page(2, 2).all(db).await?, [3]);
        assert_eq!(page(2, 9).all(db).await?, [0u64; 0]);
        assert_eq!(page(u64::MAX, 1).all(db).await?, [2, 3]);
        assert_eq!(User::query().order_by(|u| u.id.asc()).offset(1).select(|u| u.id).all(db).await?, [2, 3]);
        assert_eq!(User::query().order_by(|u| u.id.desc()).select(|u| u.id).limit(1).all(db).await?, [3]);
        assert_eq!(User::query().limit(0).all(db).await?, []);
    }

    async fn distinct(db: Database) {
        shop(db).await?;
        let authors: Vec<u64> = Post::query().distinct().order_by(|p| p.author_id.asc()).select(|p| p.author_id).all(db).await?;
        assert_eq!(authors, [1, 2]);
        assert_eq!(Post::query().select(|p| p.author_id).distinct().count(db).await?, 2);
        assert_eq!(Post::query().distinct().count(db).await?, 4);
        assert_eq!(Post::query().join(|p| p.author()).distinct().count(db).await?, 4);
    }

    async fn distinct_in_an_order_of_what_is_not_selected(db: Database) {
        shop(db).await?;
        let names = User::query().distinct().select(|u| u.name);
        assert_eq!(names.count(db).await?, 3);
        let by_posts = User::query().distinct().order_by(|u| u.posts().count().desc()).select(|u| u.name);
        assert!(by_posts.all(db).await.unwrap_err().is_invalid_query());
        let by_length = User::query().distinct().order_by(|u| (u.name.char_length().asc(), u.name.asc())).select(|u| u.name);
        assert_eq!(by_length.all(db).await?, ["Ann", "Bob", "Cid"]);
    }

    async fn one_optional_and_first(db: Database) {
        let users = shop(db).await?;
        let by_name = |name| User::query().filter(move |u| u.name.eq(name));
        assert_eq!(by_name("Ann").one(db).await?, users[0]);
        assert_eq!(by_name("Zoe").optional(db).await?, None);
        assert!(by_name("Zoe").one(db).await.unwrap_err().is_not_found());
        let error = User::query().one(db).await.unwrap_err();
        assert!(error.is_more_than_one());
        assert_eq!(
            error.to_string(),
            "more than one row of `User` matches; use `first`, or filter more narrowly"
        );
        assert!(User::query().optional(db).await.unwrap_err().is_more_than_one());
        assert_eq!(User::query().order_by(|u| u.id.desc()).first(db).await?.as_ref(), Some(&users[2]));
        assert_eq!(by_name("Zoe").first(db).await?, None);
    }

    async fn count_and_exists(db: Database) {
        shop(db).await?;
        assert_eq!(User::query().count(db).await?, 3);
        assert_eq!(User::query().order_by(|u| u.name.asc()).limit(2).count(db).await?, 2);
        assert_eq!(User::query().offset(1).count(db).await?, 2);
        assert_eq!(User::query().filter(|u| u.id.gt(99)).count(db).await?, 0);
        assert!(User::query().exists(db).await?);
        assert!(!User::query().filter(|u| u.id.gt(99)).exists(db).await?);
        assert!(!User::query().offset(3).exists(db).await?);
    }

    async fn queries_are_values(db: Database) {
        shop(db).await?;
        let mut query = User::query();
        for name in ["Bob", "Cid"] {
            query = query.filter(move |u| u.name.ne(name));
        }
        assert_eq!(query.clone().count(db).await?, 1);
        assert_eq!(query.select(|u| u.name).all(db).await?, ["Ann"]);
    }
}
