//! Updates and deletes that read more than the rows they change: joins, relations, subqueries on the table itself,
//! named rows.

use orm::prelude::*;

use crate::many_to_many::{Article, Tag, articles};
use crate::support::models::*;

async fn titles(db: &Database) -> orm::Result<Vec<String>> {
    Post::query().order_by(|p| p.id.asc()).select(|p| p.title).all(db).await
}

async fn staff(db: &Database) -> orm::Result<()> {
    db.create_tables::<Employee>().await?;
    let rows = [(1, "Ada", None), (2, "Ben", Some(1)), (3, "Cyd", Some(1)), (4, "Dan", Some(3))];
    let rows = rows.map(|(id, name, manager_id)| Employee { id, name: name.into(), manager_id });
    Employee::insert_all(rows).execute(db).await.map(drop)
}

async fn names(db: &Database) -> orm::Result<Vec<String>> {
    Employee::query().order_by(|e| e.id.asc()).select(|e| e.name).all(db).await
}

on_every_backend! {
    async fn sets_from_a_joined_row(db: Database) {
        shop(db).await?;
        let update = Post::update().join(|p| p.author()).set(|(p, a)| (p.title.to(a.name), p.published.to(true)));
        assert_eq!(update.filter(|(p, a)| a.age.ge(18).and(p.body.is_null())).execute(db).await?, 3);
        assert_eq!(titles(db).await?, ["Ann", "Ann", "Bob's", "Ann"]);
        assert_eq!(Post::query().filter(|p| p.published.is_true()).count(db).await?, 4);
    }

    async fn sets_from_what_is_computed_of_a_joined_row(db: Database) {
        shop(db).await?;
        let update = Post::update().join(|p| p.author()).set(|(p, a)| (p.title.to(a.name.upper()), p.body.to(a.name.lower())));
        assert_eq!(update.filter(|(p, _)| p.id.eq(1)).execute(db).await?, 1);
        let through = Post::update().set(|p| p.title.to(p.author().name.lower())).filter(|p| p.id.eq(2));
        assert_eq!(through.execute(db).await?, 1);
        assert_eq!(titles(db).await?[..2], ["ANN", "ann"]);
        assert_eq!(Post::find(1).one(db).await?.body.as_deref(), Some("ann"));

        let of_author = |upper: bool| {
            Post::find(1).select(move |p| -> orm::Expr<String> {
                if upper { p.author().name.upper().into() } else { p.author().name.into() }
            })
        };
        assert_eq!((of_author(true).one(db).await?, of_author(false).one(db).await?), ("ANN".into(), "Ann".into()));
    }

    async fn counts_each_row_once(db: Database) {
        let users = shop(db).await?;
        let update = User::update().join(|u| u.posts()).set(|(u, _)| u.age.to(u.age.add(1))).all_rows();
        assert_eq!(update.execute(db).await?, 2);
        let ann = User::find(users[0].id).one(db).await?;
        assert_eq!((ann.age, ann.version), (Some(42), users[0].version + 1));
        assert_eq!(User::find(users[2].id).one(db).await?.version, 1);
    }

    async fn keeps_rows_of_an_outer_join(db: Database) {
        shop(db).await?;
        let silent = User::update().left_join(|u| u.posts()).set(|(u, p)| u.name.to(p.title.coalesce("silent")));
        assert_eq!(silent.filter(|(_, p)| p.id.is_null()).execute(db).await?, 1);
        assert_eq!(User::find(3).one(db).await?.name, "silent");
        let silent = User::delete().left_join_on::<Post>(|u, p| p.author_id.eq(u.id)).filter(|(_, p)| p.id.is_null());
        assert_eq!(silent.execute(db).await?, 1);
        assert_eq!(User::query().count(db).await?, 2);
    }

    async fn joins_on_a_condition_and_further(db: Database) {
        shop(db).await?;
        let update = Comment::update().join(|c| c.post()).join(|(_, p)| p.author()).join_on::<User>(|(_, p, _), r| p.reviewer_id.eq(r.id));
        let update = update.set(|(c, _, a, r)| c.text.to(a.name.concat(r.name))).filter(|(c, _, _, _)| c.text.ne("one"));
        assert_eq!(update.execute(db).await?, 2);
        let texts = Comment::query().order_by(|c| c.id.asc()).select(|c| c.text).all(db).await?;
        assert_eq!(texts, ["one", "AnnBob", "BobAnn"]);
    }

    async fn joins_rows_of_a_query_and_named_rows(db: Database) {
        shop(db).await?;
        let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count()));
        let update = User::update().join_rows(counts.clone(), |u, (id, _)| u.id.eq(id)).set(|(u, (_, n))| u.name.to(n.cast::<String>()));
        assert_eq!(update.all_rows().execute(db).await?, 2);
        let counts = counts.named("counts");
        let update = User::update().join_rows(&counts, |u, (id, _)| u.id.eq(id)).set(|(u, (_, n))| u.name.to(n.add(1).cast::<String>()));
        assert_eq!(update.filter(|(_, (_, n))| n.gt(1)).execute(db).await?, 1);
        let update = User::update().set(|u| u.age.to(None)).filter(|u| u.id.is_in(counts.query().select(|(id, _)| id)));
        assert_eq!(update.execute(db).await?, 2);
        let names = User::query().order_by(|u| u.id.asc()).select(|u| (u.name, u.age)).all(db).await?;
        assert_eq!(names, [("4".to_owned(), None), ("1".to_owned(), None), ("Cid".to_owned(), None)]);
        let delete = Post::delete().filter(|p| p.author_id.is_in(counts.query().filter(|(_, n)| n.eq(1)).select(|(id, _)| id)));
        assert_eq!(delete.execute(db).await?, 1);
        let delete = Post::delete().join_rows(&counts, |p, (id, _)| p.author_id.eq(id)).all_rows();
        assert_eq!(delete.execute(db).await?, 3);
    }

    async fn refuses_to_set_a_column_of_another_statement(db: Database) {
        shop(db).await?;
        let mut outside = None;
        drop(User::query().filter(|u| { outside = Some(u); u.id.eq(1) }));
        let update = User::update().set(|_| outside.unwrap().name.to("x")).all_rows();
        let error = update.execute(db).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("another table"), "{error}");
    }

    async fn accepts_conditions_that_never_hold(db: Database) {
        shop(db).await?;
        let none: [u64; 0] = [];
        let gone = Post::delete().filter(|p| p.comments().any(|c| c.id.is_in(none)).or(p.id.is_in(none)));
        assert_eq!(gone.execute(db).await?, 0);
        let own = Post::delete().filter(|p| p.id.is_in(Post::query().filter(|p| p.id.is_in(none)).select(|p| p.id)));
        assert_eq!(own.execute(db).await?, 0);
        let all = Post::update().set(|p| p.published.to(true)).filter(|p| any_of([all_of([]), p.comments().any(|c| c.id.gt(p.id))]));
        assert_eq!(all.execute(db).await?, 4);
    }

    async fn looks_through_relations(db: Database) {
        shop(db).await?;
        let update = Post::update().set(|p| p.title.to(p.author().name.concat(p.title))).filter(|p| p.author().age.ge(18));
        assert_eq!(update.execute(db).await?, 3);
        let update = Post::update().set(|p| p.published.to(false)).filter(|p| p.reviewer().name.eq("Ann"));
        assert_eq!(update.execute(db).await?, 1);
        assert_eq!(titles(db).await?, ["AnnHello", "AnnDraft", "Bob's", "AnnMore"]);
        let update = Comment::update().set(|c| c.text.to("x")).filter(|c| c.post().author().name.eq("Bob"));
        assert_eq!(update.execute(db).await?, 1);
        assert_eq!(Comment::delete().filter(|c| c.post().author().name.eq("Ann")).execute(db).await?, 2);
        assert_eq!(Post::delete().filter(|p| p.reviewer().id.is_null()).execute(db).await?, 2);
        let correlated = Post::delete().filter(|p| User::query().filter(|u| u.age.lt(p.author().age)).is_present());
        assert_eq!(correlated.execute(db).await?, 1);
        assert_eq!(titles(db).await?, ["Bob's"]);
    }

    async fn reads_its_own_table(db: Database) {
        staff(db).await?;
        let chiefs = || Employee::query().filter(|e| e.manager_id.is_not_null()).select(|e| e.manager_id);
        let update = Employee::update().set(|e| e.name.to(e.name.upper())).filter(|e| e.id.is_in(chiefs().into_query().filter(|id| id.is_not_null()).select(|id| id)));
        assert_eq!(update.execute(db).await?, 2);
        assert_eq!(names(db).await?, ["ADA", "Ben", "CYD", "Dan"]);
        let update = Employee::update().set(|e| e.name.to(e.manager().name.coalesce("?"))).filter(|e| e.manager().name.eq("ADA"));
        assert_eq!(update.execute(db).await?, 2);
        assert_eq!(names(db).await?, ["ADA", "ADA", "ADA", "Dan"]);
        let update = Employee::update().join(|e| e.manager()).set(|(e, m)| e.name.to(m.name.concat(e.name))).filter(|(_, m)| m.id.eq(3));
        assert_eq!(update.execute(db).await?, 1);
        assert_eq!(names(db).await?, ["ADA", "ADA", "ADA", "ADADan"]);
        let most = Employee::query().aggregate(|g| g.max(|e| e.id)).scalar();
        assert_eq!(Employee::update().set(|e| e.name.to("last")).filter(|e| e.id.eq(most)).execute(db).await?, 1);
        let leaves = Employee::delete().filter(|e| e.reports().none(|_| all_of([])));
        assert_eq!(leaves.execute(db).await?, 2);
        let reports = Employee::delete().join(|e| e.manager()).filter(|(_, m)| m.id.eq(1));
        assert_eq!(reports.execute(db).await?, 1);
        assert_eq!(names(db).await?, ["ADA"]);
    }

    async fn computes_from_the_rows_as_they_were(db: Database) {
        staff(db).await?;
        let before = |e: EmployeeFields| Employee::query().filter(move |o| o.id.eq(e.id.sub(1))).aggregate(|g| g.max(|o| o.name)).scalar();
        let update = Employee::update().set(|e| e.name.to(before(e).coalesce("nobody"))).all_rows();
        assert_eq!(update.clone().execute(db).await?, 4);
        assert_eq!(names(db).await?, ["nobody", "Ada", "Ben", "Cyd"]);
        assert_eq!(update.filter(|e| e.id.gt(1)).returning(db).await?.len(), 3);
        assert_eq!(names(db).await?, ["nobody", "nobody", "Ada", "Ben"]);
    }

    async fn computes_from_the_row_as_it_was(db: Database) {
        shop(db).await?;
        User::update().set(|u| (u.email.to(u.name), u.name.to(u.email))).filter(|u| u.id.eq(1)).execute(db).await?;
        let ann = User::find(1).one(db).await?;
        assert_eq!((ann.email.as_str(), ann.name.as_str()), ("Ann", "ann@example.org"));
        User::update().set(|u| (u.age.to(u.age.add(1)), u.name.to(u.age.cast::<String>().coalesce("none")))).filter(|u| u.id.le(2)).execute(db).await?;
        let people = User::query().filter(|u| u.id.le(2)).order_by(|u| u.id.asc()).select(|u| (u.name, u.age)).all(db).await?;
        assert_eq!(people, [("41".to_owned(), Some(42)), ("17".to_owned(), Some(18))]);
        // The subquery reads the foreign key only through a relation in its join.
        let author = |p: PostFields| Comment::query().join(move |_| p.author()).aggregate(|g| g.max(|(_, a)| a.email)).scalar();
        let update = Post::update().set(|p| (p.author_id.to(3), p.title.to(author(p).coalesce("none")))).filter(|p| p.id.eq(1));
        assert_eq!(update.execute(db).await?, 1);
        assert_eq!(Post::find(1).select(|p| (p.author_id, p.title)).one(db).await?, (3, "Ann".to_owned()));
    }

    async fn joins_through_a_join_model(db: Database) {
        articles(db).await?;
        let update = Article::update().join(|a| a.tags()).set(|(a, t)| a.title.to(a.title.concat(t.word))).filter(|(_, t)| t.word.eq("rust"));
        assert_eq!(update.execute(db).await?, 1);
        let update = Article::update().left_join(|a| a.tags()).set(|(a, _)| a.title.to(a.title.upper())).filter(|(_, t)| t.id.is_null());
        assert_eq!(update.execute(db).await?, 1);
        let titles = Article::query().order_by(|a| a.id.asc()).select(|a| a.title);
        assert_eq!(titles.clone().all(db).await?, ["Onerust", "Two", "THREE"]);
        assert_eq!(Tag::delete().left_join(|t| t.articles()).filter(|(_, a)| a.id.is_null()).execute(db).await?, 1);
        let rows = Article::delete().join(|a| a.tags()).filter(|(_, t)| t.word.eq("sql")).returning(db).await?;
        assert_eq!((rows.len(), titles.all(db).await?), (2, vec!["THREE".to_owned()]));
        assert_eq!(Tag::query().count(db).await?, 2);
    }

    async fn deletes_with_joins(db: Database) {
        shop(db).await?;
        let delete = Post::delete().join(|p| p.comments()).filter(|(p, c)| p.published.is_true().and(c.text.ne("three")));
        assert_eq!(delete.execute(db).await?, 1);
        assert_eq!(titles(db).await?, ["Draft", "Bob's", "More"]);
        assert_eq!(Post::delete().join_on::<User>(|p, u| p.author_id.eq(u.id)).all_rows().execute(db).await?, 3);
        assert_eq!(User::query().count(db).await?, 3);
    }
}
