//! S6: a query is put together and becomes text and values; no database.
//!
//! 3 joins, 6 conditions, 5 columns, 2 keys of order, limit and offset.

mod nothing;
mod pushed;
mod typed;

use anyhow::{Result, ensure};
use orm::dialect::MYSQL;

use crate::contestant::Contestant;

/// What is asked for. A struct, so that no compiler folds it into the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Search<'a> {
    name: &'a str,
    title: &'a str,
    text: &'a str,
    above: u64,
    rows: u64,
    page: u64,
}

const SEARCH: Search<'static> =
    Search { name: "Ann", title: "Hello", text: "Thanks", above: 1_000, rows: 20, page: 3 };

/// The contestants; the text that they make is compared first.
pub(crate) fn contestants() -> Result<Vec<Box<dyn Contestant>>> {
    let (by_hand, ours) = (pushed::push(&SEARCH).sql, typed::build(&SEARCH).into_sql(&MYSQL)?.sql);
    ensure!(by_hand == ours, "S6 compares different texts:\n{by_hand}\n{ours}");
    Ok(vec![
        Box::new(pushed::Pushed),
        Box::new(typed::Build),
        Box::new(typed::BuildAndRender),
        Box::new(nothing::Terminal::open()?),
    ])
}
