//! The programs to check.

use std::fmt::Write as _;

const HEAD: &str = "#![allow(dead_code)]\nuse orm::prelude::*;\n\n";
const MODELS: usize = 30;

/// Returns models, each of which belongs to the next one.
pub(super) fn models() -> String {
    let mut text = HEAD.to_owned();
    for number in 0..MODELS {
        let next = (number + 1) % MODELS;
        let model = format!(
            "#[derive(Model, Debug, Clone)]\npub struct M{number} {{\n    #[orm(primary_key, auto)]\n    pub id: u64,\n    \
            #[orm(length = 100)]\n    pub name: String,\n    pub age: Option<i32>,\n    pub active: bool,\n    \
            #[orm(belongs_to = M{next})]\n    pub next_id: u64,\n}}\n\n"
        );
        text.push_str(&model);
    }
    text
}

/// Returns the models, and queries with so many joins, six conditions, an order and a selection.
pub(super) fn queries(count: usize, joins: usize) -> String {
    let mut text = models();
    for number in 0..count {
        let first = number % (MODELS - joins);
        // Writing into a string cannot fail.
        let _ = writeln!(
            text,
            "pub async fn query_{number}(db: &Database) -> orm::Result<Vec<(u64, String, Option<i32>)>> {{\n    \
            M{first}::query()"
        );
        for join in 0..joins {
            let _ = writeln!(text, "        .join(|{}| last.next())", last_of(join + 1));
        }
        let both = format!("(first, {}last)", "_, ".repeat(joins - 1));
        let _ = writeln!(
            text,
            "        .filter(|{both}| first.id.gt({number}).and(first.name.ne(\"x\")).and(first.age.le(last.age)))\n        \
            .filter(|{both}| last.active.eq(true).and(last.id.ne(first.id)).or(last.name.starts_with(\"a\")))\n        \
            .order_by(|{both}| (last.name.asc(), first.id.desc()))\n        .limit(10)\n        \
            .select(|{both}| (first.id, last.name, last.age))\n        .all(db)\n        .await\n}}\n"
        );
    }
    text
}

/// Returns a pattern for the last of so many tables.
fn last_of(tables: usize) -> String {
    if tables == 1 { "last".to_owned() } else { format!("({}last)", "_, ".repeat(tables - 1)) }
}

/// Returns models with columns of several types, half of them nullable; each belongs to the next one.
pub(super) fn tables(models: usize, columns: usize) -> String {
    let types = ["i32", "Option<i64>", "String", "Option<String>", "bool", "Option<DateTime<Utc>>"];
    let mut text = HEAD.to_owned();
    for model in 0..models {
        let next = (model + 1) % models;
        let _ = writeln!(
            text,
            "#[derive(Model, Debug, Clone)]\npub struct T{model} {{\n    #[orm(primary_key, auto)]\n    pub id: u64,\n    \
            #[orm(belongs_to = T{next})]\n    pub next_id: u64,"
        );
        for (column, ty) in (2..columns).zip(types.iter().cycle()) {
            let _ = writeln!(text, "    pub column_{column}: {ty},");
        }
        text.push_str("}\n\n");
    }
    text
}
