//! GROUP BY and aggregates.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn by_a_column(db: Database) {
        shop(db).await?;
        let per_author: Vec<(u64, i64, Option<u64>)> = Post::query()
            .group_by(|p| p.author_id)
            .having(|g| g.count().gt(0))
            .order_by(|g| g.count().desc())
            .select(|g| (g.key, g.count(), g.max(|p| p.id)))
            .all(db)
            .await?;
        assert_eq!(per_author, [(1, 3, Some(4)), (2, 1, Some(3))]);
        let many = Post::query().group_by(|p| p.author_id).having(|g| g.count().gt(1)).select(|g| g.key);
        assert_eq!(many.all(db).await?, [1]);
        assert_eq!(Post::query().group_by(|p| p.author_id).select(|g| g.key).count(db).await?, 2);
    }

    async fn by_several_columns_and_over_joins(db: Database) {
        shop(db).await?;
        let rows: Vec<((String, bool), i64)> = Post::query()
            .join(|p| p.author())
            .group_by(|(p, a)| (a.name, p.published))
            .order_by(|g| (g.key.0.asc(), g.key.1.asc()))
            .select(|g| (g.key, g.count()))
            .all(db)
            .await?;
        let expected = [(("Ann", false), 1), (("Ann", true), 2), (("Bob", true), 1)];
        assert_eq!(rows, expected.map(|((name, published), count)| ((name.to_owned(), published), count)));
        let users: Vec<(User, i64)> = User::query()
            .left_join(|u| u.posts())
            .group_by(|(u, _)| u)
            .order_by(|g| g.key.id.asc())
            .select(|g| (g.key, g.count_of(|(_, p)| p.id)))
            .all(db)
            .await?;
        let counts: Vec<i64> = users.iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, [3, 1, 0]);
    }

    async fn by_rows_that_relations_lead_to(db: Database) {
        let users = shop(db).await?;
        let authors = Post::query().group_by(|p| p.author()).having(|g| g.count().gt(0)).order_by(|g| g.key.id.asc());
        let authors: Vec<(User, i64)> = authors.select(|g| (g.key.clone(), g.count())).all(db).await?;
        assert_eq!(authors, [(users[0].clone(), 3), (users[1].clone(), 1)]);
        // An optional relation, beside a column, and as rows of a derived table, whose relations can be followed.
        let reviewers = Post::query().group_by(|p| (p.reviewer(), p.published)).order_by(|g| (g.key.0.id.asc(), g.key.1.asc()));
        let reviewers: Vec<(Option<User>, bool, i64)> = reviewers.select(|g| (g.key.0.clone(), g.key.1, g.count())).all(db).await?;
        let read: Vec<_> = reviewers.iter().map(|(user, published, n)| (user.as_ref().map(|u| u.id), *published, *n)).collect();
        assert_eq!(read, [(None, false, 1), (None, true, 1), (Some(1), true, 1), (Some(2), true, 1)]);
        let posts = Comment::query().group_by(|c| c.post()).select(|g| (g.key.clone(), g.count())).into_query();
        let posts = posts.order_by(|(p, _)| p.id.asc()).select(|(p, n)| (p.author().name, n));
        assert_eq!(posts.all(db).await?, [("Ann".to_owned(), 2), ("Bob".to_owned(), 1)]);
    }

    async fn by_expressions_with_values(db: Database) {
        shop(db).await?;
        // The values are part of the key, which has to be the same everywhere it is written.
        let by_age = User::query()
            .group_by(|u| (u.age.coalesce(0).div(20).coalesce(0), case::<String>().when(u.name.eq("Ann"), "it's\\ Ann").otherwise("?")))
            .having(|g| g.key.0.clone().ge(0).and(g.count().ge(1)))
            .order_by(|g| (g.key.0.clone().desc(), g.key.1.clone().asc()))
            .select(|g| (g.count(), g.key));
        assert_eq!(by_age.clone().all(db).await?, [(1, (2, "it's\\ Ann".to_owned())), (2, (0, "?".to_owned()))]);
        assert_eq!(by_age.count(db).await?, 2);
        let start = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap().and_time(NaiveTime::MIN).and_utc();
        let flags = User::query()
            .group_by(|u| (u.created_at.gt(start).known(), u.id.is_in([1, 2]).or_null(), u.name.not_in(["Ann"]).or_null()))
            .order_by(|g| (g.key.1.clone().asc(), g.key.2.clone().asc()))
            .select(|g| (g.count(), g.key));
        let expected = [(1, (true, Some(false), Some(true))), (1, (true, Some(true), Some(false))), (1, (true, Some(true), Some(true)))];
        assert_eq!(flags.all(db).await?, expected);
        let exact = Decimal::new(15, 1);
        db.create_tables::<Line>().await?;
        Line::insert_all([1, 2, 1].map(|price| Line { id: 0, shop: "a".into(), price: price.into() })).execute(db).await?;
        let dear = Line::query().group_by(|l| l.price.mul(exact)).order_by(|g| g.key.clone().desc()).select(|g| (g.count(), g.key));
        assert_eq!(dear.all(db).await?, [(1, Decimal::from(3)), (2, exact)]);
    }

    async fn by_what_a_query_computes(db: Database) {
        shop(db).await?;
        let by_count = User::query().group_by(|u| u.posts().count()).order_by(|g| g.key.clone().desc()).select(|g| (g.key.clone(), g.count()));
        assert_eq!(by_count.all(db).await?, [(3, 1), (1, 1), (0, 1)]);
        let any = User::query()
            .group_by(|u| u.posts().any(|p| p.published.is_true()).known())
            .having(|g| g.key.clone().is_true())
            .select(|g| (g.key.clone(), g.count()));
        assert_eq!(any.all(db).await?, [(true, 2)]);
        let totals = User::query().group_by(|u| u.posts().count()).with_rollup().select(|g| (g.key.clone(), g.count()));
        assert!(totals.all(db).await.unwrap_err().is_unsupported());
    }

    async fn computed_keys_inside_of_expressions(db: Database) {
        shop(db).await?;
        let groups = || Post::query().group_by(|p| p.title.upper()).order_by(|g| g.key.clone().concat("!").asc());
        let rows = groups().select(|g| (g.key.clone().lower(), g.count())).all(db).await?;
        assert_eq!(rows[0], ("bob's".to_owned(), 1));
        let nulls_last = Post::query().group_by(|p| p.body.upper()).order_by(|g| g.key.clone().asc().nulls_last());
        assert_eq!(nulls_last.select(|g| g.key).all(db).await?.last(), Some(&None));
    }

    async fn over_all_rows(db: Database) {
        shop(db).await?;
        let totals = User::query()
            .aggregate(|g| (g.count(), g.count_of(|u| u.age), g.sum(|u| u.age), g.avg(|u| u.age), g.min(|u| u.name), g.max(|u| u.age)))
            .one(db)
            .await?;
        assert_eq!(totals, (3, 2, Some(58), Some(29.0), Some("Ann".to_owned()), Some(41)));
        let nobody = User::query().filter(|u| u.id.gt(99)).aggregate(|g| (g.count(), g.sum(|u| u.age))).one(db).await?;
        assert_eq!(nobody, (0, None));
        let authors = Post::query().aggregate(|g| g.count_distinct(|p| p.author_id)).one(db).await?;
        assert_eq!(authors, 2);
    }

    async fn of_exact_numbers_are_exact(db: Database) {
        db.create_tables::<Line>().await?;
        let cents = |cents| Decimal::new(cents, 2);
        let lines = [("a", 10), ("a", 20), ("b", 1_000), ("b", 950), ("b", 5)];
        Line::insert_all(lines.map(|(shop, price)| Line { id: 0, shop: shop.into(), price: cents(price) })).execute(db).await?;
        let sums: Vec<(String, Option<Decimal>, Option<Decimal>)> = Line::query()
            .group_by(|l| l.shop)
            .having(|g| g.sum(|l| l.price).gt(cents(9)))
            .order_by(|g| g.sum(|l| l.price).desc())
            .select(|g| (g.key, g.sum(|l| l.price), g.max(|l| l.price)))
            .all(db)
            .await?;
        assert_eq!(sums, [("b".into(), Some(cents(1_955)), Some(cents(1_000))), ("a".into(), Some(cents(30)), Some(cents(20)))]);
        // As text, 10.00 would sort before 9.50.
        let order: Vec<Decimal> = Line::query().order_by(|l| l.price.asc()).select(|l| l.price).all(db).await?;
        assert_eq!(order, [5, 10, 20, 950, 1_000].map(cents));
        assert_eq!(Line::query().filter(|l| l.price.ge(cents(950))).count(db).await?, 2);
        assert_eq!(Line::query().filter(|l| l.price.eq(Decimal::new(95, 1))).count(db).await?, 1);
        assert_eq!(Line::query().filter(|l| l.price.mul(Decimal::from(2)).gt(cents(1_899))).count(db).await?, 2);
    }
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "lines")]
pub struct Line {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 10)]
    pub shop: String,
    #[orm(precision = (12, 2))]
    pub price: Decimal,
}
