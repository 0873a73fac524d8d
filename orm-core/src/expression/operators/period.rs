//! Truncation of dates and times to periods.

use crate::expression::Expr;
use crate::syntax::{Function, Node, Unit};
use crate::value::{Dated, Timed, Value};

on_values_and_windows! {
    /// Truncation of dates and times to the start or end of a period.
    impl<V: Value, N> __Ty<V, N> {
        /// Truncates to the start of the year.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).start_of_year()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-01-01 00:00:00");
        /// # Ok(()) }) }
        /// ```
        pub fn start_of_year(self) -> Expr<V, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Truncate(Unit::Year), V::KIND, vec![self.into_node()]))
        }

        /// Truncates to the start of the quarter.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).start_of_quarter()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-01-01 00:00:00");
        /// # Ok(()) }) }
        /// ```
        pub fn start_of_quarter(self) -> Expr<V, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Truncate(Unit::Quarter), V::KIND, vec![self.into_node()]))
        }

        /// Truncates to the start of the month.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).start_of_month()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-01 00:00:00");
        /// # Ok(()) }) }
        /// ```
        pub fn start_of_month(self) -> Expr<V, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Truncate(Unit::Month), V::KIND, vec![self.into_node()]))
        }

        /// Truncates to the start of the week, Monday.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).start_of_week()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-26 00:00:00");
        /// # Ok(()) }) }
        /// ```
        pub fn start_of_week(self) -> Expr<V, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Truncate(Unit::Week), V::KIND, vec![self.into_node()]))
        }

        /// Truncates to the start of the day.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).start_of_day()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29 00:00:00");
        /// # Ok(()) }) }
        /// ```
        pub fn start_of_day(self) -> Expr<V, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Truncate(Unit::Day), V::KIND, vec![self.into_node()]))
        }

        /// Truncates to the start of the hour.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).start_of_hour()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29 13:00:00");
        /// # Ok(()) }) }
        /// ```
        pub fn start_of_hour(self) -> Expr<V, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Truncate(Unit::Hour), V::KIND, vec![self.into_node()]))
        }

        /// Truncates to the start of the minute.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).start_of_minute()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29 13:05:00");
        /// # Ok(()) }) }
        /// ```
        pub fn start_of_minute(self) -> Expr<V, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Truncate(Unit::Minute), V::KIND, vec![self.into_node()]))
        }

        /// Returns the last day of the month.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_days(2).last_day_of_month()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-03-31");
        /// # Ok(()) }) }
        /// ```
        pub fn last_day_of_month(self) -> Expr<V::Day, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::LastDay, V::KIND, vec![self.into_node()]))
        }
    }
}
