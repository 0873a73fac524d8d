// An embedded struct is set to columns of the optional side of an outer join, which may be NULL.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub struct Money {
    pub amount: i64,
    #[orm(length = 3)]
    pub currency: String,
}

#[derive(Model)]
#[orm(table = "offers")]
pub struct Offer {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Offer)]
    pub before_id: Option<u64>,
    #[orm(embed)]
    pub price: Money,
}

async fn wrong(db: &Database) -> orm::Result<()> {
    Offer::update().left_join(|o| o.before()).set(|(o, before)| o.price.to(before.price)).all_rows().execute(db).await?;
    // right: Offer::update().join(|o| o.before()).set(|(o, before)| o.price.to(before.price)).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}
