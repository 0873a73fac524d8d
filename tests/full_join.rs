//! Full joins: native on SQLite, emulated elsewhere.

use orm::prelude::*;

use crate::support::models::*;

type Pair = (Option<String>, Option<String>);

fn pairs(expected: &[(&str, &str)]) -> Vec<Pair> {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    expected.iter().map(|(left, right)| (text(left), text(right))).collect()
}

on_every_backend! {
    async fn keeps_the_rows_of_both_sides(db: Database) {
        let users = shop(db).await?;
        let rows: Vec<(Option<Post>, Option<User>)> =
            Post::query().full_join(|p| p.reviewer()).order_by(|(p, u)| (p.id.asc().nulls_last(), u.id.asc())).all(db).await?;
        let read: Vec<(Option<&str>, Option<u64>)> =
            rows.iter().map(|(p, u)| (p.as_ref().map(|p| p.title.as_str()), u.as_ref().map(|u| u.id))).collect();
        let expected = [(Some("Hello"), Some(2)), (Some("Draft"), None), (Some("Bob's"), Some(1)), (Some("More"), None), (None, Some(3))];
        assert_eq!(read, expected);
        assert_eq!(rows[4].1.as_ref(), Some(&users[2]));
        assert_eq!(Post::query().full_join(|p| p.reviewer()).count(db).await?, 5);
        assert!(Post::query().full_join(|p| p.reviewer()).filter(|(p, _)| p.id.is_null()).exists(db).await?);
    }

    async fn of_empty_tables(db: Database) {
        db.create_tables::<(User, Post)>().await?;
        assert_eq!(User::query().full_join(|u| u.posts()).all(db).await?, []);
        User::insert().email("e").name("Zoe").execute(db).await?;
        assert_eq!(User::query().full_join(|u| u.posts()).count(db).await?, 1);
        assert_eq!(Post::query().full_join(|p| p.author()).select(|(p, u)| (p.title, u.name)).all(db).await?, pairs(&[("", "Zoe")]));
    }

    async fn on_a_condition_with_every_clause(db: Database) {
        shop(db).await?;
        let drafts = || User::query().full_join_on::<Post>(|u, p| p.author_id.eq(u.id).and(p.published.eq(false)));
        let rows = drafts().order_by(|(u, p)| (u.id.asc().nulls_last(), p.id.asc())).select(|(u, p)| (u.name, p.title));
        let all = [("Ann", "Draft"), ("Bob", ""), ("Cid", ""), ("", "Hello"), ("", "Bob's"), ("", "More")];
        assert_eq!(rows.clone().all(db).await?, pairs(&all));
        assert_eq!(rows.clone().limit(2).offset(2).all(db).await?, pairs(&all[2..4]));
        assert_eq!(rows.page(2, 4, db).await?.total, 6);
        let some = drafts().filter(|(u, p)| u.age.gt(18).or(p.title.starts_with("B"))).order_by(|(_, p)| p.title.desc());
        assert_eq!(some.select(|(u, p)| (u.name, p.title)).all(db).await?, pairs(&[("Ann", "Draft"), ("", "Bob's")]));
        let grouped = drafts().group_by(|(u, _)| u.id.is_null().or_null()).order_by(|g| g.key.asc());
        assert_eq!(grouped.select(|g| (g.count(), g.count_of(|(_, p)| p.id), g.key)).all(db).await?, [(3, 1, Some(false)), (3, 3, Some(true))]);
        assert_eq!(drafts().select(|(u, _)| u.name).distinct().count(db).await?, 4);
        let names = drafts().select(|(u, _)| u.name).union(User::query().select(|u| u.name.null_if("")));
        assert_eq!(names.count(db).await?, 4);
    }

    async fn beside_other_joins_and_relations(db: Database) {
        let users = shop(db).await?;
        Profile::insert().user(&users[2]).bio("Draft").execute(db).await?;
        // Joined before, joined after, accessed through a relation, in the join condition and elsewhere.
        let rows = Comment::query()
            .join(|c| c.post())
            .full_join_on::<User>(|(_, p), u| p.author_id.eq(u.id))
            .left_join(|(_, _, u)| u.profile())
            .order_by(|(c, _, u, _)| (u.id.asc(), c.id.asc()))
            .select(|(c, p, u, profile)| (c.text, p.reviewer().name, u.name, profile.bio));
        let text = |text: &str| Some(text.to_owned());
        let expected = [
            (text("one"), text("Bob"), text("Ann"), None),
            (text("two"), text("Bob"), text("Ann"), None),
            (text("three"), text("Ann"), text("Bob"), None),
            (None, None, text("Cid"), text("Draft")),
        ];
        assert_eq!(rows.all(db).await?, expected);
        let by_bio = User::query().full_join_on::<Post>(|u, p| u.profile().bio.eq(p.title)).order_by(|(u, p)| (u.id.asc().nulls_last(), p.id.asc()));
        let rows = by_bio.filter(|(_, p)| p.id.is_not_null()).select(|(u, p)| (u.name, p.title)).all(db).await?;
        assert_eq!(rows, pairs(&[("Cid", "Draft"), ("", "Hello"), ("", "Bob's"), ("", "More")]));
    }

    async fn twice_and_with_itself(db: Database) {
        shop(db).await?;
        // Each row of three tables at least once.
        let rows = User::query()
            .full_join_on::<Post>(|u, p| p.reviewer_id.eq(u.id))
            .full_join_on::<Comment>(|(_, p), c| c.post_id.eq(p.id).and(c.text.ne("two")))
            .order_by(|(u, p, c)| (u.id.asc().nulls_last(), p.id.asc().nulls_last(), c.id.asc()))
            .select(|(u, p, c)| (u.name, p.title, c.text));
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let expected = [("Ann", "Bob's", "three"), ("Bob", "Hello", "one"), ("Cid", "", ""), ("", "Draft", ""), ("", "More", ""), ("", "", "two")];
        assert_eq!(rows.all(db).await?, expected.map(|(a, b, c)| (text(a), text(b), text(c))));
        let older = User::query().full_join_on::<User>(|u, other| other.age.gt(u.age)).order_by(|(u, o)| (u.id.asc().nulls_last(), o.id.asc()));
        let rows = older.select(|(u, other)| (u.name, other.name)).all(db).await?;
        assert_eq!(rows, pairs(&[("Ann", ""), ("Bob", "Ann"), ("Cid", ""), ("", "Bob"), ("", "Cid")]));
    }

    async fn inside_other_queries(db: Database) {
        shop(db).await?;
        let lonely = || User::query().full_join(|u| u.posts()).filter(|(u, p)| u.id.is_null().or(p.id.is_null()));
        assert_eq!(User::query().filter(|u| u.id.is_in(lonely().select(|(u, _)| u.id))).select(|u| u.name).all(db).await?, ["Cid"]);
        let counted = lonely().select(|(u, p)| (u.id, p.id)).into_query().count(db).await?;
        assert_eq!(counted, 1);
        let correlated = User::query().filter(|v| lonely().filter(|(u, _)| u.id.eq(v.id)).is_present()).select(|u| u.name);
        assert_eq!(correlated.all(db).await?, ["Cid"]);
        let query = lonely();
        let copies = query.clone().select(|(u, _)| u.id).union_all(query.select(|(_, p)| p.id));
        assert_eq!(copies.count(db).await?, 2);
    }

    async fn of_rows_of_selects(db: Database) {
        shop(db).await?;
        let counts = |published: bool| {
            Post::query().filter(move |p| p.published.eq(published)).group_by(|p| p.author_id).select(|g| (g.key, g.count()))
        };
        let both = || counts(true).into_query().full_join_rows(counts(false), |(a, _), (b, _)| a.eq(b));
        let rows = both().order_by(|((a, _), (b, _))| a.coalesce(b).asc()).select(|((a, m), (b, n))| (a.coalesce(b), m, n));
        assert_eq!(rows.all(db).await?, [(Some(1), Some(2), Some(1)), (Some(2), Some(1), None)]);
        assert_eq!(both().filter(|(_, (b, _))| b.is_null()).all(db).await?, [(Some((2, 1)), None)]);
        // Named rows, joined to themselves, to a table, and in an outer query.
        let posts = counts(true).named("posts");
        let next = posts.query().full_join_rows(&posts, |(a, _), (b, _)| b.eq(a + 1)).order_by(|((a, _), (b, _))| (a.asc().nulls_last(), b.asc()));
        assert_eq!(next.select(|((a, _), (b, _))| (a, b)).all(db).await?, [(Some(1), Some(2)), (Some(2), None), (None, Some(1))]);
        let users = User::query().full_join_rows(&posts, |u, (author, n)| u.id.eq(author).and(n.gt(1)));
        let users = users.order_by(|(u, (n, _))| (u.id.asc().nulls_last(), n.asc())).select(|(u, (author, _))| (u.name, author));
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(users.clone().all(db).await?, [(text("Ann"), Some(1)), (text("Bob"), None), (text("Cid"), None), (None, Some(2))]);
        assert_eq!(users.into_query().filter(|(name, _)| name.is_null()).count(db).await?, 1);
        // Whole rows next to values, on both sides, whose relations can be followed; a list of values.
        let behind = |of: u64| Post::query().filter(move |p| p.author_id.eq(of)).select(|p| (p.id % 2, p));
        let whole = behind(1).into_query().full_join_rows(behind(2), |(_, p), (_, q)| p.title.eq(q.title));
        let whole = whole.order_by(|((_, p), (_, q))| p.id.coalesce(q.id).asc());
        let names = whole.clone().select(|((odd, p), (_, q))| (odd, p.author().name, q.author().name, q.title));
        assert_eq!(names.all(db).await?[2], (None, None, text("Bob"), text("Bob's")));
        assert_eq!(whole.all(db).await?[2].1.as_ref().map(|(_, q)| q.id), Some(3));
        let list = values([(1_u64, "one".to_owned()), (7, "seven".to_owned())]);
        let listed = User::query().full_join_rows(list, |u, (id, _)| u.id.eq(id)).order_by(|(u, (id, _))| u.id.coalesce(id).asc());
        let listed = listed.select(|(u, (_, word))| (u.name, word)).all(db).await?;
        assert_eq!(listed, [(text("Ann"), text("one")), (text("Bob"), None), (text("Cid"), None), (None, text("seven"))]);
    }

    async fn refused_where_it_would_mean_something_else(db: Database) {
        shop(db).await?;
        let derived = Post::query().select(|p| p.author_id).into_query().full_join_on::<User>(|id, u| u.id.eq(id));
        let mut s = db.session();
        let locked = User::query().full_join(|u| u.posts()).for_update();
        assert_eq!(derived.count(&mut s).await?, 5);
        let whole = Post::query().select(|p| (p.id, p)).into_query().full_join_on::<User>(|(_, p), u| p.author_id.eq(u.id));
        let whole = whole.filter(|((_, p), _)| p.id.is_null().or(p.title.eq("More"))).order_by(|(_, u)| u.id.asc());
        let named = whole.clone().select(|((_, p), u)| (p.author().name, u.name));
        assert_eq!(named.all(&mut s).await?, [(Some("Ann".to_owned()), Some("Ann".to_owned())), (None, Some("Cid".to_owned()))]);
        let rows: Vec<(Option<(u64, Post)>, Option<User>)> = whole.all(&mut s).await?;
        assert_eq!((rows[0].0.as_ref().map(|(id, _)| *id), &rows[1].0), (Some(4), &None));
        if db.dialect().full_joins {
            assert_eq!(locked.all(&mut s).await?.len(), 5);
        } else {
            assert!(locked.all(&mut s).await.unwrap_err().is_unsupported());
        }
        s.commit().await?;
        db.create_tables::<crate::types::Dog>().await?;
        let dogs = User::query().full_join_on::<crate::types::Dog>(|u, d| d.size.eq(crate::types::Size::Small).and(u.id.eq(1)));
        let sizes = crate::types::Dog::query().select(|d| d.size).named("sizes");
        let sized = User::query().full_join_rows(&sizes, |u, _| u.id.eq(1));
        let nested = User::query().full_join_rows(sizes.query().into_rows(), |u, _| u.id.eq(1));
        for count in [dogs.count(db).await, sized.count(db).await, nested.count(db).await] {
            match count {
                Ok(count) => assert_eq!(count, 3),
                Err(error) => assert!(error.to_string().contains("which has an ENUM"), "{error}"),
            }
        }
    }
}
