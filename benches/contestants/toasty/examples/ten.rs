//! Ten entities with `toasty`, to measure its build: `../../README.md`.

use anyhow::{Context as _, Result};
use toasty::{Db, Deferred};

macro_rules! entity {
    ($Model:ident, $table:literal, $Parent:ident) => {
        #[derive(Debug, toasty::Model)]
        #[table = $table]
        struct $Model {
            #[key]
            id: u64,
            #[index]
            parent_id: u64,
            #[belongs_to(key = parent_id, references = id)]
            parent: Deferred<$Parent>,
            name: String,
            note: Option<String>,
            amount: i64,
            active: bool,
        }

        impl $Model {
            async fn insert(db: &mut Db) -> Result<Self> {
                let new = Self::create().id(1).parent_id(1).name("Ann").note(None::<String>);
                Ok(new.amount(7).active(true).exec(db).await?)
            }

            async fn rename(db: &mut Db, id: u64, name: &str) -> Result<()> {
                Ok(Self::update_by_id(id).name(name).exec(db).await?)
            }

            async fn over(db: &mut Db, amount: i64) -> Result<Vec<Self>> {
                let wanted = Self::fields().active().eq(true).and(Self::fields().amount().gt(amount));
                Ok(Self::filter(wanted).order_by(Self::fields().name().asc()).limit(10).exec(db).await?)
            }

            async fn all_three(db: &mut Db) -> Result<()> {
                Self::insert(db).await?;
                Self::rename(db, 1, "Bob").await?;
                println!("{:?}", Self::over(db, 5).await?);
                Ok(())
            }
        }
    };
}

entity!(Account, "accounts", Job);
entity!(Book, "books", Account);
entity!(City, "cities", Book);
entity!(Device, "devices", City);
entity!(Event, "events", Device);
entity!(Folder, "folders", Event);
entity!(Garden, "gardens", Folder);
entity!(House, "houses", Garden);
entity!(Invoice, "invoices", House);
entity!(Job, "jobs", Invoice);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).context("ten URL")?;
    let db = &mut Db::builder().models(toasty::models!(crate::*)).connect(&url).await?;
    Account::all_three(db).await?;
    Book::all_three(db).await?;
    City::all_three(db).await?;
    Device::all_three(db).await?;
    Event::all_three(db).await?;
    Folder::all_three(db).await?;
    Garden::all_three(db).await?;
    House::all_three(db).await?;
    Invoice::all_three(db).await?;
    Job::all_three(db).await
}
