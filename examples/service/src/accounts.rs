//! Accounts, and transfers between them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use orm::Graph;
use orm::prelude::*;
use serde::{Deserialize, Serialize};

use crate::audit;
use crate::errors::AppError;
use crate::forms::{Check, Form, Id};
use crate::state::AppState;
use crate::unit_of_work::Tx;
use crate::users::User;

/// How often a transfer is retried if others change the same accounts.
const RETRIES: u32 = 10;

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(table = "accounts", check = "balance >= 0")]
pub struct Account {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = User)]
    pub owner_id: u64,
    /// In cents.
    pub balance: i64,
    #[orm(version)]
    pub version: u32,
}

/// An account with its owner.
#[derive(Graph, Serialize, Debug)]
struct AccountView {
    #[orm(root)]
    #[serde(flatten)]
    account: Account,
    owner: User,
}

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(table = "transfers")]
pub struct Transfer {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Account, relation = sender)]
    pub from_id: u64,
    #[orm(belongs_to = Account, relation = receiver)]
    pub to_id: u64,
    pub amount: i64,
    #[orm(default = now)]
    pub at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct NewAccount {
    owner_id: u64,
    balance: i64,
}

#[derive(Deserialize, Clone, Copy)]
struct Order {
    from: u64,
    to: u64,
    amount: i64,
}

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/accounts", get(list).post(open))
        .route("/accounts/{id}", get(show))
        .route("/transfers", post(transfer))
}

async fn list(mut tx: Tx) -> Result<Json<Vec<AccountView>>, AppError> {
    Ok(Json(Account::query().order_by(|a| a.id.asc()).limit(200).graph().all(&mut *tx).await?))
}

async fn open(mut tx: Tx, Form(form): Form<NewAccount>) -> Result<(StatusCode, Json<Account>), AppError> {
    Check::default().that(form.balance >= 0, "balance", "is negative").done()?;
    let owner = tx.find::<User>(form.owner_id).await?;
    let owner = owner.ok_or(AppError::field("owner_id", "does not exist"))?;
    let owner_id = tx[owner].id;
    let account = Account::insert().owner_id(owner_id).balance(form.balance).returning(&mut *tx).await?;
    audit::record(&mut tx, "open account", account.id);
    Ok((StatusCode::CREATED, Json(account)))
}

async fn show(mut tx: Tx, Id(id): Id) -> Result<Json<Account>, AppError> {
    Ok(Json(Account::find(id).one(&mut *tx).await?))
}

/// Runs in transactions of its own, not in that of the request, because these can be retried.
///
/// Nothing is locked while the balances are read (optimistic locking); the versions tell whether they were still current when
/// they were written. If not, the transfer is retried, as after a deadlock.
async fn transfer(
    State(state): State<AppState>,
    Form(order): Form<Order>,
) -> Result<(StatusCode, Json<Transfer>), AppError> {
    Check::default()
        .that(order.amount > 0, "amount", "is not positive")
        .that(order.from != order.to, "to", "is the same account")
        .done()?;
    let unit = state.db.transaction().retry(RETRIES).retry_stale();
    let transfer = unit.try_run(async move |tx| order.carry_out(tx).await).await?;
    Ok((StatusCode::CREATED, Json(transfer)))
}

impl Order {
    async fn carry_out(self, tx: &mut Transaction) -> Result<Transfer, AppError> {
        let account =
            |found: Option<Handle<Account>>, field| found.ok_or(AppError::field(field, "does not exist"));
        let from = account(tx.find::<Account>(self.from).await?, "from")?;
        let to = account(tx.find::<Account>(self.to).await?, "to")?;
        if tx[from].balance < self.amount {
            return Err(AppError::field("amount", "is more than there is"));
        }
        let received = tx[to].balance.checked_add(self.amount);
        let received = received.ok_or(AppError::field("amount", "is more than the account can hold"))?;
        tx[from].balance -= self.amount;
        tx[to].balance = received;
        let transfer = tx.add(Transfer::insert().sender(from).receiver(to).amount(self.amount));
        tx.flush().await?;
        let transfer = tx.saved(transfer)?;
        let transfer = tx[transfer].clone();
        audit::record(tx, "transfer", transfer.id);
        Ok(transfer)
    }
}
