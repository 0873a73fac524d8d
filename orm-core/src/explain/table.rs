//! Query plans as lines of a table, one for each table of the statement: MySQL's format for changes.

use super::answer::Answer;
use super::{Plan, PlanNode};

pub(super) fn plan(answer: &Answer) -> Plan {
    let children = answer.rows.iter().map(|row| node(&answer.columns, row)).collect();
    let lines = std::iter::once(&answer.columns).chain(&answer.rows).map(|row| row.join("\t"));
    let text = lines.collect::<Vec<_>>().join("\n");
    Plan { text, root: PlanNode { what: "statement".to_owned(), children, ..PlanNode::default() } }
}

fn node(columns: &[String], row: &[String]) -> PlanNode {
    let mut node = PlanNode::default();
    let mut kind = "";
    for (name, value) in columns.iter().zip(row).filter(|(_, value)| !value.is_empty()) {
        match name.as_str() {
            "select_type" => kind = value,
            "table" => node.table = Some(value.clone()),
            "type" => node.full_scan = value == "ALL",
            "key" => node.index = Some(value.clone()),
            "rows" => node.rows = value.parse().ok(),
            _ => {}
        }
        if !matches!(name.as_str(), "table" | "key" | "rows") {
            node.details.push((name.clone(), value.clone()));
        }
    }
    node.what = kind.to_lowercase();
    if let Some(table) = &node.table {
        node.what.push_str(&format!(" {table}"));
    }
    if let Some(index) = &node.index {
        node.what.push_str(&format!(" by {index}"));
    }
    node
}
