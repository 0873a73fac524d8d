// 4 errors: attributes of rows that are misspelt, misplaced, given twice or of another kind.
use orm::prelude::*;

#[derive(Row)]
#[orm(fields = "RevenueColumns")]
// right: #[orm(fields = RevenueColumns)]
#[orm(tabel = "revenues")]
// right:
#[orm(crate = ::orm, crate = ::orm)]
// right: #[orm(crate = ::orm)]
pub struct Revenue {
    #[orm(column = "land")]
    // right:
    pub country: String,
    pub total: Option<Decimal>,
}

fn main() {}
