// What a selection gives are no tables.
use orm::prelude::*;

pub struct Report {
    pub lines: Query<(String, i64)>,
    // right: pub lines: Rows<(String, i64)>,
}

fn main() {}
