//! The steps from one schema to another, in an order in which every database takes them.

use orm::dialect::Dialect;
use orm::schema::{Difference, TableSchema};
use orm::{Result, Schema};

use super::Step;
use super::fill::{Given, fill};
use super::keys::release;
use super::loss::loses;
use super::rename::Rename;
use super::words::words;

/// Each part goes from the schema that there is to one that is nearer to what is wanted.
pub(super) fn steps(
    from: &Schema,
    to: &Schema,
    renames: &[Rename],
    given: &Given<'_>,
    dialect: &Dialect,
) -> Result<Vec<Step>> {
    let (mut at, mut steps) = (from.clone(), Vec::new());
    for rename in renames {
        steps.push(rename.apply(&mut at, dialect)?);
    }
    // New columns that must have a value may be NULL until they have one.
    let before = at.clone();
    let filled = fill(&mut at, to, given, dialect)?;
    advance(&before, &at, dialect, &mut steps);
    steps.extend(filled);
    // Where a table can only be built anew, that is done once, with its keys.
    let at_once = dialect.ddl.rebuild.is_some();
    if !at_once {
        steps.extend(release(&mut at, to, dialect));
    }
    let extra: Vec<TableSchema> = at.tables.iter().filter(|table| !has(to, table)).cloned().collect();
    let mut body = to.clone();
    if !at_once {
        hold_back_keys(&mut body, &at);
    }
    body.tables.extend(extra.iter().cloned());
    advance(&at, &body, dialect, &mut steps);
    let mut whole = to.clone();
    whole.tables.extend(extra);
    if !at_once {
        advance(&body, &whole, dialect, &mut steps);
    }
    // What points at others goes before them.
    whole.tables[to.tables.len()..].reverse();
    advance(&whole, to, dialect, &mut steps);
    Ok(steps)
}

fn has(schema: &Schema, table: &TableSchema) -> bool {
    schema.tables.iter().any(|other| other.name == table.name)
}

/// Keys of tables that are there come when everything else is as they need it, and so do those at tables that come later.
fn hold_back_keys(body: &mut Schema, at: &Schema) {
    let names: Vec<_> = body.tables.iter().map(|table| table.name.clone()).collect();
    for (position, table) in body.tables.iter_mut().enumerate() {
        match at.tables.iter().find(|found| found.name == table.name) {
            Some(found) => table.foreign_keys.clone_from(&found.foreign_keys),
            None => table.foreign_keys.retain(|key| !names[position + 1..].contains(&key.parent)),
        }
    }
}

/// What differs, as steps. Where one list of statements mends several differences, it is one step.
fn advance(from: &Schema, to: &Schema, dialect: &Dialect, steps: &mut Vec<Step>) {
    let mut differences = to.compare(from, dialect).into_iter().peekable();
    while let Some(first) = differences.next() {
        let (mut texts, mut lost) = (vec![words(&first)], loses(&first.part));
        if is_rebuild(&first, dialect) {
            while let Some(next) =
                differences.next_if(|next| next.mend == first.mend && next.table == first.table)
            {
                texts.push(words(&next));
                lost |= loses(&next.part);
            }
        }
        let mut sql = first.mend;
        if let Some([off, on]) = dialect.ddl.rebuild {
            // The runner has them off for all of the migration.
            sql.retain(|statement| statement != off && statement != on);
        }
        steps.push(Step { sql, loses: lost, texts });
    }
}

fn is_rebuild(difference: &Difference, dialect: &Dialect) -> bool {
    dialect.ddl.rebuild.is_some_and(|[off, _]| difference.mend.first().is_some_and(|first| first == off))
}
