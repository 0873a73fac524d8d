//! Random expressions and queries over two small tables, related rows, changes, and steps of sessions: each backend
//! must return what a plain evaluation in Rust returns.
//!
//! The cases are the same each time, so that failures are due to changes of the code: `ORM_PROPERTY_SEED=random` uses
//! others, whose seed a failure prints, and `ORM_PROPERTY_SEED=7` those of a seed. `ORM_PROPERTY_CASES` sets the number
//! of cases: of expressions, of queries, of changes and of the others.

mod answer;
#[macro_use]
mod build;
mod changes;
mod concurrent;
mod data;
mod elements;
mod evaluate;
mod expressions;
mod found;
mod generate;
mod groups;
mod loads;
mod queries;
mod sessions;
mod tree;

use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The default seed.
const SEED: u64 = 2026;

/// Returns the first seed of a test, which is the same throughout a run.
pub(crate) fn seed() -> u64 {
    static CHOSEN: OnceLock<u64> = OnceLock::new();
    *CHOSEN.get_or_init(|| match std::env::var("ORM_PROPERTY_SEED").as_deref() {
        Ok("random") => {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
            u64::from(now.subsec_nanos()) ^ now.as_secs()
        }
        _ => set_by("ORM_PROPERTY_SEED").unwrap_or(SEED),
    })
}

/// Returns the minimum number of cases of a test.
pub(crate) fn cases(default: u64) -> u64 {
    set_by("ORM_PROPERTY_CASES").unwrap_or(default)
}

/// Returns the result of a statement. One that never ends is a fault as well, and must not look like a slow machine.
async fn timely<T>(statement: impl Future<Output = orm::Result<T>>) -> orm::Result<T> {
    let end = tokio::time::timeout(Duration::from_secs(60), statement);
    end.await.unwrap_or_else(|_| panic!("a statement does not end; ORM_PROPERTY_SEED={}", seed()))
}

fn set_by(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is `{text}`, which is no number")))
}
