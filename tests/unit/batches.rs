//! The number of statements of a flush: one per table, not per row.

use orm::assert_statements;
use orm::prelude::*;

use super::attach::{Entry, List, Song};
use super::models::*;
use crate::support::models::*;

on_every_backend! {
    async fn a_parent_and_a_hundred_children(db: Database) {
        db.create_tables::<(User, Profile, Post, Comment)>().await?;
        let mut s = db.session();
        let ann = s.add(User::insert().email("ann@example.org").name("Ann"));
        for n in 0..100 {
            s.add(Post::insert().author(ann).title(format!("{n}")));
        }
        assert_statements!(db, 2, s.commit().await?); // and COMMIT
        assert_eq!(Post::query().filter(|p| p.author_id.eq(1)).count(db).await?, 100);
    }

    /// Parents, children, their children and links, all of them new, in any order.
    async fn a_graph_takes_a_statement_for_each_table(db: Database) {
        db.create_tables::<(User, Post, Comment, Song, List, Entry)>().await?;
        let mut s = db.session();
        let ann = s.add(User::insert().email("ann@example.org").name("Ann"));
        let list = s.add(List::insert().name("hits"));
        for n in 0..100 {
            let post = s.add(Post::insert().author(ann).title(format!("{n}")));
            s.add(Comment::insert().post(post).text("one"));
            let song = s.add(Song::insert().title(format!("{n}")));
            s.attach(list, |l| l.songs(), song)?;
            s.add(Comment::insert().post(post).text("two"));
        }
        assert_statements!(db, 6, s.commit().await?);
        let users: Vec<(User, Vec<(Post, Vec<Comment>)>)> =
            User::query().with(|u| u.posts().order_by(|p| p.id.asc()).with(|p| p.comments())).all(db).await?;
        assert_eq!(users[0].1.len(), 100);
        assert!(users[0].1.iter().zip(0..).all(|((post, comments), n)| post.title == n.to_string() && comments.len() == 2));
        let lists = List::query().with(|l| l.songs().order_by(|s| s.id.asc())).all(db).await?;
        let titles: Vec<&str> = lists[0].1.iter().map(|song| song.title.as_str()).collect();
        assert_eq!((titles.len(), titles[0], titles[99]), (100, "0", "99"));
    }

    async fn a_thousand_new_rows(db: Database) {
        db.create_tables::<(User, Article)>().await?;
        let mut s = db.session();
        let users: Vec<_> = (0..1000).map(|n| s.add(User::insert().email(format!("{n}")).name("x"))).collect();
        // SQLite is asked whether generated keys are consecutive.
        let asked = usize::from(db.dialect().name == "SQLite");
        assert_statements!(db, 1 + asked, s.commit().await?);
        for (n, user) in users.into_iter().enumerate() {
            let user = s.saved(user)?;
            assert_eq!((s[user].id, &s[user].email), (n as u64 + 1, &n.to_string()));
        }
        // Server-generated values take one more statement to read where there is no RETURNING.
        let articles: Vec<_> =
            (0..1000).map(|n| s.add(Article::insert().price(Decimal::ONE).quantity(n))).collect();
        assert_statements!(db, ..=2, s.commit().await?);
        for (n, article) in (0..).zip(articles) {
            let article = s.saved(article)?;
            assert_eq!((s[article].quantity, s[article].double, s[article].weight), (n, n * 2, 7));
        }
    }

    async fn a_thousand_changed_rows_with_a_version(db: Database) {
        db.create_tables::<User>().await?;
        User::insert_all((0..1000).map(|n| User::insert().email(format!("{n}")).name("x"))).execute(db).await?;
        let mut s = db.session();
        for user in User::query().track(&mut s).await? {
            s[user].name = format!("{} it's", s[user].id);
        }
        assert_statements!(db, 1, s.commit().await?); // and COMMIT
        for user in User::query().all(db).await? {
            assert_eq!((user.name, user.version), (format!("{} it's", user.id), 2));
        }
    }

    async fn the_statement_says_the_version_and_counts_it(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        for user in User::query().track(&mut s).await? {
            s[user].age = Some(50);
        }
        let log = db.log();
        s.flush().await?;
        let expected = if db.dialect().name == "SQLite" {
            r#"UPDATE "users" SET "age" = "new"."column3", "version" = "users"."version" + 1 FROM (VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)) AS "new" WHERE "users"."id" = "new"."column1" AND "users"."version" = "new"."column2""#
        } else {
            "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (`c1` BIGINT UNSIGNED PATH '$[0][0]', `c2` BIGINT UNSIGNED PATH '$[1][0]', `c3` BIGINT PATH '$[2][0]')) AS `new` STRAIGHT_JOIN `users` ON `users`.`id` = `new`.`c1` AND `users`.`version` = `new`.`c2` SET `users`.`age` = `new`.`c3`, `users`.`version` = `users`.`version` + 1"
        };
        let sent: Vec<String> = log.statements().into_iter().map(|sent| sent.sql).collect();
        assert_eq!(sent, [expected]);
    }

    async fn of_sessions_that_touch_rows_in_opposite_orders_meet_no_deadlock(db: Database) {
        db.create_tables::<Node>().await?;
        Node::insert_all((0..20).map(|n| Node::insert().name(format!("{n}")))).execute(db).await?;
        let touch = async |backwards: bool| {
            for round in 0..25 {
                let mut s = db.session();
                let mut nodes = Node::query().order_by(|n| n.id.asc()).track(&mut s).await?;
                s.commit().await?;
                if backwards {
                    nodes.reverse();
                }
                for node in nodes {
                    s[node].name = format!("{round} {backwards}");
                }
                s.commit().await?;
            }
            orm::Result::Ok(())
        };
        tokio::try_join!(touch(false), touch(true), touch(false), touch(true))?;
    }

    async fn rows_that_are_deleted(db: Database) {
        db.create_tables::<(User, Seat)>().await?;
        User::insert_all((0..400).map(|n| User::insert().email(format!("{n}")).name("x"))).execute(db).await?;
        Seat::insert_all((0..400).map(|n| Seat::insert().hall(format!("{}", n % 7)).number(n))).execute(db).await?;
        User::update().set(|u| u.name.to("y")).filter(|u| u.id.lt(100)).execute(db).await?;
        let mut s = db.session();
        let (users, seats) = (User::query().track(&mut s).await?, Seat::query().track(&mut s).await?);
        users.into_iter().try_for_each(|user| s.delete(user))?;
        seats.into_iter().try_for_each(|seat| s.delete(seat))?;
        assert_statements!(db, 2, s.commit().await?);
        assert_eq!((User::query().count(db).await?, Seat::query().count(db).await?), (0, 0));
    }

    async fn beyond_the_servers_limits_are_several(db: Database) {
        db.create_tables::<Large>().await?;
        let mut s = db.session();
        let text = "x".repeat(200_000);
        let rows: Vec<_> = (0..100).map(|_| s.add(Large::insert().text(text.as_str()))).collect();
        s.commit().await?;
        for (n, row) in rows.into_iter().enumerate() {
            let row = s.saved(row)?;
            s[row].text = format!("{n}{text}");
        }
        s.commit().await?;
        let texts = Large::query().select(|r| r.text.char_length()).all(db).await?;
        assert!(texts.iter().all(|&length| length > 200_000));
    }
}

/// A row with a large text.
#[derive(Model)]
struct Large {
    #[orm(primary_key, auto)]
    id: u64,
    text: String,
}
