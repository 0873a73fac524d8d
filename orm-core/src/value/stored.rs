//! Reading values whose type is known at run time only.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Cells, Datum, Fault, Kind, Value};

impl Kind {
    /// Reads the next cell as a value of this kind, or NULL.
    pub(crate) fn read(self, cells: &mut Cells<'_, '_>) -> Result<Datum, Fault> {
        fn read<V: Value>(cells: &mut Cells<'_, '_>) -> Result<Datum, Fault> {
            Ok(cells.nullable::<V>()?.map_or(Datum::Null, V::into_datum))
        }
        match self {
            Kind::Boolean => read::<bool>(cells),
            Kind::UnsignedTinyInt | Kind::UnsignedSmallInt | Kind::UnsignedInteger | Kind::UnsignedBigInt => {
                read::<u64>(cells)
            }
            kind if kind.is_integer() => read::<i64>(cells),
            Kind::Real => read::<f32>(cells),
            Kind::DoublePrecision => read::<f64>(cells),
            Kind::Numeric => read::<Decimal>(cells),
            Kind::Blob => read::<Vec<u8>>(cells),
            Kind::Date => read::<NaiveDate>(cells),
            Kind::Clock => read::<NaiveTime>(cells),
            Kind::Timestamp => read::<NaiveDateTime>(cells),
            Kind::UtcTimestamp => read::<DateTime<Utc>>(cells),
            Kind::Guid => read::<Uuid>(cells),
            Kind::JsonDocument => read::<serde_json::Value>(cells),
            _ => read::<String>(cells),
        }
    }
}
