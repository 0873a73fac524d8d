//! Sets of models.

use super::Table;
use crate::Model;

/// A model or a tuple of models, as [`Database::create_tables`](crate::Database::create_tables) takes them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::schema::ModelSet;
/// type Shop = (User, Post);
/// db.create_tables::<Shop>().await?;
/// assert_eq!(Shop::tables().len(), 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a model nor a tuple of models",
    label = "expected `User` or `(User, Post)`",
    note = "add `#[derive(Model)]` to each struct"
)]
pub trait ModelSet {
    /// Returns their tables, in the given order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// use orm::schema::ModelSet;
    /// let names: Vec<&str> = <(User, Post)>::tables().iter().map(|table| table.name).collect();
    /// assert_eq!(names, ["users", "posts"]);
    /// # Ok(()) }) }
    /// ```
    fn tables() -> Vec<&'static Table>;
}

#[diagnostic::do_not_recommend]
impl<T: Model> ModelSet for T {
    fn tables() -> Vec<&'static Table> {
        vec![T::table()]
    }
}

macro_rules! sets {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: ModelSet),*> ModelSet for ($($name,)*) {
            fn tables() -> Vec<&'static Table> {
                let mut tables = Vec::new();
                $(tables.extend($name::tables());)*
                tables
            }
        }
    };
}
crate::macros::for_tuples!(sets);

/// Removes the tables that occur again.
pub(super) fn each_once(tables: Vec<&'static Table>) -> Vec<&'static Table> {
    let mut known: Vec<&'static Table> = Vec::with_capacity(tables.len());
    for table in tables {
        if !known.iter().any(|other| std::ptr::eq(*other, table)) {
            known.push(table);
        }
    }
    known
}
