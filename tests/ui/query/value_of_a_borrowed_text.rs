// `value` needs an owned text.
use orm::prelude::*;

pub fn case() {
    let _ = value("Ann Smith");
    // right: let _ = value("Ann Smith".to_owned());
}

fn main() {}
