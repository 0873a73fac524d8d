//! Joins.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn by_relation_gives_pairs(db: Database) {
        let users = shop(db).await?;
        let pairs: Vec<(Post, User)> = Post::query()
            .join(|p| p.author())
            .filter(|(p, a)| p.published.eq(true).and(a.age.ge(18)))
            .order_by(|(p, _)| p.id.asc())
            .all(db)
            .await?;
        let titles: Vec<&str> = pairs.iter().map(|(post, _)| post.title.as_str()).collect();
        assert_eq!(titles, ["Hello", "More"]);
        assert!(pairs.iter().all(|(_, author)| *author == users[0]));
    }

    async fn outer_makes_the_joined_side_optional(db: Database) {
        shop(db).await?;
        let all: Vec<(User, Option<Post>)> =
            User::query().left_join(|u| u.posts()).order_by(|(u, p)| (u.id.asc(), p.id.asc())).all(db).await?;
        let read: Vec<(&str, Option<&str>)> =
            all.iter().map(|(user, post)| (user.name.as_str(), post.as_ref().map(|post| post.title.as_str()))).collect();
        let expected =
            [("Ann", Some("Hello")), ("Ann", Some("Draft")), ("Ann", Some("More")), ("Bob", Some("Bob's")), ("Cid", None)];
        assert_eq!(read, expected);
        let lonely: Vec<(String, Option<String>)> = User::query()
            .left_join(|u| u.posts())
            .filter(|(_, p)| p.id.is_null())
            .select(|(u, p)| (u.name, p.title))
            .all(db)
            .await?;
        assert_eq!(lonely, [("Cid".to_owned(), None)]);
    }

    async fn chain(db: Database) {
        shop(db).await?;
        let rows: Vec<(Comment, Post, Option<User>)> = Comment::query()
            .join(|c| c.post())
            .left_join(|(_, p)| p.reviewer())
            .order_by(|(c, ..)| c.id.asc())
            .all(db)
            .await?;
        let read: Vec<(&str, &str, Option<&str>)> =
            rows.iter().map(|(c, p, u)| (c.text.as_str(), p.title.as_str(), u.as_ref().map(|u| u.name.as_str()))).collect();
        assert_eq!(read, [("one", "Hello", Some("Bob")), ("two", "Hello", Some("Bob")), ("three", "Bob's", Some("Ann"))]);
        let both: Vec<(String, String, String)> = Post::query()
            .join(|p| p.author())
            .join(|(p, _)| p.reviewer())
            .order_by(|(p, ..)| p.id.asc())
            .select(|(p, author, reviewer)| (p.title, author.name, reviewer.name))
            .all(db)
            .await?;
        assert_eq!(both[0], ("Hello".to_owned(), "Ann".to_owned(), "Bob".to_owned()));
        assert_eq!(both.len(), 2);
    }

    async fn on_a_condition(db: Database) {
        shop(db).await?;
        let older: Vec<(String, String)> = User::query()
            .join_on::<User>(|u, other| u.age.gt(other.age))
            .select(|(u, other)| (u.name, other.name))
            .all(db)
            .await?;
        assert_eq!(older, [("Ann".to_owned(), "Bob".to_owned())]);
        let all: Vec<(String, Option<String>)> = User::query()
            .left_join_on::<Post>(|u, p| p.author_id.eq(u.id).and(p.published.eq(false)))
            .order_by(|(u, _)| u.id.asc())
            .select(|(u, p)| (u.name, p.title))
            .all(db)
            .await?;
        assert_eq!(all[0], ("Ann".to_owned(), Some("Draft".to_owned())));
        assert_eq!(all[1], ("Bob".to_owned(), None));
        assert_eq!(User::query().cross_join::<Post>().count(db).await?, 12);
    }

    async fn a_table_with_itself(db: Database) {
        db.create_tables::<Employee>().await?;
        let staff = [(1, "Ada", None), (2, "Bo", Some(1)), (3, "Cy", Some(1)), (4, "Di", Some(2))];
        let staff = staff.map(|(id, name, manager_id)| Employee { id, name: name.into(), manager_id });
        // SQLite checks the foreign key row by row, servers at the end of the statement.
        Employee::insert_all(staff).execute(db).await?;
        let pairs: Vec<(String, Option<String>)> = Employee::query()
            .left_join(|e| e.manager())
            .order_by(|(e, _)| e.id.asc())
            .select(|(e, m)| (e.name, m.name))
            .all(db)
            .await?;
        let expected = [("Ada", None), ("Bo", Some("Ada")), ("Cy", Some("Ada")), ("Di", Some("Bo"))];
        assert_eq!(pairs, expected.map(|(name, manager)| (name.to_owned(), manager.map(str::to_owned))));
        let reports: Vec<(String, String)> = Employee::query()
            .join(|e| e.reports())
            .join(|(_, r)| r.reports())
            .select(|(boss, _, r)| (boss.name, r.name))
            .all(db)
            .await?;
        assert_eq!(reports, [("Ada".to_owned(), "Di".to_owned())]);
    }

    async fn to_one_from_the_other_end(db: Database) {
        let users = shop(db).await?;
        Profile::insert().user(&users[0]).bio("Likes tea").execute(db).await?;
        let bios: Vec<(String, Option<String>)> = User::query()
            .left_join(|u| u.profile())
            .order_by(|(u, _)| u.id.asc())
            .select(|(u, profile)| (u.name, profile.bio))
            .all(db)
            .await?;
        assert_eq!(bios[0], ("Ann".to_owned(), Some("Likes tea".to_owned())));
        assert_eq!(bios[1].1, None);
    }

    async fn with_relations_in_every_clause(db: Database) {
        let users = shop(db).await?;
        Profile::insert().user(&users[0]).bio("Draft").execute(db).await?;
        // Selected through a joined table, and compared through an earlier one, with one join each.
        let rows = Comment::query()
            .join(|c| c.post())
            .join_on::<User>(|(c, p), u| u.id.eq(p.author_id).and(c.post().author_id.eq(u.id)))
            .order_by(|(c, _, u)| (c.post().title.asc(), u.profile().bio.asc(), c.id.asc()))
            .select(|(c, p, u)| (c.post().title, p.reviewer().name, u.profile().bio));
        let text = |text: &str| Some(text.to_owned());
        let expected = [
            ("Bob's".to_owned(), text("Ann"), None),
            ("Hello".to_owned(), text("Bob"), text("Draft")),
            ("Hello".to_owned(), text("Bob"), text("Draft")),
        ];
        assert_eq!(rows.all(db).await?, expected);
        let bio = User::query().join_on::<Post>(|u, p| p.title.eq(u.profile().bio)).select(|(u, p)| (u.profile().bio, p.author().name));
        assert_eq!(bio.all(db).await?, [(text("Draft"), "Ann".to_owned())]);
        let circular = User::query().join_on::<Post>(|u, p| p.author().name.eq(u.name)).count(db).await.unwrap_err();
        assert!(circular.is_invalid_query() && circular.to_string().contains("move the condition to a `filter`"), "{circular}");
    }
}
