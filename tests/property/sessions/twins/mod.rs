//! Two sessions take the same steps, and the flushes of one are interrupted, rolled back and repeated: after each commit, the
//! database has the same rows, and so do the sessions.

mod models;
mod steps;

use orm::prelude::*;

use self::models::*;
use self::steps::Twin;
use super::{cases, seed};
use crate::support::{Random, Shaky, Trouble, dropped_after};

on_every_backend! {
    async fn write_the_same_if_one_of_them_is_interrupted(db: Database) {
        db.create_tables::<(Org, Person, Card, Tag, Tagging, Log)>().await?;
        Tag::insert_all((0..3).map(|id| Tag { id })).execute(db).await?;
        let shaky = Shaky::over(db);
        for seed in (0..cases(20)).map(|case| seed().wrapping_add(case)) {
            let calm = live(db, db, None, seed).await?;
            empty(db).await?;
            let shaken = live(db, &shaky.open(), Some(&shaky), seed).await?;
            empty(db).await?;
            assert_eq!(calm, shaken, "ORM_PROPERTY_SEED={seed}");
        }
    }
}

/// Runs several transactions of one session, and returns what it did, and what was in the database after each.
async fn live(db: &Database, own: &Database, shaky: Option<&Shaky>, seed: u64) -> orm::Result<Vec<String>> {
    let mut twin = Twin::new(own.session(), seed).await?;
    let mut fate = Random::new(!seed);
    for _ in 0..6 {
        for _ in 0..2 + twin.random.below(10usize) {
            twin.step().await;
        }
        twin.log.push(twin.s.changes().to_string());
        if let Some(shaky) = shaky {
            interrupt(&mut twin.s, shaky, &mut fate).await?;
        }
        match twin.s.commit().await {
            Ok(()) => twin.log.push("committed".into()),
            Err(error) => {
                assert!(is_refusal(&error), "{error:?}\n{:#?}\nORM_PROPERTY_SEED={seed}", twin.log);
                twin.log.push(format!("{:?}", error.kind()));
                twin.s.rollback().await?;
                twin.s.discard_changes();
            }
        }
        twin.settle();
        twin.is_as(db).await?;
        twin.log.extend(dump(db).await?);
    }
    Ok(twin.log)
}

/// Flushes a few times, with faults, until it succeeds.
async fn interrupt(s: &mut Session, shaky: &Shaky, fate: &mut Random) -> orm::Result<()> {
    for _ in 0..fate.below(4usize) {
        let flushed = if fate.once_in(3) {
            dropped_after(fate.between(1, 30) as u32, s.flush()).await
        } else {
            shaky.behind(fate.below(12), fate.pick(&[Trouble::Stopped, Trouble::Deadlock, Trouble::Lost]));
            Some(s.flush().await)
        };
        shaky.heal();
        if flushed.is_some_and(|result| result.is_ok()) {
            break;
        }
        s.rollback().await?;
    }
    Ok(())
}

/// Returns whether the steps themselves do not fit.
fn is_refusal(error: &orm::Error) -> bool {
    error.is_unique_violation()
        || error.is_foreign_key_violation()
        || error.is_not_tracked()
        || error.is_invalid_query()
}

/// Returns what is in the database, without keys that servers count.
async fn dump(db: &Database) -> orm::Result<Vec<String>> {
    let orgs = Org::query().with_deleted().all(db).await?;
    let mark_of = |id: u64| orgs.iter().find(|org| org.id == id).map(|org| org.mark);
    let mut lines = Vec::new();
    for Org { mark, code, parent_id, gone, .. } in &orgs {
        lines.push(format!("org {mark} {code:?} {:?} {}", parent_id.and_then(mark_of), gone.is_some()));
    }
    for person in Person::query().all(db).await? {
        let Person { org_id, number, mark, boss_number, nick, double, version } = person;
        let org = mark_of(org_id);
        lines.push(format!("person {mark} {org:?} {number} {boss_number:?} {nick:?} {double} {version}"));
    }
    for Card { mark, org_id, number, contact, notes, .. } in Card::query().all(db).await? {
        lines.push(format!("card {mark} {:?} {number:?} {contact:?} {notes:?}", org_id.and_then(mark_of)));
    }
    for Tagging { org_id, number, tag_id, gone, .. } in Tagging::query().with_deleted().all(db).await? {
        lines.push(format!("tagging {:?} {number} {tag_id} {}", mark_of(org_id), gone.is_some()));
    }
    lines.extend(Log::query().all(db).await?.into_iter().map(|log| format!("log {}", log.text)));
    lines.sort();
    Ok(lines)
}

async fn empty(db: &Database) -> orm::Result<()> {
    Log::delete().all_rows().execute(db).await?;
    Tagging::delete().with_deleted().all_rows().hard_delete().execute(db).await?;
    Card::delete().all_rows().execute(db).await?;
    Person::update().set(|p| p.boss_number.to(None)).all_rows().execute(db).await?;
    Person::delete().all_rows().execute(db).await?;
    Org::update().with_deleted().set(|o| o.parent_id.to(None)).all_rows().execute(db).await?;
    Org::delete().with_deleted().all_rows().hard_delete().execute(db).await?;
    Ok(())
}
