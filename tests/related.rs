//! Relations in clauses, without explicit joins.

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

    /// A condition on related rows is usable in every clause: as a value once the result for unknown is chosen.
    async fn questions_in_every_clause(db: Database) {
        shop(db).await?;
        let has_drafts = |u: UserFields| u.posts().any(|p| p.published.is_false());
        let rows: Vec<(String, bool)> = User::query()
            .order_by(|u| (has_drafts(u).known().asc(), u.id.desc()))
            .select(|u| (u.name, has_drafts(u).known()))
            .all(db)
            .await?;
        assert_eq!(rows, [("Cid", false), ("Bob", false), ("Ann", true)].map(|(name, has)| (name.to_owned(), has)));
        let all_seen = |c: CommentFields| c.post().comments().every(|c| c.text.ne("two"));
        assert_eq!(Comment::query().filter(all_seen).select(|c| c.text).all(db).await?, ["three"]);
        let unseen = Post::query().filter(|p| p.reviewer().posts().none(|p| p.id.gt(0))).order_by(|p| p.id.asc());
        assert_eq!(unseen.select(|p| p.title).all(db).await?, ["Draft", "More"]); // a missing reviewer has no posts
        let by_authors_of_drafts = Post::query().filter(|p| p.author().posts().any(|p| p.published.is_false()));
        assert_eq!(by_authors_of_drafts.count(db).await?, 3);
    }

    async fn sums_in_every_clause(db: Database) {
        shop(db).await?;
        let sum = |u: UserFields| u.posts().sum(|p| p.id);
        let rows = User::query().filter(|u| sum(u).gt(3)).order_by(|u| sum(u).asc()).select(|u| (u.name, sum(u)));
        assert_eq!(rows.all(db).await?, [("Ann".to_owned(), Some(7))]);
        let longest = User::query().order_by(|u| (u.posts().max(|p| p.title.char_length()).desc().nulls_last(), u.id.asc()));
        assert_eq!(longest.select(|u| u.name).all(db).await?, ["Ann", "Bob", "Cid"]);
        let groups = Post::query().group_by(|p| p.author().posts().count()).order_by(|g| g.key.asc());
        let groups = groups.having(|g| g.key.gt(0));
        assert_eq!(groups.clone().select(|g| (g.key.clone().add(1), g.count())).all(db).await?, [(2, 1), (4, 3)]);
        let totals = groups.with_rollup().select(|g| (g.key.clone(), g.count())).all(db).await.unwrap_err();
        assert!(totals.is_unsupported(), "{totals}");
    }

    async fn of_some_related_rows(db: Database) {
        let users = shop(db).await?;
        let counts = |db: &Database| {
            let drafts = User::query().order_by(|u| u.id.asc()).select(|u| u.posts().filter(|p| p.published.is_false()).count());
            let db = db.clone();
            async move { drafts.all(&db).await }
        };
        assert_eq!(counts(db).await?, [1, 0, 0]);
        let published = |u: UserFields| u.posts().filter(|p| p.published.is_true());
        let rows = User::query().filter(|u| published(u).count().eq(2)).select(|u| (published(u).max(|p| p.title), published(u).sum(|p| p.id)));
        assert_eq!(rows.all(db).await?, [(Some("More".to_owned()), Some(5))]);
        let reviewed = |u: UserFields| u.posts().filter(|p| p.reviewer().name.eq("Bob")).count();
        assert_eq!(User::find(users[0].id).select(reviewed).one(db).await?, 1);
        // An order has no effect here; a limit would, and is rejected.
        let ordered = |u: UserFields| u.posts().order_by(|p| p.id.desc()).min(|p| p.id);
        assert_eq!(User::find(users[0].id).select(ordered).one(db).await?, Some(1));
        let log = db.log();
        let error = User::query().select(|u| u.posts().limit(1).count()).all(db).await.unwrap_err();
        assert!(error.is_invalid_query() && log.is_empty());
        assert!(error.to_string().contains("leave out `limit` and `offset`"), "{error}");
    }

    async fn that_are_there_or_not(db: Database) {
        shop(db).await?;
        let names = |query: Query<User>| query.order_by(|u| u.id.asc()).select(|u| u.name);
        assert_eq!(names(User::query().filter(|u| u.posts().is_present())).all(db).await?, ["Ann", "Bob"]);
        assert_eq!(names(User::query().filter(|u| u.posts().is_absent())).all(db).await?, ["Cid"]);
        let drafts = |u: UserFields| u.posts().filter(|p| p.published.is_false());
        assert_eq!(names(User::query().filter(|u| drafts(u).is_present())).all(db).await?, ["Ann"]);
        assert_eq!(names(User::query().filter(|u| drafts(u).is_absent().or(u.id.eq(1)))).all(db).await?, ["Ann", "Bob", "Cid"]);
        let flags = User::query().order_by(|u| u.id.asc()).select(|u| u.posts().is_absent().known());
        assert_eq!(flags.all(db).await?, [false, false, true]);
        // At the end of a to-one relation, and in an update.
        assert_eq!(Post::query().filter(|p| p.author().posts().is_absent()).count(db).await?, 0);
        assert_eq!(User::update().set(|u| u.age.to(1)).filter(|u| u.posts().is_absent()).execute(db).await?, 1);
        let limited = User::query().filter(|u| u.posts().limit(1).is_present()).count(db).await.unwrap_err();
        assert!(limited.to_string().contains("leave out `limit` and `offset`"), "{limited}");
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
