//! Parts of dates and times.

use chrono::NaiveDate;

use crate::expression::Expr;
use crate::syntax::{Function, Node};
use crate::value::{Dated, Timed, Value};

on_values_and_windows! {
    /// Parts of dates and times.
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

        /// The microsecond of the second, from 0 to 999,999.
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

        /// The quarter of the year, from 1 to 4.
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

        /// The week of the year by ISO 8601, from 1 to 53: weeks begin on Monday, and the first is that of the first Thursday.
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

        /// The year that the week of [`iso_week`](Self::iso_week) belongs to.
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
    }
}
