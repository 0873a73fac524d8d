// A value that stands by itself is one that a column could hold.
use orm::prelude::*;

pub fn case() {
    let _ = value("Ann Smith");
    // right: let _ = value("Ann Smith".to_owned());
}

fn main() {}
