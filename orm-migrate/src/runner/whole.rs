//! Runs a migration and records it in one transaction, on SQLite.
//!
//! Rebuilt tables are dropped in between, so foreign keys are not checked until the end:
//! <https://www.sqlite.org/lang_altertable.html#otheralter>.

use orm::raw::{sql, sql_verbatim};
use orm::{Database, Error, ErrorKind, Result, Session};

use super::lost::Before;
use super::{failed, occupied};
use crate::history::{Applied, create, forget, note, read};
use crate::plan::{Goal, Work};
use crate::replaced::note_replaced;
use crate::step::called;
use crate::{Migrations, Ran};

pub(super) async fn run(migrations: &Migrations, db: &Database, mut goal: Goal) -> Result<Vec<Ran>> {
    let (mut ran, mut known) = (Vec::new(), Vec::new());
    loop {
        let mut s = begin(migrations, db).await?;
        match turn(migrations, &mut s, goal, &mut known, ran.is_empty()).await {
            Ok(Some(one)) => {
                s.commit().await?;
                goal = goal.after(one.up);
                ran.push(one);
            }
            Ok(None) => return s.commit().await.map(|()| ran),
            Err(error) => {
                // The first error counts.
                let _ = s.rollback().await;
                return Err(error);
            }
        }
    }
}

/// Begins a transaction that excludes other writers. Its first statement waits for them.
pub(crate) async fn begin(migrations: &Migrations, db: &Database) -> Result<Session> {
    let wait = migrations.options.wait;
    let mut s = db.transaction().without_foreign_keys().lock_timeout(wait).session();
    let created = create(&mut s, db.dialect()).await;
    created
        .map_err(|error| if error.is_lock_timeout() { occupied(wait).with_source(error) } else { error })?;
    Ok(s)
}

/// Runs the next migration. It is determined inside the transaction, as another program may have been faster.
async fn turn(
    migrations: &Migrations,
    s: &mut Session,
    goal: Goal,
    known: &mut Vec<Applied>,
    is_first: bool,
) -> Result<Option<Ran>> {
    let dialect = s.database().dialect().clone();
    let noted = read(&mut *s).await?;
    let history = migrations.replaced(noted.clone(), &dialect)?;
    note_replaced(&mut *s, &noted, &history).await?;
    migrations.agree(history.iter().filter(|applied| !known.contains(applied)), &dialect)?;
    // Before the first one runs, all are checked.
    let plan = migrations.plan(&history, goal, &dialect, if is_first { usize::MAX } else { 1 })?;
    migrations.have_steps(&plan)?;
    *known = history;
    match plan.into_iter().next() {
        None => Ok(None),
        Some(work) => migrate(migrations, s, work).await.map(Some),
    }
}

async fn migrate(migrations: &Migrations, s: &mut Session, work: Work<'_>) -> Result<Ran> {
    let before = Before::read(s, migrations, &work).await?;
    for (at, statement) in work.statements.iter().enumerate() {
        migrations.tell(&work, at);
        let done = match called(statement) {
            Some(step) => migrations.run_step(step, s).await,
            None => sql_verbatim(statement).execute(&mut *s).await.map(drop),
        };
        done.map_err(|error| failed(error, &work, at))?;
    }
    before.check(s, &work).await?;
    check_keys(s, &work).await?;
    if work.up {
        note(&mut *s, &work.applied(work.statements.len())).await?;
    } else {
        forget(&mut *s, &work.migration.name).await?;
    }
    Ok(Ran::behind(0, work))
}

async fn check_keys(s: &mut Session, work: &Work<'_>) -> Result<()> {
    let query = sql("SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check");
    let broken: Vec<(String, String)> = query.all(s).await?;
    if broken.is_empty() {
        return Ok(());
    }
    let pairs: Vec<String> = broken
        .iter()
        .map(|(child, parent)| format!("rows of `{child}` that reference missing rows of `{parent}`"))
        .collect();
    let message =
        format!("the migration `{}` leaves {}; it was rolled back", work.migration.name, pairs.join(", "));
    Err(Error::new(ErrorKind::ForeignKeyViolation, message))
}
