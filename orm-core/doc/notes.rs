// Beside `shop.rs`: a model whose rows are marked as deleted.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "notes", soft_delete = deleted_at, has_many(answers: Note))]
pub struct Note {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = User)]
    pub author_id: u64,
    #[orm(belongs_to = Note, on_delete = set_null)]
    pub question_id: Option<u64>,
    pub text: String,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Ann's notes "kept" (id 1) and "gone", an answer to the first that is deleted.
async fn notes(db: &Database) -> orm::Result<()> {
    db.create_tables::<Note>().await?;
    let note = |id, text| Note::insert().id(id).author_id(1).text(text);
    Note::insert_all([note(1, "kept"), note(2, "gone").question_id(1)]).execute(db).await?;
    Note::delete().filter(|n| n.text.eq("gone")).execute(db).await?;
    Ok(())
}
