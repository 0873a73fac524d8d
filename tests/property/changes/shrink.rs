//! Shrinks changes.

use orm::Database;

use super::{Change, Set, Target, Things, fault};
use crate::property::data::Data;
use crate::property::expressions::smaller as smaller_trees;
use crate::property::tree::Tree;

/// Returns the smallest change found that fails, too.
pub async fn shrunk(
    db: &Database,
    mut change: Change,
    mut fault_of: String,
    data: &Data,
) -> (Change, String) {
    'smaller: loop {
        for candidate in smaller(&change) {
            if let Some(found) = fault(db, &candidate, data, &mut 0).await {
                (change, fault_of) = (candidate, found);
                continue 'smaller;
            }
        }
        return (change, fault_of);
    }
}

fn smaller(change: &Change) -> Vec<Change> {
    match change {
        Change::Update(target, sets) => {
            let targets =
                smaller_targets(target).into_iter().map(|target| Change::Update(target, sets.clone()));
            targets
                .chain(smaller_sets(sets).into_iter().map(|sets| Change::Update(target.clone(), sets)))
                .collect()
        }
        Change::Delete(target) => smaller_targets(target).into_iter().map(Change::Delete).collect(),
        Change::InsertFrom(filter, sets) => {
            let filters =
                smaller_filters(filter).into_iter().map(|filter| Change::InsertFrom(filter, sets.clone()));
            let sets = smaller_sets(sets).into_iter().map(|sets| Change::InsertFrom(filter.clone(), sets));
            filters.chain(sets).collect()
        }
        Change::Upsert(rows, sets, filter) => {
            let mut changes = Vec::new();
            for at in 0..rows.len() {
                let mut rows = rows.clone();
                rows.remove(at);
                if !rows.is_empty() {
                    changes.push(Change::Upsert(rows, sets.clone(), filter.clone()));
                }
            }
            for sets in smaller_sets(sets) {
                changes.push(Change::Upsert(rows.clone(), sets, filter.clone()));
            }
            for filter in smaller_filters(filter) {
                changes.push(Change::Upsert(rows.clone(), sets.clone(), filter));
            }
            changes
        }
    }
}

fn smaller_targets(target: &Target) -> Vec<Target> {
    let mut targets: Vec<Target> = smaller_filters(&target.filter)
        .into_iter()
        .map(|filter| Target { filter, ..target.clone() })
        .collect();
    if target.limit.is_some() {
        targets.push(Target { limit: None, order: Vec::new(), ..target.clone() });
        targets.push(Target { order: target.order[1..].to_vec(), ..target.clone() });
    }
    if target.things == Things::ByPath || target.things == Things::Joined {
        targets.push(Target {
            things: Things::JoinedIfThere,
            limit: None,
            order: Vec::new(),
            ..target.clone()
        });
    }
    targets
}

fn smaller_filters(filter: &Option<Tree>) -> Vec<Option<Tree>> {
    let Some(tree) = filter else { return Vec::new() };
    let smaller = smaller_trees(tree).into_iter().filter(|smaller| smaller.ty == tree.ty).map(Some);
    [None].into_iter().chain(smaller).collect()
}

fn smaller_sets(sets: &[Set]) -> Vec<Vec<Set>> {
    let mut smaller = Vec::new();
    for at in 0..sets.len() {
        if sets.len() > 1 {
            let mut fewer = sets.to_vec();
            fewer.remove(at);
            smaller.push(fewer);
        }
        for value in smaller_trees(&sets[at].value).into_iter().filter(|value| value.ty == sets[at].value.ty)
        {
            let mut sets = sets.to_vec();
            sets[at].value = value;
            smaller.push(sets);
        }
    }
    smaller
}
