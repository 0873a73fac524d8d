//! Comparing values in memory.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use serde_json::Value as Json;

use crate::value::Datum;

/// Whether two values of one column are equal.
pub(super) fn same(a: &Datum, b: &Datum) -> bool {
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// Whether two reads of a column returned the same value. If a field is stored as JSON, its maps and sets have another order
/// after each read.
pub(super) fn same_read(a: &Datum, b: &Datum) -> bool {
    match (a, b) {
        (Datum::JsonText(a), Datum::JsonText(b)) => a == b || sorted(a).is_some_and(|a| Some(a) == sorted(b)),
        _ => same(a, b),
    }
}

fn sorted(json: &str) -> Option<Json> {
    let mut json = serde_json::from_str(json).ok()?;
    sort(&mut json);
    Some(json)
}

fn sort(json: &mut Json) {
    match json {
        Json::Array(items) => {
            items.iter_mut().for_each(sort);
            items.sort_by_cached_key(Json::to_string);
        }
        Json::Object(fields) => fields.values_mut().for_each(sort),
        _ => {}
    }
}

/// Signed and unsigned integers compare as numbers.
fn whole(value: &Datum) -> Option<i128> {
    match value {
        Datum::Int(number) => Some(i128::from(*number)),
        Datum::UInt(number) => Some(i128::from(*number)),
        _ => None,
    }
}

pub(super) fn hash<H: Hasher>(value: &Datum, state: &mut H) {
    match value {
        Datum::Null => {}
        Datum::Bool(truth) => truth.hash(state),
        // Equal numbers must have the same hash, signed or unsigned.
        Datum::Int(number) => number.cast_unsigned().hash(state),
        Datum::UInt(number) => number.hash(state),
        Datum::Float(number) => number.to_bits().hash(state),
        Datum::Double(number) => number.to_bits().hash(state),
        Datum::Text(text) => text.hash(state),
        Datum::JsonText(text) => text.hash(state),
        Datum::Unwritable(why) => why.hash(state),
        Datum::Blob(bytes) => bytes.hash(state),
        Datum::Date(day) => day.hash(state),
        Datum::Clock(time) => time.hash(state),
        Datum::Timestamp(at) => at.hash(state),
        Datum::Exact(number) => number.hash(state),
        Datum::Guid(id) => id.hash(state),
    }
}

/// The order of two keys: all sessions lock rows in this order, so that they do not deadlock.
pub(super) fn compare(a: &[Datum], b: &[Datum]) -> Ordering {
    a.iter().zip(b).map(|(a, b)| compare_values(a, b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

fn compare_values(a: &Datum, b: &Datum) -> Ordering {
    match (a, b) {
        (Datum::Text(a), Datum::Text(b)) => a.cmp(b),
        (Datum::Blob(a), Datum::Blob(b)) => a.cmp(b),
        (Datum::Guid(a), Datum::Guid(b)) => a.cmp(b),
        (Datum::Date(a), Datum::Date(b)) => a.cmp(b),
        (Datum::Clock(a), Datum::Clock(b)) => a.cmp(b),
        (Datum::Timestamp(a), Datum::Timestamp(b)) => a.cmp(b),
        (Datum::Exact(a), Datum::Exact(b)) => a.cmp(b),
        (Datum::Bool(a), Datum::Bool(b)) => a.cmp(b),
        _ => whole(a).cmp(&whole(b)),
    }
}

/// Values by which rows are looked up: those of a key, or of the columns of a foreign or unique key.
#[derive(Debug, Clone)]
pub(crate) struct Identity(Vec<Datum>);

impl Identity {
    pub(crate) fn new(values: Vec<Datum>) -> Self {
        Identity(values)
    }

    /// Returns `None` if a value is NULL, which equals nothing.
    pub(super) fn of(values: impl IntoIterator<Item = Datum>) -> Option<Self> {
        let values: Vec<Datum> = values.into_iter().collect();
        if values.iter().any(Datum::is_null) { None } else { Some(Identity(values)) }
    }

    pub(super) fn values(&self) -> &[Datum] {
        &self.0
    }

    /// Converts texts to lower case, without accents and trailing spaces: servers may consider texts equal that differ only in
    /// these.
    pub(super) fn folded(mut self) -> Self {
        for value in &mut self.0 {
            if let Datum::Text(text) = value {
                let lower = text.trim_end_matches(' ').to_lowercase();
                *text = if lower.is_ascii() { lower } else { without_accents(&lower) }.into();
            }
        }
        self
    }
}

/// A text in lower case without the accents of European languages.
fn without_accents(lower: &str) -> String {
    let mut plain = String::with_capacity(lower.len());
    for letter in lower.chars() {
        plain.push_str(match letter {
            'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
            'æ' => "ae",
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
            'ď' | 'đ' => "d",
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
            'ĥ' | 'ħ' => "h",
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
            'ĵ' => "j",
            'ķ' => "k",
            'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
            'ñ' | 'ń' | 'ņ' | 'ň' => "n",
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
            'œ' => "oe",
            'ŕ' | 'ŗ' | 'ř' => "r",
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
            'ß' => "ss",
            'ţ' | 'ť' | 'ț' | 'ŧ' => "t",
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
            'ŵ' => "w",
            'ý' | 'ÿ' | 'ŷ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            // Combining marks: an accent as a character of its own.
            '\u{300}'..='\u{36f}' => "",
            other => {
                plain.push(other);
                continue;
            }
        });
    }
    plain
}

impl PartialEq for Identity {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|(a, b)| same(a, b))
    }
}

impl Eq for Identity {}

impl Hash for Identity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for value in &self.0 {
            hash(value, state);
        }
    }
}
