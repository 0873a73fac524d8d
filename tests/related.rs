//! Relations inside clauses, without writing the join.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn in_filters(db: Database) {
        shop(db).await?;
        let by_ann = Post::query().filter(|p| p.author().name.eq("Ann").and(p.author().age.gt(18)));
        assert_eq!(by_ann.count(db).await?, 3);
        let chain = Comment::query().filter(|c| c.post().author().name.eq("Bob"));
        assert_eq!(chain.select(|c| c.text).all(db).await?, ["three"]);
        let on_the_optional_side = User::query().left_join(|u| u.posts()).filter(|(_, p)| p.reviewer().name.eq("Bob"));
        assert_eq!(on_the_optional_side.select(|(u, _)| u.name).all(db).await?, ["Ann"]);
    }

    async fn in_selections_and_orders(db: Database) {
        shop(db).await?;
        let rows: Vec<(String, String, Option<String>)> = Post::query()
            .order_by(|p| (p.author().name.desc(), p.id.asc()))
            .select(|p| (p.title, p.author().name, p.reviewer().name))
            .all(db)
            .await?;
        let expected = [("Bob's", "Bob", Some("Ann")), ("Hello", "Ann", Some("Bob")), ("Draft", "Ann", None), ("More", "Ann", None)];
        assert_eq!(rows, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.map(str::to_owned))));
        let whole: Vec<(String, Option<User>)> =
            Post::query().order_by(|p| p.id.asc()).select(|p| (p.title, p.reviewer())).all(db).await?;
        assert_eq!(whole[0].1.as_ref().map(|user| user.name.as_str()), Some("Bob"));
        assert_eq!(whole[1].1, None);
    }
}
