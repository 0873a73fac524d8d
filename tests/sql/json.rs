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
    "elements in a subquery": Account::query().filter(|a| a.tags.elements().filter(|e| e.value.text().starts_with("x").and(e.position.gt(0))).is_present());
    "elements that are in elements": Account::query().filter(|a| a.extra.elements().filter(|e| e.value.text().is_in(a.tags.elements().select(|t| t.value.text()))).is_absent());
    "elements joined": Account::query().join_lateral(|a| a.tags.elements()).select(|(a, e)| (a.id, e));
    "some elements joined": Account::query().left_join_lateral(|a| a.extra.at("lines").elements().filter(|e| e.value.at("count").int().gt(1))).order_by(|(a, e)| (a.id.asc(), e.position.asc())).select(|(a, e)| (a.id, e.value));
    "elements of elements": Account::query().join_lateral(|a| a.extra.elements()).join_lateral(|(_, e)| e.value.elements()).select(|(_, _, e)| e.value.bool());
    "elements in groups": Account::query().join_lateral(|a| a.tags.elements()).group_by(|(_, e)| (e.position, e.value.text())).having(|g| g.key.0.gt(1)).select(|g| (g.key.0, g.count()));
    "elements of a value": value(serde_json::json!([1, null])).elements().order_by(|e| e.position.desc());
    "a key with a dash": Account::query().filter(|a| a.extra.has_key("-x"));
};
