//! What to do about a column that does not exist.

use super::Error;
use crate::schema::Table;

impl Error {
    /// Adds what tells the table from its model; the statement is about `first` and perhaps tables of other models.
    #[cold]
    pub(crate) fn with_verify(self, first: &Table) -> Self {
        let model = first.model;
        self.with(|repr| {
            repr.message = format!(
                "{}; if it is a column of a model, the table lacks it: add it with a migration; \
                 `Schema::verify::<{model}>(&db)` lists how the table differs",
                repr.message
            );
        })
    }
}
