//! Parts of dates and times.

use crate::expression::Expr;
use crate::syntax::{Function, Node};
use crate::value::{Dated, Timed, Value};

on_values_and_windows! {
    /// Parts of dates and times.
    impl<V: Value, N> __Ty<V, N> {
        /// Returns the year.
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

        /// Returns the month, from 1 to 12.
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

        /// Returns the day of the month, from 1.
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

        /// Returns the hour, from 0 to 23.
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

        /// Returns the minute, from 0 to 59.
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

        /// Returns the second, without its fraction.
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

        /// Returns the microsecond within the second, from 0 to 999,999.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_micro_opt(13, 5, 7, 123_456).unwrap();
        /// let found = User::find(1).select(|_| value(at).microsecond()).one(db).await?;
        /// assert_eq!(found, 123_456);
        /// # Ok(()) }) }
        /// ```
        pub fn microsecond(self) -> Expr<i32, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Microsecond, V::KIND, vec![self.into_node()]))
        }

        /// Returns the day of the week, from 1 for Monday to 7 for Sunday.
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

        /// Returns the day of the year, from 1 to 366.
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

        /// Returns the quarter of the year, from 1 to 4.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).quarter()).one(db).await?;
        /// assert_eq!(found, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn quarter(self) -> Expr<i32, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::Quarter, V::KIND, vec![self.into_node()]))
        }

        /// Returns the ISO 8601 week of the year, from 1 to 53: weeks start on Monday, and week 1 contains the first
        /// Thursday.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).iso_week()).one(db).await?;
        /// assert_eq!(found, 9);
        /// # Ok(()) }) }
        /// ```
        pub fn iso_week(self) -> Expr<i32, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::IsoWeek, V::KIND, vec![self.into_node()]))
        }

        /// Returns the ISO 8601 year, to which the week of [`iso_week`](Self::iso_week) belongs.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).iso_year()).one(db).await?;
        /// assert_eq!(found, 2024);
        /// # Ok(()) }) }
        /// ```
        pub fn iso_year(self) -> Expr<i32, N>
        where
            V: Dated,
        {
            Expr::new(Node::call(Function::IsoYear, V::KIND, vec![self.into_node()]))
        }

        /// Returns the date, without the time of day.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let at = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(13, 5, 7).unwrap();
        /// let found = User::find(1).select(|_| value(at).date()).one(db).await?;
        /// assert_eq!(found.to_string(), "2024-02-29");
        /// # Ok(()) }) }
        /// ```
        pub fn date(self) -> Expr<V::Day, N>
        where
            V: Timed,
        {
            Expr::new(Node::call(Function::Date, V::KIND, vec![self.into_node()]))
        }
    }
}
