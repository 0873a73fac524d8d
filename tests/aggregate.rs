//! Aggregates: filtered, over distinct values, and with totals.

use orm::prelude::*;

use crate::group::Line;
use crate::support::models::*;

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

on_every_backend! {
    async fn over_some_rows(db: Database) {
        shop(db).await?;
        let per_author: Vec<(u64, i64, i64, Option<String>, Option<u64>)> = Post::query()
            .group_by(|p| p.author_id)
            .order_by(|g| g.key.asc())
            .select(|g| {
                let published = g.filter(|p| p.published.is_true());
                let drafts = g.filter(|p| p.published.is_false());
                (g.key, g.count(), published.count(), published.max(|p| p.title), drafts.min(|p| p.id))
            })
            .all(db)
            .await?;
        assert_eq!(per_author, [(1, 3, 2, some("More"), Some(2)), (2, 1, 1, some("Bob's"), None)]);
        let both = Post::query().aggregate(|g| {
            let reviewed = g.filter(|p| p.published.is_true()).filter(|p| p.reviewer_id.is_not_null());
            (reviewed.count(), reviewed.count_of(|p| p.body), reviewed.sum(|p| p.id), reviewed.count_distinct(|p| p.author_id))
        });
        assert_eq!(both.one(db).await?, (2, 0, Some(4), 2));
        // A condition that is unknown (NULL) does not match.
        let adults = User::query().aggregate(|g| (g.filter(|u| u.age.ge(18)).count(), g.filter(|u| u.age.ge(18).not()).count()));
        assert_eq!(adults.one(db).await?, (1, 1));
    }

    async fn filtered_in_having_and_order_by(db: Database) {
        shop(db).await?;
        let authors = Post::query()
            .group_by(|p| p.author_id)
            .having(|g| g.filter(|p| p.published.is_true()).count().ge(1))
            .order_by(|g| g.filter(|p| p.published.is_false()).count().asc())
            .select(|g| g.key);
        assert_eq!(authors.all(db).await?, [2, 1]);
        let through_a_relation = Post::query().aggregate(|g| g.filter(|p| p.author().age.ge(18)).count());
        assert_eq!(through_a_relation.one(db).await?, 3);
    }

    async fn exact_numbers_over_some_rows(db: Database) {
        db.create_tables::<Line>().await?;
        let lines = [(1, "9.50"), (2, "10.00"), (3, "10"), (4, "100.25")];
        for (id, price) in lines {
            let price: Decimal = price.parse().unwrap();
            Line::insert().id(id).shop("a").price(price).execute(db).await?;
        }
        let found = Line::query().aggregate(|g| {
            let dear = g.filter(|l| l.price.gt(Decimal::from(9)).and(l.id.ne(4)));
            (dear.min(|l| l.price), dear.max(|l| l.price), dear.sum(|l| l.price), dear.count_distinct(|l| l.price), dear.sum_distinct(|l| l.price))
        });
        let number = |text: &str| Some(text.parse::<Decimal>().unwrap());
        assert_eq!(found.one(db).await?, (number("9.5"), number("10"), number("29.5"), 2, number("19.5")));
    }

    async fn over_distinct_values(db: Database) {
        shop(db).await?;
        let found = Post::query().aggregate(|g| (g.sum(|p| p.author_id), g.sum_distinct(|p| p.author_id), g.avg_distinct(|p| p.author_id)));
        assert_eq!(found.one(db).await?, (Some(5), Some(3), Some(1.5)));
    }

    async fn over_distinct_combinations(db: Database) {
        shop(db).await?;
        let found = Post::query().aggregate(|g| {
            let published = g.filter(|p| p.published.is_true());
            (
                g.count_distinct(|p| (p.author_id, p.published)),
                g.count_distinct(|p| (p.author_id, p.reviewer_id)),
                published.count_distinct(|p| (p.published, p.author_id, p.title.char_length())),
            )
        });
        // Without a reviewer there is nothing to count.
        assert_eq!(found.one(db).await?, (3, 2, 3));
        db.create_tables::<Line>().await?;
        let lines = [("a", "1.5"), ("a", "1.50"), ("a", "2"), ("a,", "2"), ("b", "0")];
        Line::insert_all(lines.map(|(shop, price)| Line::insert().shop(shop).price(price.parse::<Decimal>().unwrap()))).execute(db).await?;
        let lines = Line::query().aggregate(|g| {
            (g.count_distinct(|l| (l.shop, l.price)), g.count_distinct(|l| (l.price, l.price.mul(l.price), l.price.le(l.price).known())))
        });
        assert_eq!(lines.one(db).await?, (4, 3));
        let derived = Line::query().select(|l| (l.shop, l.price)).into_query();
        assert_eq!(derived.aggregate(|g| g.count_distinct(|(shop, price)| (price, shop))).one(db).await?, 4);
        let each = Line::query().group_by(|l| l.shop).order_by(|g| g.key.asc()).select(|g| g.count_distinct(|l| (l.price, l.shop)));
        assert_eq!(each.all(db).await?, [2, 1, 1]);
    }

    async fn texts_as_one(db: Database) {
        shop(db).await?;
        let titles: Vec<(Option<String>, Option<String>)> = Post::query()
            .group_by(|p| p.author_id)
            .order_by(|g| g.key.asc())
            .select(|g| {
                let published = g.filter(|p| p.published.is_true());
                (g.group_concat_in_order(|p| p.title, ", ", |p| p.title.desc()), published.group_concat_in_order(|p| p.title, "'\\", |p| (p.published.asc(), p.id.asc())))
            })
            .all(db)
            .await?;
        assert_eq!(titles, [(some("More, Hello, Draft"), some("Hello'\\More")), (some("Bob's"), some("Bob's"))]);
        let one = Post::query().filter(|p| p.id.eq(1)).aggregate(|g| (g.group_concat(|p| p.title, ""), g.group_concat(|p| p.body, "-")));
        assert_eq!(one.one(db).await?, (some("Hello"), None));
        let all = User::query().aggregate(|g| g.group_concat_in_order(|u| u.name, "", |u| u.id.asc()));
        assert_eq!(all.one(db).await?, some("AnnBobCid"));
        let authors = Post::query().aggregate(|g| {
            let drafts = g.filter(|p| p.published.is_false());
            (g.group_concat_distinct(|p| p.author().name, " – "), drafts.group_concat_distinct(|p| p.author().name, ","), g.group_concat_distinct(|p| p.body, ","))
        });
        assert_eq!(authors.one(db).await?, (some("Ann – Bob"), some("Ann"), None));
        let many = Comment::query().group_by(|c| c.post_id).having(|g| g.group_concat(|c| c.text, "").like("%o%")).select(|g| g.key);
        assert_eq!(many.all(db).await?, [1]);
    }

    async fn long_concatenated_texts_are_not_truncated(db: Database) {
        shop(db).await?;
        let text = "x".repeat(3_000);
        Comment::insert_all([1u64, 1, 1].map(|post| Comment::insert().post_id(post).text(&text))).execute(db).await?;
        let joined = Comment::query().filter(|c| c.text.starts_with("x")).aggregate(|g| g.group_concat(|c| c.text, "-"));
        assert_eq!(joined.one(db).await?.map(|text| text.len()), Some(9_002));
    }

    async fn any_and_every(db: Database) {
        shop(db).await?;
        let rows = Post::query().group_by(|p| p.author_id).order_by(|g| g.key.asc()).select(|g| {
            (g.any(|p| p.published.is_false()).known(), g.every(|p| p.published.is_true()).known(), g.filter(|p| p.id.gt(2)).every(|p| p.published.is_true()).known())
        });
        assert_eq!(rows.all(db).await?, [(true, false, true), (false, true, true)]);
        let having = Post::query().group_by(|p| p.author_id).having(|g| g.every(|p| p.published.is_true())).select(|g| g.key);
        assert_eq!(having.all(db).await?, [2]);
        let none = User::query().filter(|u| u.id.eq(0)).aggregate(|g| (g.any(|u| u.age.ge(1)).known(), g.every(|u| u.age.ge(1)).known()));
        assert_eq!(none.one(db).await?, (false, true));
        // Cid's age is NULL, so not every age is known to match.
        let unknown = User::query().aggregate(|g| g.every(|u| u.age.ge(0)).known());
        assert!(!unknown.one(db).await?);
    }

    async fn totals(db: Database) {
        shop(db).await?;
        let query = || Post::query().group_by(|p| (p.author_id, p.published)).with_rollup();
        let rows = query().select(|g| (g.key, g.count())).all(db).await;
        if db.dialect().name == "SQLite" {
            let error = rows.unwrap_err();
            assert!(error.is_unsupported());
            assert!(error.to_string().contains("query the totals separately"), "{error}");
            return Ok(());
        }
        let mut rows = rows?;
        rows.sort();
        let expected = [((None, None), 4), ((Some(1), None), 3), ((Some(1), Some(false)), 1), ((Some(1), Some(true)), 2), ((Some(2), None), 1), ((Some(2), Some(true)), 1)];
        assert_eq!(rows, expected);
        let mut many = query().having(|g| g.count().gt(1)).select(|g| g.count()).all(db).await?;
        many.sort_unstable();
        assert_eq!(many, [2, 3, 4]);
        let totals = query().having(|g| g.key.1.is_null()).select(|g| g.count()).all(db).await;
        let ordered = query().order_by(|g| g.count().desc()).select(|g| g.count()).all(db).await;
        if db.dialect().name == "MySQL" {
            let mut counts = totals?;
            counts.sort_unstable();
            assert_eq!(counts, [1, 3, 4]);
            assert_eq!(ordered?, [4, 3, 2, 1, 1, 1]);
        } else {
            assert!(totals.unwrap_err().is_unsupported());
            assert!(ordered.unwrap_err().is_unsupported());
        }
    }

    async fn totals_of_computed_keys(db: Database) {
        shop(db).await?;
        // MariaDB does not recognize either key, and would return the last group's key for that of the total.
        let query = || Post::query().group_by(|p| (p.author_id, case::<String>().when(p.title.eq("Hello"), "h").otherwise(p.title.upper()))).with_rollup();
        let rows = query().select(|g| (g.count(), g.key.1.clone(), g.key.0)).all(db).await;
        if db.dialect().name == "SQLite" {
            assert!(rows.unwrap_err().is_unsupported());
            return Ok(());
        }
        let mut rows = rows?;
        rows.sort();
        let row = |count, title, author| (count, some(title), Some(author));
        let expected = [(1, None, Some(2)), row(1, "BOB'S", 2), row(1, "DRAFT", 1), row(1, "MORE", 1), row(1, "h", 1), (3, None, Some(1)), (4, None, None)];
        assert_eq!(rows, expected);
        let nested = query().select(|g| (g.key.0, g.count())).into_query().aggregate(|g| g.sum(|(_, count)| count));
        assert_eq!(nested.one(db).await?, Some(4 * 3));
        let inside = query().select(|g| g.key.1.clone().concat("!")).all(db).await.unwrap_err();
        assert!(inside.is_unsupported() && inside.to_string().contains("select the key by itself"), "{inside}");
        let twice = query().select(|g| (g.key.1.clone(), g.key.1.clone())).all(db).await;
        match db.dialect().name {
            "MySQL" => assert!(twice?.contains(&(None, None))),
            _ => assert!(twice.unwrap_err().is_unsupported()),
        }
    }
}
