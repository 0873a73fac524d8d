// Beside `shop.rs`: a model whose rows are below others of it.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "topics", has_many(children: Topic))]
pub struct Topic {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Topic)]
    pub parent_id: Option<u64>,
    pub name: String,
}

/// "Science" (id 1), with "Physics" (2) and "Biology" (3) below it, and "Botany" (4) below the latter.
async fn topics(db: &Database) -> orm::Result<()> {
    db.create_tables::<Topic>().await?;
    let mut s = db.session();
    let science = s.add(Topic::insert().name("Science"));
    s.add(Topic::insert().parent(science).name("Physics"));
    let biology = s.add(Topic::insert().parent(science).name("Biology"));
    s.add(Topic::insert().parent(biology).name("Botany"));
    s.commit().await
}
