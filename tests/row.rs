//! User-defined result structs.

use orm::prelude::*;

use crate::support::models::*;

/// A person's activity.
#[derive(Row, Debug, Clone, PartialEq)]
pub struct Activity {
    /// The person.
    pub name: String,
    pub posts: i64,
    pub newest: Option<u64>,
}

#[derive(Row, Debug, PartialEq)]
#[orm(fields = Columns)]
struct Entry {
    post: Post,
    reviewer: Option<User>,
    r#type: (bool, bool),
    author: Author,
}

#[derive(Row, Debug, PartialEq)]
struct Author {
    name: String,
    of_age: bool,
}

/// Columns may have any name; type names still refer to those of the module.
#[derive(Row, Debug, PartialEq)]
#[allow(non_snake_case)]
struct Odd {
    String: String,
    u64: u64,
}

on_every_backend! {
    async fn of_groups(db: Database) {
        shop(db).await?;
        let rows: Vec<Activity> = User::query()
            .left_join(|u| u.posts())
            .group_by(|(u, _)| u.name)
            .order_by(|g| g.key.asc())
            .select(|g| ActivityFields {
                name: g.key,
                posts: g.count_of(|(_, p)| p.id),
                newest: g.max(|(_, p)| p.id),
            })
            .all(db)
            .await?;
        let expected = [("Ann", 3, Some(4)), ("Bob", 1, Some(3)), ("Cid", 0, None)];
        let expected = expected.map(|(name, posts, newest)| Activity { name: name.to_owned(), posts, newest });
        assert_eq!(rows, expected);
    }

    async fn of_whole_rows_tuples_and_other_results(db: Database) {
        let users = shop(db).await?;
        let query = Post::query().order_by(|p| p.id.asc()).select(|p| Columns {
            post: p,
            reviewer: p.reviewer(),
            r#type: (p.published, p.author().age.mul(0).is_null().known()),
            author: AuthorFields { name: p.author().name, of_age: p.author().age.ge(18).known() },
        });
        let rows = query.limit(3).all(db).await?;
        assert_eq!(rows[0].post.title, "Hello");
        assert_eq!(rows[0].reviewer.as_ref(), Some(&users[1]));
        assert_eq!(rows[1].reviewer, None);
        assert_eq!(rows[0].r#type, (true, false));
        assert_eq!(rows[2].author, Author { name: "Bob".to_owned(), of_age: false });
    }

    async fn of_a_derived_table(db: Database) {
        shop(db).await?;
        let activity = User::query().left_join(|u| u.posts()).group_by(|(u, _)| u.name);
        let activity = activity.select(|g| ActivityFields {
            name: g.key,
            posts: g.count_of(|(_, p)| p.id),
            newest: g.max(|(_, p)| p.id),
        });
        let busy: Vec<Activity> = activity.clone().into_query().filter(|a| a.posts.gt(1).or(a.newest.is_null())).order_by(|a| a.name.asc()).all(db).await?;
        assert_eq!(busy.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Ann", "Cid"]);
        let names = activity.into_query().filter(|a| a.newest.eq(3)).select(|a| a.name);
        assert_eq!(names.all(db).await?, ["Bob"]);
    }

    async fn alone_paged_and_in_a_tuple(db: Database) {
        shop(db).await?;
        let odd = User::query().order_by(|u| u.id.desc()).select(|u| OddFields { String: u.name, u64: u.id });
        assert_eq!(odd.clone().first(db).await?, Some(Odd { String: "Cid".to_owned(), u64: 3 }));
        assert_eq!(odd.offset(2).one(db).await?.u64, 1);
        let pairs: Vec<(u64, Author)> = User::query()
            .order_by(|u| u.id.asc())
            .select(|u| (u.id, AuthorFields { name: u.name, of_age: u.age.ge(18).known() }))
            .all(db)
            .await?;
        assert_eq!(pairs[0], (1, Author { name: "Ann".to_owned(), of_age: true }));
    }
}

#[test]
fn knows_its_columns() {
    assert_eq!(<Activity as orm::Row>::COLUMNS, ["name", "posts", "newest"]);
    assert_eq!(<Entry as orm::Row>::COLUMNS, ["post", "reviewer", "type", "author"]);
}
