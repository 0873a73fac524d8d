//! Mapping an error back to the columns it is about.

use super::{Error, ErrorKind};
use crate::change::ConflictTarget;
use crate::mode::Required;
use crate::model::Model;
use crate::schema::Table;
use crate::syntax::Source;

/// A closure that returns one or several columns: `|u| u.email` or `|u| (u.tenant_id, u.email)`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let again = User::insert().email("ann@example.org").name("Again").execute(db).await.unwrap_err();
/// assert!(again.violates::<User>(|u| u.email)); // for a composite key: `|u| (u.tenant_id, u.email)`
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "this closure names no columns",
    label = "expected a closure that returns a column or a tuple of columns",
    note = "name them as in `.violates::<User>(|u| u.email)`"
)]
pub trait NamesColumns<F>: FnOnce(F) -> <Self as NamesColumns<F>>::Columns {
    /// What the closure returns.
    type Columns: ConflictTarget;
}

#[diagnostic::do_not_recommend]
impl<F, C: ConflictTarget, N: FnOnce(F) -> C> NamesColumns<F> for N {
    type Columns = C;
}

impl Error {
    /// Whether a change was refused because of exactly these columns of `T`: they are a unique key, and another row has the
    /// same values; or, for a single column, its value is NULL, too long or out of range. With this, a form can show the
    /// message next to the right field; the [`kind`](Self::kind) says what is wrong.
    ///
    /// MySQL and MariaDB report a unique key by its name, which must be the one that `create_tables` gives it, or the one
    /// set on the model. Foreign keys are not covered, since SQLite does not report which of them was violated.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let error = User::insert().email("ann@example.org").name("Another Ann").execute(db).await.unwrap_err();
    /// assert!(error.violates::<User>(|u| u.email));
    /// assert!(!error.violates::<User>(|u| u.id));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn violates<T: Model>(&self, columns: impl NamesColumns<T::Fields<Required>>) -> bool {
        let table = T::table();
        let of_another = |known: &Table| (known.schema, known.name) != (table.schema, table.name);
        if self.0.table.is_some_and(of_another) {
            return false;
        }
        let mut named = Vec::with_capacity(1);
        columns(T::fields(Source::table(0))).push(&mut named);
        match self.kind() {
            ErrorKind::UniqueViolation => self.is_about(table, &named) || self.is_of_key(table, &named),
            ErrorKind::NotNullViolation | ErrorKind::TooLong | ErrorKind::OutOfRange => {
                self.is_about(table, &named)
            }
            _ => false,
        }
    }

    /// Whether these are the columns that the error reports.
    fn is_about(&self, table: &Table, columns: &[u16]) -> bool {
        let told = self.columns();
        told.len() == columns.len()
            && columns.iter().all(|&column| told.iter().any(|told| told == table.column(column).name))
    }

    /// Whether the constraint that the error reports is a unique key of these columns.
    fn is_of_key(&self, table: &Table, columns: &[u16]) -> bool {
        let Some(constraint) = self.constraint() else { return false };
        let same =
            |key: &[u16]| key.len() == columns.len() && key.iter().all(|column| columns.contains(column));
        (same(table.primary_key) && constraint == "PRIMARY")
            || table.unique_keys().any(|(key, name)| same(&key) && name == constraint)
    }
}
