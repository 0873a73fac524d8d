//! Sessions over rows at both ends of relations: one-to-one relations, one of them by primary key; a tree whose parents
//! cannot be deleted; and a join model with data, over keys that change.

mod run;
mod steps;
mod world;

use orm::prelude::*;

use self::run::Run;
use self::world::World;
use super::{cases, seed};

/// Cannot be deleted while others reference it.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "persons", has_many(staff: Person.boss), many_to_many(clubs: Club, through = Membership))]
struct Person {
    #[orm(primary_key, auto)]
    id: u64,
    /// Identifies the row for the test.
    #[orm(unique)]
    mark: u32,
    #[orm(belongs_to = Person, relation = boss)]
    boss_id: Option<u64>,
}

/// Loses its owner when that is deleted.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "lockers")]
struct Locker {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(unique)]
    mark: u32,
    #[orm(unique, belongs_to = Person, relation = owner, on_delete = set_null)]
    owner_id: Option<u64>,
}

/// Its primary key is that of its person, with whom it is deleted.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "passports")]
struct Passport {
    #[orm(primary_key, belongs_to = Person, relation = person, on_delete = cascade)]
    person_id: u64,
    #[orm(unique)]
    mark: u32,
    #[orm(unique)]
    number: i32,
    #[orm(version)]
    version: u32,
}

/// Its code can change, which cascades to its memberships.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "clubs", many_to_many(persons: Person, through = Membership))]
struct Club {
    #[orm(primary_key, length = 3)]
    code: String,
    #[orm(unique)]
    mark: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "memberships", primary_key(person_id, club_code))]
struct Membership {
    #[orm(belongs_to = Person, relation = person, on_delete = cascade)]
    person_id: u64,
    #[orm(belongs_to = Club, relation = club, on_delete = cascade, on_update = cascade, length = 3)]
    club_code: String,
    #[orm(default = 0)]
    level: i32,
}

on_every_backend! {
    async fn are_linked_as_said(db: Database) {
        db.create_tables::<(Person, Locker, Passport, Club, Membership)>().await?;
        for case in 0..cases(40) {
            let mut run = Run::new(seed().wrapping_add(case));
            session(db, &mut run).await.unwrap_or_else(|error| panic!("{error:?}\n{run}"));
            empty(db).await?;
        }
    }
}

async fn empty(db: &Database) -> orm::Result<()> {
    Locker::delete().all_rows().execute(db).await?;
    Person::update().set(|p| p.boss_id.to(None)).all_rows().execute(db).await?;
    Person::delete().all_rows().execute(db).await?;
    Club::delete().all_rows().execute(db).await?;
    Ok(())
}

/// Runs several transactions of one session.
async fn session(db: &Database, run: &mut Run) -> orm::Result<()> {
    let mut s = db.session();
    for _ in 0..6 {
        let is_well = run.walk(&mut s, 0).await?;
        if is_well && run.random.below(4) > 0 && run.attempt("commit", s.commit()).await.is_some() {
            run.is_flushed(&s);
            run.is_committed();
            assert_eq!(World::read(db).await?, run.now, "{run}");
            if run.random.once_in(4) {
                s.clear();
                run.track(&mut s).await?;
            }
            continue;
        }
        s.rollback().await?;
        assert_eq!(World::read(db).await?, run.committed, "{run}");
        run.is_rolled_back(&mut s).await?;
    }
    s.rollback().await
}
