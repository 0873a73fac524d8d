//! Creating and dropping the tables of models.

use std::panic::Location;

use super::Database;
use crate::schema::{ModelSet, create_table, drop_table, in_order};
use crate::session::Pending;
use crate::syntax::Statement;

impl Database {
    /// Creates the tables of a model or a tuple of models, with keys, indexes and foreign keys, in the order that the
    /// foreign keys ask for. Tables that exist are left as they are.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// db.create_tables::<(Post, User)>().await?; // they exist: nothing happens
    /// assert_eq!(User::query().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn create_tables<S: ModelSet>(&self) -> Pending<'_, ()> {
        let at = Location::caller();
        Pending::new(async move {
            let mut connection = self.checkout().await?;
            for table in in_order(S::tables())? {
                for sql in create_table(table, connection.dialect())? {
                    self.run(&mut connection, Statement { sql, params: Vec::new() }, &mut (), at).await?;
                }
            }
            Ok(())
        })
    }

    /// Drops the tables of a model or a tuple of models, in the reverse order. Tables that do not exist are passed
    /// over.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// db.drop_tables::<(User, Post)>().await?;
    /// assert!(User::query().count(db).await.unwrap_err().is_no_such_table());
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn drop_tables<S: ModelSet>(&self) -> Pending<'_, ()> {
        let at = Location::caller();
        Pending::new(async move {
            let mut connection = self.checkout().await?;
            for table in in_order(S::tables())?.into_iter().rev() {
                let sql = drop_table(table, connection.dialect());
                self.run(&mut connection, Statement { sql, params: Vec::new() }, &mut (), at).await?;
            }
            Ok(())
        })
    }
}
