// The type of a query with `select` is `Rows`, not `Query`.
use orm::prelude::*;

pub struct Report {
    pub lines: Query<(String, i64)>,
    // right: pub lines: Rows<(String, i64)>,
}

fn main() {}
