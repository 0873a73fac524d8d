//! Date arithmetic.

use chrono::{DateTime, Utc};

use crate::expression::{Expr, Term};
use crate::mode::{Mode, Nullable};
use crate::syntax::{Function, Node, Unit};
use crate::value::{Dated, Timed, Value, Whole};

on_values_and_windows! {
    /// Date arithmetic. A result outside the years that the database supports is NULL, which is an error where a time is
    /// read.
    impl<V: Value, N> __Ty<V, N> {
        /// Adds years; negative numbers subtract. February 29 becomes the last day of February in other years.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_years(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2025-02-28 13:05:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_years<M: Mode>(self, years: impl Term<i64, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Dated,
            N: Mode,
        {
            Expr::new(Node::call(Function::Add(Unit::Year), V::KIND, vec![self.into_node(), years.node()]))
        }

        /// Adds quarters; negative numbers subtract. If the month is shorter, the result is its last day.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_quarters(-1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2023-11-29 13:05:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_quarters<M: Mode>(self, quarters: impl Term<i64, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Dated,
            N: Mode,
        {
            Expr::new(Node::call(Function::Add(Unit::Quarter), V::KIND, vec![self.into_node(), quarters.node()]))
        }

        /// Adds months; negative numbers subtract. If the month is shorter, the result is its last day.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_months(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-03-29 13:05:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_months<M: Mode>(self, months: impl Term<i64, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Dated,
            N: Mode,
        {
            Expr::new(Node::call(Function::Add(Unit::Month), V::KIND, vec![self.into_node(), months.node()]))
        }

        /// Adds weeks; negative numbers subtract.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_weeks(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-03-07 13:05:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_weeks<M: Mode>(self, weeks: impl Term<i64, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Dated,
            N: Mode,
        {
            Expr::new(Node::call(Function::Add(Unit::Week), V::KIND, vec![self.into_node(), weeks.node()]))
        }

        /// Adds days; negative numbers subtract.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_days(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-03-01 13:05:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_days<M: Mode>(self, days: impl Term<i64, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Dated,
            N: Mode,
        {
            Expr::new(Node::call(Function::Add(Unit::Day), V::KIND, vec![self.into_node(), days.node()]))
        }

        /// Adds hours; negative numbers subtract.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_hours(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29 14:05:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_hours<M: Mode>(self, hours: impl Term<i64, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Timed,
            N: Mode,
        {
            Expr::new(Node::call(Function::Add(Unit::Hour), V::KIND, vec![self.into_node(), hours.node()]))
        }

        /// Adds minutes; negative numbers subtract.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_minutes(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29 13:06:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_minutes<M: Mode>(self, minutes: impl Term<i64, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Timed,
            N: Mode,
        {
            Expr::new(Node::call(Function::Add(Unit::Minute), V::KIND, vec![self.into_node(), minutes.node()]))
        }

        /// Adds seconds; negative numbers subtract.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_seconds(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29 13:05:08");
        /// # Ok(()) }) }
        /// ```
        pub fn add_seconds<M: Mode>(self, seconds: impl Term<i64, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Timed,
            N: Mode,
        {
            Expr::new(Node::call(Function::Add(Unit::Second), V::KIND, vec![self.into_node(), seconds.node()]))
        }

        /// Returns the number of days since another date, ignoring the time of day.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let day = |n| NaiveDate::from_ymd_opt(2024, 3, n).unwrap();
        /// let found = User::find(1).select(|_| value(day(9)).days_since(day(2))).one(db).await?;
        /// assert_eq!(found, Some(7));
        /// # Ok(()) }) }
        /// ```
        pub fn days_since(self, other: impl Term<V>) -> Expr<i64, Nullable>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::DaysSince, V::KIND, vec![self.into_node(), other.node()]))
        }

        /// Returns the number of whole seconds since another time.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).seconds_since(at)).one(db).await?;
        /// assert_eq!(found, Some(0));
        /// # Ok(()) }) }
        /// ```
        pub fn seconds_since(self, other: impl Term<V>) -> Expr<i64, Nullable>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::SecondsSince, V::KIND, vec![self.into_node(), other.node()]))
        }

        /// Returns the Unix timestamp: whole seconds since 1970-01-01 00:00 UTC, negative before.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).unix_seconds()).one(db).await?;
        /// assert_eq!(found, 1_709_211_907);
        /// # Ok(()) }) }
        /// ```
        pub fn unix_seconds(self) -> Expr<i64, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::UnixSeconds, V::KIND, vec![self.into_node()]))
        }

        /// Converts a Unix timestamp, in seconds since 1970-01-01 00:00 UTC, to a time.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(1_709_211_907_i64).into_timestamp()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29 13:05:07 UTC");
        /// # Ok(()) }) }
        /// ```
        pub fn into_timestamp(self) -> Expr<DateTime<Utc>, N>
        where
            V: Whole,
        {
            Expr::new(Node::call(Function::FromUnixSeconds, V::KIND, vec![self.into_node()]))
        }
    }
}
