// 4 errors: attributes of rows are misspelt, misplaced, given twice or of the wrong kind.
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
