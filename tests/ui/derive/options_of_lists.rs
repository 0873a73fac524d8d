// 9 errors: options in lists are misspelt, given twice or of the wrong kind.
use orm::prelude::*;

#[derive(Model)]
#[orm(index(number, name = 5))]
// right: #[orm(index(number, name = "by_number"))]
#[orm(index(part, name = "a", name = "b"))]
// right: #[orm(index(part, name = "a"))]
#[orm(index(part, number, where = true))]
// right: #[orm(index(part, number, where = "number > 0"))]
#[orm(unique("part", number))]
// right: #[orm(unique(part, number))]
#[orm(belongs_to(whole: Thing, bye = part))]
// right: #[orm(belongs_to(whole: Thing, by = part))]
#[orm(belongs_to(sum: Thing, by = "part"))]
// right: #[orm(belongs_to(sum: Thing, by = part))]
#[orm(belongs_to(all: Thing, by = part, on_delete = cascad))]
// right: #[orm(belongs_to(all: Thing, by = part, on_delete = cascade))]
#[orm(belongs_to(last: Thing))]
// right: #[orm(belongs_to(last: Thing, by = part))]
#[orm(many_to_many(others: Thing, through = "Thing"))]
// right: #[orm(many_to_many(others: Thing, through = Thing, from = whole, to = sum))]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    pub part: u64,
    pub number: u64,
}

fn main() {}
