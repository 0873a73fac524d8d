//! A cache for results that are expensive to compute, in the database `cache`.

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

/// The report with this name, if it is recent enough; otherwise a new one.
///
/// This uses the database and not the request's unit of work, which may be read-only: the report is worth keeping whatever
/// happens to the request. Two requests may both find nothing and compute the report; the last one is kept.
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
