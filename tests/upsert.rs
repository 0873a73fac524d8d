//! Upserts: inserts that update or ignore existing rows.

use orm::prelude::*;

use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "stock", unique(shop, item))]
pub struct Stock {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub shop: u32,
    pub item: u32,
    pub amount: i32,
    #[orm(version)]
    pub version: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "offers")]
pub struct Offer {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(precision = (12, 2))]
    pub price: Decimal,
    #[orm(precision = (12, 2))]
    pub best: Decimal,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "names")]
pub struct Name {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(length = 20, collation = "NOCASE")]
    pub name: String,
}

/// The first characters of its paths differ.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "paths", unique(path(6)))]
pub struct Path {
    #[orm(primary_key)]
    pub id: u64,
    pub path: String,
}

fn stock(rows: &[(u32, u32, i32)]) -> Vec<impl orm::IntoRow<Stock> + use<>> {
    rows.iter().map(|&(shop, item, amount)| Stock::insert().shop(shop).item(item).amount(amount)).collect()
}

on_every_backend! {
    async fn update_what_is_there(db: Database) {
        let users = shop(db).await?;
        let rows = [("ann@example.org", "Anna", 1), ("dee@example.org", "Dee", 2)];
        let rows = rows.map(|(email, name, age)| User::insert().email(email).name(name).age(age));
        let upsert = User::insert_all(rows).on_conflict(|u| u.email).update(|u, new| (u.name.to(new.name), u.age.to(u.age.add(new.age))));
        assert_eq!(upsert.execute(db).await?, 2);
        let people = User::query().order_by(|u| u.id.asc()).all(db).await?;
        assert_eq!(people.len(), 4);
        assert_eq!((people[0].name.as_str(), people[0].age, people[0].version), ("Anna", Some(42), users[0].version + 1));
        assert_eq!((people[3].name.as_str(), people[3].age, people[3].version), ("Dee", Some(2), 1));
        assert_eq!(people[0].id, users[0].id);
    }

    async fn by_a_key_of_two_columns(db: Database) {
        db.create_tables::<Stock>().await?;
        let add = |rows| Stock::insert_all(stock(rows)).on_conflict(|s| (s.item, s.shop)).update(|s, new| s.amount.to(s.amount.add(new.amount)));
        assert_eq!(add(&[(1, 1, 5), (1, 2, 6)]).execute(db).await?, 2);
        assert_eq!(add(&[(1, 1, 1), (2, 1, 7), (1, 1, 1)]).execute(db).await?, 3);
        let rows = Stock::query().order_by(|s| (s.shop.asc(), s.item.asc())).select(|s| (s.shop, s.item, s.amount, s.version));
        assert_eq!(rows.all(db).await?, [(1, 1, 7, 3), (1, 2, 6, 1), (2, 1, 7, 1)]);
    }

    async fn ignore_existing_rows_and_no_other_errors(db: Database) {
        db.create_tables::<Stock>().await?;
        Stock::insert_all(stock(&[(1, 1, 5)])).execute(db).await?;
        Stock::insert_all(stock(&[(1, 1, 9), (1, 2, 6)])).on_conflict(|s| (s.shop, s.item)).ignore().execute(db).await?;
        let amounts = Stock::query().order_by(|s| s.item.asc()).select(|s| (s.amount, s.version));
        assert_eq!(amounts.all(db).await?, [(5, 1), (6, 1)]);
        shop(db).await?;
        let orphan = Post::insert_all([Post::insert().author_id(99).title("x")]).on_conflict(|p| p.id).ignore();
        assert!(orphan.execute(db).await.unwrap_err().is_foreign_key_violation());
        let long = User::insert_all([User::insert().email("x".repeat(200)).name("X")]).on_conflict(|u| u.email).ignore();
        assert!(long.execute(db).await.is_err());
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn of_what_is_no_key_are_refused(db: Database) {
        db.create_tables::<Stock>().await?;
        let wrong = Stock::insert_all(stock(&[(1, 1, 5)])).on_conflict(|s| s.shop).ignore().execute(db).await.unwrap_err();
        assert!(wrong.is_invalid_query());
        assert_eq!(
            wrong.to_string(),
            "`shop` is not a unique key of `Stock`, so rows cannot conflict on it; its keys are `id`, \
             `(shop, item)`"
        );
    }

    async fn that_may_collide_on_another_key_are_refused_where_none_can_be_named(db: Database) {
        db.create_tables::<Stock>().await?;
        let whole = Stock { id: 7, shop: 1, item: 1, amount: 5, version: 1 };
        let upsert = Stock::insert_all([whole]).on_conflict(|s| s.id).update(|s, new| s.amount.to(new.amount));
        if db.dialect().name == "SQLite" {
            assert_eq!(upsert.execute(db).await?, 1);
        } else {
            let error = upsert.execute(db).await.unwrap_err();
            assert!(error.is_unsupported() && error.to_string().contains("may also conflict on `(shop, item)`"), "{error}");
            assert_eq!(Stock::query().count(db).await?, 0);
        }
    }

    async fn that_may_collide_on_a_prefix_are_refused_where_none_can_be_named(db: Database) {
        if db.dialect().name == "SQLite" {
            return Ok(()); // has no keys of prefixes
        }
        db.create_tables::<Path>().await?;
        Path::insert_all([Path { id: 1, path: "/home/ann".into() }]).execute(db).await?;
        let upsert = Path::insert_all([Path { id: 2, path: "/home/bob".into() }]).on_conflict(|p| p.id).update(|p, new| p.path.to(new.path));
        let error = upsert.execute(db).await.unwrap_err();
        assert!(error.is_unsupported() && error.to_string().contains("may also conflict on `path`"), "{error}");
        assert_eq!(Path::find(1).one(db).await?.path, "/home/ann");
        if db.dialect().name == "MySQL" {
            use crate::ddl::Member;
            db.create_tables::<Member>().await?;
            Member::insert_all([Member { id: 1, email: "ann@example.org".into() }]).execute(db).await?;
            let upsert = Member::insert_all([Member { id: 2, email: "ANN@example.org".into() }]).on_conflict(|m| m.id).update(|m, new| m.email.to(new.email));
            let error = upsert.execute(db).await.unwrap_err();
            assert!(error.is_unsupported() && error.to_string().contains("may also conflict on `members_email`"), "{error}");
        }
    }

    async fn of_no_rows_and_of_many(db: Database) {
        db.create_tables::<Stock>().await?;
        let upsert = |rows: Vec<(u32, u32, i32)>| Stock::insert_all(stock(&rows)).on_conflict(|s| (s.shop, s.item)).update(|s, new| s.amount.to(new.amount));
        assert_eq!(upsert(Vec::new()).execute(db).await?, 0);
        assert_eq!(upsert((0..6_000).map(|n| (n, 1, 1)).collect()).execute(db).await?, 6_000);
        assert_eq!(upsert((0..6_000).map(|n| (n, 1, 2)).collect()).execute(db).await?, 6_000);
        assert_eq!(Stock::query().filter(|s| s.amount.eq(2)).count(db).await?, 6_000);
    }

    async fn update_under_a_condition(db: Database) {
        db.create_tables::<Stock>().await?;
        Stock::insert_all(stock(&[(1, 1, 5), (1, 2, 6)])).execute(db).await?;
        let rows = || Stock::insert_all(stock(&[(1, 1, 9), (1, 2, 1), (1, 3, 3)])).on_conflict(|s| (s.shop, s.item));
        let all = || Stock::query().order_by(|s| s.item.asc()).select(|s| (s.item, s.amount, s.version));
        rows().update(|s, new| s.amount.to(new.amount)).filter(|s, new| new.amount.gt(s.amount)).execute(db).await?;
        assert_eq!(all().all(db).await?, [(1, 9, 2), (2, 6, 1), (3, 3, 1)]);
        // The version is set as well, and the condition reads it.
        let old = rows().update(|s, new| s.amount.to(s.amount.add(new.amount))).filter(|s, _| s.version.eq(1)).filter(|s, _| s.item.ne(3));
        old.execute(db).await?;
        assert_eq!(all().all(db).await?, [(1, 9, 2), (2, 7, 2), (3, 3, 1)]);
    }

    async fn compare_new_values_as_those_of_their_columns(db: Database) {
        db.create_tables::<Offer>().await?;
        let offer = |price: &str, best: &str| Offer { id: 1, price: price.parse().unwrap(), best: best.parse().unwrap() };
        Offer::insert_all([offer("1", "9.5")]).execute(db).await?;
        let upsert = Offer::insert_all([offer("10.25", "9.75")])
            .on_conflict(|o| o.id)
            .update(|o, new| (o.price.to(new.price), o.best.to(new.best.greatest(new.price))));
        upsert.filter(|o, new| new.price.gt(Decimal::from(9)).and(new.price.gt(new.best)).and(new.price.gt(o.best))).execute(db).await?;
        let stored = Offer::find(1).one(db).await?;
        assert_eq!((stored.price, stored.best), ("10.25".parse().unwrap(), "10.25".parse().unwrap()));
    }

    async fn compute_from_named_rows(db: Database) {
        shop(db).await?;
        let ages = || User::query().select(|u| u.age).named("ages").query();
        let ann = || User::insert_all([User::insert().email("ann@example.org").name("Ann").age(1)]).on_conflict(|u| u.email);
        let youngest = || ages().aggregate(|g| g.min(|age| age)).scalar();
        assert_eq!(ann().update(|u, _| u.age.to(youngest().add(1))).execute(db).await?, 1);
        assert_eq!(User::find(1).one(db).await?.age, Some(18));
        let if_older = || ann().update(|u, new| u.age.to(new.age)).filter(|u, _| ages().filter(move |age| age.gt(u.age)).is_present());
        if_older().execute(db).await?;
        assert_eq!(User::find(1).one(db).await?.age, Some(18));
        User::update().set(|u| u.age.to(60)).filter(|u| u.id.eq(2)).execute(db).await?;
        if_older().execute(db).await?;
        assert_eq!(User::find(1).one(db).await?.age, Some(1));
        let again = User::insert_from(ages().filter(|age| age.eq(60)), |_| User::insert().email("ann@example.org").name("Ann"));
        again.on_conflict(|u| u.email).update(|u, _| u.age.to(youngest())).execute(db).await?;
        assert_eq!(User::find(1).one(db).await?.age, Some(1));
    }

    async fn compute_from_subqueries_with_the_new_values(db: Database) {
        shop(db).await?;
        let ann = User::insert_all([User::insert().email("ann@example.org").name("Bob").age(30)]).on_conflict(|u| u.email);
        let update = ann.update(|u, new| {
            let older = User::query().filter(|other| other.age.lt(new.age)).aggregate(|g| g.count()).scalar();
            (u.name.to(new.name.concat(older.cast::<String>().coalesce(""))), u.age.to(new.age.add(u.age)))
        });
        let update = update.filter(|_, new| User::query().filter(|other| other.name.eq(new.name)).is_present());
        update.execute(db).await?;
        assert_eq!(User::find(1).select(|u| (u.name, u.age)).one(db).await?, ("Bob1".to_owned(), Some(71)));
    }

    async fn cannot_use_relations(db: Database) {
        shop(db).await?;
        let post = Post::insert().author_id(1).title("x");
        let upsert = Post::insert_all([post]).on_conflict(|p| p.id).update(|p, _| p.title.to(p.author().name));
        assert_eq!(
            upsert.to_sql(db.dialect()).unwrap_err().to_string(),
            "an upsert of `Post` cannot use its relation `author`; write a subquery instead, as in \
             `User::query().filter(..).aggregate(..).scalar()`"
        );
    }

    async fn compute_from_the_row_as_it_was(db: Database) {
        shop(db).await?;
        let ann = User::insert_all([User::insert().email("ann@example.org").name("Anna").age(50)]).on_conflict(|u| u.email);
        ann.update(|u, new| (u.age.to(new.age), u.name.to(u.age.cast::<String>().coalesce("none")))).execute(db).await?;
        let found = User::find(1).one(db).await?;
        assert_eq!((found.name.as_str(), found.age), ("41", Some(50)));
        let circle = User::insert_all([User::insert().email("ann@example.org").name("Anna")]).on_conflict(|u| u.email);
        let circle = circle.update(|u, _| (u.email.to(u.name), u.name.to(u.email)));
        if db.dialect().name == "SQLite" {
            assert_eq!(circle.execute(db).await?, 1);
            assert_eq!(User::find(1).one(db).await?.name, "ann@example.org");
        } else {
            let error = circle.execute(db).await.unwrap_err();
            assert!(error.is_unsupported() && error.to_string().contains("in a cycle"), "{error}");
        }
    }
}

on_sqlite! {
    async fn compare_new_texts_by_their_collation(db: Database) {
        db.create_tables::<Name>().await?;
        Name::insert_all([Name { id: 1, name: "Ann".to_owned() }]).execute(db).await?;
        let upsert = Name::insert_all([Name { id: 1, name: "ANNA".to_owned() }])
            .on_conflict(|n| n.id)
            .update(|n, new| n.name.to(new.name));
        upsert.filter(|_, new| new.name.eq("anna")).execute(db).await?;
        assert_eq!(Name::find(1).one(db).await?.name, "ANNA");
    }
}
