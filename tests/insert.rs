//! Inserts of one row.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn gives_the_row_back_as_stored(db: Database) {
        db.create_tables::<User>().await?;
        let before = orm::now();
        let ann = User::insert().email("ann@example.org").name("Ann").age(41).returning(db).await?;
        assert_eq!((ann.id, ann.name.as_str(), ann.age, ann.version), (1, "Ann", Some(41), 1));
        assert!(ann.created_at >= before && ann.created_at <= orm::now());
        assert_eq!(User::find(ann.id).one(db).await?, ann);
        let bob = User::insert().email("bob@example.org").name("Bob").returning(db).await?;
        assert_eq!((bob.id, bob.age), (2, None));
    }

    async fn counts_what_it_inserted(db: Database) {
        db.create_tables::<User>().await?;
        assert_eq!(User::insert().email("a").name("A").execute(db).await?, 1);
        assert_eq!(User::query().count(db).await?, 1);
    }

    async fn takes_text_by_reference_and_by_value(db: Database) {
        db.create_tables::<User>().await?;
        let name = String::from("Ann");
        User::insert().email("a").name(&name).execute(db).await?;
        User::insert().email("b".to_owned()).name(name).age(None).execute(db).await?;
        assert_eq!(User::query().filter(|u| u.name.eq("Ann")).count(db).await?, 2);
    }

    async fn gives_a_row_back_whose_columns_the_server_fills(db: Database) {
        db.create_tables::<Gauge>().await?;
        let gauge = Gauge::insert().low(2).high(5).returning(db).await?;
        assert_eq!(gauge, Gauge { id: 1, low: 2, high: 5, unit: "mm".into(), span: 3 });
        let gauge = Gauge::insert().low(1).high(9).unit("cm").returning(db).await?;
        assert_eq!((gauge.unit.as_str(), gauge.span), ("cm", 8));
    }

    async fn points_at_a_row_by_reference(db: Database) {
        let users = shop(db).await?;
        let post = Post::insert().author(&users[2]).title("By Cid").returning(db).await?;
        assert_eq!((post.author_id, post.reviewer_id, post.published), (users[2].id, None, false));
    }

    async fn of_what_queries_of_the_table_compute(db: Database) {
        shop(db).await?;
        let oldest = || User::query().aggregate(|g| g.max(|u| u.age)).scalar();
        let named = || User::query().select(|u| u.age).named("ages").query().aggregate(|g| g.min(|age| age)).scalar();
        let dee = User::insert().email("dee@example.org").name("Dee").age(oldest().add(1)).returning(db).await?;
        assert_eq!(dee.age, Some(42));
        let rows = [("e", named()), ("f", oldest())].map(|(name, age)| User::insert().email(name).name(name).age(age));
        assert_eq!(User::insert_all(rows).execute(db).await?, 2);
        let ages = User::query().filter(|u| u.id.gt(dee.id)).order_by(|u| u.id.asc()).select(|u| u.age);
        assert_eq!(ages.all(db).await?, [Some(17), Some(42)]);
    }

    async fn with_only_defaults(db: Database) {
        db.create_tables::<(Ticket, Visit)>().await?;
        let ticket = Ticket::insert().returning(db).await?;
        assert_eq!((ticket.id, ticket.state), (1, 3));
        assert_eq!(Ticket::insert().execute(db).await?, 1);
        assert_eq!(Ticket::insert_all([Ticket::insert(), Ticket::insert()]).execute(db).await?, 2);
        let more = Ticket::insert_all([Ticket::insert(), Ticket::insert().state(7), Ticket::insert()]).returning(db).await?;
        assert_eq!(more.iter().map(|ticket| (ticket.id, ticket.state)).collect::<Vec<_>>(), [(5, 3), (6, 7), (7, 3)]);
        let visits = Visit::insert_all([Visit::insert(), Visit::insert()]).returning(db).await?;
        assert_eq!(visits.iter().map(|visit| (visit.id, visit.note.as_deref(), visit.count)).collect::<Vec<_>>(), [(1, None, 1), (2, None, 1)]);
    }
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Gauge {
    #[orm(primary_key, auto)]
    pub id: i64,
    pub low: i32,
    pub high: i32,
    #[orm(length = 10, server_default = "'mm'")]
    pub unit: String,
    #[orm(generated = "high - low")]
    pub span: i32,
}

/// With only server-side defaults.
#[derive(Model, Debug, PartialEq)]
#[orm(table = "tickets")]
pub struct Ticket {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(server_default = "3")]
    pub state: i32,
}

/// With only client-side defaults.
#[derive(Model, Debug, PartialEq)]
#[orm(table = "visits")]
pub struct Visit {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub note: Option<String>,
    #[orm(default = 1)]
    pub count: i32,
}
