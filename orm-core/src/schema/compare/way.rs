//! Parts that are in the way of other changes, where tables are changed in place: they are dropped first, and those that are
//! wanted are added back afterwards. <https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>

use super::expression::mentions;
use super::facets::{Facet, facets};
use super::table::Compared;
use super::{Pair, TablePart};
use crate::dialect::Dialect;
use crate::schema::{
    CheckSchema, ColumnSchema, ForeignKeySchema, IndexSchema, KeyPart, ReferentialAction, TableName,
};

/// Adds to the differences whatever has to be dropped for the others.
pub(super) fn clear(tables: &mut [Compared<'_>], dialect: &Dialect) {
    if dialect.ddl.rebuild.is_some() {
        return;
    }
    for table in &mut *tables {
        computed(table, dialect);
        let remade = columns(table, |pair| match pair {
            Pair::Differs { wanted, found } => wanted.generated.is_some() || found.generated.is_some(),
            _ => false,
        });
        checks(table, &remade, dialect);
        indexes(table, &remade, dialect);
    }
    loop {
        let ends = compared_by_keys(tables, dialect);
        let changes = tables.iter_mut().map(|table| compare_the_same(table, &ends, dialect));
        if changes.filter(|changes| *changes).count() == 0 {
            break;
        }
    }
    for at in 0..tables.len() {
        let keys = tables[at].found.foreign_keys.iter();
        let moved: Vec<(ForeignKeySchema, bool)> =
            keys.filter_map(|key| Some((key.clone(), is_touched(tables, at, key, dialect)?))).collect();
        for (key, harmless) in moved {
            tables[at].go(&key, harmless, FOREIGN_KEY);
        }
    }
}

/// Returns the columns at both ends of the foreign keys that will be added.
fn compared_by_keys(tables: &[Compared<'_>], dialect: &Dialect) -> Vec<(TableName, String)> {
    let mut ends = Vec::new();
    for (at, table) in tables.iter().enumerate() {
        let absent = table.parts.iter().filter_map(|(part, _)| match part {
            TablePart::ForeignKey(Pair::Absent(key)) => Some(key),
            _ => None,
        });
        let keys = table.found.foreign_keys.iter();
        let moved = keys.filter(|key| is_touched(tables, at, key, dialect) == Some(false));
        for key in absent.chain(moved) {
            ends.extend(key.columns.iter().map(|name| (table.found.name.clone(), name.clone())));
            ends.extend(key.parent_columns.iter().map(|name| (key.parent.clone(), name.clone())));
        }
    }
    ends
}

/// A different collation is harmless, except at the ends of a foreign key, which must have the same one. Returns whether that
/// has made a difference necessary.
fn compare_the_same(table: &mut Compared<'_>, ends: &[(TableName, String)], dialect: &Dialect) -> bool {
    let mut changes = false;
    for (part, harmless) in table.parts.iter_mut().filter(|(_, harmless)| *harmless) {
        if let TablePart::TableColumn(Pair::Differs { wanted, found }) = part {
            let is_end = ends
                .iter()
                .any(|(on, name)| *on == table.found.name && name.eq_ignore_ascii_case(&wanted.name));
            *harmless = !(is_end && facets(wanted, found, dialect).contains(&Facet::Collation));
            changes |= !*harmless;
        }
    }
    changes
}

/// Returns the names of the columns whose difference is such a one.
fn columns(table: &Compared<'_>, is: impl Fn(&Pair<ColumnSchema>) -> bool) -> Vec<String> {
    let parts = table.parts.iter().filter(|(_, harmless)| !harmless);
    let pairs = parts.filter_map(|(part, _)| match part {
        TablePart::TableColumn(pair) if is(pair) => found(pair),
        _ => None,
    });
    pairs.map(|column| column.name.clone()).collect()
}

fn found<T>(pair: &Pair<T>) -> Option<&T> {
    match pair {
        Pair::Extra(found) | Pair::Differs { found, .. } => Some(found),
        Pair::Absent(_) => None,
    }
}

/// Drops unwanted generated columns that are computed from a dropped column.
fn computed(table: &mut Compared<'_>, dialect: &Dialect) {
    loop {
        let gone = columns(table, |pair| matches!(pair, Pair::Extra(_)));
        let in_way = table.parts.iter_mut().find(|(part, harmless)| match part {
            TablePart::TableColumn(Pair::Extra(ColumnSchema { generated: Some(generated), .. })) => {
                *harmless && gone.iter().any(|name| mentions(&generated.expression, name, dialect))
            }
            _ => false,
        });
        match in_way {
            Some((_, harmless)) => *harmless = false,
            None => return,
        }
    }
}

/// Drops and adds back CHECKs on a column that is dropped and added in another form.
fn checks(table: &mut Compared<'_>, remade: &[String], dialect: &Dialect) {
    for check in &table.found.checks.clone() {
        if remade.iter().any(|name| mentions(&check.condition, name, dialect)) {
            table.go(check, false, CHECK);
        }
    }
}

/// Drops, and adds back if they are wanted, the indexes that the changed columns cannot stay in.
fn indexes(table: &mut Compared<'_>, remade: &[String], dialect: &Dialect) {
    let gone = columns(table, |pair| matches!(pair, Pair::Extra(_)));
    let changed = columns(table, |pair| matches!(pair, Pair::Differs { .. }));
    let has = |names: &[String], name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    let wanted = table.wanted.clone();
    let in_way = |index: &&IndexSchema| {
        index.parts.iter().any(|part| match part.over() {
            KeyPart::Named { name, prefix } => {
                let to = wanted.column(name).filter(|_| has(&changed, name));
                has(remade, name) || to.is_some_and(|column| !takes(column, index, *prefix))
            }
            KeyPart::Expression(expression) => {
                gone.iter().chain(remade).any(|name| mentions(expression, name, dialect))
            }
            KeyPart::Descending(_) => false,
        })
    };
    let found = table.found.clone();
    for index in found.indexes.iter().filter(in_way) {
        table.go(index, false, INDEX);
    }
    // The remaining indexes of foreign keys.
    let left = found.key_indexes.iter().filter(in_way);
    table.parts.extend(left.map(|index| (TablePart::Index(Pair::Extra(index.clone())), false)));
}

/// Returns whether an index can cover the column, or a prefix of it.
fn takes(column: &ColumnSchema, index: &IndexSchema, prefix: Option<u32>) -> bool {
    let ty = column.ty.to_ascii_uppercase();
    let is_long = ["TEXT", "BLOB", "JSON"].iter().any(|word| ty.contains(word));
    let is_text = is_long || ty.contains("CHAR");
    let begins = is_text || ty.contains("BINARY");
    if index.full_text { is_text } else { prefix.map_or(!is_long, |_| begins) }
}

/// Returns whether the columns of a foreign key change at either end: `None` if not, else whether all of that is harmless.
fn is_touched(tables: &[Compared<'_>], at: usize, key: &ForeignKeySchema, dialect: &Dialect) -> Option<bool> {
    let own = touches(&tables[at], &key.columns, key, dialect);
    let parent = tables.iter().find(|table| table.found.name == key.parent);
    let parent = parent.map_or_else(Vec::new, |parent| touches(parent, &key.parent_columns, key, dialect));
    own.into_iter().chain(parent).reduce(|one, other| one && other)
}

/// Finds the changes that servers refuse while a foreign key has these columns. Returns for each whether it is harmless.
fn touches(table: &Compared<'_>, of: &[String], key: &ForeignKeySchema, dialect: &Dialect) -> Vec<bool> {
    let has = |name: &String| of.iter().any(|other| other.eq_ignore_ascii_case(name));
    let nulls = [key.on_delete, key.on_update].contains(&ReferentialAction::SetNull);
    let touches = |(part, harmless): &(TablePart, bool)| match part {
        TablePart::TableColumn(Pair::Differs { wanted, found }) if has(&wanted.name) => {
            facets(wanted, found, dialect).iter().any(|facet| match facet {
                Facet::Type | Facet::Auto | Facet::Generated | Facet::Collation => true,
                Facet::Nullable => nulls && found.nullable,
                Facet::Default | Facet::Comment | Facet::Check => false,
            })
        }
        TablePart::PrimaryKey(pair) => found(pair).is_some_and(|columns| columns.iter().any(has)),
        TablePart::Index(Pair::Extra(index) | Pair::Differs { found: index, .. }) => {
            let first = index.parts.first().map(KeyPart::over);
            !harmless && matches!(first, Some(KeyPart::Named { name, .. }) if has(name))
        }
        TablePart::Charset(_) => {
            let is_text = |name: &String| {
                table.wanted.column(name).is_some_and(|column| super::fix::is_text(&column.ty))
            };
            of.iter().any(is_text)
        }
        _ => false,
    };
    table.parts.iter().filter(|part| touches(part)).map(|(_, harmless)| *harmless).collect()
}

impl Compared<'_> {
    /// Drops a part first, and adds it back later if it is wanted.
    fn go<T: Clone + PartialEq>(&mut self, thing: &T, harmless: bool, (part, pair): Kind<T>) {
        let is = |(part, _): &(TablePart, bool)| pair(part).and_then(found) == Some(thing);
        let Some(at) = self.parts.iter().position(is) else {
            for moved in [Pair::Extra(thing.clone()), Pair::Absent(thing.clone())].map(part) {
                self.moved.push(moved.clone());
                self.parts.push((moved, harmless));
            }
            return;
        };
        let (own, is_harmless) = &mut self.parts[at];
        *is_harmless &= harmless;
        if let Some(Pair::Differs { wanted, .. }) = pair(own) {
            let comes = (part(Pair::Absent(wanted.clone())), *is_harmless);
            *own = part(Pair::Extra(thing.clone()));
            self.parts.push(comes);
        }
    }
}

type Kind<T> = (fn(Pair<T>) -> TablePart, fn(&TablePart) -> Option<&Pair<T>>);

const INDEX: Kind<IndexSchema> =
    (TablePart::Index, |part| if let TablePart::Index(pair) = part { Some(pair) } else { None });
const CHECK: Kind<CheckSchema> =
    (TablePart::Check, |part| if let TablePart::Check(pair) = part { Some(pair) } else { None });
const FOREIGN_KEY: Kind<ForeignKeySchema> =
    (TablePart::ForeignKey, |part| if let TablePart::ForeignKey(pair) = part { Some(pair) } else { None });
