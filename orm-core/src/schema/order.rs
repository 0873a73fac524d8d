//! The order of tables by their foreign keys.

use super::{ForeignKeySchema, TableSchema};

/// Sorts tables so that each comes after those that it references, each once. References to tables that are not in the
/// list are assumed to exist. In a cycle, a table comes first whose keys into the cycle are nullable, if there is one.
pub(super) fn in_order(tables: Vec<TableSchema>) -> Vec<TableSchema> {
    let mut left: Vec<TableSchema> = Vec::with_capacity(tables.len());
    for table in tables {
        if !left.iter().any(|known| known.name == table.name) {
            left.push(table);
        }
    }
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free = left.iter().position(|table| awaited(table, &left).next().is_none());
        let next = free.or_else(|| breaks_circle(&left)).unwrap_or(0);
        ordered.push(left.remove(next));
    }
    ordered
}

/// Returns the foreign keys of a table that reference tables still to come, along with those tables.
fn awaited<'a>(
    table: &'a TableSchema,
    left: &'a [TableSchema],
) -> impl Iterator<Item = (&'a ForeignKeySchema, &'a TableSchema)> {
    let others = table.foreign_keys.iter().filter(|key| key.parent != table.name);
    others.filter_map(|key| Some((key, left.iter().find(|other| other.name == key.parent)?)))
}

/// Returns the position of a table in a cycle: one whose keys into it are nullable, if possible.
fn breaks_circle(left: &[TableSchema]) -> Option<usize> {
    let in_circle = |table: &TableSchema| reaches(table, table, left, &mut Vec::new());
    let optional = |table: &TableSchema| {
        let may_be_null = |name: &String| table.column(name).is_some_and(|column| column.nullable);
        awaited(table, left).all(|(key, _)| key.columns.iter().any(may_be_null))
    };
    left.iter()
        .position(|table| optional(table) && in_circle(table))
        .or_else(|| left.iter().position(in_circle))
}

/// Returns whether foreign keys lead from one table to another.
fn reaches<'a>(
    from: &'a TableSchema,
    to: &TableSchema,
    left: &'a [TableSchema],
    seen: &mut Vec<&'a TableSchema>,
) -> bool {
    awaited(from, left).any(|(_, parent)| {
        let known = seen.iter().any(|seen| seen.name == parent.name);
        seen.push(parent);
        parent.name == to.name || (!known && reaches(parent, to, left, seen))
    })
}
