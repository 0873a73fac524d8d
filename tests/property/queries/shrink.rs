//! Shrinks queries.

use orm::Database;

use super::generate::column;
use super::{Case, Select, fault};
use crate::property::data::Data;
use crate::property::tree::COLUMNS;

/// Returns the smallest query found that fails, too.
pub async fn shrunk(db: &Database, mut case: Case, mut fault_of: String, data: &Data) -> (Case, String) {
    'smaller: loop {
        for candidate in smaller(&case) {
            if let Some(found) = fault(db, &candidate, data).await {
                (case, fault_of) = (candidate, found);
                continue 'smaller;
            }
        }
        return (case, fault_of);
    }
}

fn smaller(case: &Case) -> Vec<Case> {
    let mut cases = Vec::new();
    if case.kept.is_some() {
        cases.push(Case { kept: None, ..case.clone() });
    }
    for index in 0..case.others.len() {
        let mut smaller = case.clone();
        smaller.first = smaller.others.remove(index).1;
        cases.push(smaller);
        let mut smaller = case.clone();
        smaller.others.remove(index);
        cases.push(smaller);
    }
    let mut with = |first: Select| cases.push(Case { first, ..case.clone() });
    let first = &case.first;
    if first.filter.is_some() {
        with(Select { filter: None, ..first.clone() });
    }
    if first.limit.is_some() || first.offset.is_some() {
        with(Select { limit: None, offset: None, ..first.clone() });
    }
    if !first.order.is_empty() && first.limit.is_none() && first.offset.is_none() {
        with(Select { order: Vec::new(), ..first.clone() });
    }
    if first.distinct {
        with(Select { distinct: false, ..first.clone() });
    }
    for (index, item) in first.items.iter().enumerate() {
        if !item.args.is_empty() {
            let mut smaller = first.clone();
            let of_type = COLUMNS.iter().position(|(_, ty)| *ty == item.ty).unwrap();
            smaller.items[index] = column(item.ty, 0, of_type);
            with(smaller);
        }
    }
    cases
}
