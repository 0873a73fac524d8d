//! The order of tables by their foreign keys.

use crate::schema::Table;

/// The rank of each table: above those of the tables that it references. Of tables that reference each other in a
/// circle, the first one has the lowest rank possible.
pub(super) fn ranks(tables: &[&'static Table]) -> Vec<usize> {
    let mut ranks = vec![None; tables.len()];
    let mut next = 0;
    for table in 0..tables.len() {
        visit(table, tables, &mut vec![false; tables.len()], &mut ranks, &mut next);
    }
    ranks.into_iter().map(|rank| rank.unwrap_or(0)).collect()
}

fn visit(
    at: usize,
    tables: &[&'static Table],
    visiting: &mut [bool],
    ranks: &mut [Option<usize>],
    next: &mut usize,
) {
    if ranks[at].is_some() || std::mem::replace(&mut visiting[at], true) {
        return;
    }
    for key in tables[at].foreign_keys {
        let parent = (key.parent)();
        for other in 0..tables.len() {
            if tables[other].is(parent) {
                visit(other, tables, visiting, ranks, next);
            }
        }
    }
    ranks[at] = Some(*next);
    *next += 1;
}
