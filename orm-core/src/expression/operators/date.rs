//! Dates and times.

use chrono::NaiveDate;

use crate::expression::{Expr, Operand};
use crate::mode::Nullable;
use crate::syntax::{Function, Node, Unit};
use crate::value::{Dated, Timed, Value};

on_values! {
    /// Dates and times.
    impl<V: Value, N> __Ty<V, N> {
        /// The year.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).year()).one(db).await?;
        /// assert_eq!(found, 2024);
        /// # Ok(()) }) }
        /// ```
        pub fn year(self) -> Expr<i32, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Year, V::KIND, vec![self.into_node()]))
        }

        /// The month, from 1 to 12.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).month()).one(db).await?;
        /// assert_eq!(found, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn month(self) -> Expr<i32, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Month, V::KIND, vec![self.into_node()]))
        }

        /// The day of the month, from 1.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).day()).one(db).await?;
        /// assert_eq!(found, 29);
        /// # Ok(()) }) }
        /// ```
        pub fn day(self) -> Expr<i32, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Day, V::KIND, vec![self.into_node()]))
        }

        /// The hour, from 0 to 23.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).hour()).one(db).await?;
        /// assert_eq!(found, 13);
        /// # Ok(()) }) }
        /// ```
        pub fn hour(self) -> Expr<i32, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Hour, V::KIND, vec![self.into_node()]))
        }

        /// The minute.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).minute()).one(db).await?;
        /// assert_eq!(found, 5);
        /// # Ok(()) }) }
        /// ```
        pub fn minute(self) -> Expr<i32, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Minute, V::KIND, vec![self.into_node()]))
        }

        /// The second, whole.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).second()).one(db).await?;
        /// assert_eq!(found, 7);
        /// # Ok(()) }) }
        /// ```
        pub fn second(self) -> Expr<i32, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Second, V::KIND, vec![self.into_node()]))
        }

        /// The day of the week, from 1, Monday, to 7, Sunday.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).weekday()).one(db).await?;
        /// assert_eq!(found, 4);
        /// # Ok(()) }) }
        /// ```
        pub fn weekday(self) -> Expr<i32, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Weekday, V::KIND, vec![self.into_node()]))
        }

        /// The day of the year, from 1 to 366.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).day_of_year()).one(db).await?;
        /// assert_eq!(found, 60);
        /// # Ok(()) }) }
        /// ```
        pub fn day_of_year(self) -> Expr<i32, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::DayOfYear, V::KIND, vec![self.into_node()]))
        }

        /// The date, without the time of day.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).date()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29");
        /// # Ok(()) }) }
        /// ```
        pub fn date(self) -> Expr<NaiveDate, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Date, V::KIND, vec![self.into_node()]))
        }

        /// The first moment of its year.
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

        /// The first moment of its month.
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

        /// The first moment of its day.
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

        /// The first moment of its hour.
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

        /// The first moment of its minute.
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

        /// So many years later, or earlier if there are less than 0. The last day of February where a 29th is missing.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_years(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2025-02-28 13:05:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_years(self, years: impl Operand<i64>) -> Expr<V, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Add(Unit::Year), V::KIND, vec![self.into_node(), years.node()]))
        }

        /// So many months later, or earlier if there are less than 0. The last day of the month where its day is missing.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_months(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-03-29 13:05:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_months(self, months: impl Operand<i64>) -> Expr<V, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Add(Unit::Month), V::KIND, vec![self.into_node(), months.node()]))
        }

        /// So many days later, or earlier if there are less than 0.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_days(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-03-01 13:05:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_days(self, days: impl Operand<i64>) -> Expr<V, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Add(Unit::Day), V::KIND, vec![self.into_node(), days.node()]))
        }

        /// So many hours later, or earlier if there are less than 0.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_hours(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29 14:05:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_hours(self, hours: impl Operand<i64>) -> Expr<V, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Add(Unit::Hour), V::KIND, vec![self.into_node(), hours.node()]))
        }

        /// So many minutes later, or earlier if there are less than 0.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_minutes(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29 13:06:07");
        /// # Ok(()) }) }
        /// ```
        pub fn add_minutes(self, minutes: impl Operand<i64>) -> Expr<V, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Add(Unit::Minute), V::KIND, vec![self.into_node(), minutes.node()]))
        }

        /// So many seconds later, or earlier if there are less than 0.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).add_seconds(1)).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29 13:05:08");
        /// # Ok(()) }) }
        /// ```
        pub fn add_seconds(self, seconds: impl Operand<i64>) -> Expr<V, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Add(Unit::Second), V::KIND, vec![self.into_node(), seconds.node()]))
        }

        /// How many dates it is after another date, whatever the time of day.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let day = |n| NaiveDate::from_ymd_opt(2024, 3, n).unwrap();
        /// let found = User::find(1).select(|_| value(day(9)).days_since(day(2))).one(db).await?;
        /// assert_eq!(found, Some(7));
        /// # Ok(()) }) }
        /// ```
        pub fn days_since(self, other: impl Operand<V>) -> Expr<i64, Nullable>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::DaysSince, V::KIND, vec![self.into_node(), other.node()]))
        }

        /// How many whole seconds it is after another moment.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).seconds_since(at)).one(db).await?;
        /// assert_eq!(found, Some(0));
        /// # Ok(()) }) }
        /// ```
        pub fn seconds_since(self, other: impl Operand<V>) -> Expr<i64, Nullable>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::SecondsSince, V::KIND, vec![self.into_node(), other.node()]))
        }
    }
}
