//! Verifies that views exist and have the columns that their models read.

use std::panic::Location;

use super::models::name_of;
use super::{Difference, Schema, Table, TableName, compare};
use crate::error::{Error, Result};
use crate::session::Lease;
use crate::syntax::Statement;

/// Returns what the views of models lack. It selects their columns without any row: what servers report about a view
/// does not tell whether it can be read.
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

/// Returns whether there is a view or a table of that name.
fn is_there(name: &TableName, found: &Schema) -> bool {
    found.views.iter().any(|view| view.name == name.name)
        || found.tables.iter().any(|table| table.name == *name)
}

/// Selects columns without any row. The inner result has an error of the server, unless the connection is lost.
async fn select(
    lease: &mut Lease<'_>,
    view: &Table,
    columns: &[&str],
    at: &'static Location<'static>,
) -> Result<Result<(), Error>> {
    let dialect = lease.dialect();
    // Qualified names, because SQLite takes a quoted word that is not a column for a string.
    let columns: Vec<String> =
        columns.iter().map(|column| format!("v.{}", dialect.identifier(column))).collect();
    let text =
        format!("SELECT {} FROM {} AS v LIMIT 0", columns.join(", "), dialect.table_name(&name_of(view)));
    match lease.run_by_hand(Statement::new(text, vec![]), &mut (), at).await {
        Ok(_) => Ok(Ok(())),
        Err(error) if error.is_connection_lost() => Err(error),
        Err(error) => Ok(Err(error)),
    }
}
