// An index name, made of its columns, is longer than 64 characters.
use orm::prelude::*;

#[derive(Model)]
#[orm(index(a_rather_long_name, another_rather_long_name, longest_of_all))]
// right: #[orm(index(a_rather_long_name, another_rather_long_name, longest_of_all, name = "by_names"))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub a_rather_long_name: u64,
    pub another_rather_long_name: u64,
    pub longest_of_all: u64,
}

fn main() {}
