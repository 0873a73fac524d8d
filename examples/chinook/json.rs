//! The data file: one JSON object with an array of rows for each table.

use std::fs::File;
use std::io::BufReader;

use anyhow::{Context as _, Result};
use orm::prelude::*;
use serde_json::Value as Json;

/// The whole file.
pub(crate) struct Data(Json);

/// One of its rows.
pub(crate) struct Row<'a>(&'a Json);

/// A model that can be read from the file.
pub(crate) trait FromJson: orm::Writable {
    /// The name of its array.
    const ARRAY: &'static str;

    /// Reads one row.
    fn from_row(row: &Row<'_>) -> Result<Self>;
}

impl From<Json> for Data {
    fn from(json: Json) -> Self {
        Data(json)
    }
}

impl Data {
    /// Reads the file.
    pub(crate) fn read(path: &str) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot open `{path}`"))?;
        let json = serde_json::from_reader(BufReader::new(file));
        json.map(Data).with_context(|| format!("`{path}` is not JSON"))
    }

    /// Returns the number of rows in all tables.
    pub(crate) fn len(&self) -> u64 {
        let tables = self.0.as_object().into_iter().flat_map(|tables| tables.values());
        tables.filter_map(Json::as_array).map(|rows| rows.len() as u64).sum()
    }

    /// Returns the rows of one table.
    pub(crate) fn rows<T: FromJson>(&self) -> Result<Vec<T>> {
        let rows = self.0.get(T::ARRAY).and_then(Json::as_array);
        let rows = rows.with_context(|| format!("the file has no array `{}`", T::ARRAY))?;
        let read =
            |(index, row)| T::from_row(&Row(row)).with_context(|| format!("{}, row {index}", T::ARRAY));
        rows.iter().enumerate().map(read).collect()
    }
}

impl Row<'_> {
    fn field<T>(&self, name: &str, kind: &str, read: impl FnOnce(&Json) -> Option<T>) -> Result<T> {
        let value = self.0.get(name).with_context(|| format!("there is no `{name}`"))?;
        read(value).with_context(|| format!("`{name}` is {value}, not {kind}"))
    }

    /// Reads an integer.
    pub(crate) fn number(&self, name: &str) -> Result<u32> {
        self.field(name, "a whole number", |value| value.as_u64()?.try_into().ok())
    }

    /// Reads an integer or null.
    pub(crate) fn number_or_null(&self, name: &str) -> Result<Option<u32>> {
        if self.is_null(name) { Ok(None) } else { self.number(name).map(Some) }
    }

    /// Reads a text.
    pub(crate) fn text(&self, name: &str) -> Result<String> {
        self.field(name, "text", |value| value.as_str().map(str::to_owned))
    }

    /// Reads a text or null; the file also represents null as an empty text.
    pub(crate) fn text_or_null(&self, name: &str) -> Result<Option<String>> {
        if self.is_null(name) {
            return Ok(None);
        }
        self.text(name).map(|text| Some(text).filter(|text| !text.is_empty()))
    }

    /// Reads an exact number: the digits of the file, not the nearest `f64`.
    pub(crate) fn decimal(&self, name: &str) -> Result<Decimal> {
        self.field(name, "a number", |value| match value {
            // The shortest text that parses as the same number is the text of the file.
            Json::Number(number) => Decimal::from_str_exact(&number.to_string()).ok(),
            _ => None,
        })
    }

    /// Reads a date and time.
    pub(crate) fn time(&self, name: &str) -> Result<NaiveDateTime> {
        self.field(name, "a date and a time", |value| value.as_str()?.parse().ok())
    }

    fn is_null(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(Json::is_null)
    }
}
