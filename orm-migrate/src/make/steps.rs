//! The steps from one schema to another, in an order that every database accepts.

use orm::dialect::Dialect;
use orm::schema::{Difference, Pair, TablePart, TableSchema};
use orm::{Result, Schema};

use super::Step;
use super::fill::{Given, fill};
use super::loss::loses_data;
use super::rename::Rename;
use super::words::words;
use super::{detach, keys, storage};

/// Returns the steps; each part leads from the current schema to one that is closer to the wanted one. With `said`,
/// both schemas come from models, and not from a server.
pub(super) fn steps(
    from: &Schema,
    to: &Schema,
    said: bool,
    renames: &[Rename],
    given: &Given<'_>,
    dialect: &Dialect,
) -> Result<Vec<Step>> {
    let mut way = Way { at: from.clone(), steps: Vec::new(), dialect };
    // Where tables must be rebuilt, this is done once, together with the foreign keys.
    let in_place = dialect.ddl.rebuild.is_none();
    if in_place {
        way.detach(detach::from_renames(&way.at, renames, dialect), None);
    }
    for rename in renames {
        let step = rename.apply(&mut way.at, dialect)?;
        way.steps.push(step);
    }
    let renamed = way.at.clone();
    if in_place {
        let steps = keys::release(&mut way.at, to, Some(to), dialect);
        way.steps.extend(steps);
        way.detach(detach::from_changes(&way.at, to, dialect), Some(to));
        let steps = storage::store(&mut way.at, to, said, dialect);
        way.steps.extend(steps);
    }
    // New required columns are nullable until they have values.
    let filled = fill(&renamed, &way.at, to, given, dialect)?;
    way.go(filled.schema);
    way.steps.extend(filled.steps);
    let extra: Vec<TableSchema> = way.at.tables.iter().filter(|table| !has(to, table)).cloned().collect();
    let mut body = to.clone();
    if in_place {
        keys::hold_back(&mut body, &way.at);
    }
    body.tables.extend(extra.iter().cloned());
    way.go(body);
    let mut whole = to.clone();
    whole.tables.extend(extra);
    if in_place {
        way.go(whole.clone());
    }
    // Referencing tables are dropped before the tables that they reference.
    whole.tables[to.tables.len()..].reverse();
    way.at = whole;
    way.go(to.clone());
    way.tell_of_nulls(&filled.unfilled);
    Ok(way.steps)
}

fn has(schema: &Schema, table: &TableSchema) -> bool {
    schema.tables.iter().any(|other| other.name == table.name)
}

/// Returns the differences as steps. Differences with the same statements are one step.
pub(super) fn steps_between(from: &Schema, to: &Schema, dialect: &Dialect) -> Vec<Step> {
    let (mut differences, mut steps) = (to.compare(from, dialect), Vec::new());
    while !differences.is_empty() {
        let first = differences.remove(0);
        let is_same = |next: &mut Difference| next.table == first.table && next.fix == first.fix;
        let together: Vec<Difference> = differences.extract_if(.., is_same).collect();
        let all = || std::iter::once(&first).chain(&together);
        let (texts, lost) = (all().map(words).collect(), all().any(|next| loses_data(&next.part)));
        let mut sql = first.fix.clone();
        if let Some([off, on]) = dialect.ddl.rebuild {
            // The runner has foreign keys off for the whole migration.
            sql.retain(|statement| statement != off && statement != on);
        }
        let step = Step { sql, loses_data: lost, texts };
        let at = steps.iter().position(|step: &Step| step.loses_data);
        match (at, &first.part) {
            (Some(at), TablePart::Table(pair)) if stands_before(pair, from, to) => steps.insert(at, step),
            _ => steps.push(step),
        }
    }
    steps
}

/// Returns whether a table is new and everything that it references is already in its final form: then it is created
/// before anything is lost that the author of the script may want to move into it.
fn stands_before(pair: &Pair<TableSchema>, from: &Schema, to: &Schema) -> bool {
    let Pair::Absent(new) = pair else { return false };
    new.foreign_keys.iter().all(|key| {
        let parent = |schema: &Schema| schema.tables.iter().find(|table| table.name == key.parent).cloned();
        let (Some(old), Some(new)) = (parent(from), parent(to)) else { return false };
        let same = |name: &String| old.column(name).is_some() && old.column(name) == new.column(name);
        key.parent_columns == old.primary_key
            && old.primary_key == new.primary_key
            && key.parent_columns.iter().all(same)
    })
}

/// The path so far.
struct Way<'d> {
    /// The schema after the steps.
    at: Schema,
    steps: Vec<Step>,
    dialect: &'d Dialect,
}

impl Way<'_> {
    /// Adds the steps to a schema.
    fn go(&mut self, to: Schema) {
        self.steps.extend(steps_between(&self.at, &to, self.dialect));
        self.at = to;
    }

    /// Tells which steps need that no row has NULL in these columns.
    fn tell_of_nulls(&mut self, columns: &[String]) {
        for column in columns {
            let start = format!("change the column `{column}`");
            let texts = self.steps.iter_mut().flat_map(|step| &mut step.texts);
            for text in texts.filter(|text| text.starts_with(&start)) {
                text.push_str(" (this fails if a row has NULL)");
            }
        }
    }

    /// Drops what prevents the next changes, and the foreign keys that prevent that.
    fn detach(&mut self, mut left: Schema, wanted: Option<&Schema>) {
        let steps = keys::release(&mut self.at, &left, wanted, self.dialect);
        self.steps.extend(steps);
        for table in &mut left.tables {
            if let Some(at) = self.at.tables.iter().find(|at| at.name == table.name) {
                table.foreign_keys.clone_from(&at.foreign_keys);
            }
        }
        self.go(left);
    }
}
