//! Storage engines, character sets and collations of tables.

use orm::Schema;
use orm::dialect::Dialect;
use orm::schema::{TablePart, TableSchema};

use super::Step;
use super::steps::steps_between;

/// Changes the storage options of tables to the wanted ones. With `said`, both schemas come from models, so that a
/// collation removed from a model is reset to the server's default; a server always reports one.
pub(super) fn store(at: &mut Schema, to: &Schema, said: bool, dialect: &Dialect) -> Vec<Step> {
    let mut steps = Vec::new();
    for table in &mut at.tables {
        let Some(wanted) = to.tables.iter().find(|wanted| wanted.name == table.name) else { continue };
        let stored = TableSchema {
            engine: wanted.engine.clone().or(table.engine.clone()),
            charset: wanted.charset.clone().or(table.charset.clone()),
            collation: wanted.collation.clone(),
            ..table.clone()
        };
        let (before, after) = (alone(table), alone(&stored));
        let is_charset = |part: &TablePart| matches!(part, TablePart::Charset(_));
        let converted = after.compare(&before, dialect).iter().any(|next| is_charset(&next.part));
        steps.extend(steps_between(&before, &after, dialect));
        if said && !converted && table.collation.is_some() && stored.collation.is_none() {
            steps.extend(unsaid_collation(&stored, dialect));
        }
        *table = stored;
    }
    steps
}

fn alone(table: &TableSchema) -> Schema {
    Schema { tables: vec![table.clone()], ..Schema::default() }
}

/// Resets the collation to the server's default for the character set.
fn unsaid_collation(stored: &TableSchema, dialect: &Dialect) -> Vec<Step> {
    let other = TableSchema { charset: Some(String::new()), ..stored.clone() };
    steps_between(&alone(&other), &alone(stored), dialect)
}
