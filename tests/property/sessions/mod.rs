//! Random sessions: the database, and the rows in the session, must equal what plain Rust computes, after each flush,
//! commit, rollback and savepoint; and a flush must fail if it violates a key, and only then. The same again while
//! calls are interrupted: dropped before they complete, killed, or without their connection.

mod ends;
mod faults;
mod keys;
mod models;
mod others;
mod run;
mod statements;
mod steps;
mod table;
mod twins;
mod world;

use orm::prelude::*;

use self::faults::{Faults, Says};
use self::models::*;
use self::run::{Ended, Run, Went};
use self::world::World;
use super::{cases, seed};
use crate::support::{Fresh, is_at_full_strength};

/// The number of badges.
const BADGES: u32 = 3;

on_every_backend! {
    async fn leave_what_plain_rust_would_leave(db: Database) {
        create(db).await?;
        for case in 0..cases(60) {
            leaves_what_it_should(db, &mut db.session(), Run::new(seed().wrapping_add(case), None)).await?;
            empty(db).await?;
        }
    }
}

/// Runs sessions whose calls are interrupted. The results are checked over other connections.
async fn cut_off(fresh: &Fresh, is_server: bool) -> orm::Result<()> {
    create(&fresh.db).await?;
    let mut faults = Faults::of(fresh, is_server).await;
    let db = faults.open();
    for case in 0..cases(60) {
        let seed = seed().wrapping_add(case);
        let run = Run::new(seed, Some(faults.begin(seed)));
        faults = leaves_what_it_should(&fresh.db, &mut db.session(), run).await?.expect("they were there");
        faults.rest().await;
        empty(&fresh.db).await?;
    }
    is_at_full_strength(&db).await
}

#[test]
fn leave_it_when_calls_are_cut_off() {
    crate::support::on_sqlite(|fresh| Box::pin(cut_off(fresh, false)));
}

on_servers! {
    async fn leave_it_when_calls_and_connections_are_cut_off(fresh: Fresh) {
        cut_off(fresh, true).await?;
    }
}

async fn create(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Guild, Member, Note, Badge, Award)>().await?;
    Badge::insert_all((0..BADGES).map(|id| Badge { id })).execute(db).await?;
    Ok(())
}

async fn empty(db: &Database) -> orm::Result<()> {
    Award::delete().all_rows().execute(db).await?;
    Note::delete().all_rows().execute(db).await?;
    Member::update().set(|m| m.mentor_id.to(None)).all_rows().execute(db).await?;
    Member::delete().all_rows().execute(db).await?;
    Guild::delete().all_rows().execute(db).await?;
    Ok(())
}

/// Runs several transactions of one session, and checks the results in `db`. Returns the faults.
async fn leaves_what_it_should<'f>(
    db: &Database,
    s: &mut Session,
    mut run: Run<'f>,
) -> orm::Result<Option<Faults<'f>>> {
    run.track(s).await?;
    let ended = session(db, s, &mut run).await;
    ended.unwrap_or_else(|error| panic!("{error:?}\n{run}"));
    Ok(run.faults)
}

async fn session(db: &Database, s: &mut Session, run: &mut Run<'_>) -> orm::Result<()> {
    for _ in 0..6 {
        if run.random.once_in(3) {
            run.is_overtaken(s, db).await?;
        }
        let mut ended = run.walk(s, 0).await?;
        if ended == Ended::Well && run.random.below(4) > 0 {
            let (fits, is_active) = (run.fits(), s.is_active());
            match run.attempt("commit", fits, is_active, s.commit()).await {
                Went::Well(()) => {
                    run.is_flushed(s);
                    run.is_committed();
                    assert_eq!(World::read(db).await?, run.now, "{run}");
                    if run.random.once_in(4) {
                        s.clear();
                        run.track(s).await?;
                    }
                    continue;
                }
                Went::Refused => {}
                Went::Cut => ended = Ended::Cut,
            }
        }
        let says = if ended == Ended::Cut { run.ask(s).await? } else { Says::Active };
        if ended == Ended::Cut && says == Says::Active && run.random.once_in(2) {
            continue;
        }
        for _ in 0..run.random.below(4) {
            if says == Says::Dead {
                run.step(s)?;
            }
        }
        run.roll_back(s, &says).await?;
        if says == Says::InDoubt {
            run.find_out(s, db).await?;
            continue;
        }
        run.is_rolled_back(s);
        assert_eq!(World::read(db).await?, run.committed, "{run}");
    }
    s.rollback().await
}
