//! The differences between two tables.

use std::borrow::Cow;

use super::collation::plain;
use super::expression::normal;
use super::facets::{facets, harmless, seen_from};
use super::names::{Names, Parted};
use super::rekey::Rekeyed;
use super::{Difference, Pair, TablePart, fix, same_table, text};
use crate::dialect::Dialect;
use crate::schema::{
    CheckSchema, ColumnSchema, ForeignKeySchema, IndexSchema, KeyPart, ReferentialAction, TableSchema,
};

/// A table and its differences from the wanted one.
pub(super) struct Compared<'a> {
    pub(super) wanted: Cow<'a, TableSchema>,
    pub(super) found: Cow<'a, TableSchema>,
    /// The differences, each with whether it is harmless.
    pub(super) parts: Vec<(TablePart, bool)>,
    /// The parts that are as they should be, but have to be dropped and added back.
    pub(super) moved: Vec<TablePart>,
}

impl<'a> Compared<'a> {
    /// Compares a table with the wanted one.
    pub(super) fn of(wanted: &'a TableSchema, found: &'a TableSchema, dialect: &Dialect) -> Self {
        let wanted = with_changes(with_own_checks(wanted, found, dialect), found);
        let found = with_asked_for(found, &wanted);
        let mut parts: Vec<(TablePart, bool)> = columns(&wanted, &found, dialect);
        if !same_names(&wanted.primary_key, &found.primary_key) {
            let given = |key: &[String]| (!key.is_empty()).then(|| key.to_vec());
            let pair = Pair::of(given(&wanted.primary_key), given(&found.primary_key));
            parts.extend(pair.map(|pair| (TablePart::PrimaryKey(pair), false)));
        }
        parts.extend(indexes(&wanted, &found, dialect));
        let points_the_same = |one: &_, other: &_| points_the_same(one, other, dialect);
        let keys = pairs(&wanted.foreign_keys, &found.foreign_keys, points_the_same, |one, other| {
            same_actions(one, other) && same_key_name(one, other)
        });
        parts.extend(keys.into_iter().map(|pair| {
            let harmless = matches!(&pair, Pair::Differs { wanted, found } if same_actions(wanted, found));
            (TablePart::ForeignKey(pair), harmless)
        }));
        let same_check = |one: &CheckSchema, other: &CheckSchema| {
            normal(&one.condition, dialect) == normal(&other.condition, dialect)
        };
        let checks = pairs(&wanted.checks, &found.checks, same_check, same_check_name);
        parts.extend(checks.into_iter().map(|pair| {
            let harmless = matches!(pair, Pair::Differs { .. });
            (TablePart::Check(pair), harmless)
        }));
        parts.extend(storage(&wanted, &found));
        Compared { wanted, found, parts, moved: Vec::new() }
    }

    /// Returns the differences with their fixes, in three phases: what is dropped first, what changes, and what is added once
    /// all tables have changed.
    pub(super) fn differences(self, names: &Names<'_>, dialect: &Dialect) -> [Vec<Difference>; 3] {
        let Compared { wanted, found, parts, moved } = self;
        let (wanted, found) = (&*wanted, &*found);
        let Parted { first, others: mut parts } = names.part(&wanted.name, parts);
        let all = || parts.iter().map(|(part, _)| part);
        let rebuilt = fix::rebuild(wanted, found, all(), names, dialect);
        let rekeyed = Rekeyed::of(wanted, found, all(), dialect);
        // If the table is rebuilt for something else, unwanted columns are lost with their data.
        let goes = rebuilt.is_some() && parts.iter().any(|(_, harmless)| !harmless);
        parts.sort_by_key(|(part, _)| if rekeyed.has(part) { REKEYED } else { turn(part) });
        let difference = |part: TablePart, harmless: bool, fix: Vec<String>| Difference {
            table: wanted.name.clone(),
            fix,
            harmless,
            text: text::of(&wanted.name, &part, moved.contains(&part), dialect),
            part,
        };
        let first = first.into_iter().map(|(part, harmless)| {
            let fix = match &part {
                TablePart::ForeignKey(Pair::Extra(key)) => fix::release(found, key, dialect),
                part => fix::of(&wanted.name, part, dialect).unwrap_or_default(),
            };
            difference(part, harmless, fix)
        });
        let mut differences = [first.collect(), Vec::new(), Vec::new()];
        for (part, harmless) in parts {
            let at = match &part {
                _ if rebuilt.is_some() => 1,
                TablePart::ForeignKey(Pair::Extra(_)) => 0,
                TablePart::ForeignKey(_) => 2,
                _ => 1,
            };
            let fix = rebuilt
                .clone()
                .or_else(|| rekeyed.fix(&part))
                .or_else(|| fix::converted(wanted, &part, dialect))
                .or_else(|| fix::of(&wanted.name, &part, dialect))
                .unwrap_or_default();
            let harmless = harmless && !(goes && matches!(part, TablePart::TableColumn(Pair::Extra(_))));
            differences[at].push(difference(part, harmless, fix));
        }
        // A rebuilt table of SQLite loses its triggers.
        let told = differences[1].iter_mut().min_by_key(|difference| difference.harmless);
        if let Some(told) = told.filter(|_| rebuilt.is_some() && !found.beside.is_empty()) {
            let lost = found.beside.join(", ");
            told.text.push_str(&format!("; recreate what is dropped with the old table: {lost}"));
        }
        differences
    }
}

/// Adds the `ON UPDATE` clauses that were found to the wanted columns: models do not state them, and must not lose them.
fn with_changes<'a>(mut wanted: Cow<'a, TableSchema>, found: &TableSchema) -> Cow<'a, TableSchema> {
    for found in found.columns.iter().filter(|column| column.on_update.is_some()) {
        let Some(at) = wanted.columns.iter().position(|column| column.name.eq_ignore_ascii_case(&found.name))
        else {
            continue;
        };
        let ty = wanted.columns[at].ty.to_ascii_lowercase();
        if let Some(digits) = ty.strip_prefix("datetime").or_else(|| ty.strip_prefix("timestamp")) {
            // It has as many digits as its column.
            wanted.to_mut().columns[at].on_update = Some(format!("CURRENT_TIMESTAMP{}", digits.trim()));
        }
    }
    wanted
}

/// Adds to what was found the indexes of foreign keys that a model asks for by name.
fn with_asked_for<'a>(found: &'a TableSchema, wanted: &TableSchema) -> Cow<'a, TableSchema> {
    let is_asked_for = |index: &mut IndexSchema| {
        wanted.indexes.iter().any(|wanted| wanted.name.eq_ignore_ascii_case(&index.name))
    };
    if !found.key_indexes.iter().any(|index| is_asked_for(&mut index.clone())) {
        return Cow::Borrowed(found);
    }
    let mut all = found.clone();
    all.indexes.extend(all.key_indexes.extract_if(.., is_asked_for));
    Cow::Owned(all)
}

/// Returns the wanted table with the checks of columns where they were found: in the column definition, which would
/// lose them when it changes.
fn with_own_checks<'a>(
    wanted: &'a TableSchema,
    found: &TableSchema,
    dialect: &Dialect,
) -> Cow<'a, TableSchema> {
    let mut all = Cow::Borrowed(wanted);
    for (name, own) in found.columns.iter().filter_map(|column| Some((&column.name, column.check.as_ref()?)))
    {
        let same = |check: &CheckSchema| normal(&check.condition, dialect) == normal(own, dialect);
        if wanted.column(name).is_some()
            && let Some(check) = all.checks.iter().position(same)
        {
            let all = all.to_mut();
            all.checks.remove(check);
            let mut columns = all.columns.iter_mut();
            let column = columns.find(|column| column.name.eq_ignore_ascii_case(name));
            column.into_iter().for_each(|column| column.check = Some(own.clone()));
        }
    }
    all
}

/// When the primary key and its columns change.
const REKEYED: u8 = 4;

/// The order in which parts are fixed: conflicting parts are dropped first, generated columns come after the columns
/// they are computed from, and extra columns are dropped once nothing refers to them.
fn turn(part: &TablePart) -> u8 {
    let is_computed = |column: &ColumnSchema| column.generated.is_some();
    match part {
        TablePart::ForeignKey(Pair::Extra(_)) | TablePart::Check(Pair::Extra(_)) => 0,
        TablePart::Index(Pair::Extra(_)) => 1,
        // What MyISAM does not have, such as foreign keys, can be added afterwards.
        TablePart::Engine(_) => 2,
        TablePart::TableColumn(Pair::Extra(column)) if is_computed(column) => 2,
        TablePart::TableColumn(Pair::Extra(_)) => 8,
        TablePart::TableColumn(Pair::Absent(column) | Pair::Differs { wanted: column, .. })
            if is_computed(column) =>
        {
            5
        }
        TablePart::TableColumn(_) => 3,
        TablePart::Charset(_) => 6,
        _ => 7,
    }
}

fn columns(wanted: &TableSchema, found: &TableSchema, dialect: &Dialect) -> Vec<(TablePart, bool)> {
    let mut parts = Vec::new();
    for column in &wanted.columns {
        let Some(other) = found.column(&column.name) else {
            parts.push((TablePart::TableColumn(Pair::Absent(column.clone())), false));
            continue;
        };
        let other = seen_from((wanted, column), (found, other));
        let facets = facets(column, &other, dialect);
        if !facets.is_empty() {
            let harmless = harmless(&facets, column, &other);
            parts.push((
                TablePart::TableColumn(Pair::Differs { wanted: column.clone(), found: other }),
                harmless,
            ));
        }
    }
    for column in found.columns.iter().filter(|column| wanted.column(&column.name).is_none()) {
        parts.push((TablePart::TableColumn(Pair::Extra(column.clone())), fills_itself(column)));
    }
    parts
}

/// Returns whether an insert may leave the column out.
fn fills_itself(column: &ColumnSchema) -> bool {
    column.nullable || column.auto || column.default.is_some() || column.generated.is_some()
}

/// Matches indexes by what they cover, and the remaining ones by name.
fn indexes(wanted: &TableSchema, found: &TableSchema, dialect: &Dialect) -> Vec<(TablePart, bool)> {
    let same = |one: &IndexSchema, other: &IndexSchema| same_index(one, other, dialect);
    let same_name = |one: &IndexSchema, other: &IndexSchema| {
        other.name.is_empty() || one.name.eq_ignore_ascii_case(&other.name)
    };
    let equal = |one: &IndexSchema, other: &IndexSchema| {
        same_name(one, other) && (!dialect.ddl.descending_indexes || same_order(one, other))
    };
    let pairs = pairs(&wanted.indexes, &found.indexes, same, equal);
    let keys = &wanted.foreign_keys;
    let (mut missing, mut extra, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for pair in pairs {
        match pair {
            Pair::Absent(index) => missing.push(index),
            Pair::Extra(index) => extra.push(index),
            Pair::Differs { wanted, found } => {
                // An index in another sort order is only slower; the name of a unique constraint matters, because
                // errors report it.
                let harmless = !wanted.unique || same_name(&wanted, &found);
                parts.push((TablePart::Index(Pair::Differs { wanted, found }), harmless));
            }
        }
    }
    for wanted in missing {
        let at = extra.iter().position(|found| found.name.eq_ignore_ascii_case(&wanted.name));
        let pair = match at.map(|at| extra.remove(at)) {
            Some(found) if wanted.full_text || found.full_text => {
                // Between the two statements, columns may change that only one of the indexes can cover.
                parts.push((TablePart::Index(Pair::Extra(found)), false));
                Pair::Absent(wanted)
            }
            Some(found) => Pair::Differs { wanted, found },
            None => Pair::Absent(wanted),
        };
        let slower = matches!(&pair, Pair::Absent(index) if is_for_a_key(index, keys, dialect));
        parts.push((TablePart::Index(pair), slower));
    }
    let extra = extra.into_iter().map(|index| {
        let unique = index.unique;
        (TablePart::Index(Pair::Extra(index)), !unique)
    });
    parts.extend(extra);
    parts
}

/// Returns whether an index only serves a foreign key, and no model asks for it: without it, statements are only
/// slower.
fn is_for_a_key(index: &IndexSchema, keys: &[ForeignKeySchema], dialect: &Dialect) -> bool {
    let over = index.columns().unwrap_or_default();
    !dialect.ddl.indexes_foreign_keys
        && !index.unique
        && keys.iter().any(|key| key.columns.iter().eq(over.iter().copied()))
}

fn same_order(one: &IndexSchema, other: &IndexSchema) -> bool {
    one.parts.iter().map(KeyPart::is_descending).eq(other.parts.iter().map(KeyPart::is_descending))
}

/// The names of parsers are case-insensitive.
fn same_parser(one: Option<&str>, other: Option<&str>) -> bool {
    one.unwrap_or_default().eq_ignore_ascii_case(other.unwrap_or_default())
}

/// Returns whether two indexes cover the same, regardless of sort order and, for full-text indexes, of the order of
/// their columns.
fn same_index(one: &IndexSchema, other: &IndexSchema, dialect: &Dialect) -> bool {
    let same_part = |(one, other): (&KeyPart, &KeyPart)| match (one.over(), other.over()) {
        (KeyPart::Named { name, prefix }, KeyPart::Named { name: other, prefix: other_prefix }) => {
            name.eq_ignore_ascii_case(other) && prefix == other_prefix
        }
        (KeyPart::Expression(one), KeyPart::Expression(other)) => {
            normal(one, dialect) == normal(other, dialect)
        }
        _ => false,
    };
    let same_parts = || match one.full_text {
        true => one.parts.iter().all(|one| other.parts.iter().any(|other| same_part((one, other)))),
        false => one.parts.iter().zip(&other.parts).all(same_part),
    };
    let condition = |index: &IndexSchema| index.condition.as_ref().map(|text| normal(text, dialect));
    one.unique == other.unique
        && one.full_text == other.full_text
        && same_parser(one.parser.as_deref(), other.parser.as_deref())
        && one.parts.len() == other.parts.len()
        && same_parts()
        && condition(one) == condition(other)
}

/// Whether two foreign keys link the same columns, in any order.
fn points_the_same(one: &ForeignKeySchema, other: &ForeignKeySchema, dialect: &Dialect) -> bool {
    let pairs = |key: &ForeignKeySchema| {
        let pairs = key.columns.iter().zip(&key.parent_columns);
        let mut pairs: Vec<_> =
            pairs.map(|(own, parent)| (own.to_lowercase(), parent.to_lowercase())).collect();
        pairs.sort();
        pairs
    };
    same_table(&one.parent, &other.parent, dialect) && pairs(one) == pairs(other)
}

pub(super) fn same_actions(one: &ForeignKeySchema, other: &ForeignKeySchema) -> bool {
    // NO ACTION and RESTRICT are equivalent here, since all keys are checked immediately.
    let plain =
        |action| if action == ReferentialAction::Restrict { ReferentialAction::NoAction } else { action };
    plain(one.on_delete) == plain(other.on_delete) && plain(one.on_update) == plain(other.on_update)
}

/// A name matters only if a model states it.
fn same_key_name(one: &ForeignKeySchema, other: &ForeignKeySchema) -> bool {
    !(one.is_named || other.is_named) || one.name.eq_ignore_ascii_case(&other.name)
}

fn same_check_name(one: &CheckSchema, other: &CheckSchema) -> bool {
    let name = |check: &CheckSchema| check.name.as_ref().map(|name| name.to_lowercase());
    !(one.is_named || other.is_named) || name(one) == name(other)
}

fn same_names(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.eq_ignore_ascii_case(other))
}

/// Pairs the entries of two lists that are the same but not equal, and returns these and the entries of only one list.
/// An entry is paired with one that is `equal`, if there is one.
fn pairs<T: Clone>(
    wanted: &[T],
    found: &[T],
    same: impl Fn(&T, &T) -> bool,
    equal: impl Fn(&T, &T) -> bool,
) -> Vec<Pair<T>> {
    let mut left: Vec<&T> = found.iter().collect();
    let mut pairs = Vec::new();
    for wanted in wanted {
        let both = |other: &&T| same(wanted, other) && equal(wanted, other);
        if let Some(at) = left.iter().position(both) {
            left.remove(at);
        } else if let Some(at) = left.iter().position(|other| same(wanted, other)) {
            pairs.push(Pair::Differs { wanted: wanted.clone(), found: left.remove(at).clone() });
        } else {
            pairs.push(Pair::Absent(wanted.clone()));
        }
    }
    pairs.extend(left.into_iter().map(|extra| Pair::Extra(extra.clone())));
    pairs
}

/// Compares the options of the table as a whole, as far as the models specify them.
fn storage(wanted: &TableSchema, found: &TableSchema) -> Vec<(TablePart, bool)> {
    let differs = |one: &Option<String>, other: &Option<String>| {
        one.is_some() && one.as_deref().map(plain) != other.as_deref().map(plain)
    };
    let mut parts = Vec::new();
    if differs(&wanted.engine, &found.engine) {
        let pair = Pair::of(wanted.engine.clone(), found.engine.clone());
        parts.extend(pair.map(|pair| (TablePart::Engine(pair), false)));
    }
    if differs(&wanted.charset, &found.charset) || differs(&wanted.collation, &found.collation) {
        let named = |table: &TableSchema| {
            let collation = wanted.collation.as_ref().and(table.collation.as_ref());
            let charset = table.charset.clone().unwrap_or_default();
            Some(collation.map_or(charset.clone(), |collation| format!("{charset} COLLATE {collation}")))
        };
        let pair = Pair::of(named(wanted), named(found));
        parts.extend(pair.map(|pair| (TablePart::Charset(pair), false)));
    }
    if wanted.comment != found.comment {
        let pair = Pair::of(wanted.comment.clone(), found.comment.clone());
        parts.extend(pair.map(|pair| (TablePart::Comment(pair), true)));
    }
    parts
}
