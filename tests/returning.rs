//! Rows returned by updates, deletes and upserts.

use orm::prelude::*;

use crate::find::Order;
use crate::support::models::*;
use crate::upsert::Stock;

on_every_backend! {
    async fn of_an_update_are_as_stored(db: Database) {
        let users = shop(db).await?;
        let update = User::update().set(|u| u.age.to(u.age.add(1))).filter(|u| u.age.is_not_null());
        let mut rows = update.clone().returning(db).await?;
        rows.sort_by_key(|user| user.id);
        assert_eq!(rows, User::query().filter(|u| u.id.le(2)).order_by(|u| u.id.asc()).all(db).await?);
        assert_eq!((rows[0].age, rows[0].version, rows[0].created_at), (Some(42), users[0].version + 1, users[0].created_at));
        assert_eq!(User::update().set(|u| u.age.to(1)).filter(|u| u.id.eq(99)).returning(db).await?, []);
        // The rows no longer match the condition.
        let drafts = Post::update().set(|p| p.published.to(true)).filter(|p| p.published.is_false()).returning(db).await?;
        assert_eq!((drafts.len(), drafts[0].title.as_str(), drafts[0].published), (1, "Draft", true));
    }

    async fn of_a_delete_are_as_they_were(db: Database) {
        shop(db).await?;
        let before = Post::query().filter(|p| p.published.is_true()).order_by(|p| p.id.asc()).all(db).await?;
        let mut rows = Post::delete().filter(|p| p.published.is_true()).returning(db).await?;
        rows.sort_by_key(|post| post.id);
        assert_eq!(rows, before);
        assert_eq!(Post::query().count(db).await?, 1);
        assert_eq!(Post::delete().filter(|p| p.published.is_true()).returning(db).await?, []);
    }

    async fn of_a_change_by_key_are_one(db: Database) {
        shop(db).await?;
        let anna: User = User::update_by(1).set(|u| u.name.to("Anna")).returning_one(db).await?;
        assert_eq!((anna.name.as_str(), anna.version), ("Anna", 2));
        let update = |id| User::update_by(id).set(|u| u.age.to(1));
        let error = update(99).returning_one(db).await.unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::NotFound, "no row of `User` matches"));
        assert!(update(1).version(1).returning_one(db).await.unwrap_err().is_stale());
        assert_eq!(update(1).version(2).returning_one(db).await?.age, Some(1));
        assert_eq!(Post::delete_by(1).returning_one(db).await?.title, "Hello");
        assert!(Post::delete_by(1).returning_one(db).await.unwrap_err().is_not_found());
    }

    async fn of_changes_with_joins_are_given_once(db: Database) {
        shop(db).await?;
        let update = Post::update().join(|p| p.comments()).set(|(p, _)| p.title.to(p.title.concat("!"))).filter(|(p, _)| p.id.eq(1));
        let rows = update.returning(db).await?;
        assert_eq!((rows.len(), rows[0].title.as_str()), (1, "Hello!"));
        let update = Post::update().join(|p| p.author()).set(|(p, a)| p.title.to(a.name)).filter(|(p, a)| a.age.ge(18).and(p.published.is_false()));
        let rows = update.returning(db).await?;
        assert_eq!((rows.len(), rows[0].title.as_str()), (1, "Ann"));
        let rows = Post::delete().join(|p| p.comments()).all_rows().returning(db).await?;
        assert_eq!(rows.len(), 2);
        let rows = Post::delete().filter(|p| p.author().name.eq("Ann")).returning(db).await?;
        assert_eq!((rows.len(), Post::query().count(db).await?), (2, 0));
    }

    async fn of_the_next_job_in_a_queue(db: Database) {
        shop(db).await?;
        let next = Post::update().set(|p| p.published.to(true)).filter(|p| p.published.is_false()).order_by(|p| p.id.asc()).limit(1);
        assert_eq!(next.clone().returning(db).await?.len(), 1);
        assert_eq!(next.returning(db).await?, []);
        let last = Post::delete().all_rows().order_by(|p| p.id.desc()).limit(1).returning(db).await?;
        assert_eq!((last.len(), last[0].title.as_str()), (1, "More"));
    }

    async fn by_a_key_of_two_columns(db: Database) {
        db.create_tables::<Order>().await?;
        Order::insert_all([order("eu", 1), order("eu", 2), order("us", 1)]).execute(db).await?;
        let rows = Order::update().set(|o| o.total.to(Decimal::TWO)).filter(|o| o.number.eq(1)).returning(db).await?;
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.total == Decimal::TWO && row.number == 1), "{rows:?}");
        let rows = Order::delete().filter(|o| o.region.eq("eu")).returning(db).await?;
        assert_eq!((rows.len(), Order::query().count(db).await?), (2, 1));
    }

    async fn of_more_keys_of_two_columns_than_a_statement_binds(db: Database) {
        db.create_tables::<Order>().await?;
        Order::insert_all((0..40_000).map(|number| order("eu", number))).execute(db).await?;
        let rows = Order::update().set(|o| o.total.to(Decimal::TWO)).filter(|o| o.number.ge(1)).returning(db).await?;
        assert_eq!(rows.len(), 39_999);
        assert!(rows.iter().all(|row| row.total == Decimal::TWO));
        assert_eq!(Order::query().filter(|o| o.total.eq(Decimal::TWO)).count(db).await?, 39_999);
    }

    async fn in_a_transaction_are_undone_with_it(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        assert_eq!(Post::delete().all_rows().returning(&mut s).await?.len(), 4);
        assert_eq!(User::update().set(|u| u.name.to("x")).all_rows().returning(&mut s).await?.len(), 3);
        s.rollback().await?;
        assert_eq!((Post::query().count(db).await?, User::query().filter(|u| u.name.eq("x")).count(db).await?), (4, 0));
    }

    async fn of_a_new_primary_key(db: Database) {
        shop(db).await?;
        let update = Post::update().set(|p| p.id.to(p.id.add(100))).filter(|p| p.id.eq(2));
        match update.returning(db).await {
            Ok(rows) => assert_eq!(rows[0].id, 102),
            Err(error) => {
                assert!(error.is_unsupported() && error.to_string().contains("primary key"), "{error}");
                assert!(Post::find(2).exists(db).await?);
            }
        }
    }

    async fn of_an_upsert_are_all_of_them_in_order(db: Database) {
        let users = shop(db).await?;
        let rows = || [("zoe@example.org", "Zoe"), ("ann@example.org", "Anna")].map(|(email, name)| User::insert().email(email).name(name));
        let upsert = User::insert_all(rows()).on_conflict(|u| u.email).update(|u, new| u.name.to(new.name));
        let stored = upsert.returning(db).await?;
        assert_eq!(stored.iter().map(|u| u.name.as_str()).collect::<Vec<_>>(), ["Zoe", "Anna"]);
        assert_eq!((stored[1].id, stored[1].age, stored[1].version), (users[0].id, Some(41), 2));
        let kept = User::insert_all(rows()).on_conflict(|u| u.email).ignore().returning(db).await?;
        assert_eq!(kept, stored);
        let never = User::insert_all(rows()).on_conflict(|u| u.email).update(|u, _| u.name.to("x")).filter(|u, _| u.age.gt(99));
        assert_eq!(never.returning(db).await?, stored);
        let upsert = Stock::insert_all(Vec::<Stock>::new()).on_conflict(|s| (s.shop, s.item)).ignore();
        assert_eq!(upsert.returning(db).await?, []);
    }

    async fn of_an_upsert_are_as_stored_in_the_end(db: Database) {
        shop(db).await?;
        let rows = || [("zoe@example.org", 1), ("ann@example.org", 2), ("zoe@example.org", 3)].map(|(email, age)| User::insert().email(email).name("X").age(age));
        let upsert = User::insert_all(rows()).on_conflict(|u| u.email).update(|u, new| u.age.to(new.age));
        let stored = upsert.returning(db).await?;
        assert_eq!(stored.iter().map(|user| user.age).collect::<Vec<_>>(), [Some(3), Some(2), Some(3)]);
        assert_eq!(stored[0], User::query().filter(|u| u.email.eq("zoe@example.org")).one(db).await?);
        let upsert = User::insert_all(rows()).on_conflict(|u| u.email).update(|u, new| u.age.to(new.age)).filter(|u, new| new.age.lt(u.age));
        let ages: Vec<Option<i32>> = upsert.returning(db).await?.iter().map(|user| user.age).collect();
        assert_eq!(ages, [Some(1), Some(2), Some(1)]);
    }

    async fn of_an_upsert_that_changes_its_key(db: Database) {
        shop(db).await?;
        let ann = User::insert_all([User::insert().email("ann@example.org").name("Ann")]).on_conflict(|u| u.email);
        match ann.update(|u, _| u.email.to("anna@example.org")).returning(db).await {
            Ok(rows) => assert_eq!(rows[0].email, "anna@example.org"),
            Err(error) => {
                assert_eq!(db.dialect().name, "MySQL");
                assert!(error.is_not_found() && error.to_string().contains("because the update changes that key"), "{error}");
                assert_eq!(User::find(1).one(db).await?.email, "ann@example.org"); // it was undone
            }
        }
    }

    async fn of_an_upsert_of_unknown_keys(db: Database) {
        shop(db).await?;
        let upsert = Post::insert_all([Post::insert().author_id(1).title("x")]).on_conflict(|p| p.id).ignore();
        match upsert.returning(db).await {
            Ok(rows) => assert_eq!((db.dialect().name, rows[0].id), ("MariaDB", 5)),
            Err(error) => {
                assert!(error.is_unsupported() && error.to_string().contains("not every row has a value for `id`"), "{error}");
                assert_eq!(Post::query().count(db).await?, 4);
            }
        }
    }
}

fn order(region: &str, number: u32) -> Order {
    Order { region: region.into(), number, total: Decimal::ONE }
}
