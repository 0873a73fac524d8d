//! Binds values.

use orm_core::value::{Datum, text_form};
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value};

/// A value as SQLite stores it: types that SQLite lacks become text that sorts like the value.
pub(crate) struct Bind<'a>(pub(crate) &'a Datum);

impl ToSql for Bind<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        use rusqlite::types::ValueRef;
        let owned = match self.0 {
            Datum::Null => Value::Null,
            Datum::Bool(truth) => Value::Integer(i64::from(*truth)),
            Datum::Int(number) => Value::Integer(*number),
            Datum::UInt(number) => Value::Integer(
                i64::try_from(*number)
                    .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?,
            ),
            Datum::Float(number) => Value::Real(f64::from(*number)),
            Datum::Double(number) => Value::Real(*number),
            Datum::Text(text) => {
                return Ok(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())));
            }
            Datum::JsonText(text) => {
                return Ok(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())));
            }
            Datum::Blob(bytes) => return Ok(ToSqlOutput::Borrowed(ValueRef::Blob(bytes))),
            Datum::Guid(id) => return Ok(ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes()))),
            Datum::Date(day) => Value::Text(text_form::date(day)),
            Datum::Clock(time) => Value::Text(text_form::clock(time)),
            Datum::Timestamp(at) => Value::Text(text_form::timestamp(at)),
            Datum::Exact(number) => Value::Text(number.to_string()),
            other => {
                let message = format!("SQLite cannot store {other:?}");
                return Err(rusqlite::Error::ToSqlConversionFailure(message.into()));
            }
        };
        Ok(ToSqlOutput::Owned(owned))
    }
}
