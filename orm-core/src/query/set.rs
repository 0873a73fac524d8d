//! Set operations.

use super::Rows;
use crate::syntax::{Compound, SetOperator};

macro_rules! set_operations {
    ($($(#[$doc:meta])* $name:ident $operator:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name(self, other: Rows<O>) -> Rows<O> {
            let select = Compound::of(*self.select, SetOperator::$operator, *other.select);
            Rows { select: Box::new(select), reader: self.reader }
        }
    )* };
}

/// Set operations. `order_by` and `limit` of either side apply to that side; those called afterwards apply to the whole.
impl<O> Rows<O> {
    set_operations! {
        /// Returns the rows of both, without duplicates: UNION.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let words = User::query().select(|u| u.name).union(Post::query().select(|p| p.title));
        /// assert_eq!(words.count(db).await?, 4);
        /// # Ok(()) }) }
        /// ```
        union Union;
        /// Returns the rows of both, with duplicates: UNION ALL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let names = || User::query().select(|u| u.name);
        /// assert_eq!(names().union_all(names()).count(db).await?, 4);
        /// # Ok(()) }) }
        /// ```
        union_all UnionAll;
        /// Returns the rows that are in both, without duplicates: INTERSECT.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let authors = User::query().select(|u| u.id).intersect(Post::query().select(|p| p.author_id));
        /// assert_eq!(authors.all(db).await?, [1]);
        /// # Ok(()) }) }
        /// ```
        intersect Intersect;
        /// Returns the rows that are in both, as often as they are in each: INTERSECT ALL. SQLite does not support it.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let names = || User::query().select(|u| u.name);
        /// assert!(names().intersect_all(names()).to_sql(db.dialect()).is_err()); // not on SQLite
        /// # Ok(()) }) }
        /// ```
        intersect_all IntersectAll;
        /// Returns the rows that are not in the other, without duplicates: EXCEPT.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let silent = User::query().select(|u| u.id).except(Post::query().select(|p| p.author_id));
        /// assert_eq!(silent.all(db).await?, [2]);
        /// # Ok(()) }) }
        /// ```
        except Except;
        /// Returns the rows that remain after each row of the other has removed one equal row: EXCEPT ALL. SQLite does not
        /// support it.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let names = || User::query().select(|u| u.name);
        /// assert!(names().except_all(names()).to_sql(db.dialect()).is_err()); // not on SQLite
        /// # Ok(()) }) }
        /// ```
        except_all ExceptAll;
    }
}
