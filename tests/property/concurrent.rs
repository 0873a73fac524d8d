//! Random sessions that change the same rows concurrently: every change of a committed transaction is stored, and none
//! of the others. Rows with a version column are read without locks, others with a lock.

use std::collections::BTreeMap;
use std::time::Duration;

use orm::driver::Isolation;
use orm::prelude::*;

use super::{cases, seed};
use crate::support::Random;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "chests", has_many(things: Thing))]
struct Chest {
    #[orm(primary_key)]
    id: u32,
    count: i64,
    weight: i64,
    #[orm(version)]
    version: u32,
}

/// Has no version column.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "things")]
struct Thing {
    #[orm(primary_key)]
    id: u32,
    #[orm(belongs_to = Chest)]
    chest_id: u32,
    count: i64,
    weight: i64,
}

/// The number of rows of each table.
const ROWS: u32 = 4;

/// The changes of the counts and weights, of chests and of things.
type Changes = BTreeMap<(&'static str, u32), [i64; 2]>;

/// Runs one transaction.
async fn work(tx: &mut Transaction, seed: u64) -> orm::Result<Changes> {
    let (mut random, mut changes) = (Random::new(seed), Changes::new());
    for _ in 0..3 + random.below(8) {
        let (id, by) = (random.between(1, i64::from(ROWS)) as u32, random.between(-9, 9));
        match random.below(12) {
            0 => drop(Chest::query().track(&mut *tx).await?),
            1 => drop(Thing::query().track(&mut *tx).await?),
            2 => drop(Chest::query().with(|b| b.things()).for_update().track(&mut *tx).await?),
            3 => {
                Thing::update()
                    .set(|t| t.count.to(t.count + by))
                    .filter(|t| t.id.eq(id))
                    .execute(&mut *tx)
                    .await?;
                changes.entry(("thing", id)).or_default()[0] += by;
                Thing::query().track(&mut *tx).await?;
            }
            4 => {
                Chest::update()
                    .set(|b| b.weight.to(b.weight + by))
                    .filter(|b| b.id.eq(id))
                    .execute(&mut *tx)
                    .await?;
                changes.entry(("chest", id)).or_default()[1] += by;
                Chest::query().track(&mut *tx).await?;
            }
            5 | 6 => {
                let row = tx.get::<Chest>(id).await?;
                tx[row].count += by;
                changes.entry(("chest", id)).or_default()[0] += by;
            }
            7..=9 => {
                let row = match random.below(3) {
                    0 => Thing::query().filter(|t| t.id.eq(id)).for_update().track(&mut *tx).await?[0],
                    1 => sql!("SELECT * FROM {@Thing} WHERE id = {id} FOR UPDATE").track(&mut *tx).await?[0],
                    _ => tx.get::<Thing>(id).for_update().await?,
                };
                if random.once_in(2) {
                    // The statement may have changed rows, so they are read again, from the transaction's snapshot.
                    Chest::update()
                        .set(|b| b.weight.to(b.weight))
                        .filter(|b| b.id.eq(id))
                        .execute(&mut *tx)
                        .await?;
                    Thing::query().track(&mut *tx).await?;
                    Chest::query().track(&mut *tx).await?;
                }
                if random.once_in(3) {
                    tx.refresh(row).await?;
                }
                (tx[row].count, tx[row].weight) = (tx[row].count + by, tx[row].weight - by);
                let change = changes.entry(("thing", id)).or_default();
                *change = [change[0] + by, change[1] - by];
            }
            10 => {
                let mut undone = tx.begin_savepoint().await?;
                let row = undone.get::<Chest>(id).await?;
                undone[row].count += 1_000;
                undone.flush().await?;
            }
            _ => tokio::time::sleep(Duration::from_millis(random.below(3))).await,
        }
    }
    Ok(changes)
}

on_servers! {
    async fn lose_no_change(fresh: Fresh) {
        let db = &fresh.db;
        db.create_tables::<(Chest, Thing)>().await?;
        let mut expected = Changes::new();
        for id in 1..=ROWS {
            Chest::insert_all([Chest { id, count: 0, weight: 0, version: 1 }]).execute(db).await?;
            Thing::insert_all([Thing { id, chest_id: id, count: 0, weight: 0 }]).execute(db).await?;
            expected.extend([(("chest", id), [0, 0]), (("thing", id), [0, 0])]);
        }
        let levels = [Isolation::RepeatableRead, Isolation::ReadCommitted, Isolation::Serializable];
        for case in 0..cases(40) {
            let seed = seed().wrapping_add(case * 100);
            let tasks = (0..5).map(|task| {
                let db = db.clone();
                tokio::spawn(async move {
                    let transaction = db.transaction().isolation(levels[task % levels.len()]);
                    let seed = seed.wrapping_add(task as u64);
                    transaction.retry(100).retry_stale().run(async move |tx| work(tx, seed).await).await
                })
            });
            for task in tasks.collect::<Vec<_>>() {
                for (row, [count, weight]) in task.await.unwrap()? {
                    let sum = expected.get_mut(&row).unwrap();
                    *sum = [sum[0] + count, sum[1] + weight];
                }
            }
            let chests = Chest::query().all(db).await?.into_iter().map(|row| (("chest", row.id), [row.count, row.weight]));
            let things = Thing::query().all(db).await?.into_iter();
            let things = things.map(|row| (("thing", row.id), [row.count, row.weight]));
            assert_eq!(chests.chain(things).collect::<Changes>(), expected, "ORM_PROPERTY_SEED={seed}");
        }
    }
}
