//! How the databases get their tables, and are updated from one release to the next: a folder of SQL files for each.
//!
//! After you change a model, `cargo run -p service -- draft "add age"` writes a migration for the difference. Read it before
//! you commit it: it is yours from then on.

use std::path::Path;

use orm::dialect::{Dialect, MARIADB, MYSQL, SQLITE};
use orm::prelude::*;
use orm::schema::ModelSet;
use orm_migrate::{Draft, Migrations, migrations};

use crate::accounts::{Account, Transfer};
use crate::audit::AuditEntry;
use crate::cache::CachedReport;
use crate::comments::Comment;
use crate::posts::Post;
use crate::tags::{PostTag, Tag};
use crate::users::User;

/// The models in each of the databases.
type Main = (User, Post, Comment, Tag, PostTag, Account, Transfer);
type Audit = AuditEntry;
type Cache = CachedReport;

/// The kinds of database that are supported. The cache is always SQLite, whatever the others are.
const DIALECTS: [&Dialect; 3] = [&SQLITE, &MARIADB, &MYSQL];
const CACHE_DIALECTS: [&Dialect; 1] = [&SQLITE];

/// Runs pending migrations, and compares the result with the models: better now than in the middle of a request.
pub(crate) async fn up(db: &Database) -> orm::Result<()> {
    let main = migrations!("migrations/main")?;
    let audit = migrations!("migrations/audit")?.bind("audit");
    let cache = migrations!("migrations/cache")?.bind("cache");
    for (database, migrations) in [("main", main), ("audit", audit), ("cache", cache)] {
        for ran in migrations.up(db).await? {
            tracing::info!(database, migration = ran.name, statements = ran.statements.len(), "migrated");
        }
    }
    orm::Schema::verify::<(Main, Audit, Cache)>(db).await
}

/// Writes migrations for the difference between the models and the last migrations; returns their names.
pub fn draft(name: &str) -> orm::Result<Vec<String>> {
    let written = [
        draft_of::<Main>("main", None, &DIALECTS, name)?,
        draft_of::<Audit>("audit", Some("audit"), &DIALECTS, name)?,
        draft_of::<Cache>("cache", Some("cache"), &CACHE_DIALECTS, name)?,
    ];
    Ok(written.into_iter().flatten().collect())
}

/// For the models in the database with this name, or the default one.
fn draft_of<S: ModelSet>(
    folder: &str,
    bind: Option<&str>,
    dialects: &[&Dialect],
    name: &str,
) -> orm::Result<Option<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
    let mut migrations = Migrations::read(&path)?;
    if let Some(bind) = bind {
        migrations = migrations.bind(bind);
    }
    let written = Draft::of::<S>(&migrations, dialects)?.write(&path, name)?;
    Ok(written.map(|name| format!("{folder}/{name}")))
}

#[cfg(test)]
mod tests {
    use orm_migrate::{check, migrations};

    use super::{Audit, CACHE_DIALECTS, Cache, DIALECTS, Main};

    #[test]
    fn no_model_has_changed_without_one() -> orm::Result<()> {
        check::<Main>(&migrations!("migrations/main")?, &DIALECTS)?;
        check::<Audit>(&migrations!("migrations/audit")?.bind("audit"), &DIALECTS)?;
        check::<Cache>(&migrations!("migrations/cache")?.bind("cache"), &CACHE_DIALECTS)
    }
}
