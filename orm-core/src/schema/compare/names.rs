//! Names that go round: one that is wanted is that of something else, which is to have another name.

use std::collections::HashSet;

use super::{Pair, TablePart, mend};
use crate::dialect::Dialect;
use crate::schema::{Schema, TableName};

/// What has a name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Index,
    ForeignKey,
    Check,
}

/// The names that things are to have.
pub(super) struct Names<'d> {
    wanted: HashSet<(Kind, String)>,
    dialect: &'d Dialect,
}

impl<'d> Names<'d> {
    /// The names of a schema: those of foreign keys and checks may be of the whole database, and so are those of indexes on
    /// SQLite.
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

    /// Takes what is in the way of others by its name apart, where it can go by itself: it goes, and comes by its new name.
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
        // Servers keep an index that a foreign key needs.
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

/// Parts of a table, and those that go before all others.
pub(super) struct Parted {
    pub(super) first: Vec<(TablePart, bool)>,
    pub(super) others: Vec<(TablePart, bool)>,
}
