//! Names that are kept.

use orm::Schema;
use orm::dialect::Dialect;
use orm::schema::ForeignKeySchema;
use orm::schema::expression::same;

/// Returns the wanted schema in which foreign keys and checks keep their existing names, unless a model states another:
/// a later migration drops them by these names. After a rename, they are not the names that would be derived now.
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

/// Returns whether two foreign keys are the same except for their names.
pub(super) fn is_same(one: &ForeignKeySchema, other: &ForeignKeySchema) -> bool {
    let named = ForeignKeySchema { name: one.name.clone(), is_named: one.is_named, ..other.clone() };
    *one == named
}
