//! Derived tables and common table expressions.

use orm::prelude::*;

use crate::support::models::*;

/// 1 has 2 and 3, 3 has 4; 5 and 6 stand apart.
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

    async fn named_rows_are_written_once(db: Database) {
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

    async fn named_rows_bind_their_values_first(db: Database) {
        shop(db).await?;
        let old = User::query().filter(|u| u.age.gt(40)).select(|u| u.id).named("old");
        let older = old.query().filter(|id| id.lt(9)).select(|id| id).named("older");
        let posts = Post::query().filter(|p| p.id.gt(1)).join_rows(&older, |p, id| p.author_id.eq(id));
        let posts = posts.filter(|(p, _)| p.published.eq(true)).select(|(p, _)| p.title);
        assert_eq!(posts.all(db).await?, ["More"]);
    }

    async fn two_of_one_name_are_told_apart(db: Database) {
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

    async fn a_circle_ends_where_rows_are_taken_once(db: Database) {
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
}
