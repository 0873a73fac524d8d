//! Names that stay as they are.

use orm::Schema;
use orm::dialect::Dialect;
use orm::schema::ForeignKeySchema;
use orm::schema::expression::same;

/// What is wanted, with the names that foreign keys and checks have where they stay and no model says another one: one day
/// they are dropped by them. After a rename, those are not the names that they would be given now.
pub(super) fn names(mut wanted: Schema, found: &Schema, dialect: &Dialect) -> Schema {
    for table in &mut wanted.tables {
        let Some(found) = found.tables.iter().find(|found| found.name == table.name) else { continue };
        for key in table.foreign_keys.iter_mut().filter(|key| !key.is_named) {
            if let Some(same) = found.foreign_keys.iter().find(|other| is_same(key, other)) {
                key.name.clone_from(&same.name);
            }
        }
        for check in table.checks.iter_mut().filter(|check| !check.is_named) {
            if let Some(kept) =
                found.checks.iter().find(|other| same(&other.condition, &check.condition, dialect))
            {
                check.name.clone_from(&kept.name);
            }
        }
    }
    wanted
}

/// Whether two foreign keys say the same, whatever they are called.
pub(super) fn is_same(one: &ForeignKeySchema, other: &ForeignKeySchema) -> bool {
    let named = ForeignKeySchema { name: one.name.clone(), is_named: one.is_named, ..other.clone() };
    *one == named
}
