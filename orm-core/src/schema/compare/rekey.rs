//! Parts that can only change in one statement: the primary key with its columns, since an AUTO_INCREMENT column must be a key at
//! any time and a nullable one cannot be in the primary key; a dropped index that served it; the engine, where only the new one
//! allows the key; and the collations of the columns of a full-text index, which must be the same.

use super::{Pair, TablePart};
use crate::dialect::Dialect;
use crate::schema::ddl::sql;
use crate::schema::{ColumnSchema, IndexSchema, KeyPart, TableSchema};

/// The parts that one statement changes, and the statement.
pub(super) struct Rekeyed {
    parts: Vec<TablePart>,
    statement: String,
}

impl Rekeyed {
    /// Finds the parts that must change together in a table that can be altered; none if each can change on its own.
    pub(super) fn of<'a>(
        wanted: &TableSchema,
        found: &TableSchema,
        parts: impl Iterator<Item = &'a TablePart>,
        dialect: &Dialect,
    ) -> Self {
        let leaves = |name: &String| found.primary_key.contains(name) && !wanted.primary_key.contains(name);
        let shares_words = |name: &String| {
            let named = |part: &KeyPart| matches!(part, KeyPart::Named { name: own, .. } if own == name);
            let mut indexes = found.indexes.iter().filter(|index| index.full_text);
            indexes.any(|index| index.parts.len() > 1 && index.parts.iter().any(named))
        };
        let counts = |name: &String| found.column(name).is_some_and(|column| column.auto);
        let is_led = |index: &&IndexSchema| {
            let first = index.parts.first().map(KeyPart::over);
            matches!(first, Some(KeyPart::Named { name, .. }) if counts(name)) && !index.full_text
        };
        let parts: Vec<&TablePart> = parts.collect();
        let stays = |index: &&IndexSchema| {
            !parts.iter().any(|part| matches!(part, TablePart::Index(Pair::Extra(gone)) if gone == *index))
        };
        let is_key = found.primary_key.first().is_some_and(counts);
        // The one that lets it count until then.
        let led = || found.indexes.iter().filter(is_led);
        let last = if is_key || led().any(|index| stays(&index)) {
            None
        } else {
            led().min_by_key(|index| index.parts.len())
        };
        let is_bound = |part: &&TablePart| match part {
            TablePart::PrimaryKey(_) => true,
            TablePart::TableColumn(Pair::Absent(column)) => column.auto,
            TablePart::TableColumn(Pair::Extra(column)) => column.auto || leaves(&column.name),
            TablePart::TableColumn(Pair::Differs { wanted, found }) => {
                wanted.auto != found.auto
                    || leaves(&wanted.name)
                    || (wanted.collation != found.collation && shares_words(&found.name))
            }
            TablePart::Index(Pair::Extra(index)) => Some(index) == last,
            TablePart::Engine(_) => {
                found.columns.iter().any(|column| column.auto) && !is_key && led().next().is_none()
            }
            _ => false,
        };
        let parts: Vec<TablePart> = parts.iter().copied().filter(is_bound).cloned().collect();
        if dialect.ddl.rebuild.is_some() || parts.len() < 2 {
            return Rekeyed { parts: Vec::new(), statement: String::new() };
        }
        let clauses: Vec<String> = parts.iter().flat_map(|part| clauses(part, dialect)).collect();
        let statement = format!("ALTER TABLE {} {}", dialect.table_name(&wanted.name), clauses.join(", "));
        Rekeyed { parts, statement }
    }

    pub(super) fn has(&self, part: &TablePart) -> bool {
        self.parts.contains(part)
    }

    /// Returns the statement that fixes a part, if it is one of them.
    pub(super) fn fix(&self, part: &TablePart) -> Option<Vec<String>> {
        self.has(part).then(|| vec![self.statement.clone()])
    }
}

fn clauses(part: &TablePart, dialect: &Dialect) -> Vec<String> {
    match part {
        TablePart::TableColumn(pair) => vec![column(pair, dialect)],
        TablePart::PrimaryKey(pair) => primary_key(pair, dialect),
        TablePart::Index(Pair::Extra(index)) => {
            vec![format!("DROP INDEX {}", dialect.identifier(&index.name))]
        }
        TablePart::Engine(Pair::Absent(engine) | Pair::Differs { wanted: engine, .. }) => {
            vec![format!("ENGINE={engine}")]
        }
        _ => Vec::new(),
    }
}

fn column(pair: &Pair<ColumnSchema>, dialect: &Dialect) -> String {
    match pair {
        Pair::Absent(wanted) => format!("ADD COLUMN {}", sql::column(wanted, dialect)),
        Pair::Extra(found) => format!("DROP COLUMN {}", dialect.identifier(&found.name)),
        Pair::Differs { wanted, .. } => format!("MODIFY COLUMN {}", sql::column(wanted, dialect)),
    }
}

/// Returns the clauses of the statement that changes a primary key.
pub(super) fn primary_key(pair: &Pair<Vec<String>>, dialect: &Dialect) -> Vec<String> {
    let add = |key: &[String]| format!("ADD PRIMARY KEY ({})", sql::list(key, dialect));
    let drop = || "DROP PRIMARY KEY".to_owned();
    match pair {
        Pair::Absent(wanted) => vec![add(wanted)],
        Pair::Extra(_) => vec![drop()],
        Pair::Differs { wanted, .. } => vec![drop(), add(wanted)],
    }
}
