//! Finding rows by primary key.

use orm::dialect::{MARIADB, MYSQL, SQLITE};
use orm::prelude::*;
use orm::value::Datum;

use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(primary_key(region, number))]
pub struct Order {
    #[orm(length = 2)]
    pub region: String,
    pub number: u32,
    pub total: Decimal,
}

/// Finds a row of any model, as a generic repository would.
async fn get<T: Model>(db: &Database, key: T::Key) -> orm::Result<Option<T>> {
    T::find(key).optional(db).await
}

on_every_backend! {
    async fn of_any_model(db: Database) {
        let users = shop(db).await?;
        db.create_tables::<Order>().await?;
        assert_eq!(get::<User>(db, users[1].id).await?.as_ref(), Some(&users[1]));
        assert_eq!(get::<Order>(db, ("eu".to_owned(), 7)).await?, None);
        let mut s = db.session();
        assert_eq!(s.get::<User>(users[1].key()).await?, s.get::<User>(users[1].id).await?);
    }

    async fn by_key(db: Database) {
        let users = shop(db).await?;
        assert_eq!(User::find(users[1].id).one(db).await?, users[1]);
        assert_eq!(User::find(&users[1].id).optional(db).await?.as_ref(), Some(&users[1]));
        assert_eq!(User::find(999).optional(db).await?, None);
        let error = User::find(999).one(db).await.unwrap_err();
        assert!(error.is_not_found());
        assert_eq!(error.to_string(), "no row of `User` matches");
    }

    async fn by_a_key_of_several_columns(db: Database) {
        db.create_tables::<Order>().await?;
        let order = Order { region: "eu".into(), number: 7, total: Decimal::new(1995, 2) };
        Order::insert_all([&order]).execute(db).await?;
        assert_eq!(Order::find(("eu", 7)).one(db).await?, order);
        assert_eq!(Order::find(("eu".to_owned(), 8)).optional(db).await?, None);
        assert_eq!(order.key(), ("eu".to_owned(), 7));
    }

    async fn with_a_further_condition(db: Database) {
        let users = shop(db).await?;
        let found = User::find(users[0].id).filter(|u| u.age.lt(18)).optional(db).await?;
        assert_eq!(found, None);
    }
}

/// The cached SQL is reused, and only for the same query.
#[test]
fn the_text_is_the_same_each_time() -> orm::Result<()> {
    for dialect in [&SQLITE, &MARIADB, &MYSQL] {
        for number in [7, 8] {
            let statement = Order::find(("eu", number)).to_sql(dialect)?;
            let quoted = statement.sql.replace('`', "\"");
            assert_eq!(
                quoted,
                "SELECT \"order\".\"region\", \"order\".\"number\", \"order\".\"total\" FROM \"order\" \
                 WHERE \"order\".\"region\" = ? AND \"order\".\"number\" = ?"
            );
            assert_eq!(statement.params, [Datum::Text("eu".into()), Datum::Int(number.into())]);
            assert!(statement.sql.contains(dialect.quote));
        }
        let find = || Order::find(("eu", 7));
        let plain = find().to_sql(dialect)?.sql;
        for (query, more) in [
            (find().filter(|o| o.total.gt(Decimal::ONE)), " AND "),
            (find().limit(1), " LIMIT "),
            (find().order_by(|o| o.total.asc()), " ORDER BY "),
        ] {
            let sql = query.to_sql(dialect)?.sql;
            assert!(sql.strip_prefix(&plain).is_some_and(|rest| rest.starts_with(more)), "{sql}");
        }
        let part = find().select(|o| o.total).to_sql(dialect)?.sql;
        assert!(part.len() < plain.len(), "{part}");
    }
    Ok(())
}

/// A value that a database does not take is rejected as before the SQL was cached.
#[test]
fn a_number_that_is_too_great_is_refused_each_time() -> orm::Result<()> {
    User::find(1).to_sql(&SQLITE)?;
    for _ in 0..2 {
        let error = User::find(u64::MAX).to_sql(&SQLITE).unwrap_err();
        assert!(error.to_string().contains("User.id"), "{error}");
        User::find(u64::MAX).to_sql(&MYSQL)?;
    }
    Ok(())
}
