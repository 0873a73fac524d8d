//! Columns by a name that a client sends.

use orm::prelude::*;

use crate::support::models::*;

/// With a column that no client should sort by.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "logins")]
pub struct Login {
    #[orm(primary_key, auto)]
    pub id: u32,
    #[orm(column = "LOGIN_NAME")]
    pub name: String,
    #[orm(sensitive)]
    pub secret: String,
    pub token: Uuid,
    pub last: Option<DateTime<Utc>>,
    pub score: i16,
    pub ratio: f64,
}

#[test]
fn only_columns_that_exist_and_are_not_sensitive() {
    for name in ["id", "name", "token", "last"] {
        assert!(Login::column_named(name).is_some(), "{name}");
    }
    for name in ["secret", "LOGIN_NAME", "Name", "", "name ", "id; DROP TABLE logins", "__source"] {
        assert!(Login::column_named(name).is_none(), "{name}");
    }
}

/// Sorts a list of any model, as generic code would.
fn sorted<T: Model>(by: &str) -> Option<Query<T>> {
    T::column_named(by).map(|column| T::query().order_by(|row| column.of(row).desc()))
}

on_every_backend! {
    async fn orders_rows_of_any_model(db: Database) {
        shop(db).await?;
        assert_eq!(sorted::<User>("name").unwrap().first(db).await?.unwrap().name, "Cid");
        assert_eq!(sorted::<Post>("id").unwrap().first(db).await?.unwrap().id, 4);
        assert!(sorted::<Post>("name").is_none());
    }

    async fn orders_and_searches(db: Database) {
        db.create_tables::<Login>().await?;
        let last = DateTime::<Utc>::UNIX_EPOCH;
        let login = |name: &str, score| Login::insert().name(name).secret("s").token(Uuid::nil()).score(score).ratio(0.5);
        Login::insert_all([login("b", 10).last(last), login("c", -2), login("a", 7).last(last)]).execute(db).await?;
        let ids = |order: fn(LoginFields) -> orm::Ordered| Login::query().order_by(order).order_by(|l| l.id.asc()).select(|l| l.id);
        assert_eq!(ids(|l| Login::column_named("name").unwrap().of(l).asc()).all(db).await?, [3, 1, 2]);
        assert_eq!(ids(|l| Login::column_named("score").unwrap().of(l).desc()).all(db).await?, [1, 3, 2]);
        assert_eq!(ids(|l| Login::column_named("last").unwrap().of(l).asc().nulls_last()).all(db).await?, [1, 3, 2]);
        let with = |field: &str, part: &str| {
            let column = Login::column_named(field).unwrap();
            Login::query().filter(|l| any_of(column.of(l).as_text().map(|text| text.contains(part)))).order_by(|l| l.id.asc()).select(|l| l.id)
        };
        assert_eq!(with("name", "c").all(db).await?, [2]);
        assert_eq!(with("score", "-").all(db).await?, [2]);
        assert_eq!(with("last", "1970-01-01 00:00").all(db).await?, [1, 3]);
        assert_eq!(with("token", "0").all(db).await?, [0; 0]);
        assert_eq!(with("ratio", "0").all(db).await?, [0; 0]);
        let last = Login::column_named("last").unwrap();
        assert_eq!(Login::query().filter(|l| last.of(l).is_null()).select(|l| l.id).all(db).await?, [2]);
    }

    async fn of_one_table_among_several(db: Database) {
        shop(db).await?;
        let name = User::column_named("name").unwrap();
        let title = Post::column_named("title").unwrap();
        let posts = Post::query().left_join(|p| p.author()).order_by(|(p, a)| (name.of(a).desc(), title.of(p).asc()));
        let titles: Vec<String> = posts.select(|(p, _)| p.title).all(db).await?;
        assert_eq!(titles, ["Bob's", "Draft", "Hello", "More"]);
    }
}
