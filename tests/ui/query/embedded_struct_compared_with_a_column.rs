// An embedded struct is compared with a number: compare one of its columns.
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
    #[orm(embed)]
    pub price: Money,
}

async fn wrong(db: &Database) -> orm::Result<()> {
    let offers = Offer::query().filter(|o| o.price.eq(100)).all(db).await?;
    // right: let offers = Offer::query().filter(|o| o.price.amount.eq(100)).all(db).await?;
    Ok(())
}

fn main() {}
