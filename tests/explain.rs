//! Query plans.

use orm::prelude::*;
use orm::{Plan, PlanNode, sql};

use crate::support::models::*;

/// Returns the step that reads a table.
fn reading<'a>(plan: &'a Plan, table: &str) -> &'a PlanNode {
    let step = plan.root.walk().find(|node| node.table.as_deref() == Some(table));
    step.unwrap_or_else(|| panic!("nothing reads {table}: {plan:#}"))
}

/// Inserts enough rows to make an index worthwhile.
async fn crowd(db: &Database) -> orm::Result<()> {
    shop(db).await?;
    let users = (0..500).map(|n| User::insert().email(format!("{n}@example.org")).name(format!("user {n}")));
    let users = User::insert_all(users).returning(db).await?;
    let posts = users.iter().map(|user| Post::insert().author(user).title("x"));
    Post::insert_all(posts).execute(db).await?;
    Ok(())
}

on_every_backend! {
    async fn lists_tables_and_indexes(db: Database) {
        crowd(db).await?;
        let all = User::query().filter(|u| u.age.gt(3)).explain(db).await?;
        assert!(reading(&all, "users").full_scan, "{all:#}");
        assert_eq!(reading(&all, "users").index, None);
        let one = User::query().filter(|u| u.id.eq(1).and(u.name.eq("Ann"))).explain(db).await?;
        assert!(!one.text.is_empty());
        let by_index = Post::query().filter(|p| p.author_id.eq(9).and(p.published.eq(true))).explain(db).await?;
        let step = reading(&by_index, "posts");
        assert!(step.index.as_deref().is_some_and(|index| index.starts_with("posts_author_id")), "{by_index:#}");
        assert!(!step.full_scan);
    }

    async fn is_a_tree(db: Database) {
        crowd(db).await?;
        let query = User::query()
            .join(|u| u.posts())
            .filter(|(u, p)| u.id.between(3, 5).and(p.published.eq(false)))
            .order_by(|(_, p)| p.title.desc())
            .select(|(u, p)| (u.name, p.title));
        let plan = query.clone().explain(db).await?;
        let tables: Vec<&str> = plan.root.walk().filter_map(|node| node.table.as_deref()).collect();
        assert!(tables.contains(&"users") && tables.contains(&"posts"), "{plan:#}");
        assert!(plan.root.walk().all(|node| !node.full_scan), "{plan:#}");
        let printed = plan.to_string();
        assert!(printed.lines().count() > 2 && printed.contains("└─ "), "{printed}");
        assert!(format!("{plan:#}").len() >= printed.len());
        assert_eq!(query.all(db).await?.len(), 2);
        if db.dialect().name != "SQLite" {
            assert!(plan.root.walk().any(|node| node.rows.is_some()), "{plan:#}");
        }
    }

    async fn of_everything_that_selects(db: Database) {
        crowd(db).await?;
        let loaded = User::query().with(|u| u.posts()).explain(db).await?;
        assert!(reading(&loaded, "users").full_scan);
        let ids = || User::query().select(|u| u.id);
        let both = ids().union_all(Post::query().select(|p| p.author_id)).explain(db).await?;
        assert!(both.root.walk().filter(|node| node.table.is_some()).count() >= 2, "{both:#}");
        let named = ids().named("ids");
        let named = Post::query().join_rows(&named, |p, id| p.author_id.eq(id)).explain(db).await?;
        reading(&named, "posts");
        let mut s = db.session();
        let locked = User::query().filter(|u| u.age.gt(3)).for_update();
        reading(&locked.clone().explain(&mut s).await?, "users");
        s.commit().await?;
        // EXPLAIN takes no lock, so it needs no transaction.
        locked.explain(db).await?;
    }

    async fn of_sql_by_hand(db: Database) {
        let users = shop(db).await?;
        let (id, ids, name) = (1, [1, 2], "x");
        let by_key = sql!("SELECT name FROM {@User} WHERE {@User.id} = {id}").explain(db).await?;
        // The newest MySQL reads the row while planning.
        assert!(by_key.root.walk().all(|node| !node.full_scan), "{by_key:#}");
        let all = sql!("-- all\nSELECT * FROM {@Comment}").explain(db).await?;
        assert!(reading(&all, "comments").full_scan, "{all:#}");
        let update = sql!("UPDATE {@User} SET name = {name} WHERE id = {id}").explain(db).await?;
        assert_eq!(reading(&update, "users").index.as_deref(), Some("PRIMARY"), "{update:#}");
        sql!("DELETE FROM {@User} WHERE id IN ({..ids})").explain(db).await?;
        assert_eq!(User::query().order_by(|u| u.id.asc()).all(db).await?, users);
        let open = orm::raw::sql("SELECT * FROM users WHERE id = {id}").explain(db).await.unwrap_err();
        assert!(open.is_invalid_query(), "{open}");
        assert!(sql!("SELEKT 1").explain(db).await.unwrap_err().is_syntax());
    }

    async fn of_a_change_does_not_run_it(db: Database) {
        let users = shop(db).await?;
        let update = User::update().set(|u| u.name.to("x")).filter(|u| u.id.eq(1)).explain(db).await?;
        assert_eq!(reading(&update, "users").index.as_deref(), Some("PRIMARY"), "{update:#}");
        let delete = Comment::delete().filter(|c| c.text.eq("one")).explain(db).await?;
        assert!(reading(&delete, "comments").full_scan, "{delete:#}");
        Comment::delete().all_rows().explain(db).await?;
        User::insert_all([User::insert().email("e").name("n")]).explain(db).await?;
        assert_eq!(User::query().order_by(|u| u.id.asc()).all(db).await?, users);
        assert_eq!(Comment::query().count(db).await?, 3);
        let none = User::insert_all(Vec::<User>::new()).explain(db).await.unwrap_err();
        assert!(none.is_invalid_query(), "{none}");
    }
}
