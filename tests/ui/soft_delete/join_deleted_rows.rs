// `with_deleted` belongs on the query, not on a joined relation.
use orm::prelude::*;

#[derive(Model)]
#[orm(has_many(notes: Note))]
pub struct Folder {
    #[orm(primary_key)]
    pub id: u64,
}

#[derive(Model)]
#[orm(soft_delete = deleted_at)]
pub struct Note {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = Folder)]
    pub folder_id: u64,
    pub deleted_at: Option<DateTime<Utc>>,
}

async fn all(db: &Database) -> orm::Result<Vec<(Folder, Note)>> {
    Folder::query().join(|f| f.notes().with_deleted()).all(db).await
    // right: Folder::query().join(|f| f.notes()).with_deleted().all(db).await
}

fn main() {}
