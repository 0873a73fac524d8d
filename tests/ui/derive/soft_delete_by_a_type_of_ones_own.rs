// The mark is what `now` can fill.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
pub struct Reason(String);

#[derive(Model)]
#[orm(soft_delete = reason)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub reason: Option<Reason>,
}

fn main() {}
