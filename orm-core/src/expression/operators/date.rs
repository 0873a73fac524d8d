//! Dates.

use crate::expression::Expr;
use crate::syntax::{Function, Node};
use crate::value::{Dated, Value};

on_values! {
    /// Dates.
    impl<V: Value, N> __Ty<V, N> {
        /// The year.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// #[derive(Model)]
        /// struct Event {
        ///     #[orm(primary_key)]
        ///     day: NaiveDate,
        /// }
        /// # db.create_tables::<Event>().await?;
        /// assert_eq!(Event::query().filter(|e| e.day.year().eq(2026)).count(db).await?, 0);
        /// # Ok(()) }) }
        /// ```
        pub fn year(self) -> Expr<i32, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Year, vec![self.into_node()]))
        }
    }
}
