// 8 errors: types that cannot be stored in a column, each with what to use instead.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: usize,
    // right: pub id: u64,
    pub size: Option<i128>,
    // right: pub size: Option<i64>,
    pub grade: char,
    // right: pub grade: String,
    pub hash: [u8; 32],
    // right: pub hash: Vec<u8>,
    pub place: (f64, f64),
    // right: #[orm(json)]
    // right: pub place: (f64, f64),
    pub nothing: (),
    // right: #[orm(skip)]
    // right: pub nothing: (),
    pub at: chrono::DateTime<chrono::Local>,
    // right: pub at: chrono::DateTime<chrono::Utc>,
    pub seen: jiff::ZonedDateTime,
    // right: pub seen: jiff::Timestamp,
}

pub async fn case(db: &Database) -> orm::Result<Thing> {
    Thing::query().filter(|t| t.size.gt(3).and(t.grade.eq("A"))).one(db).await
}

fn main() {}
