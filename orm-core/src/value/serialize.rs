//! Serialization of values, for logs and files.

use serde::{Serialize, Serializer};

use super::Datum;

/// Serializes dates and times in ISO 8601, bytes in hexadecimal, decimals as strings, JSON as the document itself.
///
/// ```
/// use orm::value::Datum;
/// let row = [Datum::Int(7), Datum::Null, Datum::Blob(vec![0x0A, 0xFF]), Datum::JsonText(r#"{"a": 1}"#.into())];
/// assert_eq!(serde_json::to_string(&row).unwrap(), r#"[7,null,"0aff",{"a":1}]"#);
/// ```
impl Serialize for Datum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Datum::Null | Datum::Unwritable(_) => serializer.serialize_none(),
            Datum::Bool(truth) => serializer.serialize_bool(*truth),
            Datum::Int(number) => serializer.serialize_i64(*number),
            Datum::UInt(number) => serializer.serialize_u64(*number),
            Datum::Float(number) => serializer.serialize_f32(*number),
            Datum::Double(number) => serializer.serialize_f64(*number),
            Datum::Text(text) => serializer.serialize_str(text),
            Datum::Blob(bytes) => {
                let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                serializer.serialize_str(&digits)
            }
            Datum::Date(day) => serializer.collect_str(day),
            Datum::Clock(time) => serializer.collect_str(time),
            Datum::Timestamp(at) => serializer.collect_str(&at.format("%Y-%m-%dT%H:%M:%S%.f")),
            Datum::Exact(number) => serializer.collect_str(number),
            Datum::Guid(id) => serializer.collect_str(id),
            Datum::JsonText(text) => match serde_json::from_str::<serde_json::Value>(text) {
                Ok(document) => document.serialize(serializer),
                Err(_) => serializer.serialize_str(text),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn each_kind_has_a_form() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 2).unwrap_or_default();
        let at = day.and_hms_micro_opt(3, 4, 5, 60).unwrap_or_default();
        let values = [
            Datum::Bool(true),
            Datum::UInt(u64::MAX),
            Datum::Double(f64::NAN),
            Datum::Date(day),
            Datum::Clock(at.time()),
            Datum::Timestamp(at),
            Datum::Exact("1.50".parse().unwrap_or_default()),
            Datum::JsonText("no document".to_owned()),
        ];
        let text = serde_json::to_string(&values).unwrap_or_default();
        let wanted = r#"[true,18446744073709551615,null,"2026-01-02","03:04:05.000060","2026-01-02T03:04:05.000060","1.50","no document"]"#;
        assert_eq!(text, wanted);
    }
}
