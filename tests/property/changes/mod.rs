//! Updates, deletes, INSERT … SELECT and upserts: which rows they change, how many, which they return, and the contents
//! of the table afterwards.

mod build;
mod expected;
mod generate;
mod shrink;

use build::{Went, went};
use expected::expected;
use generate::sensible;
use orm::prelude::*;
use shrink::shrunk;

use crate::property::data::{Data, Part, Row, create, rows_of};
use crate::property::queries::Order;
use crate::property::tree::Tree;
use crate::property::{cases, seed, timely};
use crate::support::Random;

const DEPTH: usize = 2;

on_every_backend! {
    async fn leave_the_rows_that_they_leave_in_rust(db: Database) {
        let seed = seed();
        let mut random = Random::new(seed);
        let data = create(db, &mut random).await?;
        let (mut refused, cases) = (0, cases(1_000));
        for _ in 0..cases {
            let change = sensible(&mut random, &data);
            if let Some(fault) = fault(db, &change, &data, &mut refused).await {
                let (change, fault) = shrunk(db, change, fault, &data).await;
                panic!("{change:#?}\n{fault}\nORM_PROPERTY_SEED={seed}");
            }
        }
        // Each is tried twice; few may be unsupported, or nothing has been compared.
        assert!(refused * 20 <= cases * 2, "{refused} of {cases} changes were refused; ORM_PROPERTY_SEED={seed}");
    }
}

/// A change of parts.
#[derive(Debug, Clone)]
enum Change {
    Update(Target, Vec<Set>),
    Delete(Target),
    /// A new part for each thing that matches the condition, if there is one.
    InsertFrom(Option<Tree>, Vec<Set>),
    /// Rows of which some exist, the assignments for those, and a condition.
    Upsert(Vec<Row>, Vec<Set>, Option<Tree>),
}

/// The rows to change.
#[derive(Debug, Clone)]
struct Target {
    things: Things,
    filter: Option<Tree>,
    order: Vec<Order>,
    limit: Option<u64>,
}

/// How a part's thing comes into scope.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Things {
    No,
    ByPath,
    Joined,
    JoinedIfThere,
}

/// A column, and its new value.
#[derive(Debug, Clone)]
struct Set {
    column: usize,
    value: Tree,
}

/// The outcome of a change: the number of rows reported, the rows returned, and all rows afterwards.
#[derive(Debug, PartialEq)]
struct Outcome {
    count: Option<u64>,
    returned: Vec<Row>,
    rows: Vec<Row>,
}

/// Returns what is wrong with a change, if anything. Counts what the database does not support.
async fn fault(db: &Database, change: &Change, data: &Data, refused: &mut u64) -> Option<String> {
    let expected = expected(change, data).ok()?;
    for returning in [false, true] {
        let mut s = db.session();
        let went = timely(went(&mut s, change, returning)).await;
        let rows = Part::query().order_by(|p| p.id.asc()).all(&mut s).await;
        let closed = s.close().await;
        let found = match (went, rows, closed) {
            (Ok(Went::Refused), ..) => {
                *refused += 1;
                continue;
            }
            (Ok(Went::Well(count, returned)), Ok(rows), Ok(())) => {
                let returned = rows_of(&returned);
                Outcome { count, returned, rows: rows_of(&rows) }
            }
            (went, rows, _) => return Some(format!("{:?} {:?}", went.err(), rows.err())),
        };
        let expected = Outcome {
            count: expected.count.filter(|_| !returning),
            returned: if returning { expected.returned.clone() } else { Vec::new() },
            rows: expected.rows.clone(),
        };
        if found != expected {
            return Some(format!("returning: {returning}\n   found {found:?}\nexpected {expected:?}"));
        }
    }
    None
}
