//! Raw SQL fragments in typed queries.

use orm::prelude::*;
use orm::{Expr, fragment};

use crate::raw::HOSTILE;
use crate::support::models::*;

/// A user-defined function, as a library would have it.
fn hex(text: Column<String>) -> Expr<String> {
    fragment!(String, "hex({text})")
}

on_every_backend! {
    async fn is_a_value_a_nullable_value_or_a_condition(db: Database) {
        shop(db).await?;
        let (letter, ages) = ("A", [41, 42]);
        let rows: Vec<(String, Option<i64>, i64)> = User::query()
            .filter(|u| fragment!(Condition, "substr({u.name}, 1, 1) = {letter} AND {u.age} IN ({..ages})"))
            .select(|u| (hex(u.name), fragment!(Option<i64>, "nullif({u.age}, 41)"), fragment!(i64, "{u.age} + {one}", one = 1)))
            .all(db)
            .await?;
        assert_eq!(rows, [("416E6E".to_owned(), None, 42)]);
    }

    async fn is_one_expression_among_others(db: Database) {
        shop(db).await?;
        // Without parentheses around it, this would match everybody.
        let either = |u: UserFields| fragment!(Condition, "{u.id} = 1 OR {u.id} = 2");
        let found = User::query().filter(|u| either(u).and(u.name.eq("Bob"))).select(|u| u.name);
        assert_eq!(found.all(db).await?, ["Bob"]);
        let others = User::query().filter(|u| either(u).not()).select(|u| u.name);
        assert_eq!(others.all(db).await?, ["Cid"]);
        let sum = User::query().filter(|u| fragment!(i64, "{u.id} + 1").mul(2).eq(6)).select(|u| u.name);
        assert_eq!(sum.all(db).await?, ["Bob"]);
        let nested = User::query()
            .filter(|u| fragment!(Condition, "NOT {either}", either = either(u)).and(u.age.is_null()))
            .order_by(|u| fragment!(String, "lower({u.name})").desc());
        assert_eq!(nested.count(db).await?, 1);
    }

    async fn knows_the_tables_of_its_query(db: Database) {
        shop(db).await?;
        let pairs: Vec<(String, i64)> = Post::query()
            .join(|p| p.author())
            .filter(|(p, a)| fragment!(Condition, "{p.author_id} = {a.id} AND {p.id} > 1"))
            .order_by(|(p, _)| p.id.asc())
            .select(|(p, a)| (a.name, fragment!(i64, "{p.id} * 10 + {a.id}")))
            .all(db)
            .await?;
        assert_eq!(pairs, [("Ann".to_owned(), 21), ("Bob".to_owned(), 32), ("Ann".to_owned(), 41)]);
        let busy = User::query().filter(|u| {
            let posts = Post::query().filter(|p| fragment!(Condition, "{p.author_id} = {u.id} AND {p.id} > 3"));
            posts.is_present()
        });
        assert_eq!(busy.clone().select(|u| u.name).all(db).await?, ["Ann"]);
    }

    async fn binds_hostile_text(db: Database) {
        shop(db).await?;
        for text in HOSTILE {
            let found = User::find(1).select(|_| fragment!(String, "concat({text}, '?{{}}')"));
            if db.dialect().name == "SQLite" {
                let found = User::find(1).select(|_| fragment!(String, "{text} || '?{{}}'"));
                assert_eq!(found.one(db).await?, format!("{text}?{{{{}}}}"));
            } else {
                assert_eq!(found.one(db).await?, format!("{text}?{{{{}}}}"));
            }
        }
    }

    async fn sets_columns(db: Database) {
        shop(db).await?;
        let update = User::update().set(|u| u.name.to(fragment!(String, "upper({u.name})"))).filter(|u| u.id.eq(1));
        assert_eq!(update.execute(db).await?, 1);
        assert_eq!(User::find(1).one(db).await?.name, "ANN");
    }
}
