//! Set operations.

use orm::prelude::*;
use orm::{ErrorKind, Rows};

use crate::support::models::*;

fn names() -> Rows<String> {
    User::query().select(|u| u.name)
}

fn titles() -> Rows<String> {
    Post::query().select(|p| p.title)
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

on_every_backend! {
    async fn union_removes_duplicates(db: Database) {
        shop(db).await?;
        assert_eq!(sorted(names().union(names()).all(db).await?), ["Ann", "Bob", "Cid"]);
        assert_eq!(names().union_all(names()).count(db).await?, 6);
        assert_eq!(names().union(titles()).union(names()).count(db).await?, 7);
    }

    async fn intersect_and_except(db: Database) {
        shop(db).await?;
        let authors = || Post::query().select(|p| p.author_id);
        let ids = || User::query().select(|u| u.id);
        let mut both = ids().intersect(authors()).all(db).await?;
        both.sort_unstable();
        assert_eq!(both, [1, 2]);
        assert_eq!(ids().except(authors()).all(db).await?, [3]);
        assert_eq!(authors().except(ids()).all(db).await?, [0; 0]);
    }

    async fn all_forms_count_rows_or_are_refused(db: Database) {
        shop(db).await?;
        let authors = || Post::query().select(|p| p.author_id); // 1, 1, 2, 1
        let some = || Post::query().filter(|p| p.id.le(2)).select(|p| p.author_id); // 1, 1
        if db.dialect().name == "SQLite" {
            let error = authors().except_all(some()).all(db).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Unsupported);
            assert!(error.to_string().contains("does not support EXCEPT ALL; use it without `_all`"), "{error}");
        } else {
            let mut left = authors().except_all(some()).all(db).await?;
            left.sort_unstable();
            assert_eq!(left, [1, 2]);
            assert_eq!(authors().intersect_all(some()).count(db).await?, 2);
        }
    }

    async fn each_side_keeps_its_own_order_and_limit(db: Database) {
        shop(db).await?;
        let first = User::query().order_by(|u| u.id.asc()).select(|u| u.name).limit(1);
        let last = User::query().order_by(|u| u.id.desc()).select(|u| u.name).limit(1);
        assert_eq!(sorted(first.clone().union_all(last.clone()).all(db).await?), ["Ann", "Cid"]);
        assert_eq!(first.union_all(last).limit(1).all(db).await?.len(), 1);
    }

    async fn are_ordered_and_filtered_as_a_table(db: Database) {
        shop(db).await?;
        let words = names().union(titles()).into_query();
        let found = words.filter(|word| word.ge("C")).order_by(|word| word.desc()).limit(3);
        assert_eq!(found.all(db).await?, ["More", "Hello", "Draft"]);
    }

    async fn of_different_operators_keep_their_order(db: Database) {
        shop(db).await?;
        // (names ∪ titles) ∖ names, and names ∪ (titles ∖ names): the first is smaller.
        assert_eq!(names().union(titles()).except(names()).count(db).await?, 4);
        assert_eq!(names().union(titles().except(names())).count(db).await?, 7);
    }

    async fn of_set_operations_with_clauses_of_their_own(db: Database) {
        shop(db).await?;
        let ids = || User::query().select(|u| u.id);
        assert_eq!(ids().union_all(ids()).limit(4).union_all(ids()).count(db).await?, 7);
        assert_eq!(ids().union_all(ids()).offset(1).union(ids()).count(db).await?, 3);
        assert_eq!(ids().union_all(ids()).distinct().union_all(ids()).count(db).await?, 6);
        assert_eq!(ids().union_all(ids()).distinct().limit(2).all(db).await?.len(), 2);
    }

    async fn of_whole_rows(db: Database) {
        let users = shop(db).await?;
        let one = |name: &'static str| User::query().filter(move |u| u.name.eq(name)).into_rows();
        let mut found = one("Ann").union(one("Bob")).all(db).await?;
        found.sort_by_key(|user| user.id);
        assert_eq!(found, users[..2]);
    }

    async fn of_groups_and_their_totals(db: Database) {
        shop(db).await?;
        let groups = || Post::query().group_by(|p| (p.author().name, p.published));
        let each = groups().select(|g| (g.key.0.or_null(), g.key.1.or_null(), g.count()));
        let per_name = Post::query().group_by(|p| p.author().name).select(|g| (g.key.or_null(), null::<bool>(), g.count()));
        let all = Post::query().aggregate(|g| (null::<String>(), null::<bool>(), g.count()));
        let rows = each.union_all(per_name).union_all(all).into_query();
        let rows = rows.order_by(|(name, published, _)| (name.asc().nulls_last(), published.asc().nulls_last())).into_rows();
        let text = |text: &str| Some(text.to_owned());
        let expected = [
            (text("Ann"), Some(false), 1),
            (text("Ann"), Some(true), 2),
            (text("Ann"), None, 3),
            (text("Bob"), Some(true), 1),
            (text("Bob"), None, 1),
            (None, None, 4),
        ];
        assert_eq!(rows.all(db).await?, expected);
        // The rows of a join, and those of a derived table, as they are.
        let pairs = || Post::query().join(|p| p.author()).filter(|(p, _)| p.published.is_true());
        let twice = pairs().into_rows().union_all(pairs().into_rows()).into_query().filter(|(_, u)| u.name.eq("Bob"));
        let rows: Vec<(Post, User)> = twice.all(db).await?;
        assert_eq!((rows.len(), &rows[0].0.title), (2, &"Bob's".to_owned()));
        let outer = User::query().left_join(|u| u.posts()).filter(|(u, _)| u.name.eq("Cid")).into_rows();
        assert_eq!(outer.all(db).await?[0].1, None);
    }

    async fn as_lists_and_as_existence(db: Database) {
        shop(db).await?;
        let ids = || User::query().filter(|u| u.id.lt(2)).select(|u| u.id);
        let both = ids().union(User::query().filter(|u| u.id.gt(2)).select(|u| u.id));
        let found = User::query().filter(|u| u.id.is_in(both.clone())).order_by(|u| u.id.asc());
        assert_eq!(found.select(|u| u.id).all(db).await?, [1, 3]);
        assert!(both.clone().exists(db).await?);
        assert!(both.clone().first(db).await?.is_some());
        assert_eq!(User::query().filter(|_| both.is_present()).count(db).await?, 3);
    }
}
