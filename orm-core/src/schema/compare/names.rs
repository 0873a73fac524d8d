//! Name conflicts: a wanted name is taken by something that is to be renamed itself.

use std::collections::HashSet;

use super::{Pair, TablePart, fix};
use crate::dialect::Dialect;
use crate::schema::{Schema, TableName};

/// The kinds of things that have names.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Index,
    ForeignKey,
    Check,
}

/// The wanted names.
pub(super) struct Names<'d> {
    wanted: HashSet<(Kind, String)>,
    /// The names of all tables and views.
    taken: HashSet<String>,
    dialect: &'d Dialect,
}

impl<'d> Names<'d> {
    /// Collects the names of a schema. Names of foreign keys and checks may have to be unique in the whole database, and
    /// those of indexes are on SQLite.
    pub(super) fn of(schema: &Schema, found: &Schema, dialect: &'d Dialect) -> Self {
        let mut wanted = HashSet::new();
        for table in &schema.tables {
            let indexes = table.indexes.iter().map(|index| (Kind::Index, index.name.as_str()));
            let keys = table.foreign_keys.iter().map(|key| (Kind::ForeignKey, key.name.as_str()));
            let checks = table.checks.iter().filter_map(|check| Some((Kind::Check, check.name.as_deref()?)));
            for (kind, name) in indexes.chain(keys).chain(checks) {
                wanted.insert((kind, name.to_lowercase()));
            }
        }
        let tables = schema.tables.iter().chain(&found.tables).map(|table| table.name.name.as_str());
        let taken = tables.chain(found.views.iter().map(|view| view.name.as_str())).map(str::to_lowercase);
        Names { wanted, taken: taken.collect(), dialect }
    }

    /// Returns a free name for the new table when one is rebuilt.
    pub(super) fn new_table(&self, name: &str) -> String {
        let mut new = format!("new_{name}");
        while self.taken.contains(&new.to_lowercase()) {
            new.insert_str(0, "new_");
        }
        new
    }

    /// Splits a change of name into a drop and an add if the old name is wanted elsewhere and the part can be dropped
    /// on its own.
    pub(super) fn part(&self, table: &TableName, parts: Vec<(TablePart, bool)>) -> Parted {
        let mut parted = Parted { first: Vec::new(), others: Vec::new() };
        for (part, harmless) in parts {
            if self.is_in_way(&part) && fix::of(table, &part, self.dialect).is_some() {
                parted.first.push((part, false));
                continue;
            }
            let apart = match part.clone() {
                TablePart::Index(pair) => {
                    self.apart(Kind::Index, pair, |index| Some(&index.name), TablePart::Index)
                }
                TablePart::ForeignKey(pair) => {
                    self.apart(Kind::ForeignKey, pair, |key| Some(&key.name), TablePart::ForeignKey)
                }
                TablePart::Check(pair) => {
                    self.apart(Kind::Check, pair, |check| check.name.as_ref(), TablePart::Check)
                }
                _ => None,
            };
            match apart.filter(|[goes, _]| fix::of(table, goes, self.dialect).is_some()) {
                Some([goes, comes]) => {
                    parted.first.push((goes, harmless));
                    parted.others.push((comes, harmless));
                }
                None => parted.others.push((part, harmless)),
            }
        }
        // Servers refuse to drop an index that a foreign key needs.
        parted.first.sort_by_key(|(part, _)| !matches!(part, TablePart::ForeignKey(_)));
        parted
    }

    /// Returns whether an index of another table has the same name, where tables share them.
    fn is_in_way(&self, part: &TablePart) -> bool {
        let TablePart::Index(Pair::Extra(index)) = part else { return false };
        !self.dialect.ddl.inline_indexes && self.wanted.contains(&(Kind::Index, index.name.to_lowercase()))
    }

    fn apart<T>(
        &self,
        kind: Kind,
        pair: Pair<T>,
        name: fn(&T) -> Option<&String>,
        part: fn(Pair<T>) -> TablePart,
    ) -> Option<[TablePart; 2]> {
        let Pair::Differs { wanted, found } = pair else { return None };
        let (new, old) = (name(&wanted)?.to_lowercase(), name(&found)?.to_lowercase());
        let is_free = new == old || old.is_empty() || !self.wanted.contains(&(kind, old));
        (!is_free).then(|| [part(Pair::Extra(found)), part(Pair::Absent(wanted))])
    }
}

/// The parts of a table that differ, and those that must be dropped before all others.
pub(super) struct Parted {
    pub(super) first: Vec<(TablePart, bool)>,
    pub(super) others: Vec<(TablePart, bool)>,
}
