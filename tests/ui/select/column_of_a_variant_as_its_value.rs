// The columns of a variant are NULL for other variants, so they are `Option`s.
use orm::prelude::*;

#[derive(Embed, Debug, Clone)]
pub enum Payment {
    Card { number: String },
    Cash,
}

#[derive(Model, Debug)]
#[orm(table = "orders")]
pub struct Order {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(embed)]
    pub payment: Payment,
}

async fn numbers(db: &Database) -> orm::Result<Vec<String>> {
    // right: async fn numbers(db: &Database) -> orm::Result<Vec<Option<String>>> {
    Order::query().select(|o| o.payment.card_number).all(db).await
}

fn main() {}
