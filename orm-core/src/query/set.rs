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

/// Set operations. An order and a limit that either side has stay its own; those that follow are the whole's.
impl<O> Rows<O> {
    set_operations! {
        /// The rows of both, equal ones once.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let words = User::query().select(|u| u.name).union(Post::query().select(|p| p.title));
        /// assert_eq!(words.count(db).await?, 4);
        /// # Ok(()) }) }
        /// ```
        union Union;
        /// The rows of both.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let names = || User::query().select(|u| u.name);
        /// assert_eq!(names().union_all(names()).count(db).await?, 4);
        /// # Ok(()) }) }
        /// ```
        union_all UnionAll;
        /// The rows that are in both, once.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let authors = User::query().select(|u| u.id).intersect(Post::query().select(|p| p.author_id));
        /// assert_eq!(authors.all(db).await?, [1]);
        /// # Ok(()) }) }
        /// ```
        intersect Intersect;
        /// The rows that are in both, as often as they are in each. SQLite has none.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let names = || User::query().select(|u| u.name);
        /// assert!(names().intersect_all(names()).to_sql(db.dialect()).is_err()); // here on SQLite
        /// # Ok(()) }) }
        /// ```
        intersect_all IntersectAll;
        /// The rows that are not in the other, once.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let silent = User::query().select(|u| u.id).except(Post::query().select(|p| p.author_id));
        /// assert_eq!(silent.all(db).await?, [2]);
        /// # Ok(()) }) }
        /// ```
        except Except;
        /// The rows that are left once each row of the other has taken one away. SQLite has none.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let names = || User::query().select(|u| u.name);
        /// assert!(names().except_all(names()).to_sql(db.dialect()).is_err()); // here on SQLite
        /// # Ok(()) }) }
        /// ```
        except_all ExceptAll;
    }
}
