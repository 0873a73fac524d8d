//! Sessions that do what chance says: the database, and the rows in hand, must be what plain Rust says, after each flush,
//! commit, rollback and savepoint; and a flush must fail when keys say no, and only then.

mod models;
mod run;
mod steps;
mod world;

use orm::prelude::*;

use self::models::*;
use self::run::{Ended, Run};
use self::world::World;
use super::{cases, seed};

/// How many badges there are.
const BADGES: u32 = 3;

on_every_backend! {
    async fn leave_what_plain_rust_would_leave(db: Database) {
        db.create_tables::<(Guild, Member, Note, Badge, Award)>().await?;
        Badge::insert_all((0..BADGES).map(|id| Badge { id })).execute(db).await?;
        for case in 0..cases(60) {
            let seed = seed().wrapping_add(case);
            let mut s = db.session();
            let mut run = Run::new(seed);
            run.track(&mut s).await?;
            let ended = session(db, &mut s, &mut run).await;
            ended.unwrap_or_else(|error| panic!("{error:?}\n{run}"));
            drop(s);
            empty(db).await?;
        }
    }
}

async fn empty(db: &Database) -> orm::Result<()> {
    Award::delete().all_rows().execute(db).await?;
    Note::delete().all_rows().execute(db).await?;
    Member::update().set(|m| m.mentor_id.to(None)).all_rows().execute(db).await?;
    Member::delete().all_rows().execute(db).await?;
    Guild::delete().all_rows().execute(db).await?;
    Ok(())
}

/// Some transactions of one session.
async fn session(db: &Database, s: &mut Session, run: &mut Run) -> orm::Result<()> {
    for _ in 0..6 {
        let ended = run.walk(s, 0).await?;
        if ended == Ended::Well && run.random.below(4) > 0 {
            let fits = run.fits();
            let committed = s.commit().await;
            run.judge("commit", fits, &committed);
            if committed.is_ok() {
                run.is_flushed(s);
                run.is_committed();
                assert_eq!(World::read(db).await?, run.now, "{run}");
                if run.random.once_in(4) {
                    s.clear();
                    run.track(s).await?;
                }
                continue;
            }
        }
        s.rollback().await?;
        run.is_rolled_back(s);
        assert_eq!(World::read(db).await?, run.committed, "{run}");
    }
    Ok(())
}
