//! JSON documents.

use orm::prelude::*;

use super::Entry;
use crate::json::{Account, Settings};

pub(super) const ENTRIES: &[Entry] = queries! {
    "parts of documents": Account::query().filter(|a| a.settings.at("sizes").at(1).int().gt(5).and(a.extra.at("a\"b").text().eq("x")));
    "the first of an array": Account::query().filter(|a| a.tags.at(0).text().eq("new").and(a.extra.at(0).at("a").bool().is_true()));
    "tests of documents": Account::query().filter(|a| a.extra.has_key("a").and(a.extra.is_json_null().not()).or(a.tags.array_length().gt(2)));
    "documents in documents": Account::query().filter(|a| a.tags.json_contains("new").and(a.extra.at("n").float().lt(1.5)));
    "documents compared": Account::query().filter(|a| a.settings.eq(Settings { theme: "dark".to_owned(), sizes: vec![] }).and(a.extra.is_in([serde_json::json!(1)])));
    "a document with a part changed": Account::query().select(|a| a.extra.json_merge_patch(serde_json::json!({ "theme": "dark", "old": null })));
    "a key with a dash": Account::query().filter(|a| a.extra.has_key("-x"));
};
