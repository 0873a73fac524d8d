//! `count` and `exists`: for every kind of query the same as counting the returned rows.

use orm::prelude::*;
use orm::{Rows, window};

use crate::support::models::*;

async fn agrees<O: Send + 'static>(db: &Database, name: &str, rows: Rows<O>) -> orm::Result<()> {
    let all = rows.clone().all(db).await?.len();
    let told = format!("{name}: {rows:?}");
    assert_eq!(rows.clone().count(db).await?, i64::try_from(all).unwrap(), "{told}");
    assert_eq!(rows.clone().exists(db).await?, all > 0, "{told}");
    assert_eq!(
        User::query().filter(|u| u.id.eq(1).and(rows.clone().is_present())).count(db).await?,
        i64::from(all > 0),
        "{told}"
    );
    assert_eq!(
        User::query().filter(|u| u.id.eq(1).and(rows.clone().is_absent())).count(db).await?,
        i64::from(all == 0),
        "{told}"
    );
    let page = rows.page(1, 2, db).await?;
    assert_eq!((page.total, page.rows.len()), (all as u64, all.min(2)), "{told}");
    Ok(())
}

on_every_backend! {
    async fn of_every_kind_of_query(db: Database) {
        shop(db).await?;
        let authors = || Post::query().select(|p| p.author_id);
        let nobody = || User::query().filter(|u| u.id.gt(99));
        let groups = || Post::query().group_by(|p| p.author_id);
        agrees(db, "rows", User::query().into_rows()).await?;
        agrees(db, "none", nobody().into_rows()).await?;
        agrees(db, "ordered", User::query().order_by(|u| u.age.desc().nulls_last()).select(|u| u.id)).await?;
        agrees(db, "limit", authors().limit(3)).await?;
        agrees(db, "limit 0", authors().limit(0)).await?;
        agrees(db, "offset", authors().offset(3)).await?;
        agrees(db, "offset too far", authors().offset(9)).await?;
        agrees(db, "distinct", authors().distinct()).await?;
        agrees(db, "distinct pairs", Post::query().distinct().order_by(|p| p.author_id.asc()).select(|p| (p.author_id, p.published))).await?;
        agrees(db, "distinct, limit", authors().distinct().limit(1)).await?;
        agrees(db, "joined", Post::query().join(|p| p.author()).select(|(p, a)| (p, a))).await?;
        agrees(db, "joined, distinct", Post::query().join(|p| p.author()).select(|(p, a)| (p.id, a.id)).distinct()).await?;
        agrees(db, "groups", groups().select(|g| g.key)).await?;
        agrees(db, "groups by count", groups().having(|g| g.count().gt(1)).order_by(|g| g.count().desc()).select(|g| (g.key, g.count()))).await?;
        agrees(db, "no groups", groups().having(|g| g.count().gt(99)).select(|g| g.count())).await?;
        agrees(db, "groups, limit", groups().limit(1).select(|g| g.count())).await?;
        agrees(db, "groups, distinct", Post::query().group_by(|p| p.id).select(|g| g.count()).distinct()).await?;
        agrees(db, "one row", Post::query().aggregate(|g| (g.count(), g.max(|p| p.id)))).await?;
        agrees(db, "one row over none", nobody().aggregate(|g| g.count())).await?;
        agrees(db, "one row, passed over", nobody().aggregate(|g| g.count()).offset(1)).await?;
        agrees(db, "union", authors().union(authors())).await?;
        agrees(db, "union all", authors().union_all(authors())).await?;
        agrees(db, "union all, distinct", authors().union_all(authors()).distinct()).await?;
        agrees(db, "union all, distinct, in another", authors().union_all(authors()).distinct().union_all(authors())).await?;
        agrees(db, "union all, limit", authors().limit(3).union_all(authors().limit(2)).offset(1).limit(3)).await?;
        agrees(db, "except all there is", authors().except(authors())).await?;
        agrees(db, "one row and others", authors().union_all(Post::query().group_by(|p| p.id).select(|g| g.key))).await?;
        agrees(db, "windows", Post::query().select(|p| window::rank().over(|w| w.order_by(p.author_id.asc())))).await?;
        agrees(db, "different windows", Post::query().select(|p| window::rank().over(|w| w.order_by(p.author_id.asc()))).distinct()).await?;
        agrees(db, "derived", authors().into_query().filter(|id| id.gt(1)).select(|id| id)).await?;
        let named = authors().named("authors");
        agrees(db, "named", User::query().join_rows(&named, |u, id| u.id.eq(id)).select(|(u, _)| u.id)).await?;
        agrees(db, "full join", User::query().full_join(|u| u.posts()).select(|(u, p)| (u, p))).await?;
    }

    async fn of_rows_loaded_with_others(db: Database) {
        shop(db).await?;
        let users = User::query().with(|u| u.posts());
        assert_eq!(users.clone().count(db).await?, 3);
        assert!(users.clone().exists(db).await?);
        assert_eq!(users.limit(2).count(db).await?, 2);
    }
}
