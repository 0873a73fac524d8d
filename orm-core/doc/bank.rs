//! Accounts, for examples of transactions: `orm_doc::bank(db)` opens two of them.

use orm::prelude::*;

/// Somebody's money, which cannot be less than nothing.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "accounts", check = "balance >= 0")]
pub struct Account {
    #[orm(primary_key)]
    pub id: u64,
    pub owner: String,
    pub balance: i64,
    #[orm(version)]
    pub version: u32,
}

/// Creates the table, with account 1 of Ann and account 2 of Bob, who have 100 each.
///
/// # Errors
/// Those of its statements.
pub async fn bank(db: &Database) -> orm::Result<()> {
    db.create_tables::<Account>().await?;
    let account = |id, owner| Account::insert().id(id).owner(owner).balance(100);
    Account::insert_all([account(1, "Ann"), account(2, "Bob")]).execute(db).await?;
    Ok(())
}
