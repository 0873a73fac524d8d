//! Arithmetic with `+`, `-`, `*`, `/` and `%`: the same as the methods, with the same SQL.

use orm::prelude::*;
use orm::window::{self, Windowed};
use orm::{Aggregate, Expr};

use crate::arithmetic::Limit;
use crate::support::models::*;

/// Checks that two selections render the same SQL, and return rows of one type.
macro_rules! same {
    ($db:expr, $model:ident, |$m:pat_param| $with_signs:expr, $with_methods:expr) => {{
        let (signs, methods) =
            ($model::query().select(|$m| $with_signs), $model::query().select(|$m| $with_methods));
        assert_eq!(signs.to_sql($db.dialect())?, methods.to_sql($db.dialect())?);
        let (signs, methods) = (signs.all($db).await?, methods.all($db).await?);
        assert_eq!(signs, methods);
        signs
    }};
}

fn exact(text: &str) -> Decimal {
    text.parse().unwrap()
}

async fn rows(db: &Database) -> orm::Result<()> {
    db.create_tables::<(User, Post, Profile, Limit)>().await?;
    let ann = User::insert().email("ann@example.org").name("Ann").age(41).returning(db).await?;
    let bob = User::insert().email("bob@example.org").name("Bob").returning(db).await?;
    Post::insert_all([&ann, &ann, &bob].map(|user| Post::insert().author(user).title("x")))
        .execute(db)
        .await?;
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let (single, double, day) = (0.5, -7.5, at.date_naive());
    let limit =
        Limit { id: 1, small: -7, big: -7, unsigned: 3, single, double, exact: exact("-7.5"), day, at };
    Limit::insert_all([limit]).execute(db).await?;
    Ok(())
}

on_every_backend! {
    async fn are_the_methods(db: Database) {
        rows(db).await?;
        let whole = same!(db, Limit, |l| (l.small + 2, l.small - 2, l.small * 2, l.small / 2, l.small % 2),
            (l.small.add(2), l.small.sub(2), l.small.mul(2), l.small.div(2), l.small.rem(2)));
        assert_eq!(whole, [(-5, -9, -14, Some(-3), Some(-1))]);
        let ten = exact("2.5");
        let decimal = same!(db, Limit, |l| (l.exact + ten, l.exact - ten, l.exact * ten, l.exact / ten, l.exact % ten),
            (l.exact.add(ten), l.exact.sub(ten), l.exact.mul(ten), l.exact.div(ten), l.exact.rem(ten)));
        assert_eq!(decimal, [(exact("-5"), exact("-10"), exact("-18.75"), Some(exact("-3")), Some(exact("0")))]);
        let float = same!(db, Limit, |l| (l.single * 0.5, l.double / 0.0, -l.double), (l.single.mul(0.5), l.double.div(0.0), l.double.neg()));
        assert_eq!(float, [(0.25, None, 7.5)]);
        let minus = same!(db, Limit, |l| (-l.small, -(l.small + 1), -l.small.abs(), -(-l.small)),
            (l.small.neg(), l.small.add(1).neg(), l.small.abs().neg(), l.small.neg().neg()));
        assert_eq!(minus, [(7, 6, -7, -7)]);
    }

    async fn bind_as_in_rust(db: Database) {
        rows(db).await?;
        let found = same!(db, Limit, |l| (l.small + l.small * 2 - 1, (l.small + l.small) * 2 - 1, l.small - (l.small - 1), -l.small + 1),
            (l.small.add(l.small.mul(2)).sub(1), l.small.add(l.small).mul(2).sub(1), l.small.sub(l.small.sub(1)), l.small.neg().add(1)));
        assert_eq!(found, [(-22, -29, 1, 8)]);
        // A quotient may be NULL, and so may anything computed from it.
        let found: Vec<Option<i32>> = same!(db, Limit, |l| l.small / 2 * 2 + l.small % 2, l.small.div(2).mul(2).add(l.small.rem(2)));
        assert_eq!(found, [Some(-7)]);
    }

    async fn take_what_the_methods_take(db: Database) {
        rows(db).await?;
        // NULL on either side.
        let ages = same!(db, User, |u| (u.age + 1, u.id + 1, value(1) + u.age, value(100) - u.age),
            (u.age.add(1), u.id.add(1), value(1).add(u.age), value(100).sub(u.age)));
        assert_eq!(ages, [(Some(42), 2, Some(42), Some(59)), (None, 3, None, None)]);
        // Values, related columns, subqueries.
        let one = 1_u64;
        let ids = same!(db, Post, |p| (p.id + one, p.id + p.author_id, p.id + p.author().id, p.reviewer().age + 1),
            (p.id.add(one), p.id.add(p.author_id), p.id.add(p.author().id), p.reviewer().age.add(1)));
        assert_eq!(ids, [(2, 2, 2, None), (3, 3, 3, None), (4, 5, 5, None)]);
        let first = || Post::query().aggregate(|g| g.min(|p| p.id)).scalar();
        let counts = same!(db, User, |u| (u.posts().count() * 10, u.id + first()), (u.posts().count().mul(10), u.id.add(first())));
        assert_eq!(counts, [(20, Some(2)), (10, Some(3))]);
    }

    async fn take_numbers_at_the_left(db: Database) {
        rows(db).await?;
        let ages = same!(db, User, |u| (1 + u.age, 100 - u.id, 2 * (u.age + 1), 82 / u.age, 50 % u.age),
            (value(1).add(u.age), value(100).sub(u.id), value(2).mul(u.age.add(1)), value(82).div(u.age), value(50).rem(u.age)));
        assert_eq!(ages, [(Some(42), 99, Some(84), Some(2), Some(9)), (None, 98, None, None, None)]);
        let ten = exact("10");
        let numbers = same!(db, Limit, |l| (1 - l.big, 10 - l.unsigned, 1.0 - l.single, 1.5 * l.double, ten - l.exact),
            (value(1_i64).sub(l.big), value(10_u32).sub(l.unsigned), value(1.0_f32).sub(l.single), value(1.5).mul(l.double), value(ten).sub(l.exact)));
        assert_eq!(numbers, [(8, 7, 0.5, -11.25, exact("17.5"))]);
        let counts = User::query().order_by(|u| u.id.asc()).select(|u| (100 * u.posts().count(), (1 + u.age).coalesce(0)));
        assert_eq!(counts.all(db).await?, [(200, 42), (100, 0)]);
        let counts = Post::query().group_by(|p| p.author_id).order_by(|g| (0 - g.count()).asc());
        let place = |p: PostFields| window::row_number().over(|w| w.order_by(p.id.asc()));
        assert_eq!(counts.select(|g| 10 - g.count()).all(db).await?, [8, 9]);
        assert_eq!(Post::query().order_by(|p| p.id.asc()).select(|p| 10 - place(p)).all(db).await?, [9, 8, 7]);
    }

    async fn take_whole_numbers_for_exact_ones(db: Database) {
        rows(db).await?;
        let found = same!(db, Limit, |l| (l.exact + 1, 1 - l.exact, l.exact * 100 / 3, 2 * l.exact % 4, l.exact.coalesce(0)),
            (l.exact.add(Decimal::ONE), value(Decimal::ONE).sub(l.exact), l.exact.mul(exact("100")).div(exact("3")),
                value(exact("2")).mul(l.exact).rem(exact("4")), l.exact.coalesce(Decimal::ZERO)));
        assert_eq!((found[0].0, found[0].1, found[0].3), (exact("-6.5"), exact("8.5"), Some(exact("-3"))));
        let below = Limit::query().filter(|l| l.exact.lt(0).and(l.exact.between(-8, -7)).and(l.exact.not_in([1, -7])).and((1 - l.exact).gt(8)));
        assert_eq!(below.count(db).await?, 1);
        assert_eq!(Limit::update().set(|l| l.exact.to(3)).filter(|l| l.exact.ne(3)).execute(db).await?, 1);
        assert_eq!(Limit::query().filter(|l| l.exact.eq(3)).select(|l| case::<Decimal>().when(l.exact.gt(2), 1).otherwise(l.exact)).one(db).await?, Decimal::ONE);
    }

    async fn of_aggregates_and_windows(db: Database) {
        rows(db).await?;
        fn half(count: Aggregate<i64>) -> Expr<i64, Nullable> {
            count / 2
        }
        let by_author = Post::query().group_by(|p| p.author_id).having(|g| (g.count() + 1).gt(1)).order_by(|g| g.key.asc());
        let counts = by_author.select(|g| (-g.count() + 1, half(g.count()), g.max(|p| p.id) - g.min(|p| p.id), g.sum(|p| p.id + 1)));
        assert_eq!(counts.all(db).await?, [(-1, Some(1), Some(1), Some(5)), (0, Some(0), Some(0), Some(4))]);

        fn place(p: PostFields) -> Windowed<i64> {
            window::row_number().over(|w| w.order_by(p.id.asc()))
        }
        let places = same!(db, Post, |p| (place(p) + 1, place(p) - 1, place(p) * 10, place(p) / 2),
            (place(p).add(1), place(p).sub(1), place(p).mul(10), place(p).div(2)));
        assert_eq!(places, [(2, 0, 10, Some(0)), (3, 1, 20, Some(1)), (4, 2, 30, Some(1))]);
    }

    async fn in_every_clause(db: Database) {
        rows(db).await?;
        assert_eq!(User::update().set(|u| u.age.to(u.age + 1)).filter(|u| (u.id * 2 - 1).eq(1)).execute(db).await?, 1);
        let ages = User::query().filter(|u| (u.age * 2).between(80, 90) & (u.id % 2).eq(1)).order_by(|u| (-u.age).asc());
        assert_eq!(ages.select(|u| u.age).all(db).await?, [Some(42)]);
    }
}
