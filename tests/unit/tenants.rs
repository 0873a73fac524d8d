//! Rows whose foreign keys share columns with one another, and with their own keys.

use orm::prelude::*;

/// A worker of a tenant; so are its boss and its mentor.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "workers",
    primary_key(tenant, number),
    belongs_to(boss: Worker, by = (tenant, boss_number)),
    belongs_to(mentor: Worker, by = (tenant, mentor_number)),
    many_to_many(skills: Skill, through = WorkerSkill)
)]
struct Worker {
    #[orm(belongs_to = Tenant, relation = owner)]
    tenant: u64,
    number: i32,
    boss_number: Option<i32>,
    mentor_number: Option<i32>,
    #[orm(unique)]
    seat: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tenants")]
struct Tenant {
    #[orm(primary_key, auto)]
    id: u64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "skills", primary_key(tenant, number))]
struct Skill {
    tenant: u64,
    number: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "worker_skills",
    primary_key(tenant, worker_number, skill_number),
    belongs_to(worker: Worker, by = (tenant, worker_number)),
    belongs_to(skill: Skill, by = (tenant, skill_number))
)]
struct WorkerSkill {
    tenant: u64,
    worker_number: i32,
    skill_number: i32,
}

async fn create(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Tenant, Worker, Skill, WorkerSkill)>().await?;
    Tenant::insert().execute(db).await?;
    Skill::insert_all([Skill { tenant: 1, number: 1 }]).execute(db).await?;
    Ok(())
}

fn worker(number: i32) -> Worker {
    Worker { tenant: 1, number, boss_number: None, mentor_number: None, seat: None }
}

async fn links(db: &Database) -> orm::Result<Vec<(i32, Option<i32>, Option<i32>)>> {
    Worker::query()
        .order_by(|w| w.number.asc())
        .select(|w| (w.number, w.boss_number, w.mentor_number))
        .all(db)
        .await
}

on_every_backend! {
    async fn are_attached_once_after_a_flush_that_was_refused(db: Database) {
        create(db).await?;
        let mut s = db.session();
        let skill = s.get::<Skill>((1, 1)).await?;
        let new = s.add(worker(1));
        s.attach(new, |w| w.skills(), skill)?;
        let mut refuses = true;
        s.before_flush(move |_| match std::mem::take(&mut refuses) {
            true => Err(orm::Error::new(ErrorKind::CheckViolation, "not yet")),
            false => Ok(()),
        });
        assert!(s.flush().await.is_err());
        s.attach(new, |w| w.skills(), skill)?;
        s.commit().await?;
        assert_eq!(WorkerSkill::query().count(db).await?, 1);
    }

    async fn are_attached_after_both_are_there(db: Database) {
        create(db).await?;
        Worker::insert_all([Worker { seat: Some(1), ..worker(1) }]).execute(db).await?;
        let mut s = db.session();
        let skill = s.get::<Skill>((1, 1)).await?;
        let old = s.get::<Worker>((1, 1)).await?;
        let new = s.add(Worker { seat: Some(1), ..worker(2) });
        s.delete(old)?;
        s.attach(new, |w| w.skills(), skill)?;
        s.commit().await?;
        assert_eq!(WorkerSkill::query().count(db).await?, 1);
    }

    async fn are_inserted_in_the_order_of_values_and_handles(db: Database) {
        create(db).await?;
        let mut s = db.session();
        let tenant = s.get::<Tenant>(1).await?;
        s.add(Worker::insert().owner(tenant).number(1).boss_number(2));
        s.add(Worker::insert().owner(tenant).number(2));
        s.commit().await?;
        assert_eq!(links(db).await?, [(1, Some(2), None), (2, None, None)]);
    }

    async fn are_linked_to_themselves_and_in_circles(db: Database) {
        create(db).await?;
        let mut s = db.session();
        let tenant = s.add(Tenant::insert());
        let [one, two, three] = [1, 2, 3].map(|number| s.add(Worker::insert().owner(tenant).number(number)));
        s.link(one, |w| w.boss(), two)?;
        s.link(two, |w| w.boss(), one)?;
        s.link(three, |w| w.mentor(), three)?;
        let [four, five, six] = [4, 5, 6].map(|number| s.add(worker(number)));
        s.link(four, |w| w.boss(), five)?;
        s.link(five, |w| w.boss(), four)?;
        s.link(six, |w| w.mentor(), six)?;
        s.commit().await?;
        assert_eq!(links(db).await?, [(1, Some(2), None), (2, Some(1), None), (3, None, Some(3)), (4, Some(5), None), (5, Some(4), None), (6, None, Some(6))]);
    }

    async fn are_inserted_again_after_a_rollback(db: Database) {
        create(db).await?;
        let mut s = db.session();
        for (number, boss) in [(1, 2), (2, 1)] {
            s.add(Worker { boss_number: Some(boss), ..worker(number) });
        }
        s.flush().await?;
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(links(db).await?, [(1, Some(2), None), (2, Some(1), None)]);
    }

    async fn wait_for_each_row_that_they_reference(db: Database) {
        create(db).await?;
        Worker::insert_all([Worker { seat: Some(1), ..worker(1) }]).execute(db).await?;
        let mut s = db.session();
        let old = s.get::<Worker>((1, 1)).await?;
        // One of them waits for the seat.
        s[old].seat = None;
        let late = s.add(Worker { seat: Some(1), ..worker(2) });
        let [soon, one, two] = [3, 4, 5].map(|number| s.add(worker(number)));
        s.link(one, |w| w.boss(), late)?;
        s.link(one, |w| w.mentor(), soon)?;
        s.link(two, |w| w.mentor(), soon)?;
        s.link(two, |w| w.boss(), late)?;
        s.link(old, |w| w.mentor(), soon)?;
        s.link(old, |w| w.boss(), soon)?;
        s.commit().await?;
        let by = |number, boss, mentor| (number, Some(boss), Some(mentor));
        let expected = [by(1, 3, 3), (2, None, None), (3, None, None), by(4, 2, 3), by(5, 2, 3)];
        assert_eq!(links(db).await?, expected);
    }
}
