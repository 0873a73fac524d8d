//! Quantified comparisons, with any or every row of a query: all three results (true, false, unknown), on every
//! backend.

use orm::prelude::*;
use orm::{Expr, Rows};

use crate::group::Line;
use crate::support::models::*;

/// The operands of the comparisons: nullable integers.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "figures")]
pub struct Figure {
    #[orm(primary_key)]
    pub id: u32,
    pub set: String,
    pub value: Option<i32>,
}

async fn figures(db: &Database) -> orm::Result<()> {
    db.create_tables::<Figure>().await?;
    let rows = [
        ("plain", Some(1)),
        ("plain", Some(3)),
        ("holed", Some(1)),
        ("holed", None),
        ("holed", Some(3)),
        ("null", None),
    ];
    let rows = rows.into_iter().zip(1..).map(|((set, value), id)| Figure { id, set: set.to_owned(), value });
    Figure::insert_all(rows).execute(db).await?;
    Ok(())
}

fn set(name: &str) -> Rows<Option<i32>> {
    Figure::query().filter(|f| f.set.eq(name)).select(|f| f.value)
}

/// Returns the results of a comparison for numbers below, in and above a set, and for NULL.
async fn answers(
    db: &Database,
    name: &str,
    compare: impl Fn(Expr<i32, Nullable>, Rows<Option<i32>>) -> Condition,
) -> orm::Result<Vec<Option<bool>>> {
    let mut answers = Vec::new();
    for number in [Some(0), Some(1), Some(2), Some(3), Some(4), None] {
        let left = || number.map_or_else(null, |number| value(number).null_if(99));
        answers.push(Figure::find(1).select(|_| compare(left(), set(name)).or_null()).one(db).await?);
    }
    Ok(answers)
}

const T: Option<bool> = Some(true);
const F: Option<bool> = Some(false);
const U: Option<bool> = None;

on_every_backend! {
    async fn three_answers(db: Database) {
        figures(db).await?;
        assert_eq!(answers(db, "plain", |x, q| x.gt_any(q)).await?, [F, F, T, T, T, U]);
        assert_eq!(answers(db, "plain", |x, q| x.gt_every(q)).await?, [F, F, F, F, T, U]);
        assert_eq!(answers(db, "plain", |x, q| x.ge_any(q)).await?, [F, T, T, T, T, U]);
        assert_eq!(answers(db, "plain", |x, q| x.ge_every(q)).await?, [F, F, F, T, T, U]);
        assert_eq!(answers(db, "plain", |x, q| x.lt_any(q)).await?, [T, T, T, F, F, U]);
        assert_eq!(answers(db, "plain", |x, q| x.lt_every(q)).await?, [T, F, F, F, F, U]);
        assert_eq!(answers(db, "plain", |x, q| x.le_any(q)).await?, [T, T, T, T, F, U]);
        assert_eq!(answers(db, "plain", |x, q| x.le_every(q)).await?, [T, T, F, F, F, U]);
        assert_eq!(answers(db, "holed", |x, q| x.gt_any(q)).await?, [U, U, T, T, T, U]);
        assert_eq!(answers(db, "holed", |x, q| x.gt_every(q)).await?, [F, F, F, F, U, U]);
        assert_eq!(answers(db, "null", |x, q| x.gt_any(q)).await?, [U; 6]);
        assert_eq!(answers(db, "null", |x, q| x.le_every(q)).await?, [U; 6]);
        // With no rows: false for any, true for every, also for NULL. (If the left side is NULL and the statement ran
        // before with rows, MariaDB answers from memory.)
        let mut of_none = (answers(db, "none", |x, q| x.gt_any(q)).await?, answers(db, "none", |x, q| x.gt_every(q)).await?);
        if db.dialect().name == "MariaDB" {
            (of_none.0[5], of_none.1[5]) = (F, T);
        }
        assert_eq!(of_none, (vec![F; 6], vec![T; 6]));
        assert_eq!(answers(db, "holed", |x, q| x.gt_any(q).not()).await?, [U, U, F, F, F, U]);
    }

    async fn in_clauses(db: Database) {
        shop(db).await?;
        let oldest = User::query().filter(|u| u.age.ge_every(User::query().filter(|u| u.age.is_not_null()).select(|u| u.age)));
        assert_eq!(oldest.one(db).await?.name, "Ann");
        // Correlated, and with a limit.
        let not_last = Post::query().filter(|p| p.id.lt_any(Post::query().filter(|q| q.author_id.eq(p.author_id)).select(|q| q.id)));
        assert_eq!(not_last.order_by(|p| p.id.asc()).select(|p| p.id).all(db).await?, [1, 2]);
        let early = || Post::query().order_by(|p| p.id.asc()).limit(2).select(|p| p.id);
        assert_eq!(Post::query().filter(|p| p.id.gt_every(early())).count(db).await?, 2);
        assert_eq!(Comment::delete().filter(|c| c.post_id.lt_any(Post::query().filter(|p| p.id.eq(3)).select(|p| p.id))).execute(db).await?, 2);
        let either = || Post::query().select(|p| p.id).union(User::query().select(|u| u.id));
        assert_eq!(User::query().filter(|u| u.id.ge_every(either())).count(db).await?, 0);
    }

    async fn of_exact_numbers(db: Database) {
        db.create_tables::<Line>().await?;
        let exact = |text: &str| text.parse::<Decimal>().unwrap();
        Line::insert_all(["9.5", "10", "10.50"].map(|price| Line::insert().shop("a").price(exact(price)))).execute(db).await?;
        let prices = || Line::query().select(|l| l.price.add(Decimal::ZERO));
        assert_eq!(Line::query().filter(|l| l.price.ge_every(prices())).select(|l| l.id).all(db).await?, [3]);
        assert_eq!(Line::query().filter(|l| l.price.add(Decimal::ONE).le_every(prices())).count(db).await?, 0);
        assert_eq!(Line::query().filter(|l| l.price.gt_any(prices())).count(db).await?, 2);
    }
}
