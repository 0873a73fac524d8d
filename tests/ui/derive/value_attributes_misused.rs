// 6 errors: attributes of values are misspelt, misplaced, given twice or of the wrong kind.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
#[orm(as = text, as = int)]
// right: #[orm(as = text)]
#[orm(rename = "color")]
// right:
pub enum Color {
    #[orm(as = int)]
    // right:
    Red,
    #[orm(renam = "azure")]
    // right: #[orm(rename = "azure")]
    Blue,
    #[orm(rename = 5)]
    // right: #[orm(rename = "five")]
    Green,
}

#[derive(Value, Debug, Clone, PartialEq)]
#[orm(as = text)]
// right:
pub struct Name(String);

fn main() {}
