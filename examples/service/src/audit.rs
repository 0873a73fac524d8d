//! Who changed what: in the database `audit`, together with the change.

use axum::{Json, Router, routing::get};
use orm::prelude::*;
use serde::Serialize;

use crate::errors::AppError;
use crate::state::AppState;
use crate::unit_of_work::Tx;

/// Statements on this model go to `audit` automatically.
#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(table = "audit_entries", bind = "audit")]
pub struct AuditEntry {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(default = now)]
    pub at: DateTime<Utc>,
    #[orm(length = 60)]
    pub action: String,
    pub subject: u64,
}

/// Records what a request does. The entry is sent with the commit, in a transaction on its own database; without a commit,
/// it is not sent.
///
/// The databases commit one after the other. If the second fails after the first has committed, the error is of the kind
/// `PartialCommit` and names both: a person has to look at that, so it is a 500 and a line in the log.
pub fn record(tx: &mut Transaction, action: &str, subject: u64) {
    tx.add(AuditEntry::insert().action(action).subject(subject));
}

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/audit", get(list))
}

async fn list(mut tx: Tx) -> Result<Json<Vec<AuditEntry>>, AppError> {
    Ok(Json(AuditEntry::query().order_by(|e| e.id.desc()).limit(50).all(&mut *tx).await?))
}
