//! Ten entities with `sea-orm`, to measure its build: `../../README.md`.

#![allow(dead_code)] // Much of the derived code is not used here.

use anyhow::{Context as _, Result};
use sea_orm::{Database, DatabaseConnection};

macro_rules! entity {
    ($module:ident, $table:literal, $parent:ident) => {
        mod $module {
            use anyhow::Result;
            use sea_orm::entity::prelude::*;
            use sea_orm::{QueryOrder as _, QuerySelect as _, Set};

            #[sea_orm::model]
            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: u64,
                pub parent_id: u64,
                pub name: String,
                pub note: Option<String>,
                pub amount: i64,
                pub active: bool,
                #[sea_orm(belongs_to, from = "parent_id", to = "id")]
                pub parent: BelongsTo<super::$parent::Entity>,
            }

            impl ActiveModelBehavior for ActiveModel {}

            async fn insert(db: &DatabaseConnection) -> Result<Model> {
                let new = ActiveModel {
                    id: Set(1),
                    parent_id: Set(1),
                    name: Set("Ann".to_owned()),
                    note: Set(None),
                    amount: Set(7),
                    active: Set(true),
                };
                Ok(new.insert(db).await?)
            }

            async fn rename(db: &DatabaseConnection, id: u64, name: &str) -> Result<()> {
                let update = Entity::update_many().col_expr(Column::Name, Expr::value(name));
                update.filter(Column::Id.eq(id)).exec(db).await?;
                Ok(())
            }

            async fn above(db: &DatabaseConnection, amount: i64) -> Result<Vec<Model>> {
                let query = Entity::find().filter(Column::Active.eq(true)).filter(Column::Amount.gt(amount));
                Ok(query.order_by_asc(Column::Name).limit(10).all(db).await?)
            }

            pub async fn all_three(db: &DatabaseConnection) -> Result<()> {
                insert(db).await?;
                rename(db, 1, "Bob").await?;
                println!("{:?}", above(db, 5).await?);
                Ok(())
            }
        }
    };
}

entity!(account, "accounts", job);
entity!(book, "books", account);
entity!(city, "cities", book);
entity!(device, "devices", city);
entity!(event, "events", device);
entity!(folder, "folders", event);
entity!(garden, "gardens", folder);
entity!(house, "houses", garden);
entity!(invoice, "invoices", house);
entity!(job, "jobs", invoice);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).context("ten URL")?;
    let db: &DatabaseConnection = &Database::connect(url).await?;
    account::all_three(db).await?;
    book::all_three(db).await?;
    city::all_three(db).await?;
    device::all_three(db).await?;
    event::all_three(db).await?;
    folder::all_three(db).await?;
    garden::all_three(db).await?;
    house::all_three(db).await?;
    invoice::all_three(db).await?;
    job::all_three(db).await
}
