//! Name conflicts: a wanted name is taken by something that is to be renamed itself.

use std::collections::HashSet;

use super::{Pair, TablePart, mend};
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
    dialect: &'d Dialect,
}

impl<'d> Names<'d> {
    /// Collects the names of a whole schema: on some servers, names of foreign keys and checks must be unique in the
    /// database, and so must those of indexes on SQLite.
    pub(super) fn of(schema: &Schema, dialect: &'d Dialect) -> Self {
        let mut wanted = HashSet::new();
        for table in &schema.tables {
            let indexes = table.indexes.iter().map(|index| (Kind::Index, index.name.as_str()));
            let keys = table.foreign_keys.iter().map(|key| (Kind::ForeignKey, key.name.as_str()));
            let checks = table.checks.iter().filter_map(|check| Some((Kind::Check, check.name.as_deref()?)));
            for (kind, name) in indexes.chain(keys).chain(checks) {
                wanted.insert((kind, name.to_lowercase()));
            }
        }
        Names { wanted, dialect }
    }

    /// Splits a change of name into a drop and an add if the old name is wanted elsewhere and the part can be dropped
    /// on its own.
    pub(super) fn part(&self, table: &TableName, parts: Vec<(TablePart, bool)>) -> Parted {
        let mut parted = Parted { first: Vec::new(), others: Vec::new() };
        for (part, harmless) in parts {
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
            match apart.filter(|[goes, _]| mend::of(table, goes, self.dialect).is_some()) {
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
