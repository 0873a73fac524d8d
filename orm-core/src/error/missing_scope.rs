//! Advice on values that no scope has filled in.

use super::Error;
use crate::schema::Table;

impl Error {
    /// Adds to the error of an insert without a value for a column that a scope would have filled it in, if that is the case.
    #[cold]
    pub(crate) fn with_scope(self, table: &Table) -> Self {
        let scoped = |name: &&String| {
            table.columns.iter().find(|column| column.scoped && column.name.eq_ignore_ascii_case(name))
        };
        let Some(column) = self.columns().iter().find_map(|name| scoped(&name)) else { return self };
        let (model, field) = (table.model, column.field);
        let advice = format!(
            "`{model}` leaves it to a scope, but no scope has set it: run the insert on \
             `db.scoped::<{model}>(|row| row.{field}.eq(..))`, or give it a value"
        );
        self.with(|repr| repr.message = format!("{}; {advice}", repr.message))
    }
}
