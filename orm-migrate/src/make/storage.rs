//! Engines, character sets and collations of tables.

use orm::Schema;
use orm::dialect::Dialect;
use orm::schema::{TablePart, TableSchema};

use super::Step;
use super::steps::mended;

/// Stores tables as is wanted. With `said`, both schemas are what models say, so that a collation which is said no longer is
/// the server's own again; a server says one always.
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
        let mut converted = after.compare(&before, dialect).iter().any(|next| is_charset(&next.part));
        steps.extend(mended(&before, &after, dialect));
        if said && !converted && table.collation.is_some() && stored.collation.is_none() {
            steps.extend(unsaid_collation(&stored, dialect));
            converted = true;
        }
        if converted && let Some(last) = steps.last_mut() {
            last.sql.extend(restored(&stored, dialect));
        }
        *table = stored;
    }
    steps
}

fn alone(table: &TableSchema) -> Schema {
    Schema { tables: vec![table.clone()], ..Schema::default() }
}

/// What a charset without a collation stands for: that of the server.
fn unsaid_collation(stored: &TableSchema, dialect: &Dialect) -> Vec<Step> {
    let other = TableSchema { charset: Some(String::new()), ..stored.clone() };
    mended(&alone(&other), &alone(stored), dialect)
}

/// Gives back what columns lose when their table is converted: collations of their own, and the size of a text, which grows
/// with the bytes of its characters.
/// <https://dev.mysql.com/doc/refman/8.4/en/alter-table.html#alter-table-character-set>
fn restored(table: &TableSchema, dialect: &Dialect) -> Vec<String> {
    let mut lost = table.clone();
    for column in &mut lost.columns {
        let is_sized = ["TINYTEXT", "TEXT", "MEDIUMTEXT"].iter().any(|ty| column.ty.eq_ignore_ascii_case(ty));
        if column.generated.is_none() && (column.collation.is_some() || is_sized) {
            column.ty = String::new();
        }
    }
    alone(table).compare(&alone(&lost), dialect).into_iter().flat_map(|lost| lost.mend).collect()
}
