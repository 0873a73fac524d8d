//! The DDL of tables.

use std::fmt::Write as _;

use super::{ColumnDef, ForeignKey, Index, ModelSet, ReferentialAction, Table};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::render::quote;
use crate::value::Kind;

/// The statements that create the tables of a model or a tuple of models in a database, without one.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let sql = orm::schema::ddl::<(Post, User)>(&orm::dialect::MYSQL)?;
/// assert!(sql[0].starts_with("CREATE TABLE IF NOT EXISTS `users`")); // before the posts, which reference it
/// # let _ = db;
/// # Ok(()) }) }
/// ```
///
/// # Errors
/// If the foreign keys of the tables form a circle, or a name is too long for the database.
pub fn ddl<S: ModelSet>(dialect: &Dialect) -> Result<Vec<String>> {
    let mut statements = Vec::new();
    for table in in_order(S::tables())? {
        statements.extend(create_table(table, dialect)?);
    }
    Ok(statements)
}

/// The tables in an order in which each comes after those it references. References to tables that are not among them
/// are taken to exist.
pub(crate) fn in_order(tables: Vec<&'static Table>) -> Result<Vec<&'static Table>> {
    let mut left: Vec<&'static Table> = Vec::with_capacity(tables.len());
    for table in tables {
        if !left.iter().any(|known| known.is(table)) {
            left.push(table);
        }
    }
    let mut ordered: Vec<&'static Table> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |table: &Table| {
            table.foreign_keys.iter().any(|key| {
                let parent = (key.parent)();
                !parent.is(table) && left.iter().any(|other| other.is(parent))
            })
        };
        let Some(next) = left.iter().position(|table| !waits(table)) else {
            let names: Vec<&str> = left.iter().map(|table| table.name).collect();
            let message = format!("the foreign keys of the tables {} form a circle", names.join(", "));
            return Err(Error::new(ErrorKind::Unsupported, message));
        };
        ordered.push(left.remove(next));
    }
    Ok(ordered)
}

/// Refuses a table whose foreign keys lead to another database, where no server could keep them.
pub(crate) fn check_home(table: &Table) -> Result<()> {
    let Some(parent) =
        table.foreign_keys.iter().map(|key| (key.parent)()).find(|parent| parent.bind != table.bind)
    else {
        return Ok(());
    };
    let message = format!(
        "`{}` has a foreign key to `{}`, which is in another database: no server keeps such a key; make it a plain \
         column, or give both the same `bind`",
        table.model, parent.model
    );
    Err(Error::new(ErrorKind::Unsupported, message))
}

pub(crate) fn drop_table(table: &Table, dialect: &Dialect) -> String {
    format!("DROP TABLE IF EXISTS {}", qualified(table, dialect))
}

/// The statements that create one table: the table itself, and its indexes where they stand apart.
pub(crate) fn create_table(table: &'static Table, dialect: &Dialect) -> Result<Vec<String>> {
    check_name(table.name, dialect)?;
    let mut parts: Vec<String> = Vec::new();
    for column in table.columns {
        check_name(column.name, dialect)?;
        parts.push(column_sql(column, dialect));
    }
    if !(dialect.ddl.auto_is_key && table.auto_column().is_some()) {
        parts.push(format!("PRIMARY KEY ({})", columns(table, table.primary_key, dialect)));
    }
    let mut indexes = Vec::new();
    for (position, column) in (0u16..).zip(table.columns) {
        let index = Index { name: None, columns: &[], condition: None };
        if column.unique {
            indexes.push((true, index, vec![position]));
        } else if column.index {
            indexes.push((false, index, vec![position]));
        }
    }
    indexes.extend(table.uniques.iter().map(|index| (true, *index, index.columns.to_vec())));
    indexes.extend(table.indexes.iter().map(|index| (false, *index, index.columns.to_vec())));
    if !dialect.ddl.indexes_foreign_keys {
        for key in table.foreign_keys {
            // An index that begins with the key's columns serves as well.
            let covered = table.primary_key.starts_with(key.columns)
                || indexes.iter().any(|(_, _, positions)| positions.starts_with(key.columns));
            if !covered {
                indexes.push((
                    false,
                    Index { name: None, columns: &[], condition: None },
                    key.columns.to_vec(),
                ));
            }
        }
    }
    let mut apart = Vec::new();
    for (unique, index, positions) in indexes {
        let name = index_name(table, index.name, unique, &positions, dialect)?;
        let list = columns(table, &positions, dialect);
        if unique && index.condition.is_none() {
            parts.push(format!("CONSTRAINT {name} UNIQUE ({list})"));
        } else if dialect.ddl.inline_indexes && index.condition.is_none() {
            parts.push(format!("INDEX {name} ({list})"));
        } else {
            apart.push(index_sql(table, &index, unique, &name, &list, dialect)?);
        }
    }
    // MySQL 9.7 does not set to NULL what stands behind a key to the same parent that deletes.
    let (nulled, others): (Vec<&ForeignKey>, Vec<&ForeignKey>) =
        table.foreign_keys.iter().partition(|key| key.on_delete == ReferentialAction::SetNull);
    for key in nulled.into_iter().chain(others) {
        parts.push(foreign_key_sql(table, key, dialect)?);
    }
    for one_of in table.one_of {
        let name = one_of.check_name(table);
        check_name(&name, dialect)?;
        let condition = one_of.condition(table, dialect);
        parts.push(format!("CONSTRAINT {} CHECK ({condition})", quote(&name, dialect.quote)));
    }
    parts.extend(table.checks.iter().map(|check| format!("CHECK ({check})")));
    let mut sql =
        format!("CREATE TABLE IF NOT EXISTS {} (\n  {}\n)", qualified(table, dialect), parts.join(",\n  "));
    sql.push_str(dialect.ddl.table_suffix);
    if let Some(comment) = table.comment.filter(|_| dialect.ddl.comments) {
        // Writing into a string cannot fail.
        let _ = write!(sql, " COMMENT={}", literal(comment));
    }
    apart.insert(0, sql);
    Ok(apart)
}

fn column_sql(column: &ColumnDef, dialect: &Dialect) -> String {
    let name = quote(column.name, dialect.quote);
    if column.auto {
        let ty = (dialect.ddl.column_type)(column);
        return format!("{name} {ty} NOT NULL {}", dialect.ddl.auto).replace("  ", " ");
    }
    let ty = column.sql_type.map_or_else(|| (dialect.ddl.column_type)(column), str::to_owned);
    let mut sql = format!("{name} {ty}");
    if let Some(expression) = column.generated {
        let _ = write!(sql, " GENERATED ALWAYS AS ({expression}) STORED");
    }
    // MariaDB refuses NOT NULL on a generated column; its expression says whether it can be NULL.
    if !column.nullable && column.generated.is_none() {
        sql.push_str(" NOT NULL");
    }
    if let Some(default) = column.server_default {
        let _ = write!(sql, " DEFAULT ({default})");
    }
    if dialect.ddl.checks_types && column.sql_type.is_none() {
        sql.push_str(&type_check(column, &name));
    }
    if let Some(comment) = column.comment.filter(|_| dialect.ddl.comments) {
        let _ = write!(sql, " COMMENT {}", literal(comment));
    }
    sql
}

/// What a server without typed columns would let pass.
fn type_check(column: &ColumnDef, name: &str) -> String {
    let (what, condition) = match (column.kind, column.length) {
        (Kind::Text | Kind::Blob, Some(length)) => {
            (format!("{}: length <= {length}", column.name), format!("length({name}) <= {length}"))
        }
        (Kind::Choice(words), _) => {
            let words: Vec<String> = words.iter().map(|word| literal(word)).collect();
            (format!("{}: one of its words", column.name), format!("{name} IN ({})", words.join(", ")))
        }
        (kind, _) => match kind.range() {
            Some((0, i64::MAX)) => (format!("{}: range", column.name), format!("{name} >= 0")),
            Some((least, most)) => {
                (format!("{}: range", column.name), format!("{name} BETWEEN {least} AND {most}"))
            }
            None => return String::new(),
        },
    };
    format!(" CONSTRAINT {} CHECK ({condition})", quote(&what, '"'))
}

fn index_name(
    table: &Table,
    given: Option<&str>,
    unique: bool,
    positions: &[u16],
    dialect: &Dialect,
) -> Result<String> {
    let name = table.index_name(given, unique, positions);
    check_name(&name, dialect)?;
    Ok(quote(&name, dialect.quote))
}

fn index_sql(
    table: &Table,
    index: &Index,
    unique: bool,
    name: &str,
    list: &str,
    dialect: &Dialect,
) -> Result<String> {
    let unique = if unique { "UNIQUE " } else { "" };
    let mut sql =
        format!("CREATE {unique}INDEX IF NOT EXISTS {name} ON {} ({list})", qualified(table, dialect));
    if let Some(condition) = index.condition {
        if !dialect.ddl.partial_indexes {
            let message = format!(
                "`{}` has an index with a condition, which {} does not have; leave out `where`",
                table.model, dialect.name
            );
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        let _ = write!(sql, " WHERE {condition}");
    }
    Ok(sql)
}

fn foreign_key_sql(table: &Table, key: &ForeignKey, dialect: &Dialect) -> Result<String> {
    let parent = (key.parent)();
    let name = format!("{}_{}_fkey", table.name, key.name);
    check_name(&name, dialect)?;
    let mut sql = format!(
        "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({})",
        quote(&name, dialect.quote),
        columns(table, key.columns, dialect),
        qualified(parent, dialect),
        columns(parent, parent.primary_key, dialect),
    );
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != ReferentialAction::NoAction {
            let _ = write!(sql, " ON {event} {}", action.sql());
        }
    }
    Ok(sql)
}

fn columns(table: &Table, positions: &[u16], dialect: &Dialect) -> String {
    let names: Vec<String> =
        positions.iter().map(|&position| quote(table.column(position).name, dialect.quote)).collect();
    names.join(", ")
}

fn qualified(table: &Table, dialect: &Dialect) -> String {
    let name = quote(table.name, dialect.quote);
    table.schema.map_or(name.clone(), |schema| format!("{}.{name}", quote(schema, dialect.quote)))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn check_name(name: &str, dialect: &Dialect) -> Result<()> {
    match dialect.max_identifier {
        Some(most) if name.chars().count() > most => {
            let message =
                format!("the name `{name}` is longer than the {most} characters that {} takes", dialect.name);
            Err(Error::new(ErrorKind::Configuration, message))
        }
        _ => Ok(()),
    }
}
