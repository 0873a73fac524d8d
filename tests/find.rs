//! Rows by their primary key.

use orm::prelude::*;

use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(primary_key(region, number))]
pub struct Order {
    #[orm(length = 2)]
    pub region: String,
    pub number: u32,
    pub total: Decimal,
}

on_every_backend! {
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
