//! INSERT … SELECT.

use orm::prelude::*;

use crate::support::models::*;
use crate::upsert::Stock;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "digests")]
pub struct Digest {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub title: String,
    pub posts: Option<i64>,
    #[orm(default = now)]
    pub made_at: DateTime<Utc>,
    #[orm(server_default = "7")]
    pub rank: i32,
    #[orm(precision = (6, 2), default = Decimal::ONE)]
    pub weight: Decimal,
    #[orm(version)]
    pub version: u32,
}

on_every_backend! {
    async fn of_a_table(db: Database) {
        shop(db).await?;
        db.create_tables::<Digest>().await?;
        let users = User::query().filter(|u| u.age.is_not_null()).order_by(|u| u.id.asc());
        let insert = Digest::insert_from(users, |u| Digest::insert().title(u.name.lower()).posts(u.posts().count()));
        assert_eq!(insert.execute(db).await?, 2);
        let digests = Digest::query().order_by(|d| d.id.asc()).all(db).await?;
        let rows: Vec<_> = digests.iter().map(|d| (d.title.as_str(), d.posts, d.rank, d.weight, d.version)).collect();
        assert_eq!(rows, [("ann", Some(3), 7, Decimal::ONE, 1), ("bob", Some(1), 7, Decimal::ONE, 1)]);
        let now = Utc::now();
        assert!(digests.iter().all(|d| (now - d.made_at).num_seconds().abs() < 60), "{digests:?}");
    }

    async fn of_a_join_a_derived_table_and_named_rows(db: Database) {
        shop(db).await?;
        db.create_tables::<Digest>().await?;
        let pairs = Post::query().join(|p| p.author()).filter(|(_, a)| a.name.eq("Bob"));
        assert_eq!(Digest::insert_from(pairs, |(p, a)| Digest::insert().title(p.title.concat(a.name))).execute(db).await?, 1);
        let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count()));
        let grouped = counts.clone().into_query();
        assert_eq!(Digest::insert_from(grouped, |(id, n)| Digest::insert().title(id.cast::<String>()).posts(n)).execute(db).await?, 2);
        let counts = counts.named("counts");
        let named = User::query().join_rows(&counts, |u, (id, _)| u.id.eq(id)).filter(|(_, (_, n))| n.gt(1));
        assert_eq!(Digest::insert_from(named, |(u, (_, n))| Digest::insert().title(u.name).posts(n)).execute(db).await?, 1);
        let rows = Digest::query().order_by(|d| d.title.asc()).select(|d| (d.title, d.posts)).all(db).await?;
        let rows: Vec<_> = rows.iter().map(|(title, n)| (title.as_str(), *n)).collect();
        assert_eq!(rows, [("1", Some(3)), ("2", Some(1)), ("Ann", Some(3)), ("Bob'sBob", None)]);
    }

    async fn of_the_table_itself(db: Database) {
        shop(db).await?;
        let copies = Post::insert_from(Post::query(), |p| Post::insert().author_id(p.author_id).title(p.title).body("copy"));
        assert_eq!(copies.clone().execute(db).await?, 4);
        assert_eq!(Post::query().filter(|p| p.body.eq("copy").and(p.published.is_false())).count(db).await?, 4);
        let mut s = db.session();
        assert_eq!(copies.execute(&mut s).await?, 8);
        s.rollback().await?;
        assert_eq!(Post::query().count(db).await?, 8);
    }

    async fn of_no_rows(db: Database) {
        shop(db).await?;
        let none = User::query().filter(|u| u.id.gt(99)).limit(3);
        assert_eq!(Post::insert_from(none, |u| Post::insert().author_id(u.id).title("x")).execute(db).await?, 0);
    }

    async fn with_exact_numbers(db: Database) {
        shop(db).await?;
        db.create_tables::<Digest>().await?;
        Digest::insert().title("a").weight("0.10".parse::<Decimal>().unwrap()).execute(db).await?;
        let sums = Digest::insert_from(Digest::query(), |d| {
            Digest::insert().title("b").weight(d.weight.add("0.20".parse::<Decimal>().unwrap()))
        });
        assert_eq!(sums.execute(db).await?, 1);
        let weights = Digest::query().order_by(|d| d.id.asc()).select(|d| d.weight).all(db).await?;
        assert_eq!(weights, ["0.10".parse::<Decimal>().unwrap(), "0.30".parse().unwrap()]);
        let wide = Digest::insert_from(Digest::query(), |_| Digest::insert().title("c").weight("0.001".parse::<Decimal>().unwrap()));
        assert!(wide.execute(db).await.unwrap_err().is_out_of_range());
    }

    async fn rounded_before_an_upsert_compares_them(db: Database) {
        #[derive(Model, Debug)]
        #[orm(table = "weights")]
        struct Weight {
            #[orm(primary_key)]
            user_id: u64,
            #[orm(precision = (6, 2))]
            weight: Decimal,
            #[orm(default = 0)]
            changes: i32,
        }
        shop(db).await?;
        db.create_tables::<Weight>().await?;
        let upsert = |third: i32| {
            let users = User::query().filter(|u| u.id.le(2));
            let rows = Weight::insert_from(users, move |u| {
                Weight::insert().user_id(u.id).weight((u.id.cast::<Decimal>() * third / 3).coalesce(0))
            });
            rows.on_conflict(|w| w.user_id)
        };
        let update = |third: i32| upsert(third).update(|old, new| (old.weight.to(new.weight), old.changes.to(old.changes + 1)));
        for third in [1, 1, 2, 2] {
            update(third).filter(|old, new| old.weight.ne(new.weight)).execute(db).await?;
        }
        let weights = || Weight::query().order_by(|w| w.user_id.asc()).select(|w| (w.weight.cast::<String>(), w.changes));
        assert_eq!(weights().all(db).await?, [("0.67".to_owned(), 1), ("1.33".to_owned(), 1)]);
        upsert(1).update(|old, new| old.weight.to(new.weight * 100)).execute(db).await?;
        assert_eq!(weights().all(db).await?.into_iter().map(|row| row.0).collect::<Vec<_>>(), ["33.00", "67.00"]);
        let wide = upsert(1_000_000).update(|old, new| old.weight.to(new.weight)).execute(db).await.unwrap_err();
        assert!(wide.is_out_of_range(), "{wide:?}");
    }

    async fn that_give_their_rows_back(db: Database) {
        shop(db).await?;
        db.create_tables::<(Digest, Stock)>().await?;
        let users = User::query().filter(|u| u.age.is_not_null());
        let insert = Digest::insert_from(users, |u| {
            Digest::insert().title(u.name.lower()).posts(u.posts().count()).weight(value("0.125".parse::<Decimal>().unwrap()).add(u.id.cast::<Decimal>()))
        });
        let rows = |mut rows: Vec<Digest>| { rows.sort_by(|a, b| a.title.cmp(&b.title)); rows };
        if db.dialect().name != "SQLite" {
            // The server rounds computed values: what was sent is not what is stored.
            let stored = rows(insert.returning(db).await?);
            assert_eq!(stored, rows(Digest::query().all(db).await?));
            assert_eq!(stored.iter().map(|d| (d.title.as_str(), d.posts, d.rank)).collect::<Vec<_>>(), [("ann", Some(3), 7), ("bob", Some(1), 7)]);
            assert_eq!(stored[0].weight.to_string(), "1.13");
        }
        let none = Digest::insert_from(User::query().filter(|u| u.id.gt(99)), |u| Digest::insert().title(u.name));
        assert_eq!(none.returning(db).await?, []);
        let grouped = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).into_query();
        let insert = Stock::insert_from(grouped, |(id, n)| Stock::insert().shop(id.cast::<u32>()).item(7).amount(n.cast::<i32>()));
        let mut stocks = insert.clone().returning(db).await?;
        stocks.sort_by_key(|s| s.shop);
        assert_eq!(stocks, Stock::query().order_by(|s| s.shop.asc()).all(db).await?);
        assert_eq!(stocks.iter().map(|s| (s.shop, s.amount)).collect::<Vec<_>>(), [(1, 3), (2, 1)]);
        assert!(insert.returning(db).await.unwrap_err().is_unique_violation());
        let mut s = db.session();
        let named = User::query().select(|u| u.name).named("names");
        let insert = Digest::insert_from(named.query(), |name| Digest::insert().title(name));
        assert_eq!(insert.returning(&mut s).await?.len(), 3);
        s.rollback().await?;
        assert!(!Digest::query().filter(|d| d.title.eq("Cid")).exists(db).await?);
    }

    async fn that_break_a_rule(db: Database) {
        shop(db).await?;
        let twice = User::insert_from(User::query(), |u| User::insert().email(u.email).name(u.name));
        assert!(twice.execute(db).await.unwrap_err().is_unique_violation());
        let orphan = Post::insert_from(User::query(), |u| Post::insert().author_id(u.id.add(90)).title(u.name));
        assert!(orphan.execute(db).await.unwrap_err().is_foreign_key_violation());
    }

    async fn that_update_what_is_there(db: Database) {
        db.create_tables::<Stock>().await?;
        let rows = [(1, 1, 5), (1, 2, 6)].map(|(shop, item, amount)| Stock::insert().shop(shop).item(item).amount(amount));
        Stock::insert_all(rows).execute(db).await?;
        let orders = Stock::query().filter(|s| s.item.eq(1)).limit(9);
        let insert = Stock::insert_from(orders, |s| Stock::insert().shop(s.shop).item(s.item).amount(s.amount.add(20)));
        let conflict = insert.clone().on_conflict(|s| (s.shop, s.item));
        conflict.update(|s, new| s.amount.to(s.amount.add(new.amount))).execute(db).await?;
        let all = || Stock::query().order_by(|s| (s.shop.asc(), s.item.asc())).select(|s| (s.shop, s.item, s.amount, s.version));
        assert_eq!(all().all(db).await?, [(1, 1, 30, 2), (1, 2, 6, 1)]);
        insert.on_conflict(|s| (s.shop, s.item)).ignore().execute(db).await?;
        assert_eq!(all().all(db).await?, [(1, 1, 30, 2), (1, 2, 6, 1)]);
        let joined = Stock::query().join_on::<Stock>(|a, b| a.item.add(1).eq(b.item));
        let insert = Stock::insert_from(joined, |(a, b)| Stock::insert().shop(9).item(b.item).amount(a.amount));
        insert.on_conflict(|s| (s.shop, s.item)).update(|s, new| s.amount.to(new.amount)).execute(db).await?;
        assert_eq!(all().all(db).await?, [(1, 1, 30, 2), (1, 2, 6, 1), (9, 2, 30, 1)]);
    }

    async fn that_update_what_is_there_and_give_it_back(db: Database) {
        let users = shop(db).await?;
        let insert = || User::insert_from(User::query().filter(|u| u.id.le(2)), |u| User::insert().email(u.email).name(u.name.upper()));
        let mut stored = insert().on_conflict(|u| u.email).update(|u, new| u.name.to(new.name)).returning(db).await?;
        stored.sort_by_key(|u| u.id);
        assert_eq!(stored.iter().map(|u| (u.name.as_str(), u.age, u.version)).collect::<Vec<_>>(), [("ANN", Some(41), 2), ("BOB", Some(17), 2)]);
        let some = insert().on_conflict(|u| u.email).update(|u, _| u.name.to("x")).filter(|u, _| u.age.gt(18));
        let mut stored = some.returning(db).await?;
        stored.sort_by_key(|u| u.id);
        assert_eq!(stored.iter().map(|u| (u.id, u.name.as_str())).collect::<Vec<_>>(), [(users[0].id, "x"), (users[1].id, "BOB")]);
        let added = User::insert_from(User::query(), |u| User::insert().email(u.email.concat("!")).name(u.name)).on_conflict(|u| u.email).ignore();
        let mut s = db.session();
        assert_eq!(added.returning(&mut s).await?.len(), 3);
        s.rollback().await?;
        assert_eq!(User::query().count(db).await?, 3);
        let none = User::insert_from(User::query().filter(|u| u.id.gt(9)), |u| User::insert().email(u.email).name(u.name));
        assert_eq!(none.on_conflict(|u| u.email).ignore().returning(db).await?, []);
    }

    async fn that_update_rows_with_defaults_of_the_client(db: Database) {
        let users = shop(db).await?;
        let insert = User::insert_from(User::query(), |u| User::insert().email(u.email).name(u.name.upper()));
        let upsert = insert.on_conflict(|u| u.email).update(|u, new| (u.name.to(new.name), u.created_at.to(new.created_at)));
        upsert.filter(|u, _| u.age.ge(18)).execute(db).await?;
        let now = User::query().order_by(|u| u.id.asc()).all(db).await?;
        assert_eq!(now.iter().map(|u| (u.name.as_str(), u.version)).collect::<Vec<_>>(), [("ANN", 2), ("Bob", 1), ("Cid", 1)]);
        assert!(now[0].created_at > users[0].created_at && now[1].created_at == users[1].created_at, "{now:?}");
    }
}
