//! The crates of dates and times.

/// The crate whose types columns of dates and times get.
///
/// ```
/// use orm::prelude::*;
/// use orm::Schema;
/// use orm_reflect::Dates;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// let db = Database::open("sqlite::memory:")?;
/// sql!("CREATE TABLE days (id INTEGER PRIMARY KEY, at DATETIME)").execute(&db).await?;
/// let text = orm_reflect::models_with(&Schema::reflect(&db).await?, db.dialect(), Dates::Time);
/// assert!(text.contains("pub at: Option<time::PrimitiveDateTime>,"), "{text}");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dates {
    /// chrono, whose types `orm::prelude` has.
    #[default]
    Chrono,
    /// jiff, with the feature `jiff` of `orm`.
    Jiff,
    /// time, with the feature `time` of `orm`.
    Time,
}

impl Dates {
    /// Returns what a type of chrono is called in this crate; any other type as it is.
    pub(crate) fn written(self, ty: &str) -> &str {
        match (self, ty) {
            (Self::Jiff, "NaiveDate") => "jiff::civil::Date",
            (Self::Jiff, "NaiveTime") => "jiff::civil::Time",
            (Self::Jiff, "NaiveDateTime") => "jiff::civil::DateTime",
            (Self::Jiff, "DateTime<Utc>") => "jiff::Timestamp",
            (Self::Time, "NaiveDate") => "time::Date",
            (Self::Time, "NaiveTime") => "time::Time",
            (Self::Time, "NaiveDateTime") => "time::PrimitiveDateTime",
            (Self::Time, "DateTime<Utc>") => "time::OffsetDateTime",
            (_, ty) => ty,
        }
    }
}
