//! Window functions.

use orm::prelude::*;
use orm::window::{self, Window};

use crate::group::Line;
use crate::support::models::*;

/// Creates six lines: shop a with 1, 2, 2; shop b with 10, 9.50, 10.
pub async fn lines(db: &Database) -> orm::Result<()> {
    db.create_tables::<Line>().await?;
    let lines = [("a", "1"), ("a", "2"), ("a", "2.00"), ("b", "10"), ("b", "9.50"), ("b", "10.00")];
    let lines = lines.map(|(shop, price)| Line::insert().shop(shop).price(price.parse::<Decimal>().unwrap()));
    Line::insert_all(lines).execute(db).await?;
    Ok(())
}

fn by_number_of(g: &orm::Group<Column<String>, Line>) -> orm::Expr<i64> {
    window::row_number().over(|w| w.order_by(g.count().asc())).into()
}

fn exact(text: &str) -> Decimal {
    text.parse().unwrap()
}

on_every_backend! {
    async fn ranks(db: Database) {
        lines(db).await?;
        let rows: Vec<(i64, i64, i64, i64)> = Line::query()
            .order_by(|l| l.id.asc())
            .select(|l| {
                let of_shop = |w: Window| w.partition_by(l.shop).order_by(l.price.asc());
                (
                    window::row_number().over(|w| w.partition_by(l.shop).order_by((l.price.desc(), l.id.asc()))),
                    window::rank().over(of_shop),
                    window::dense_rank().over(of_shop),
                    window::ntile(2).over(|w| w.order_by(l.id.asc())),
                )
            })
            .all(db)
            .await?;
        assert_eq!(rows, [(3, 1, 1, 1), (1, 2, 2, 1), (2, 2, 2, 1), (1, 2, 2, 2), (3, 1, 1, 2), (2, 2, 2, 2)]);
        let shares: Vec<(f64, f64)> = Line::query()
            .filter(|l| l.shop.eq("b"))
            .order_by(|l| l.id.asc())
            .select(|l| (window::percent_rank().over(|w| w.order_by(l.price.asc())), window::cume_dist().over(|w| w.order_by(l.price.asc()))))
            .all(db)
            .await?;
        assert_eq!(shares.iter().map(|share| share.0).collect::<Vec<_>>(), [0.5, 0.0, 0.5]);
        assert!((shares[1].1 - 1.0 / 3.0).abs() < 1e-6);
        // Without an order, all rows are peers.
        assert_eq!(Line::query().select(|_| window::rank().over(|w| w)).all(db).await?, [1; 6]);
    }

    async fn neighbours(db: Database) {
        lines(db).await?;
        let rows: Vec<(Option<u64>, Option<u64>, u64, u64)> = Line::query()
            .order_by(|l| l.id.asc())
            .select(|l| {
                let of_shop = |w: Window| w.partition_by(l.shop).order_by(l.id.asc());
                (
                    window::lag(l.id, 1).over(of_shop),
                    window::lead(l.id, 2).over(of_shop),
                    window::lag_or(l.id, 2, 77).over(of_shop),
                    window::lead_or(l.id, 1, l.id).over(of_shop),
                )
            })
            .all(db)
            .await?;
        let expected = [(None, Some(3), 77, 2), (Some(1), None, 77, 3), (Some(2), None, 1, 3), (None, Some(6), 77, 5), (Some(4), None, 77, 6), (Some(5), None, 4, 6)];
        assert_eq!(rows, expected);
        // A default applies to a missing row, not to a row whose value is NULL.
        shop(db).await?;
        let ages = User::query().order_by(|u| u.id.asc());
        let ages = ages.select(|u| window::lead_or(u.age, 1, 0).over(|w| w.order_by(u.id.asc())));
        assert_eq!(ages.all(db).await?, [Some(17), None, Some(0)]);
        let steps = Line::query().order_by(|l| l.id.asc()).limit(3);
        let steps = steps.select(|l| window::lead(l.price, 1).over(|w| w.order_by(l.id.asc())).sub(l.price));
        assert_eq!(steps.all(db).await?, [Some(exact("1")), Some(exact("0")), Some(exact("8"))]);
    }

    async fn values_of_the_frame(db: Database) {
        lines(db).await?;
        let rows: Vec<(Option<u64>, Option<u64>, Option<u64>, Option<u64>)> = Line::query()
            .filter(|l| l.shop.eq("b"))
            .order_by(|l| l.id.asc())
            .select(|l| {
                let all = |w: Window| w.order_by(l.id.asc()).rows(..);
                (
                    window::first_value(l.id).over(|w| w.order_by((l.price.asc(), l.id.asc()))),
                    window::last_value(l.id).over(all),
                    window::nth_value(l.id, 2).over(all),
                    window::first_value(l.id).over(|w| w.order_by(l.id.asc()).rows(1..=2)),
                )
            })
            .all(db)
            .await?;
        assert_eq!(rows, [(Some(5), Some(6), Some(5), Some(5)), (Some(5), Some(6), Some(5), Some(6)), (Some(5), Some(6), Some(5), None)]);
    }

    async fn aggregates_and_frames(db: Database) {
        lines(db).await?;
        let rows: Vec<(i64, Option<Decimal>, Option<Decimal>, Option<Decimal>)> = Line::query()
            .order_by(|l| l.id.asc())
            .select(|l| {
                let of_shop = |w: Window| w.partition_by(l.shop);
                (
                    window::count().over(of_shop),
                    window::sum(l.price).over(|w| w.partition_by(l.shop).order_by(l.id.asc()).rows(-1..=0)),
                    window::avg(l.price).over(of_shop).sub(l.price),
                    window::max(l.price).over(|w| w.order_by(l.id.asc()).rows(..=0)),
                )
            })
            .all(db)
            .await?;
        let sums: Vec<_> = rows.iter().map(|row| row.1).collect();
        assert_eq!(sums, ["1", "3", "4", "10", "19.5", "19.5"].map(|sum| Some(exact(sum))));
        assert!(rows.iter().all(|row| row.0 == 3));
        let greatest: Vec<_> = rows.iter().map(|row| row.3).collect();
        assert_eq!(greatest, ["1", "2", "2", "10", "10", "10"].map(|sum| Some(exact(sum))));
        assert_eq!(rows[3].2.map(|difference| difference.round_dp(3)), Some(exact("-0.167")));
        let counts = |frame: fn(Window) -> Window| {
            let query = Line::query().order_by(|l| l.id.asc());
            query.select(move |l| window::count_of(l.id).over(|w| frame(w.order_by(l.id.asc()))))
        };
        assert_eq!(counts(|w| w.rows(-1..=1)).all(db).await?, [2, 3, 3, 3, 3, 2]);
        assert_eq!(counts(|w| w.rows(-2..0)).all(db).await?, [0, 1, 2, 2, 2, 2]);
        assert_eq!(counts(|w| w.rows(..)).all(db).await?, [6; 6]);
        assert_eq!(counts(|w| w.rows(0..)).all(db).await?, [6, 5, 4, 3, 2, 1]);
        assert_eq!(counts(|w| w.range(0..=2)).all(db).await?, [3, 3, 3, 3, 2, 1]);
        assert_eq!(counts(|w| w).all(db).await?, [1, 2, 3, 4, 5, 6]);
        let (start, end) = (2, 1);
        let reversed = Line::query().select(|_| window::count().over(|w| w.rows(start..=end)));
        assert!(reversed.all(db).await.unwrap_err().is_invalid_query());
        let groups = counts(|w| w.groups(-1..=0)).all(db).await;
        if db.dialect().name == "SQLite" {
            assert_eq!(groups?, [1, 2, 2, 2, 2, 2]);
        } else {
            let error = groups.unwrap_err();
            assert!(error.is_unsupported() && error.to_string().contains("use `rows` or `range`"), "{error}");
        }
    }

    async fn computed_with(db: Database) {
        lines(db).await?;
        let rows: Vec<(Option<Decimal>, Option<Decimal>, Decimal, Option<f64>)> = Line::query()
            .order_by(|l| l.id.asc())
            .select(|l| {
                let by_id = |w: Window| w.order_by(l.id.asc());
                let before = window::lag(l.price, 1).over(by_id);
                let place = window::row_number().over(by_id);
                (
                    l.price - before.clone(),
                    l.price * 100 / window::sum(l.price).over(|w| w.partition_by(l.shop)),
                    before.coalesce(0).round(0),
                    (place - 1).cast::<f64>() / (window::count().over(|w| w) - 1).cast::<f64>(),
                )
            })
            .all(db)
            .await?;
        let steps: Vec<_> = rows.iter().map(|row| row.0.map(|step| step.normalize().to_string())).collect();
        let expected = ["1", "0", "8", "-0.5", "0.5"].map(|step| Some(step.to_owned()));
        assert_eq!((&steps[0], &steps[1..]), (&None, &expected[..]));
        let shares: Vec<_> = rows.iter().map(|row| row.1.unwrap().round_dp(2)).collect();
        assert_eq!(shares, ["20", "40", "40", "33.9", "32.2", "33.9"].map(exact));
        assert_eq!(rows.iter().map(|row| row.2).collect::<Vec<_>>(), ["0", "1", "2", "2", "10", "10"].map(exact));
        assert_eq!(rows.iter().map(|row| row.3).collect::<Vec<_>>(), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0].map(Some));
        // Over groups, in ORDER BY, left of a number, negated, and in CASE.
        let shops = Line::query().group_by(|l| l.shop).order_by(|g| (g.count() - window::rank().over(|w| w.order_by(g.key.asc()))).asc());
        let shops = shops.select(|g| {
            let all = window::sum(g.sum(|l| l.price)).over(|w| w);
            let place = window::rank().over(|w| w.order_by(g.sum(|l| l.price).desc()));
            (g.key, 100 * g.sum(|l| l.price) / all, -place.clone(), 10 - place)
        });
        let rows: Vec<_> = shops.all(db).await?.into_iter().map(|(shop, share, a, b)| (shop, share.unwrap().round_dp(1), a, b)).collect();
        assert_eq!(rows, [("b".into(), exact("85.5"), -1, 9), ("a".into(), exact("14.5"), -2, 8)]);
        let trends = Line::query().order_by(|l| l.id.asc()).select(|l| {
            let before = window::lag(l.price, 1).over(|w| w.order_by(l.id.asc()));
            let trend = case::<String>().when(l.price.gt(before.clone()), "up").when(l.price.lt(before.clone()), "down");
            (orm::Expr::from(before).is_null().known(), trend.otherwise("-"))
        });
        let expected = ["-", "up", "-", "up", "down", "up"].map(str::to_owned);
        assert_eq!(trends.clone().all(db).await?.into_iter().map(|row| row.1).collect::<Vec<_>>(), expected);
        // A collation in its conditions does not apply to its text: as numbers, all of these would be equal.
        let words = trends.into_query().select(|(_, trend)| trend).distinct();
        assert_eq!(words.into_query().order_by(|trend| trend.asc()).all(db).await?, ["-", "down", "up"]);
        // Below 0, and in a derived table.
        let before = Line::query().order_by(|l| l.id.asc()).limit(1).select(|l| {
            let number = window::row_number().over(|w| w.order_by(l.id.asc()));
            (number.clone() - 7, 3 - window::ntile(1).over(|w| w.order_by(l.id.asc())) * 4, -number.clone(), number)
        });
        assert_eq!(before.clone().all(db).await?, [(-6, -1, -1, 1)]);
        assert_eq!(before.into_query().select(|(a, b, c, number)| (number - 7, a + b + c - number)).all(db).await?, [(-6, -9)]);
        // As a scalar subquery, and in the values of a list, also from several queries.
        let number = |minus: i64| Line::query().filter(|l| l.id.le(2)).select(move |l| {
            window::row_number().over(|w| w.order_by(l.id.asc())) - minus
        });
        let last = || Line::query().filter(|l| l.id.eq(6)).select(|l| orm::Expr::<i64>::from(window::row_number().over(|w| w.order_by(l.id.asc()))));
        let below = Line::query().filter(|l| l.id.eq(1)).select(|_| last().scalar() - 5);
        assert_eq!(below.all(db).await?, [Some(-4)]);
        let in_both = Line::query().filter(|l| l.id.cast::<i64>().is_in(number(0).union_all(number(-3))));
        assert_eq!(in_both.order_by(|l| l.id.asc()).select(|l| l.id).all(db).await?, [1, 2, 4, 5]);
        let greater = Line::query().order_by(|l| l.id.asc()).select(|l| l.id.cast::<i64>().gt_every(number(0)).known());
        assert_eq!(greater.all(db).await?, [false, false, true, true, true, true]);
        // As a number of days, and converted to text.
        shop(db).await?;
        let days = User::query().order_by(|u| u.id.asc()).select(|u| {
            let number = window::row_number().over(|w| w.order_by(u.id.desc()));
            (value(orm::now()).date().add_days(-number.clone()).days_since(value(orm::now()).date()), u.name.concat(number.cast::<String>()))
        });
        let text = |text: &str| text.to_owned();
        assert_eq!(days.all(db).await?, [(Some(-3), text("Ann3")), (Some(-2), text("Bob2")), (Some(-1), text("Cid1"))]);
    }

    async fn misplaced(db: Database) {
        lines(db).await?;
        let before = |l: crate::group::LineFields| window::lag(l.price, 1).over(|w| w.order_by(l.id.asc()));
        let number = |l: crate::group::LineFields| window::row_number().over(|w| w.order_by(l.id.asc()));
        let by_number = |l: crate::group::LineFields| orm::Expr::<i64>::from(number(l));
        let errors = [
            Line::query().filter(|l| (l.price - before(l)).gt(0)).count(db).await.unwrap_err(),
            Line::query().group_by(number).select(|g| g.count()).all(db).await.map(drop).unwrap_err(),
            Line::query().group_by(|l| l.shop).having(|g| by_number_of(&g).gt(1)).select(|g| g.count()).all(db).await.map(drop).unwrap_err(),
            Line::query().join_on::<Line>(|l, other| by_number(l).eq(other.id.cast::<i64>())).count(db).await.unwrap_err(),
            Line::query().aggregate(|g| g.sum(by_number)).one(db).await.map(drop).unwrap_err(),
            Line::query().select(|l| window::sum(by_number(l)).over(|w| w)).all(db).await.map(drop).unwrap_err(),
            Line::update().set(|l| l.price.to(l.price - before(l).coalesce(0))).all_rows().execute(db).await.map(drop).unwrap_err(),
            Line::delete().filter(|l| by_number(l).gt(1)).execute(db).await.map(drop).unwrap_err(),
        ];
        for error in errors {
            assert!(error.is_invalid_query() && error.sql().is_none() && error.to_string().contains("select it first"), "{error}");
        }
        // In a subquery of a condition it is allowed.
        let later = Line::query().filter(|l| l.id.cast::<i64>().is_in(Line::query().select(|l| number(l) + 1)));
        assert_eq!(later.count(db).await?, 5);
    }

    async fn ordered_by_and_in_results(db: Database) {
        #[derive(Row, Debug, PartialEq)]
        struct Ranked {
            price: Decimal,
            place: i64,
            before: Option<Decimal>,
        }
        lines(db).await?;
        let rows = Line::query()
            .order_by(|l| (window::row_number().over(|w| w.order_by((l.price.desc(), l.id.desc()))).asc(), l.id.asc()))
            .limit(2)
            .select(|l| RankedFields {
                price: l.price,
                place: window::dense_rank().over(|w| w.order_by(l.price.desc())),
                before: window::lag(l.price, 1).over(|w| w.order_by(l.price.asc())),
            });
        let ten = exact("10");
        let found = rows.all(db).await?;
        assert_eq!((found[0].price, found[0].place), (ten, 1));
        assert_eq!((found[1].price, found[1].place), (ten, 1));
        let by_previous = Line::query().order_by(|l| {
            let previous = window::lag_or(l.price, 1, exact("0")).over(|w| w.order_by(l.id.asc()));
            (previous.desc(), l.id.asc())
        });
        assert_eq!(by_previous.select(|l| l.id).all(db).await?, [5, 6, 3, 4, 2, 1]);
        assert_eq!(Line::query().select(|l| window::rank().over(|w| w.order_by(l.shop.asc()))).distinct().count(db).await?, 2);
    }

    async fn over_groups(db: Database) {
        lines(db).await?;
        let rows: Vec<(String, i64, Option<i64>)> = Line::query()
            .group_by(|l| l.shop)
            .order_by(|g| g.key.asc())
            .select(|g| (g.key, window::rank().over(|w| w.order_by(g.sum(|l| l.price).desc())), window::sum(g.count()).over(|w| w)))
            .all(db)
            .await?;
        assert_eq!(rows, [("a".to_owned(), 2, Some(6)), ("b".to_owned(), 1, Some(6))]);
    }

    async fn over_joins_and_relations(db: Database) {
        shop(db).await?;
        let rows: Vec<(String, i64)> = Post::query()
            .order_by(|p| p.id.asc())
            .select(|p| (p.title, window::row_number().over(|w| w.partition_by(p.author()).order_by(p.author().name.asc()).order_by(p.id.desc()))))
            .all(db)
            .await?;
        assert_eq!(rows.iter().map(|row| row.1).collect::<Vec<_>>(), [3, 2, 1, 1]);
        let rows = User::query().left_join(|u| u.posts()).order_by(|(u, p)| (u.id.asc(), p.id.asc()));
        let rows = rows.select(|(u, p)| window::count_of(p.id).over(|w| w.partition_by(u)));
        assert_eq!(rows.all(db).await?, [3, 3, 3, 1, 0]);
    }

    async fn filtered_in_a_derived_table(db: Database) {
        lines(db).await?;
        let numbered = Line::query().select(|l| {
            (l.id, window::row_number().over(|w| w.partition_by(l.shop).order_by((l.price.desc(), l.id.asc()))))
        });
        let dearest = numbered.into_query().filter(|(_, place)| place.le(1)).order_by(|(id, _)| id.asc());
        assert_eq!(dearest.select(|(id, _)| id).all(db).await?, [2, 4]);
    }

    async fn ordered_with_null_at_either_end(db: Database) {
        shop(db).await?;
        let places = |order: fn(orm::Ordered) -> orm::Ordered| {
            let query = User::query().order_by(|u| u.id.asc());
            query.select(move |u| window::row_number().over(|w| w.order_by(order(u.age.asc()))))
        };
        assert_eq!(places(|order| order).all(db).await?, [3, 2, 1]);
        assert_eq!(places(|order| order.nulls_first()).all(db).await?, [3, 2, 1]);
        assert_eq!(places(|order| order.nulls_last()).all(db).await?, [2, 1, 3]);
        let range = User::query().select(|u| window::count().over(|w| w.order_by(u.age.asc().nulls_last()).range(-1..=1)));
        assert!(range.all(db).await.unwrap_err().is_invalid_query());
        let names = User::query().aggregate(|g| g.group_concat_in_order(|u| u.name, ",", |u| u.age.asc().nulls_last()));
        assert_eq!(names.one(db).await?.as_deref(), Some("Bob,Ann,Cid"));
    }

    async fn a_value_over_a_window_is_compared_in_a_case(db: Database) {
        lines(db).await?;
        let begins = |l: crate::group::LineFields| {
            let before = window::lag(l.shop, 1).over(|w| w.order_by(l.id.asc())).into_expr();
            case::<i64>().when(before.clone().is_null().or(before.ne(l.shop)), 1).otherwise(0)
        };
        let marks = Line::query().order_by(|l| l.id.asc()).select(begins).all(db).await?;
        assert_eq!(marks, [1, 0, 0, 1, 0, 0]);
        let first = Line::query().order_by(|l| (begins(l).desc(), l.id.asc())).select(|l| l.id).all(db).await?;
        assert_eq!(first, [1, 4, 2, 3, 5, 6]);
        let refused = Line::query().filter(|l| window::row_number().over(|w| w.order_by(l.id.asc())).into_expr().eq(1)).all(db).await;
        assert!(refused.unwrap_err().to_string().contains("select it first"));
    }

    async fn numbers_from_one(db: Database) {
        lines(db).await?;
        let none = Line::query().select(|l| window::ntile(0).over(|w| w.order_by(l.id.asc()))).all(db).await;
        assert!(none.unwrap_err().is_invalid_query());
        let none = Line::query().select(|l| window::nth_value(l.id, 0).over(|w| w)).all(db).await;
        assert!(none.unwrap_err().is_invalid_query());
    }

    async fn with_names(db: Database) {
        lines(db).await?;
        let cheap = exact("1.50");
        let rows = Line::query()
            .filter(|l| l.id.gt(0))
            .group_by(|l| (l.shop, l.id))
            .having(|g| g.count().gt(0))
            .order_by(|g| {
                let dear = window::named("of_shop", |w| w.order_by(g.max(|l| l.price).coalesce(cheap).desc()));
                (window::dense_rank().over_named(&dear).asc(), g.key.1.asc())
            })
            .limit(9)
            .select(|g| {
                let of_shop = window::named("of_shop", |w| w.partition_by(g.key.0).order_by(g.key.1.asc()));
                (g.key.1, window::row_number().over_named(&of_shop), window::lag_or(g.key.1, 1, 0).over_named(&of_shop))
            });
        assert_eq!(rows.all(db).await?, [(4, 1, 0), (6, 3, 5), (5, 2, 4), (2, 2, 1), (3, 3, 2), (1, 1, 0)]);
    }

    async fn with_names_and_nothing_else(db: Database) {
        lines(db).await?;
        let rows = Line::query().order_by(|l| l.id.asc()).select(|l| {
            let all = window::named("all", |w| w);
            let ranks = (window::rank().over_named(&all), window::cume_dist().over_named(&all));
            (window::count().over_named(&all), ranks, window::max(l.shop).over_named(&all))
        });
        assert_eq!(rows.all(db).await?, vec![(6, (1, 1.0), Some("b".to_owned())); 6]);
        // Each select has its own windows, and a clone of a query has the same ones.
        let numbered = Line::query().select(|l| {
            let w = window::named("w", |w| w.partition_by(l.shop).order_by(l.id.asc()));
            (l.id, window::row_number().over_named(&w), window::count().over_named(&w))
        });
        let both = numbered.clone().union_all(numbered.clone()).into_query().filter(|(_, number, _)| number.eq(2));
        assert_eq!(both.count(db).await?, 4);
        let outer = Line::query().order_by(|l| l.id.asc()).select(|l| {
            let w = window::named("w", |w| w.order_by(l.id.asc()));
            let inner = numbered.clone().into_query().filter(|(id, ..)| id.eq(l.id)).select(|(_, number, _)| number).scalar();
            (inner, window::row_number().over_named(&w), window::sum(l.id).over_named(&w))
        });
        assert_eq!(outer.all(db).await?[4], (Some(2), 5, Some(15)));
    }
}
