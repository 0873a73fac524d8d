//! What is dear to compute, kept for a while: in the database `cache`.

use std::time::Duration;

use orm::prelude::*;
use serde::Serialize;
use serde_json::Value as Json;

use crate::errors::AppError;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "cached_reports", bind = "cache")]
pub struct CachedReport {
    #[orm(primary_key, length = 60)]
    pub name: String,
    pub body: Json,
    pub made_at: DateTime<Utc>,
}

/// The report of this name, if it is young enough; else a new one.
///
/// It works on the database and not in the unit of work of the request, which may be for reading only: what is kept is
/// worth keeping, whatever becomes of the request. Two requests may both find nothing, and compute; the last one stays.
pub async fn kept<T: Serialize>(
    db: &Database,
    name: &str,
    age: Duration,
    compute: impl AsyncFnOnce() -> Result<T, AppError>,
) -> Result<Json, AppError> {
    let oldest = orm::now() - age;
    let young = CachedReport::find(name).filter(|c| c.made_at.ge(oldest)).optional(db).await?;
    if let Some(report) = young {
        return Ok(report.body);
    }
    let body =
        serde_json::to_value(compute().await?).map_err(|_| AppError::Mistake("a report is no JSON"))?;
    let report = CachedReport { name: name.to_owned(), body: body.clone(), made_at: orm::now() };
    CachedReport::insert_all([report])
        .on_conflict(|c| c.name)
        .update(|c, new| (c.body.to(new.body), c.made_at.to(new.made_at)))
        .execute(db)
        .await?;
    Ok(body)
}
