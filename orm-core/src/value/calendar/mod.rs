//! Dates and times of other crates than chrono. Their columns are those of the corresponding type of chrono, and their values are
//! converted.

#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "time")]
mod time;

use chrono::NaiveDate;

/// What a date becomes whose year chrono does not hold: it is refused when it is bound, like all with more than four digits.
const TOO_LATE: NaiveDate = NaiveDate::MAX;

/// Implements `Value`, and that it can be an operand, for date and time types: `Type as StoredType, into: stored, from: value;`.
macro_rules! stored_as {
    ($($ty:ty as $stored:ty, into: $into:expr, from: $from:expr;)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl Value for $ty {
                const KIND: Kind = <$stored as Value>::KIND;

                fn to_datum(&self) -> Datum {
                    let into: fn($ty) -> $stored = $into;
                    into(*self).into_datum()
                }

                fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
                    let from: fn($stored) -> Option<$ty> = $from;
                    from(<$stored as Value>::from_cell(cell)?).ok_or_else(Mismatch::range)
                }
            }
        )*
        crate::__operands!($($ty),*);
    };
}
use stored_as;
