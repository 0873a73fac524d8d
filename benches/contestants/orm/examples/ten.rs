//! Ten entities with `orm`, to measure its build.

use orm::prelude::*;

macro_rules! entity {
    ($Model:ident, $table:literal, $Parent:ident) => {
        #[derive(Model, Debug)]
        #[orm(table = $table)]
        struct $Model {
            #[orm(primary_key)]
            id: u64,
            #[orm(belongs_to = $Parent)]
            parent_id: u64,
            name: String,
            note: Option<String>,
            amount: i64,
            active: bool,
        }

        impl $Model {
            async fn save(&self, db: &Database) -> orm::Result<()> {
                let row = Self::insert().id(self.id).parent_id(self.parent_id).name(&self.name);
                row.note(self.note.clone()).amount(self.amount).active(self.active).execute(db).await?;
                Ok(())
            }

            async fn rename(db: &Database, id: u64, name: &str) -> orm::Result<()> {
                Self::update().set(|it| it.name.to(name)).filter(|it| it.id.eq(id)).execute(db).await?;
                Ok(())
            }

            async fn above(db: &Database, amount: i64) -> orm::Result<Vec<Self>> {
                let active = Self::query().filter(|it| it.active.eq(true)).filter(|it| it.amount.gt(amount));
                active.order_by(|it| it.name.asc()).limit(10).all(db).await
            }

            async fn all_three(db: &Database) -> orm::Result<()> {
                let (name, note) = ("Ann".to_owned(), None);
                let it = $Model { id: 1, parent_id: 1, name, note, amount: 7, active: true };
                it.save(db).await?;
                Self::rename(db, 1, "Bob").await?;
                println!("{:?}", Self::above(db, 5).await?);
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
async fn main() -> anyhow::Result<()> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "sqlite::memory:".to_owned());
    let db = &Database::open(&url)?;
    Account::all_three(db).await?;
    Book::all_three(db).await?;
    City::all_three(db).await?;
    Device::all_three(db).await?;
    Event::all_three(db).await?;
    Folder::all_three(db).await?;
    Garden::all_three(db).await?;
    House::all_three(db).await?;
    Invoice::all_three(db).await?;
    Ok(Job::all_three(db).await?)
}
