//! Runs a migration statement by statement, each recorded before and after it runs, on servers with implicit commits.

use orm::Result;
use orm::prelude::*;

use super::resume::{is_refused, resume};
use super::{Hand, failed};
use crate::effect::{Effect, effect};
use crate::fingerprint::fingerprint;
use crate::history::{Applied, create, forget, note_new, note_progress, overtaken, read};
use crate::plan::{Goal, Work};
use crate::replaced::note_replaced;
use crate::step::called;
use crate::{Migrations, Ran};

pub(super) async fn run(migrations: &Migrations, db: &Database, goal: Goal) -> Result<Vec<Ran>> {
    let mut hand = Hand::take(db, migrations.options.wait).await?;
    let result = locked(migrations, &mut hand, goal).await;
    let released = hand.release().await;
    result.and_then(|ran| released.map(|()| ran))
}

async fn locked(migrations: &Migrations, hand: &mut Hand<'_>, goal: Goal) -> Result<Vec<Ran>> {
    let dialect = hand.db.dialect();
    create(hand.connection(), dialect).await?;
    let history = replace(migrations, hand).await?;
    migrations.agree(&history, dialect)?;
    let plan = migrations.plan(&history, goal, dialect, usize::MAX)?;
    migrations.have_steps(&plan)?;
    migrations.have_room(&plan, hand.db)?;
    let mut ran = Vec::new();
    for work in plan {
        ran.push(migrate(migrations, hand, work).await?);
    }
    Ok(ran)
}

/// Returns the history with squashed migrations in place; if there are any, that is recorded in one transaction.
async fn replace(migrations: &Migrations, hand: &mut Hand<'_>) -> Result<Vec<Applied>> {
    let history = read(hand.connection()).await?;
    let replaced = migrations.replaced(history.clone(), hand.db.dialect())?;
    if replaced != history {
        hand.execute("START TRANSACTION").await?;
        let noted = note_replaced(hand.connection(), &history, &replaced).await;
        hand.end(noted).await?;
    }
    Ok(replaced)
}

async fn migrate(migrations: &Migrations, hand: &mut Hand<'_>, work: Work<'_>) -> Result<Ran> {
    let start = match &work.noted {
        Some(noted) if noted.is_up() == work.up => resume(hand, &work, noted).await?,
        noted => {
            begin(hand, &work, noted.as_ref()).await?;
            0
        }
    };
    for at in start..work.statements.len() {
        migrations.tell(&work, at);
        step(migrations, hand, &work, at).await.map_err(|error| failed(error, &work, at))?;
    }
    if work.up {
        let all = work.applied(work.statements.len());
        note_progress(hand.connection(), &all, &all).await?;
    } else {
        forget(hand.connection(), &work.migration.name).await?;
    }
    Ok(Ran::behind(start, work))
}

/// Records that none of its statements is done, in one statement: in between, it would look as if it had never run.
async fn begin(hand: &mut Hand<'_>, work: &Work<'_>, noted: Option<&Applied>) -> Result<()> {
    match noted {
        Some(noted) => note_progress(hand.connection(), noted, &work.applied(0)).await,
        None => note_new(hand.connection(), &work.applied(0)).await,
    }
}

/// Runs a statement and records it.
async fn step(migrations: &Migrations, hand: &mut Hand<'_>, work: &Work<'_>, at: usize) -> Result<()> {
    let statement = &work.statements[at];
    if let Some(step) = called(statement) {
        return run_step(migrations, hand.db, work, at, step).await;
    }
    let (before, done) = (work.applied(at), work.applied(at + 1));
    if effect(statement, hand.db.dialect()) == Effect::Rows {
        hand.execute("START TRANSACTION").await?;
        let result = match hand.execute(statement).await {
            Ok(()) => note_progress(hand.connection(), &before, &done).await,
            Err(error) => Err(error),
        };
        return hand.end(result).await;
    }
    let found = fingerprint(hand, statement).await?;
    let begun = Applied { done: before.done, before: found, ..done.clone() };
    note_progress(hand.connection(), &before, &begun).await?;
    if let Err(error) = hand.execute(statement).await {
        if is_refused(&error) {
            note_progress(hand.connection(), &begun, &before).await?;
        }
        return Err(error);
    }
    note_progress(hand.connection(), &begun, &done).await
}

/// Runs a step in Rust in one transaction with its record.
async fn run_step(
    migrations: &Migrations,
    db: &Database,
    work: &Work<'_>,
    at: usize,
    step: &str,
) -> Result<()> {
    let (mut s, name) = (db.session(), work.migration.name.as_str());
    // This row lock excludes a program that has lost the named lock, for example with its connection.
    let noted = Applied::query().filter(|a| a.name.eq(name)).for_update().optional(&mut s).await?;
    if noted.is_none_or(|noted| noted.done() != at) {
        return Err(overtaken());
    }
    migrations.run_step(step, &mut s).await?;
    note_progress(&mut s, &work.applied(at), &work.applied(at + 1)).await?;
    s.commit().await
}
