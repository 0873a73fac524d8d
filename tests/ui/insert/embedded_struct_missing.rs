// A required embedded struct has no value.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub struct Address {
    pub street: String,
}

#[derive(Model)]
#[orm(table = "customers")]
pub struct Customer {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(embed)]
    pub home: Address,
}

async fn wrong(db: &Database) -> orm::Result<()> {
    Customer::insert().execute(db).await?;
    // right: Customer::insert().home(Address { street: "Elm Street".into() }).execute(db).await?;
    Ok(())
}

fn main() {}
