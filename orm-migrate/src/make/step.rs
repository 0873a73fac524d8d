//! One step of a migration.

use std::fmt;

/// One step of a migration.
///
/// ```
/// use orm::dialect::{MYSQL, SQLITE};
/// use orm_migrate::{Draft, Migrations};
/// # use orm_doc::User;
/// let draft = Draft::of::<User>(&Migrations::default(), &[&MYSQL, &SQLITE])?;
/// let step = &draft.steps(&MYSQL)?[0];
/// assert_eq!((step.to_string().as_str(), step.loses_data), ("create the table `users`", false));
/// assert!(step.sql[0].starts_with("CREATE TABLE"));
/// # Ok::<(), orm::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its statements, in order.
    pub sql: Vec<String>,
    /// Whether rows or values are permanently lost.
    pub loses_data: bool,
    /// Descriptions of what it does.
    pub(super) texts: Vec<String>,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.texts.join("; "))
    }
}
