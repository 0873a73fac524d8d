//! Derived tables and common table expressions (CTEs).

use orm::prelude::*;
use orm::{Json, window};

use crate::support::models::*;

/// An organization chart: 2 and 3 report to 1, and 4 to 3; 5 and 6 are separate.
async fn company(db: &Database) -> orm::Result<()> {
    db.create_tables::<Employee>().await?;
    let people =
        [(1, "Ada", None), (2, "Ben", Some(1)), (3, "Cy", Some(1)), (4, "Dee", Some(3)), (5, "Eve", None)];
    let people = people.map(|(id, name, manager_id)| Employee { id, name: name.to_owned(), manager_id });
    Employee::insert_all(people).execute(db).await?;
    Ok(())
}

on_every_backend! {
    async fn rows_of_groups_are_filtered_and_joined(db: Database) {
        shop(db).await?;
        let counts = || Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count(), g.max(|p| p.title)));
        let busy = counts().into_query().filter(|(_, posts, _)| posts.gt(1)).select(|(author, ..)| author);
        assert_eq!(busy.all(db).await?, [1]);
        let joined: Vec<(User, (u64, i64, Option<String>))> =
            User::query().join_rows(counts(), |u, (author, ..)| u.id.eq(author)).order_by(|(u, _)| u.id.asc()).all(db).await?;
        let joined: Vec<_> = joined.iter().map(|(u, (_, posts, _))| (u.name.as_str(), *posts)).collect();
        assert_eq!(joined, [("Ann", 3), ("Bob", 1)]);
    }

    async fn the_optional_side_of_an_outer_join_may_be_missing(db: Database) {
        shop(db).await?;
        let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count()));
        let users = User::query().left_join_rows(counts, |u, (author, _)| u.id.eq(author)).order_by(|(u, _)| u.id.asc());
        let rows: Vec<(User, Option<(u64, i64)>)> = users.clone().all(db).await?;
        assert_eq!(rows.into_iter().map(|(_, count)| count).collect::<Vec<_>>(), [Some((1, 3)), Some((2, 1)), None]);
        let none = users.filter(|(_, (_, posts))| posts.is_null()).select(|(u, _)| u.name);
        assert_eq!(none.all(db).await?, ["Cid"]);
    }

    async fn of_whole_rows_lead_on_by_their_relations(db: Database) {
        shop(db).await?;
        let newest = Post::query().order_by(|p| p.id.desc()).limit(2).into_rows();
        let authors = newest.into_query().order_by(|p| p.id.asc()).select(|p| (p.title, p.author().name));
        assert_eq!(authors.all(db).await?, [("Bob's", "Bob"), ("More", "Ann")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    async fn a_limit_inside_a_list(db: Database) {
        shop(db).await?;
        let newest = Post::query().order_by(|p| p.id.desc()).select(|p| p.author_id).limit(1);
        assert_eq!(User::query().filter(|u| u.id.is_in(newest)).select(|u| u.name).all(db).await?, ["Ann"]);
    }

    async fn a_column_from_outside_is_refused(db: Database) {
        shop(db).await?;
        let query = User::query().filter(|u| {
            let own = Post::query().filter(|p| p.author_id.eq(u.id)).select(|p| p.id);
            own.into_query().is_present()
        });
        let error = query.all(db).await.unwrap_err();
        assert!(error.is_invalid_query(), "{error}");
    }

    async fn a_cte_is_written_once(db: Database) {
        shop(db).await?;
        let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).named("counts");
        let most = || counts.query().aggregate(|g| g.max(|(_, posts)| posts)).scalar();
        let busiest = User::query()
            .filter(|u| u.age.gt(1))
            .join_rows(&counts, |u, (author, _)| author.eq(u.id))
            .filter(|(_, (_, posts))| posts.eq(most()))
            .select(|(u, (_, posts))| (u.name, posts));
        assert_eq!(busiest.to_sql(db.dialect())?.sql.matches("GROUP BY").count(), 1);
        assert_eq!(busiest.all(db).await?, [("Ann".to_owned(), 3)]);
    }

    async fn a_cte_binds_its_values_first(db: Database) {
        shop(db).await?;
        let old = User::query().filter(|u| u.age.gt(40)).select(|u| u.id).named("old");
        let older = old.query().filter(|id| id.lt(9)).select(|id| id).named("older");
        let posts = Post::query().filter(|p| p.id.gt(1)).join_rows(&older, |p, id| p.author_id.eq(id));
        let posts = posts.filter(|(p, _)| p.published.eq(true)).select(|(p, _)| p.title);
        assert_eq!(posts.all(db).await?, ["More"]);
    }

    async fn two_ctes_of_one_name_are_distinguished(db: Database) {
        shop(db).await?;
        let named = |id: u64| User::query().filter(move |u| u.id.eq(id)).select(|u| u.name).named("person");
        let (ann, bob) = (named(1), named(2));
        assert_eq!(ann.query().join_rows(&bob, |a, b| a.ne(b)).all(db).await?, [("Ann".to_owned(), "Bob".to_owned())]);
    }

    async fn a_tree_from_its_root(db: Database) {
        company(db).await?;
        let root = Employee::query().filter(|e| e.manager_id.is_null()).select(|e| (e.id, e.name));
        let tree = root.recursive("tree", |tree| {
            Employee::query().join_rows(tree, |e, (id, _)| e.manager_id.eq(id)).select(|(e, _)| (e.id, e.name))
        });
        assert_eq!(tree.query().count(db).await?, 5);
        let below_ada = Employee::query().filter(|e| e.id.eq(1)).into_rows().recursive("below", |below| {
            Employee::query().join_rows(below, |e, up| e.manager_id.eq(up.id)).select(|(e, _)| e)
        });
        let names = below_ada.query().order_by(|e| e.id.asc()).select(|e| e.name);
        assert_eq!(names.all(db).await?, ["Ada", "Ben", "Cy", "Dee"]);
    }

    async fn a_path_grows_beyond_the_text_that_it_begins_with(db: Database) {
        company(db).await?;
        let path = value("/".to_owned()).cast::<String>();
        let roots = Employee::query().filter(|e| e.manager_id.is_null()).select(|e| (e.id, path));
        let paths = roots.recursive("paths", |paths| {
            Employee::query()
                .join_rows(paths, |e, (up, _)| e.manager_id.eq(up))
                .select(|(e, (_, path))| (e.id, path.concat(e.name.repeat(100)).concat("/")))
        });
        let longest = paths.query().aggregate(|g| g.max(|(_, path)| path.char_length())).one(db).await?;
        assert_eq!(longest, Some(503)); // "/Cy…/Dee…/"
    }

    async fn whole_rows_are_joined(db: Database) {
        shop(db).await?;
        let newest = Post::query().order_by(|p| p.id.desc()).limit(1);
        let pairs: Vec<(User, Post)> = User::query().join_rows(newest.clone(), |u, p| u.id.eq(p.author_id)).all(db).await?;
        assert_eq!(pairs[0].1, newest.clone().one(db).await?);
        let optional = User::query().left_join_rows(newest, |u, p| u.id.eq(p.author_id)).filter(|(_, p)| p.id.is_null());
        assert_eq!(optional.count(db).await?, 2);
    }

    async fn a_cycle_ends_with_distinct_recursion(db: Database) {
        company(db).await?;
        Employee::update().set(|e| e.manager_id.to(4)).filter(|e| e.id.eq(1)).execute(db).await?;
        let chain = Employee::query().filter(|e| e.id.eq(4)).select(|e| e.manager_id).recursive_distinct("chain", |chain| {
            Employee::query().join_rows(chain, |e, id| e.id.eq(id)).select(|(e, _)| e.manager_id)
        });
        assert_eq!(chain.query().count(db).await?, 3);
    }

    async fn exact_numbers_stay_numbers(db: Database) {
        #[derive(Model)]
        #[orm(table = "prices")]
        struct Price {
            #[orm(primary_key)]
            id: u32,
            #[orm(precision = (10, 2))]
            amount: Decimal,
        }
        db.create_tables::<Price>().await?;
        Price::insert_all([(1, 9), (2, 10), (3, 100)].map(|(id, amount)| Price { id, amount: amount.into() })).execute(db).await?;
        let doubled = || Price::query().select(|p| p.amount.mul(Decimal::TWO)).into_query();
        assert_eq!(doubled().filter(|d| d.gt(Decimal::from(19))).count(db).await?, 2);
        let sorted = doubled().order_by(|d| d.desc()).all(db).await?;
        assert_eq!(sorted, [200, 20, 18].map(Decimal::from));
        assert_eq!(doubled().aggregate(|g| g.max(|d| d)).one(db).await?, Some(Decimal::from(200)));
    }

    async fn the_first_rows_of_each_group_are_read_whole(db: Database) {
        shop(db).await?;
        let ranked = Post::query().select(|p| {
            (p, window::row_number().over(|w| w.partition_by(p.author_id).order_by(p.id.desc())))
        });
        let newest = ranked.into_query().filter(|(_, rank)| rank.le(2)).order_by(|(p, rank)| (p.author_id.asc(), rank.asc()));
        let rows: Vec<(Post, i64)> = newest.clone().all(db).await?;
        let found: Vec<_> = rows.iter().map(|(p, rank)| (p.title.as_str(), *rank)).collect();
        assert_eq!(found, [("More", 1), ("Draft", 2), ("Bob's", 1)]);
        assert_eq!(rows[0].0, Post::find(4).one(db).await?);
        // Usable like any other rows.
        let posts: Vec<Post> = newest.clone().select(|(p, _)| p).all(db).await?;
        assert_eq!(posts, rows.into_iter().map(|(p, _)| p).collect::<Vec<_>>());
        assert_eq!(newest.clone().count(db).await?, 3);
        assert_eq!(newest.clone().page(2, 2, db).await?.rows[0].0.title, "Bob's");
        assert_eq!(newest.clone().limit(1).optional(db).await?.unwrap().1, 1);
        let mut stream = newest.clone().stream(db);
        assert_eq!(stream.next().await?.unwrap().0.title, "More");
        drop(stream);
        let per_author = newest.group_by(|(p, _)| p.author_id).order_by(|g| g.key.asc()).select(|g| (g.key, g.max(|(p, _)| p.title)));
        assert_eq!(per_author.all(db).await?, [(1, Some("More".to_owned())), (2, Some("Bob's".to_owned()))]);
    }

    async fn of_several_models_lead_on_by_their_relations(db: Database) {
        let users = shop(db).await?;
        let pairs = User::query().join(|u| u.posts()).select(|(u, p)| (u.age.add(1), u, p, p.reviewer()));
        let rows = pairs.into_query().order_by(|(_, _, p, _)| p.id.asc());
        let all: Vec<(Option<i32>, User, Post, Option<User>)> = rows.clone().all(db).await?;
        assert_eq!((all[2].0, &all[2].1, all[2].2.title.as_str(), all[2].3.as_ref()), (Some(18), &users[1], "Bob's", Some(&users[0])));
        assert_eq!(all[1].3, None);
        let names = rows.clone().select(|(_, u, p, r)| (u.name, p.author().name, p.reviewer().name, r.name));
        let names = names.all(db).await?;
        assert_eq!(names[2], ("Bob".to_owned(), "Bob".to_owned(), Some("Ann".to_owned()), Some("Ann".to_owned())));
        assert_eq!(names[1], ("Ann".to_owned(), "Ann".to_owned(), None, None));
        let commented = rows.clone().filter(|(_, u, p, _)| p.comments().any(|c| c.text.eq("three")).and(u.posts().count().eq(1)));
        assert_eq!(commented.select(|(_, _, p, _)| (p.title, p.comments().count())).all(db).await?, [("Bob's".to_owned(), 1)]);
        let comments = rows.clone().join(|(_, _, p, _)| p.comments()).left_join(|((_, u, ..), _)| u.profile());
        let comments = comments.filter(|((.., r), _, b)| r.id.eq(1).and(b.bio.is_null())).select(|((_, u, ..), c, _)| (u, c.text));
        assert_eq!(comments.all(db).await?, [(users[1].clone(), "three".to_owned())]);
        // Correlated with rows of the outer query.
        let own = |author: Column<u64>| Post::query().filter(move |p| p.author_id.eq(author)).is_present();
        assert_eq!(rows.clone().filter(|(_, u, ..)| own(u.id)).count(db).await?, 4);
        // Derived tables of derived tables, and tuples of whole rows.
        let nested = rows.select(|(_, u, p, r)| ((p, p.id), (r, u))).into_query().filter(|((p, id), (r, u))| {
            p.id.eq(id).and(p.author().id.eq(u.id)).and(r.name.ne(u.name))
        });
        let reviewed: Vec<((Post, u64), (Option<User>, User))> = nested.order_by(|((_, id), _)| id.desc()).all(db).await?;
        assert_eq!(reviewed.len(), 2);
        assert_eq!(reviewed[0], ((Post::find(3).one(db).await?, 3), (Some(users[0].clone()), users[1].clone())));
    }

    async fn a_part_that_may_be_missing_loses_no_row(db: Database) {
        shop(db).await?;
        let pairs = || User::query().left_join(|u| u.posts()).filter(|(_, p)| p.published.is_false().or(p.id.is_null()));
        let rows = pairs().select(|(u, p)| (p, u)).into_query().order_by(|(_, u)| u.id.asc());
        let all: Vec<(Option<Post>, User)> = rows.clone().all(db).await?;
        assert_eq!(all.iter().map(|(p, u)| (p.is_some(), u.name.as_str())).collect::<Vec<_>>(), [(true, "Ann"), (false, "Cid")]);
        let authors = rows.clone().select(|(p, u)| (u.name, p.author().name, p.title));
        assert_eq!(authors.all(db).await?, [
            ("Ann".to_owned(), Some("Ann".to_owned()), Some("Draft".to_owned())),
            ("Cid".to_owned(), None, None),
        ]);
        assert_eq!(rows.filter(|(p, _)| p.id.is_null()).select(|(_, u)| u.name).all(db).await?, ["Cid"]);
        let alone = pairs().select(|(_, p)| p).into_query().order_by(|p| p.id.asc()).select(|p| (p, p.author().name));
        let alone: Vec<(Option<Post>, Option<String>)> = alone.all(db).await?;
        assert_eq!((alone[0].clone(), alone[1].1.as_deref()), ((None, None), Some("Ann")));
    }

    async fn whole_rows_and_values_are_joined(db: Database) {
        let users = shop(db).await?;
        let counted = || User::query().join(|u| u.posts()).group_by(|(u, _)| u.id).select(|g| (g.key, g.count()));
        let with_counts = || User::query().join_rows(counted(), |u, (id, _)| u.id.eq(id)).select(|(u, (_, n))| (n, u));
        let posts = Post::query().join_rows(with_counts(), |p, (_, u)| p.author_id.eq(u.id)).order_by(|(p, _)| p.id.asc());
        let rows: Vec<(Post, (i64, User))> = posts.clone().all(db).await?;
        assert_eq!((rows[2].0.title.as_str(), rows[2].1.0, &rows[2].1.1), ("Bob's", 1, &users[1]));
        let reviewed = posts.filter(|(_, (n, u))| n.gt(1).and(u.reviews().any(|r| r.title.eq("Bob's"))));
        assert_eq!(reviewed.count(db).await?, 3);

        let optional = User::query().left_join_rows(with_counts(), |a, (_, u)| a.id.eq(u.id)).order_by(|(a, _)| a.id.asc());
        let rows: Vec<(User, Option<(i64, User)>)> = optional.clone().all(db).await?;
        assert_eq!(rows.iter().map(|(_, row)| row.as_ref().map(|(n, _)| *n)).collect::<Vec<_>>(), [Some(3), Some(1), None]);
        assert_eq!(rows[1].1.as_ref().unwrap().1, users[1]);
        let none = optional.filter(|(_, (n, u))| n.is_null().and(u.id.is_null())).select(|(a, (_, u))| (a.name, u, u.age));
        assert_eq!(none.all(db).await?, [("Cid".to_owned(), None, None)]);

        // The same one under two names, and in an UPDATE.
        let named = with_counts().named("counted");
        let twice = named.query().join_rows(&named, |(n, a), (m, b)| n.gt(m).and(a.id.ne(b.id)));
        let twice: Vec<((i64, User), (i64, User))> = twice.all(db).await?;
        assert_eq!((&twice[0].0.1, &twice[0].1.1), (&users[0], &users[1]));
        let update = Post::update().join_rows(with_counts(), |p, (_, u)| p.author_id.eq(u.id));
        assert_eq!(update.set(|(p, (_, u))| p.body.to(u.email)).filter(|(_, (n, _))| n.eq(1)).execute(db).await?, 1);
        assert_eq!(Post::find(3).one(db).await?.body.as_deref(), Some("bob@example.org"));
        let delete = Post::delete().join_rows(with_counts(), |p, (_, u)| p.author_id.eq(u.id)).filter(|(_, (n, u))| n.eq(1).and(u.name.eq("Bob")));
        assert_eq!(delete.execute(db).await?, 1);
    }

    async fn whole_rows_behind_values_are_as_those_of_a_table(db: Database) {
        let users = shop(db).await?;
        Profile::insert_all([Profile { user_id: 2, bio: "of Bob".to_owned() }]).execute(db).await?;
        let rows = || User::query().left_join(|u| u.posts()).select(|(u, p)| (u.id, u, p)).into_query();
        // Columns by name, to-one relations, joins and counts.
        let by_age = User::column_named("age").unwrap();
        let sorted = rows().order_by(|(_, u, p)| (by_age.of(u).desc(), p.id.desc())).select(|(_, u, p)| (u.name, p.title));
        assert_eq!(sorted.limit(1).all(db).await?, [("Ann".to_owned(), Some("More".to_owned()))]);
        let bios = rows().filter(|(id, u, _)| u.profile().bio.is_not_null().and(id.eq(u.id))).select(|(_, u, _)| (u, u.profile()));
        let bob = Profile { user_id: 2, bio: "of Bob".to_owned() };
        assert_eq!(bios.all(db).await?, [(users[1].clone(), Some(bob.clone()))]);
        let joined = rows().join(|(_, u, _)| u.profile()).left_join(|((.., p), _)| p.comments());
        let joined: Vec<((u64, User, Option<Post>), Profile, Option<Comment>)> = joined.all(db).await?;
        assert_eq!((joined.len(), joined[0].0.0, &joined[0].1), (1, 2, &bob));
        assert_eq!(joined[0].2.as_ref().map(|c| c.text.as_str()), Some("three"));
        // In groups, other rows, other conditions and other tables.
        let per_user = rows().group_by(|(_, u, _)| u.name).order_by(|g| g.key.asc()).select(|g| (g.key, g.count_of(|(.., p)| p.id)));
        assert_eq!(per_user.all(db).await?, [("Ann".to_owned(), 3), ("Bob".to_owned(), 1), ("Cid".to_owned(), 0)]);
        let silent = User::query().filter(|u| u.id.is_in(rows().filter(|(.., p)| p.id.is_null()).select(|(_, u, _)| u.id)));
        assert_eq!(silent.select(|u| u.name).all(db).await?, ["Cid"]);
        let copies = Comment::insert_from(rows().filter(|(.., p)| p.title.eq("More")), |(_, u, p)| {
            Comment::insert().post_id(p.id.coalesce(0)).text(u.name)
        });
        assert_eq!(copies.execute(db).await?, 1);
        assert_eq!(Comment::query().filter(|c| c.post_id.eq(4)).one(db).await?.text, "Ann");
    }

    async fn a_join_condition_names_parts_and_not_what_they_lead_to(db: Database) {
        shop(db).await?;
        let pairs = || Post::query().select(|p| (p.id, p));
        let error = User::query().join_rows(pairs(), |u, (_, p)| p.author().id.eq(u.id)).all(db).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("the condition of a join uses a relation"), "{error}");
        let pairs = pairs().into_query().join_on::<User>(|(_, p), u| p.author().name.eq(u.name).and(p.title.eq("Bob's")));
        assert_eq!(pairs.select(|(_, u)| u.name).all(db).await?, ["Bob"]);
    }

    async fn rows_given_once_are_ordered_by_what_is_selected(db: Database) {
        shop(db).await?;
        let rows = || User::query().select(|u| (u, u.age.add(1))).into_query().distinct().order_by(|(_, next)| next.asc());
        let error = rows().select(|(u, _)| u).all(db).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("does not select"), "{error}");
        assert_eq!(rows().select(|(u, next)| (u, next)).all(db).await?.len(), 3);
    }

    async fn a_tree_of_whole_rows_with_their_depth(db: Database) {
        company(db).await?;
        let roots = Employee::query().filter(|e| e.manager_id.is_null()).select(|e| (e, value(0)));
        let tree = roots.recursive("tree", |tree| {
            Employee::query().join_rows(tree, |e, (up, _)| e.manager_id.eq(up.id)).select(|(e, (_, depth))| (e, depth.add(1)))
        });
        let rows = tree.query().order_by(|(e, depth)| (depth.desc(), e.id.asc()));
        let rows = rows.filter(|(_, depth)| depth.gt(0)).select(|(e, depth)| (e, depth, e.manager().name)).all(db).await?;
        let rows: Vec<_> = rows.iter().map(|(e, depth, manager)| (e.name.as_str(), *depth, manager.as_deref())).collect();
        assert_eq!(rows, [("Dee", 2, Some("Cy")), ("Ben", 1, Some("Ada")), ("Cy", 1, Some("Ada"))]);
    }

    async fn sets_of_whole_rows_and_values(db: Database) {
        let users = shop(db).await?;
        let marked = |id: u64, mark: &str| { let mark = mark.to_owned(); User::query().filter(move |u| u.id.eq(id)).select(move |u| (value(mark), u)) };
        let both = marked(1, "a").union_all(marked(2, "b")).into_query().filter(|(mark, u)| mark.eq("b").and(u.posts().count().eq(1)));
        assert_eq!(both.all(db).await?, [("b".to_owned(), users[1].clone())]);
    }

    async fn columns_of_every_kind_stand_in_a_row(db: Database) {
        db.create_tables::<Item>().await?;
        let size = Size { width: 3, label: Some("wide".to_owned()) };
        let item = Item { size: size.clone(), id: 1, name: "Ann".to_owned(), long: 0, tags: vec!["x".to_owned()], state: State::Sold, price: Decimal::new(105, 1), box_size: Size { width: 9, label: None } };
        Item::insert_all([item]).execute(db).await?;
        let item = Item::find(1).one(db).await?;
        assert_eq!(item.long, 3);
        let rows = Item::query().select(|i| (i.id, i, i.box_size, i)).into_query();
        assert_eq!(rows.clone().one(db).await?, (1, item.clone(), item.box_size.clone(), item.clone()));
        let found = rows.clone().filter(|(_, i, size, again)| {
            let own = i.name.eq("Ann").and(i.long.eq(3)).and(i.state.eq(State::Sold)).and(i.price.gt(Decimal::from(9)));
            own.and(i.size.label.eq("wide")).and(size.width.eq(9)).and(again.box_size.width.eq(size.width)).and(size.label.is_null())
        });
        assert_eq!(found.select(|(_, i, size, _)| (size, i.tags, i.size)).one(db).await?, (item.box_size.clone(), Json(item.tags.clone()), size.clone()));
        let tag = rows.clone().select(|(_, _, _, i)| i.tags.at(0).text()).one(db).await?;
        assert_eq!(tag.as_deref(), Some("x"));
        let sizes = Item::query().select(|i| i.size);
        assert_eq!(sizes.clone().into_query().filter(|s| s.width.eq(3)).one(db).await?, size);
        let joined = Item::query().left_join_rows(sizes, |i, s| i.id.eq(1).and(s.width.eq(4)));
        assert_eq!(joined.one(db).await?, (item, None));
    }

    async fn named_like_tables(db: Database) {
        shop(db).await?;
        let posts = Post::query().filter(|p| p.published.is_true()).select(|p| (p.id, p.author_id)).named("posts");
        assert_eq!(posts.query().count(db).await?, 3);
        assert_eq!(Post::query().join_rows(&posts, |p, (id, _)| p.id.eq(id)).count(db).await?, 3);
        assert_eq!(posts.query().join_on::<Post>(|(_, author), p| p.author_id.eq(author)).count(db).await?, 7);
        assert_eq!(posts.query().cross_join::<Post>().count(db).await?, 12);
        let users = Post::query().select(|p| (p.author_id, p.author().name)).named("USERS");
        assert_eq!(User::query().join_rows(&users, |u, (id, _)| u.id.eq(id)).filter(|(u, _)| u.name.eq("Ann")).count(db).await?, 3);
        let chain = Post::query().filter(|p| p.id.eq(1)).select(|p| p.id).recursive("posts", |next| {
            Post::query().join_rows(next, |p, id| p.id.eq(id + 1)).select(|(p, _)| p.id)
        });
        assert_eq!(chain.query().count(db).await?, 4);
        let of_bob = posts.query().filter(|(_, author)| author.eq(2)).select(|(id, _)| id);
        assert_eq!(Comment::delete().filter(|c| c.post_id.is_in(of_bob)).execute(db).await?, 1);
        // Tables read before the place where the rows get their name: in a selected value, and in a preceding table.
        let ids = User::query().filter(|u| u.id.eq(1)).select(|u| u.id).named("posts");
        let counts = ids.query().select(|id| (id, Post::query().aggregate(|g| g.count()).scalar()));
        assert_eq!(counts.all(db).await?, [(1, Some(4))]);
        let rows = Post::query().select(|p| p.id).limit(9).into_query().join_rows(&ids, |post, id| post.ge(id));
        assert_eq!(rows.count(db).await?, 4);
        let both = Post::query().select(|p| p.id).union_all(ids.query().select(|id| id));
        assert_eq!(both.all(db).await?.len(), 5);
        // It would hide a table that comes later.
        let comments = Post::query().select(|p| p.id).named("comments");
        let commented = comments.query().filter(|id| Comment::query().filter(|c| c.post_id.eq(id)).is_present());
        let error = commented.count(db).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("has the name of the table of `Comment`"), "{error}");
    }
}

#[derive(Embed, Debug, Clone, PartialEq)]
pub struct Size {
    pub width: i32,
    pub label: Option<String>,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
pub enum State {
    New,
    Sold,
}

/// Renamed, generated, JSON, enum and embedded columns.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "items")]
struct Item {
    #[orm(embed)]
    size: Size,
    #[orm(primary_key)]
    id: u64,
    #[orm(column = "title", length = 40)]
    name: String,
    #[orm(generated = "length(title)")]
    long: i64,
    #[orm(json)]
    tags: Vec<String>,
    state: State,
    #[orm(precision = (10, 2))]
    price: Decimal,
    #[orm(embed)]
    box_size: Size,
}
