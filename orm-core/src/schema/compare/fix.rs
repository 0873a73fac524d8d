//! The statements that fix differences.

use super::names::Names;
use super::rekey::primary_key;
use super::{Pair, TablePart};
use crate::dialect::Dialect;
use crate::schema::ddl::sql;
use crate::schema::empty::empty_of;
use crate::schema::{ColumnSchema, ForeignKeySchema, IndexSchema, KeyPart, Schema, TableName, TableSchema};

/// Returns the statements for one difference; `None` if only rebuilding the table can fix it.
pub(super) fn of(table: &TableName, part: &TablePart, dialect: &Dialect) -> Option<Vec<String>> {
    let alter = |what: String| format!("ALTER TABLE {} {what}", dialect.table_name(table));
    let quoted = |name: &str| dialect.identifier(name);
    let can_change = dialect.ddl.rebuild.is_none();
    let statements = match part {
        // The query of the view is not known here.
        TablePart::View(_) => Vec::new(),
        TablePart::Table(pair) => match &**pair {
            Pair::Extra(extra) => vec![sql::drop_table(extra, dialect)],
            Pair::Absent(wanted) | Pair::Differs { wanted, .. } => {
                Schema { tables: vec![wanted.clone()], ..Schema::default() }.ddl(dialect)
            }
        },
        TablePart::TableColumn(Pair::Absent(wanted)) => {
            let fills = wanted.default.as_deref().map_or(wanted.nullable, is_constant);
            if !can_change && (!fills || wanted.generated.as_ref().is_some_and(|generated| generated.stored))
            {
                return None;
            }
            vec![alter(format!("ADD COLUMN {}", sql::column(wanted, dialect)))]
        }
        TablePart::TableColumn(Pair::Extra(found)) => {
            vec![alter(format!("DROP COLUMN {}", quoted(&found.name)))]
        }
        TablePart::Index(pair) => return index(table, pair, dialect),
        _ if !can_change => return None,
        // Only a few kinds of changes to generated columns are possible in place.
        TablePart::TableColumn(Pair::Differs { wanted, found })
            if wanted.generated.is_some() || found.generated.is_some() =>
        {
            vec![
                alter(format!("DROP COLUMN {}", quoted(&found.name))),
                alter(format!("ADD COLUMN {}", sql::column(wanted, dialect))),
            ]
        }
        TablePart::TableColumn(Pair::Differs { wanted, .. }) => {
            vec![alter(format!("MODIFY COLUMN {}", sql::column(wanted, dialect)))]
        }
        TablePart::PrimaryKey(pair) => vec![alter(primary_key(pair, dialect).join(", "))],
        TablePart::ForeignKey(pair) => replace(
            pair,
            |found| alter(format!("DROP FOREIGN KEY {}", quoted(&found.name))),
            |wanted| alter(format!("ADD {}", sql::foreign_key(wanted, dialect))),
        ),
        TablePart::Check(pair) => replace(
            pair,
            |found| alter(format!("DROP CONSTRAINT {}", quoted(found.name.as_deref().unwrap_or_default()))),
            |wanted| alter(format!("ADD {}", sql::check(wanted, dialect))),
        ),
        TablePart::Engine(pair) => {
            wanted(pair).map(|engine| alter(format!("ENGINE={engine}"))).into_iter().collect()
        }
        // This concerns all columns of the table: see `converted`.
        TablePart::Charset(_) => Vec::new(),
        TablePart::Comment(pair) => {
            let comment = wanted(pair).map_or("", String::as_str);
            vec![alter(format!("COMMENT={}", dialect.string_literal(comment)))]
        }
    };
    Some(statements)
}

/// Drops a foreign key along with the index that the server may have created for it: otherwise no other key could take
/// its name.
pub(super) fn release(table: &TableSchema, key: &ForeignKeySchema, dialect: &Dialect) -> Vec<String> {
    let begins = |columns: Vec<&str>| {
        columns.iter().copied().take(key.columns.len()).eq(key.columns.iter().map(String::as_str))
    };
    let has_index = |indexes: &[IndexSchema]| indexes.iter().any(|index| index.columns().is_some_and(begins));
    let is_needed = begins(table.primary_key.iter().map(String::as_str).collect())
        || has_index(&table.indexes)
        || table
            .foreign_keys
            .iter()
            .any(|other| other != key && begins(other.columns.iter().map(String::as_str).collect()));
    let name = dialect.identifier(&key.name);
    let mut made = table.key_indexes.iter().filter(|index| index.columns().is_some_and(begins));
    let index = match made.next() {
        _ if is_needed || !dialect.ddl.indexes_foreign_keys => String::new(),
        Some(made) => format!(", DROP INDEX {}", dialect.identifier(&made.name)),
        None => format!(", DROP INDEX {name}"),
    };
    vec![format!("ALTER TABLE {} DROP FOREIGN KEY {name}{index}", dialect.table_name(&table.name))]
}

/// Returns the statement that converts the character set of a table, listing each text column: `CONVERT TO` would
/// remove the columns' own collations, so that unique values may no longer be unique, and enlarge their types.
/// <https://dev.mysql.com/doc/refman/8.4/en/alter-table.html#alter-table-character-set>
pub(super) fn converted(table: &TableSchema, part: &TablePart, dialect: &Dialect) -> Option<Vec<String>> {
    let TablePart::Charset(pair) = part else { return None };
    let texts = table.columns.iter().filter(|column| is_text(&column.ty));
    let texts = texts.map(|column| format!(", MODIFY COLUMN {}", sql::column(column, dialect)));
    let charset = format!("DEFAULT CHARACTER SET {}", wanted(pair)?);
    Some(vec![format!(
        "ALTER TABLE {} {charset}{}",
        dialect.table_name(&table.name),
        texts.collect::<String>()
    )])
}

/// Whether a type is one of those that have a character set.
pub(super) fn is_text(ty: &str) -> bool {
    let ty = ty.to_ascii_uppercase();
    let name = ty.split('(').next().unwrap_or_default().trim_end();
    ["CHAR", "VARCHAR", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT", "ENUM", "SET"].contains(&name)
}

fn wanted<T>(pair: &Pair<T>) -> Option<&T> {
    match pair {
        Pair::Absent(wanted) | Pair::Differs { wanted, .. } => Some(wanted),
        Pair::Extra(_) => None,
    }
}

fn replace<T>(pair: &Pair<T>, drop: impl Fn(&T) -> String, add: impl Fn(&T) -> String) -> Vec<String> {
    match pair {
        Pair::Absent(wanted) => vec![add(wanted)],
        Pair::Extra(found) => vec![drop(found)],
        Pair::Differs { wanted, found } => vec![drop(found), add(wanted)],
    }
}

fn index(table: &TableName, pair: &Pair<IndexSchema>, dialect: &Dialect) -> Option<Vec<String>> {
    // A unique constraint that may be part of its CREATE TABLE can only be dropped with the table.
    let in_table = |index: &IndexSchema| {
        let plain = index.unique && index.columns().is_some();
        dialect.ddl.rebuild.is_some() && (index.name.is_empty() || plain)
    };
    if let Pair::Extra(found) | Pair::Differs { found, .. } = pair
        && in_table(found)
    {
        return None;
    }
    if let Pair::Differs { wanted, found } = pair
        && wanted.parts == found.parts
        && wanted.unique == found.unique
        && dialect.ddl.inline_indexes
    {
        let (old, new) = (dialect.identifier(&found.name), dialect.identifier(&wanted.name));
        return Some(vec![format!("ALTER TABLE {} RENAME INDEX {old} TO {new}", dialect.table_name(table))]);
    }
    if let Pair::Differs { wanted, found } = pair
        && let Some(inline) = sql::inline_index(wanted, dialect).filter(|_| dialect.ddl.inline_indexes)
    {
        // In one statement, since a foreign key may need either index.
        let old = dialect.identifier(&found.name);
        return Some(vec![format!(
            "ALTER TABLE {} DROP INDEX {old}, ADD {inline}",
            dialect.table_name(table)
        )]);
    }
    let drop = |found: &IndexSchema| sql::drop_index(table, found, dialect);
    Some(replace(pair, drop, |wanted| sql::add_index(table, wanted, dialect)))
}

/// Returns whether a default is a constant, such as a number or a text, and not computed.
fn is_constant(default: &str) -> bool {
    let default = default.trim();
    let inner = default.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    inner.is_some_and(|inner| !inner.replace("''", "").contains('\''))
        || default.parse::<f64>().is_ok()
        || ["true", "false", "null"].iter().any(|word| default.eq_ignore_ascii_case(word))
}

/// Returns the statements that rebuild a table with its rows, if this is needed because tables cannot be altered.
pub(super) fn rebuild<'a>(
    wanted: &TableSchema,
    found: &TableSchema,
    mut parts: impl Iterator<Item = &'a TablePart>,
    names: &Names<'_>,
    dialect: &Dialect,
) -> Option<Vec<String>> {
    let [before, after] = dialect.ddl.rebuild?;
    if !parts.any(|part| of(&wanted.name, part, dialect).is_none() || is_constraint(part, found, dialect)) {
        return None;
    }
    let new = TableName { name: names.new_table(&wanted.name.name), ..wanted.name.clone() };
    let (old, name) = (dialect.table_name(&wanted.name), dialect.table_name(&new));
    let is_kept = |column: &&ColumnSchema| column.generated.is_none() && found.column(&column.name).is_some();
    let kept = wanted.columns.iter().filter(is_kept);
    let kept: Vec<String> = kept.map(|column| column.name.clone()).collect();
    // If no column is kept, the number of rows is.
    let kept = if kept.is_empty() { "rowid".to_owned() } else { sql::list(&kept, dialect) };
    // A new required column gets an empty value, as on servers: if no row were copied, the next statement would lose
    // them all.
    let must = wanted.columns.iter().filter(|column| {
        let filled = column.nullable || column.default.is_some() || column.auto || column.generated.is_some();
        !filled && found.column(&column.name).is_none()
    });
    let (mut into, mut from) = (kept.clone(), kept);
    for column in must {
        into = format!("{into}, {}", dialect.identifier(&column.name));
        from = format!("{from}, {}", empty_of(wanted, column, dialect));
    }
    let counter = counter(&new, wanted, found, dialect);
    let bare = TableSchema { name: new, ..wanted.clone() };
    let mut statements = Schema { tables: vec![bare], ..Schema::default() }.ddl(dialect);
    // The indexes are created once their names are free.
    statements.truncate(1);
    statements.insert(0, before.to_owned());
    statements.extend(counter);
    statements.push(format!("INSERT INTO {name} ({into}) SELECT {from} FROM {old}"));
    statements.push(format!("DROP TABLE {old}"));
    let [old_way, new_way] = dialect.ddl.rename_rebuilt;
    let rename = format!("ALTER TABLE {name} RENAME TO {}", dialect.identifier(&wanted.name.name));
    statements.extend([old_way.to_owned(), rename, new_way.to_owned()]);
    let indexes = Schema { tables: vec![wanted.clone()], ..Schema::default() }.ddl(dialect);
    statements.extend(indexes.into_iter().skip(1));
    statements.push(after.to_owned());
    Some(statements)
}

/// Returns the statement that keeps the keys of deleted rows from being given to new ones.
fn counter(new: &TableName, wanted: &TableSchema, found: &TableSchema, dialect: &Dialect) -> Option<String> {
    let counts = |table: &TableSchema| table.columns.iter().any(|column| column.auto);
    let place = new.schema.as_ref().map(|schema| format!("{}.", dialect.identifier(schema)));
    let fill = || {
        let template = dialect.ddl.keep_counter.replace("{in}", &place.unwrap_or_default());
        template
            .replace("{new}", &dialect.string_literal(&new.name))
            .replace("{old}", &dialect.string_literal(&found.name.name))
    };
    (counts(wanted) && counts(found)).then(fill)
}

/// A column that a constraint or an index refers to cannot be dropped on its own.
fn is_constraint(part: &TablePart, found: &TableSchema, dialect: &Dialect) -> bool {
    let TablePart::TableColumn(Pair::Extra(column)) = part else { return false };
    let named = |part: &KeyPart| match part.over() {
        KeyPart::Named { name, .. } => *name == column.name,
        _ => true,
    };
    let about = |index: &IndexSchema| index.condition.is_some() || index.parts.iter().any(named);
    dialect.ddl.rebuild.is_some()
        && (!found.checks.is_empty()
            || found.primary_key.contains(&column.name)
            || found.columns.iter().any(|other| other.generated.is_some())
            || found.indexes.iter().any(about)
            || found.foreign_keys.iter().any(|key| key.columns.contains(&column.name)))
}
