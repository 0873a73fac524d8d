//! Advice on missing tables.

use super::{Error, ErrorKind};
use crate::schema::Table;

impl Error {
    /// Adds what creates the table; the statement is about `first` and perhaps tables of other models.
    #[cold]
    pub(crate) fn with_maker(self, first: &Table) -> Self {
        let advice = if told(&self.0.message).eq_ignore_ascii_case(first.name) {
            let model = first.model;
            format!(
                "it is the table of the model `{model}`: create it with `create_tables::<{model}>()` or with \
                 a migration"
            )
        } else {
            "if it is the table of a model, create it with `create_tables` or with a migration".to_owned()
        };
        self.with(|repr| repr.message = format!("{}; {advice}", repr.message))
    }

    /// Adds the models of the referenced tables that are not created along with the table: if a referenced table is missing,
    /// servers report the foreign key as wrong.
    #[cold]
    pub(crate) fn with_parents(self, parents: &[&Table]) -> Self {
        if parents.is_empty() || !matches!(self.kind(), ErrorKind::Server | ErrorKind::NoSuchTable) {
            return self;
        }
        let models = |quote| {
            parents.iter().map(|parent| format!("{quote}{}{quote}", parent.model)).collect::<Vec<_>>()
        };
        let advice = format!(
            "it references the table of {}: create missing tables together with it, with \
             `create_tables::<({}, ..)>()`",
            models("`").join(", "),
            models("").join(", ")
        );
        self.with(|repr| repr.message = format!("{}; {advice}", repr.message))
    }
}

/// Extracts the name from `no such table: app.users` and `Table 'app.users' doesn't exist`.
fn told(message: &str) -> &str {
    let quoted = message.split('\'').nth(1);
    let name = quoted.or_else(|| message.split_once(": ").map(|(_, name)| name)).unwrap_or_default();
    name.rsplit('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn the_name_of_the_table_is_told() {
        assert_eq!(told("no such table: users"), "users");
        assert_eq!(told("no such table: app.users"), "users");
        assert_eq!(told("Table 'app.users' doesn't exist"), "users");
        assert_eq!(told("what happened"), "");
    }
}
