//! Combines several values into one: `COUNT(DISTINCT …)` takes a single argument.

use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

/// Registers the function `row_key` on a connection: equal values have the same bytes; NULL if any value is NULL.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("row_key", -1, flags, |context| {
        let mut key = Vec::new();
        for index in 0..context.len() {
            let value = context.get_raw(index);
            if value == ValueRef::Null {
                return Ok(None);
            }
            push(value, &mut key);
        }
        Ok(Some(key))
    })
}

/// Appends a letter for the type, and the value: numbers in eight bytes, others with their length before them.
fn push(value: ValueRef<'_>, key: &mut Vec<u8>) {
    let (letter, bytes) = match value {
        ValueRef::Null => return,
        ValueRef::Integer(number) => return number_key(b'i', number.to_be_bytes(), key),
        ValueRef::Real(number) => {
            // A float that equals an integer is encoded as one.
            let whole = number as i64;
            return if whole as f64 == number && whole != i64::MAX {
                number_key(b'i', whole.to_be_bytes(), key)
            } else {
                number_key(b'r', number.to_be_bytes(), key)
            };
        }
        ValueRef::Text(bytes) => (b't', bytes),
        ValueRef::Blob(bytes) => (b'b', bytes),
    };
    number_key(letter, (bytes.len() as u64).to_be_bytes(), key);
    key.extend_from_slice(bytes);
}

fn number_key(letter: u8, bytes: [u8; 8], key: &mut Vec<u8>) {
    key.push(letter);
    key.extend_from_slice(&bytes);
}
