//! Related rows, by relations of every kind: what is loaded, counted, paged through and streamed must equal what plain
//! Rust finds.

#[macro_use]
mod clauses;
mod forms;
mod models;
mod world;

use std::fmt;

use self::clauses::Clauses;
use self::models::*;
use self::world::World;
use super::{cases, seed, timely};
use crate::support::Random;

/// The number of cases with the same rows.
const OF_A_WORLD: u64 = 20;

/// The parameters of a form.
#[derive(Debug)]
struct Case<'w> {
    /// The seed of its rows, and its number among their cases.
    seed: (u64, u64),
    world: &'w World,
    /// For each level.
    clauses: [Clauses; 5],
    /// The size of pages and chunks, and the number of levels of trees.
    size: u32,
}

impl<'w> Case<'w> {
    fn new(seed: (u64, u64), world: &'w World, random: &mut Random) -> Self {
        let clauses = std::array::from_fn(|_| Clauses::new(random));
        Case { seed, world, clauses, size: random.below(4) + 1 }
    }
}

impl fmt::Display for Case<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Case { seed: (seed, at), clauses, size, .. } = self;
        write!(f, "{clauses:#?}\nsize {size}\nORM_PROPERTY_SEED={seed} ORM_PROPERTY_CASES={}", at + 1)
    }
}

on_every_backend! {
    async fn are_what_plain_rust_finds(db: Database) {
        db.create_tables::<(Town, Person, Desk, Letter, Reply, Stamp, Postage)>().await?;
        let mut world = World::default();
        for at in 0..cases(300) {
            let (first, at) = (seed().wrapping_add(at - at % OF_A_WORLD), at % OF_A_WORLD);
            if at == 0 {
                world = World::new(&mut Random::new(first));
                World::delete(db).await?;
                world.insert(db).await?;
            }
            let mut random = Random::new(first.wrapping_add(at));
            let case = Case::new((first, at), &world, &mut random);
            if let Err(error) = timely(forms::check(db, &case, &mut random)).await {
                panic!("{error:?}\n{case}");
            }
        }
    }
}
