//! SQLite's query plans: steps that refer to the step they feed. See <https://sqlite.org/eqp.html>.

use super::answer::Answer;
use super::{Plan, PlanNode};

pub(super) fn plan(answer: &Answer) -> Plan {
    let children = below("0", &answer.rows);
    let root = PlanNode { what: "query".to_owned(), children, ..PlanNode::default() };
    let lines = answer.rows.iter().filter_map(|row| row.get(3).map(String::as_str));
    Plan { text: lines.collect::<Vec<_>>().join("\n"), root }
}

/// Returns the steps that feed the one with a number. A row consists of its number, the number of the step that it feeds, an
/// unused value, and a description.
fn below(above: &str, rows: &[Vec<String>]) -> Vec<PlanNode> {
    let fed = |row: &&Vec<String>| row.get(1).is_some_and(|parent| parent == above);
    let node = |row: &Vec<String>| match row.as_slice() {
        // Skips a step that feeds itself, which would recurse forever.
        [id, _, _, words, ..] if id != above => Some(PlanNode { children: below(id, rows), ..step(words) }),
        _ => None,
    };
    rows.iter().filter(fed).filter_map(node).collect()
}

/// `SCAN t`, `SEARCH t USING INDEX i (a=?)`, `SEARCH t USING INTEGER PRIMARY KEY (rowid=?)`, or anything else.
fn step(words: &str) -> PlanNode {
    let scanned = words.strip_prefix("SCAN ");
    let read = scanned.or_else(|| words.strip_prefix("SEARCH "));
    let (table, how) = read.map_or((None, ""), |read| match read.split_once(" USING ") {
        Some((table, how)) => (Some(table), how),
        None => (Some(read.split_once(" LEFT-JOIN").map_or(read, |(table, _)| table)), ""),
    });
    let index = if how.starts_with("INTEGER PRIMARY KEY") || how.starts_with("PRIMARY KEY") {
        Some("PRIMARY")
    } else {
        how.split_once("INDEX ").map(|(_, name)| name.split_once(" (").map_or(name, |(name, _)| name))
    };
    PlanNode {
        what: words.to_owned(),
        table: table.map(str::to_owned),
        index: index.filter(|name| !name.starts_with('(')).map(str::to_owned),
        full_scan: scanned.is_some() && how.is_empty(),
        ..PlanNode::default()
    }
}
