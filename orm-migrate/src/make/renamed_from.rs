//! The renames that models declare.

use orm::Schema;
use orm::schema::{Table, TableSchema};

use super::rename::Rename;

/// Returns the renames declared by `renamed_from` that lead from one schema to the other. Earlier renames, and former
/// names that never existed, are ignored, so that the attributes may stay in the models.
pub(super) fn renames(tables: &[&'static Table], from: &Schema, to: &Schema) -> Vec<Rename> {
    let mut renames = Vec::new();
    for table in tables.iter().filter(|table| table.schema.is_none()) {
        let Some(new) = to.table(table.name) else { continue };
        let before = table.renamed_from.filter(|before| {
            from.table(before).is_some() && from.table(table.name).is_none() && to.table(before).is_none()
        });
        renames.extend(before.map(|before| Rename::table(before, table.name)));
        let Some(old) = from.table(before.unwrap_or(table.name)) else { continue };
        for column in table.columns {
            let before = column.renamed_from.filter(|before| has_moved(old, new, before, column.name));
            renames.extend(before.map(|before| Rename::column(table.name, before, column.name)));
        }
    }
    renames
}

fn has_moved(old: &TableSchema, new: &TableSchema, before: &str, now: &str) -> bool {
    old.column(before).is_some() && old.column(now).is_none() && new.column(before).is_none()
}
