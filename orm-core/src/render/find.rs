//! A whole row by its key: the most common statement, whose SQL is cached.

use std::mem::take;
use std::sync::Arc;

use super::Renderer;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::schema::Table;
use crate::scoped::Scope;
use crate::syntax::{
    Command, Comparison, FromItem, JoinKind, Node, On, Origin, Projection, Select, Source, Statement,
};
use crate::value::Datum;

/// Returns the statement for `command`, calling `write` unless its SQL is cached.
pub(super) fn remembered(
    mut command: Command,
    dialect: &Dialect,
    scopes: &[Arc<Scope>],
    write: impl FnOnce(&mut Renderer<'_>, Command) -> Result<()>,
) -> Result<Statement> {
    let mut remember = None;
    if let Command::Select(select) = &mut command
        && let Some(table) = found_by_key(select)
        && scopes.is_empty()
    {
        let text = table.remembered.find.get(dialect.quote);
        if let Some(sql) = text.get() {
            let statement = Statement::new(sql.clone(), values(select));
            return Ok(Statement { sensitive: table.sensitive, ..statement });
        }
        remember = Some(text);
    }
    let mut renderer = Renderer::new(dialect, scopes);
    write(&mut renderer, command)?;
    let Renderer { sql, params, file, names, .. } = renderer;
    let statement =
        Statement { file, sensitive: names.home.sensitive, ..Statement::new(sql.into_string(), params) };
    if let Some(text) = remember {
        text.get_or_init(|| statement.sql.clone());
    }
    Ok(statement)
}

/// Returns the table of a select that only finds a whole row by its key. Every field of the select is named here, so that
/// new ones cannot be forgotten.
fn found_by_key(select: &Select) -> Option<&'static Table> {
    let Select {
        base,
        from,
        compound: None,
        marks,
        projection: Projection::Rows,
        aggregated: false,
        distinct: false,
        filter,
        group_by,
        rollup: false,
        having,
        order_by,
        limit: None,
        offset: None,
        lock: None,
        by_key: true,
        sight: _, // matters only for tables with hidden rows
        refused: None,
    } = select
    else {
        return None;
    };
    let [FromItem { origin: Origin::Table(table), join: JoinKind::Inner, on: On::Nothing, hints }] = &**from
    else {
        return None;
    };
    let by_key = filter.len() == table.primary_key.len()
        && filter.iter().zip(table.primary_key).all(|(condition, &key)| match condition {
            Node::Compare(column, Comparison::Equal, value) => {
                column.index == key && column.source() == Source::table(*base) && is_plain(value)
            }
            _ => false,
        });
    let nothing_else = marks.is_empty()
        && group_by.is_empty()
        && having.is_empty()
        && order_by.is_empty()
        && hints.is_empty()
        && table.soft_delete.is_none();
    (by_key && nothing_else).then_some(*table)
}

/// Returns whether every database takes the value as it is.
fn is_plain(value: &Datum) -> bool {
    match value {
        Datum::Int(_) | Datum::Text(_) | Datum::Guid(_) => true,
        Datum::UInt(number) => i64::try_from(*number).is_ok(),
        _ => false,
    }
}

/// Takes the values of the key.
fn values(select: &mut Select) -> Vec<Datum> {
    let conditions = take(&mut select.filter).into_iter();
    let value = |condition| match condition {
        Node::Compare(_, _, value) => Some(value),
        _ => None,
    };
    conditions.filter_map(value).collect()
}
