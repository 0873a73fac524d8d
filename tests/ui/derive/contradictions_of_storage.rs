// 3 errors: a column's type or limit is given twice.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(sql_type = "DECIMAL(9,2)", precision = (9, 2))]
    // right: #[orm(precision = (9, 2))]
    pub price: Decimal,
    #[orm(length = 9, precision = (9, 2))]
    // right: #[orm(length = 9)]
    pub name: String,
}

fn main() {}
