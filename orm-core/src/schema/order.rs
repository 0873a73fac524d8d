//! The order of tables that foreign keys ask for.

use super::{ForeignKeySchema, TableSchema};

/// The tables in an order in which each comes after those that it references, each once. References to tables that are not
/// among them are taken to exist; where tables reference one another in a circle, one comes first whose rows can be without
/// what they reference, if there is one.
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

/// The foreign keys of a table to others that are still to come, and those.
fn awaited<'a>(
    table: &'a TableSchema,
    left: &'a [TableSchema],
) -> impl Iterator<Item = (&'a ForeignKeySchema, &'a TableSchema)> {
    let others = table.foreign_keys.iter().filter(|key| key.parent != table.name);
    others.filter_map(|key| Some((key, left.iter().find(|other| other.name == key.parent)?)))
}

/// The position of a table in a circle: one whose keys into it may be NULL, if possible.
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

/// Whether the foreign keys lead from one table to another.
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
