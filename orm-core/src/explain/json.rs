//! Query plans in JSON: MariaDB's format, and the two formats of MySQL.
//!
//! All are nested objects: numbers and texts are details of a step, objects and lists of objects are the steps that feed it.
//! MySQL's newer format names each step; in the others, its key is its name.

use serde_json::{Map, Value};

use super::answer::Answer;
use super::{Plan, PlanNode};
use crate::error::{Error, ErrorKind, Result};

pub(super) fn plan(answer: Answer) -> Result<Plan> {
    let text = answer.rows.into_iter().flatten().next().unwrap_or_default();
    let plan: Map<String, Value> = serde_json::from_str(&text).map_err(|error| {
        Error::new(ErrorKind::Decode, "the server's query plan cannot be parsed as JSON").with_source(error)
    })?;
    let root = match plan.get("query_plan") {
        Some(Value::Object(root)) => step("query", root),
        _ => {
            let mut root = step("query", &plan);
            // There is nothing but `query_block`.
            if root.children.len() == 1 && root.details.is_empty() {
                root.children.pop().unwrap_or_default()
            } else {
                root
            }
        }
    };
    Ok(Plan { text, root })
}

fn step(name: &str, object: &Map<String, Value>) -> PlanNode {
    let mut node = PlanNode::default();
    read(&mut node, object);
    let said = |name: &str| object.get(name).and_then(Value::as_str);
    let access = said("access_type");
    // In the newer format, the fields of a temporary table have a name, but no schema.
    node.full_scan = access == Some("ALL") || (access == Some("table") && object.contains_key("schema_name"));
    node.what = match (said("operation"), &node.table) {
        (Some(operation), _) => operation.to_owned(),
        (None, Some(table)) => format!("{} {table}", access.map_or("table", reading)),
        (None, None) => name.replace(['_', '-'], " "),
    };
    if let (None, Some(index)) = (said("operation"), &node.index) {
        node.what.push_str(&format!(" by {index}"));
    }
    node
}

fn read(node: &mut PlanNode, object: &Map<String, Value>) {
    for (name, value) in object {
        match (name.as_str(), value) {
            ("table_name", Value::String(table)) => node.table = Some(table.clone()),
            ("key" | "index_name", Value::String(index)) => node.index = Some(index.clone()),
            ("rows" | "rows_examined_per_scan" | "estimated_rows", value) => node.rows = number(value),
            ("cost" | "query_cost" | "prefix_cost" | "estimated_total_cost", value) => {
                node.cost = number(value);
            }
            ("operation", _) => {}
            // In MySQL's older format, costs are in an object of their own.
            ("cost_info", Value::Object(costs)) => read(node, costs),
            (name, Value::Object(below)) => add(node, name, below),
            (name, Value::Array(list)) => {
                let words: Vec<String> = list.iter().filter_map(word).collect();
                if !words.is_empty() {
                    node.details.push((name.to_owned(), words.join(", ")));
                }
                for below in list.iter().filter_map(Value::as_object) {
                    add(node, name, below);
                }
            }
            (name, value) => node.details.extend(word(value).map(|word| (name.to_owned(), word))),
        }
    }
}

/// An object that contains only objects is not a step itself; those are.
fn add(node: &mut PlanNode, name: &str, object: &Map<String, Value>) {
    let below = step(name, object);
    if object.values().all(Value::is_object) {
        node.children.extend(below.children);
    } else {
        node.children.push(below);
    }
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// In the older format, costs are strings.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// Returns a readable name for an access type.
fn reading(access: &str) -> &str {
    match access {
        "ALL" => "scan of",
        "index" => "scan of an index of",
        "range" => "range of",
        "const" | "system" | "eq_ref" => "one row of",
        "ref" | "ref_or_null" | "fulltext" => "some rows of",
        other => other,
    }
}
