//! Row value comparisons: with tuples, lists of tuples, and the rows of queries.

use orm::prelude::*;
use orm::row;

use crate::group::Line;
use crate::support::models::*;

/// Returns the ids of the posts that match.
macro_rules! posts {
    ($db:ident, |$p:pat_param| $condition:expr) => {
        Post::query().filter(|$p| $condition).order_by(|p| p.id.asc()).select(|p| p.id).all($db).await?
    };
}

on_every_backend! {
    async fn lists_of_tuples(db: Database) {
        shop(db).await?;
        assert_eq!(posts!(db, |p| row((p.author_id, p.title)).is_in([(1, "Hello"), (2, "Draft"), (1, "More")])), [1, 4]);
        assert_eq!(posts!(db, |p| row((p.author_id, p.title)).not_in([(1, "Hello"), (2, "Draft"), (1, "More")])), [2, 3]);
        let owned: Vec<(u64, String)> = vec![(1, "Hello".to_owned())];
        assert_eq!(posts!(db, |p| row((p.author_id, p.title)).is_in(owned.clone())), [1]);
        let none: [(u64, &str); 0] = [];
        assert_eq!(posts!(db, |p| row((p.author_id, p.title)).is_in(none)), [0; 0]);
        assert_eq!(posts!(db, |p| row((p.author_id, p.title)).not_in(none)), [1, 2, 3, 4]);
        // A tuple may contain columns; NULL makes a comparison unknown, unless another value decides it.
        assert_eq!(posts!(db, |p| row((p.id, p.author_id)).is_in([(value(1_u64), p.reviewer_id.coalesce(1)), (value(2), p.author_id.coalesce(9))])), [2]);
        assert_eq!(posts!(db, |p| row((p.id, p.reviewer_id)).is_in([(1, 2), (2, 2)])), [1]);
        assert_eq!(posts!(db, |p| row((p.id, p.reviewer_id)).not_in([(1, 2), (2, 2)])), [3, 4]);
        assert_eq!(posts!(db, |p| row((p.id, p.author_id, p.title, p.published)).is_in([(3, 2, "Bob's", true)])), [3]);
        // More values than a list with one value each would put in a statement.
        let many = (1..5_000_u64).map(|id| (id, 1_u64));
        assert_eq!(posts!(db, |p| row((p.id, p.author_id)).is_in(many)), [1, 2, 4]);
        let too_many = (1..40_000_u64).map(|id| (id, 1_u64));
        let error = Post::query().filter(|p| row((p.id, p.author_id)).is_in(too_many)).all(db).await.unwrap_err();
        assert!(error.is_unsupported() && error.to_string().contains("79998 values"), "{error}");
    }

    async fn rows_of_queries(db: Database) {
        shop(db).await?;
        let newest = || Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.max(|p| p.id)));
        assert_eq!(posts!(db, |p| row((p.author_id, p.id)).is_in(newest())), [3, 4]);
        assert_eq!(posts!(db, |p| row((p.author_id, p.id)).not_in(newest())), [1, 2]);
        let latest = || Post::query().order_by(|p| p.id.desc()).limit(1).select(|p| (p.author_id, p.id));
        assert_eq!(posts!(db, |p| row((p.author_id, p.id)).is_in(latest())), [4]);
        let reviewed = || Post::query().select(|p| (p.id, p.reviewer_id));
        assert_eq!(posts!(db, |p| row((p.id, p.author_id)).is_in(reviewed())), [0; 0]);
        assert_eq!(posts!(db, |p| row((p.id, p.reviewer_id)).is_in(reviewed())), [1, 3]);
        // In updates and deletes, too.
        let drafts = Post::update().set(|p| p.title.to("New")).filter(|p| row((p.author_id, p.published)).is_in([(1, false)]));
        assert_eq!(drafts.execute(db).await?, 1);
        assert_eq!(Post::delete().filter(|p| row((p.author_id, p.title)).eq((1, "New"))).execute(db).await?, 1);
    }

    async fn tuples_in_order(db: Database) {
        shop(db).await?;
        assert_eq!(posts!(db, |p| row((p.author_id, p.id)).gt((1, 2))), [3, 4]);
        assert_eq!(posts!(db, |p| row((p.author_id, p.id)).ge((1, 2))), [2, 3, 4]);
        assert_eq!(posts!(db, |p| row((p.author_id, p.id)).lt((1, 4))), [1, 2]);
        assert_eq!(posts!(db, |p| row((p.author_id, p.id)).le(row((p.author_id, p.author_id)))), [1]);
        assert_eq!(posts!(db, |p| row((p.author_id, p.id)).eq((1, 4))), [4]);
        assert_eq!(posts!(db, |p| row((p.author_id, p.title)).ne((1, p.title))), [3]);
        // Unknown where a NULL comes before the first difference.
        assert_eq!(posts!(db, |p| row((p.reviewer_id, p.id)).lt((2, 3))), [1, 3]);
        assert_eq!(posts!(db, |p| row((p.reviewer_id, p.id)).lt((2, 3)).not()), [0; 0]);
        assert_eq!(posts!(db, |p| row((p.id, p.reviewer_id)).lt((3, 1))), [1, 2]);
        assert_eq!(posts!(db, |p| row((p.id, p.reviewer_id)).lt((2, 1)).not()), [3, 4]);
    }

    async fn tuples_of_exact_numbers(db: Database) {
        db.create_tables::<Line>().await?;
        let exact = |text: &str| text.parse::<Decimal>().unwrap();
        Line::insert_all(["9.5", "10", "10.50"].map(|price| Line::insert().shop("a").price(exact(price)))).execute(db).await?;
        let ids = |condition: fn(crate::group::LineFields) -> Condition| Line::query().filter(condition).order_by(|l| l.id.asc()).select(|l| l.id);
        assert_eq!(ids(|l| row((l.price, l.id)).gt((Decimal::TEN, 1))).all(db).await?, [2, 3]);
        assert_eq!(ids(|l| row((l.shop, l.price)).is_in([("a", Decimal::new(105, 1)), ("a", Decimal::new(1000, 2))])).all(db).await?, [2, 3]);
        assert_eq!(ids(|l| row((l.price.add(Decimal::ONE), l.id)).eq((Decimal::new(1150, 2), 3))).all(db).await?, [3]);
        assert_eq!(ids(|l| row((l.price.add(Decimal::ONE), l.shop)).is_in(Line::query().select(|l| (l.price.add(Decimal::ONE), l.shop)))).all(db).await?, [1, 2, 3]);
    }
}
