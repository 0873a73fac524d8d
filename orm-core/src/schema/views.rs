//! Whether views are there, and have the columns that their models read.

use std::panic::Location;

use super::ddl::sql;
use super::models::name_of;
use super::{Difference, Schema, Table, TableName, compare};
use crate::error::{Error, Result};
use crate::session::Lease;
use crate::syntax::Statement;

/// What the views of models lack. They are asked for their columns, and for no row: what servers tell of a view is not
/// whether it can be read.
pub(super) async fn differences(
    lease: &mut Lease<'_>,
    views: &[&'static Table],
    found: &Schema,
    at: &'static Location<'static>,
) -> Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for view in views {
        let all: Vec<&str> = view.columns.iter().map(|column| column.name).collect();
        let Err(error) = select(lease, view, &all, at).await? else { continue };
        let name = name_of(view);
        let mut missing = Vec::new();
        if is_there(&name, found) {
            for column in all {
                if select(lease, view, &[column], at).await?.is_err() {
                    missing.push(column.to_owned());
                }
            }
        }
        let broken = missing.len() == view.columns.len();
        let text = broken.then(|| format!("the view `{name}` cannot be read: {error}"));
        let missing = if broken { Vec::new() } else { missing };
        differences.push(compare::view(name, missing, text, lease.dialect()));
    }
    Ok(differences)
}

/// Whether there is a view of that name, or a table.
fn is_there(name: &TableName, found: &Schema) -> bool {
    found.views.iter().any(|view| view.name == name.name)
        || found.tables.iter().any(|table| table.name == *name)
}

/// Selects columns of no row. What the server has against it is within what may fail by itself.
async fn select(
    lease: &mut Lease<'_>,
    view: &Table,
    columns: &[&str],
    at: &'static Location<'static>,
) -> Result<Result<(), Error>> {
    let dialect = lease.dialect();
    // With a name before them: SQLite takes a word in quotes that is no column for a text.
    let columns: Vec<String> =
        columns.iter().map(|column| format!("v.{}", sql::quoted(column, dialect))).collect();
    let text =
        format!("SELECT {} FROM {} AS v LIMIT 0", columns.join(", "), sql::table(&name_of(view), dialect));
    match lease.run_by_hand(Statement::new(text, vec![]), &mut (), at).await {
        Ok(_) => Ok(Ok(())),
        Err(error) if error.is_connection_lost() => Err(error),
        Err(error) => Ok(Err(error)),
    }
}
