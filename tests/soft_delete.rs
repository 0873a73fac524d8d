//! Soft delete.

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "folders", soft_delete = deleted_at, has_many(notes: Note))]
pub struct Folder {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(unique, length = 40)]
    pub name: String,
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "notes", soft_delete = gone)]
pub struct Note {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Folder, on_delete = cascade)]
    pub folder_id: u32,
    #[orm(belongs_to = Note, relation = answered)]
    pub answers: Option<u32>,
    pub text: String,
    #[orm(column = "gone_at")]
    pub gone: Option<NaiveDateTime>,
    #[orm(version)]
    pub version: u32,
}

/// Creates two folders and three notes, of which the second answers the first, and the third the second.
async fn notes(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Folder, Note)>().await?;
    Folder::insert_all([1, 2].map(|id| Folder { id, name: format!("folder {id}"), deleted_at: None }))
        .execute(db)
        .await?;
    let note = |id, folder_id, answers| Note {
        id,
        folder_id,
        answers,
        text: format!("note {id}"),
        gone: None,
        version: 1,
    };
    Note::insert_all([note(1, 1, None), note(2, 1, Some(1)), note(3, 2, Some(2))]).execute(db).await?;
    Ok(())
}

fn ids(query: Query<Note>) -> Rows<u32> {
    query.order_by(|n| n.id.asc()).select(|n| n.id)
}

on_every_backend! {
    async fn deletes_mark_rows(db: Database) {
        notes(db).await?;
        let before = orm::now().naive_utc();
        assert_eq!(Note::delete().filter(|n| n.id.le(2)).execute(db).await?, 2);
        assert_eq!(Note::delete().filter(|n| n.id.le(2)).execute(db).await?, 0);
        let note = Note::find(1).with_deleted().one(db).await?;
        assert!(note.gone.unwrap() >= before && note.gone.unwrap() <= orm::now().naive_utc());
        assert_eq!((note.version, note.text.as_str()), (2, "note 1"));
        assert_eq!(Note::delete().all_rows().execute(db).await?, 1);
        assert_eq!((Note::query().count(db).await?, Note::query().with_deleted().count(db).await?), (0, 3));
    }

    async fn queries_skip_soft_deleted_rows(db: Database) {
        notes(db).await?;
        Note::delete().filter(|n| n.id.eq(1)).execute(db).await?;
        assert_eq!(ids(Note::query()).all(db).await?, [2, 3]);
        assert_eq!(Note::find(1).optional(db).await?, None);
        assert_eq!(ids(Note::query().filter(|n| n.id.eq(1).or(n.id.eq(3)))).all(db).await?, [3]);
        let page = Note::query().order_by(|n| n.id.asc()).page(1, 1, db).await?;
        assert_eq!((page.total, page.rows[0].id), (2, 2));
        let slice = Note::query().order_by(|n| n.id.desc()).limit(1).after(None, db).await?;
        let rest = Note::query().order_by(|n| n.id.desc()).limit(5).after(slice.next.as_ref(), db).await?;
        assert_eq!((rest.rows.len(), rest.rows[0].id), (1, 2));
        let joined = Folder::query().left_join(|f| f.notes()).order_by(|(f, n)| (f.id.asc(), n.id.asc())).select(|(f, n)| (f.id, n.id));
        assert_eq!(joined.all(db).await?, [(1, Some(2)), (2, Some(3))]);
        Note::delete().filter(|n| n.id.eq(2)).execute(db).await?;
        assert_eq!(joined_again(db).await?, [(1, None), (2, Some(3))]);
        assert_eq!(Folder::query().filter(|f| f.notes().any(|n| n.id.gt(0))).select(|f| f.id).all(db).await?, [2]);
        assert_eq!(Folder::query().order_by(|f| f.id.asc()).select(|f| f.notes().count()).all(db).await?, [0, 1]);
        let loaded = Folder::query().order_by(|f| f.id.asc()).with(|f| f.notes()).with(|f| f.notes().with_deleted()).all(db).await?;
        assert_eq!(loaded.iter().map(|(_, some, all)| (some.len(), all.len())).collect::<Vec<_>>(), [(0, 2), (1, 1)]);
        let union = Note::query().select(|n| n.id).union(Folder::query().select(|f| f.id));
        assert_eq!(union.count(db).await?, 3);
        assert_eq!(Folder::query().filter(|f| f.id.is_in(Note::query().select(|n| n.folder_id))).count(db).await?, 1);
        assert_eq!(Note::update().set(|n| n.text.to("x")).all_rows().execute(db).await?, 1);
    }

    async fn relations_to_marked_rows(db: Database) {
        notes(db).await?;
        Note::delete().filter(|n| n.id.eq(2)).execute(db).await?;
        // An optional relation to it is empty.
        let answered = Note::query().order_by(|n| n.id.asc()).select(|n| (n.id, n.answered().text, n.answered().answered().text));
        assert_eq!(answered.all(db).await?, [(1, None, None), (3, None, None)]);
        assert_eq!(Note::find(3).with(|n| n.answered()).one(db).await?.1, None);
        let seen = Note::find(3).with_deleted().with(|n| n.answered()).one(db).await?;
        assert_eq!(seen.1.unwrap().id, 2);
        // A required relation to it hides the row as well.
        Folder::delete().filter(|f| f.id.eq(2)).execute(db).await?;
        assert_eq!(ids(Note::query()).all(db).await?, [1, 3]);
        assert_eq!(ids(Note::query().filter(|n| n.folder().name.ne("x"))).all(db).await?, [1]);
        assert_eq!(ids(Note::query().with_deleted().filter(|n| n.folder().name.ne("x"))).all(db).await?, [1, 2, 3]);
        assert_eq!(Note::query().join(|n| n.folder()).count(db).await?, 1);
        assert_eq!(Note::query().join(|n| n.folder()).with_deleted().count(db).await?, 3);
        assert_eq!(Note::query().with(|n| n.folder()).all(db).await?.len(), 1);
    }

    async fn full_joins_skip_soft_deleted_rows(db: Database) {
        notes(db).await?;
        Folder::delete().filter(|f| f.id.eq(1)).execute(db).await?;
        Note::delete().filter(|n| n.id.ge(2)).execute(db).await?;
        let both = Folder::query().full_join(|f| f.notes()).select(|(f, n)| (f.id, n.id));
        let mut rows = both.all(db).await?;
        rows.sort();
        assert_eq!(rows, [(None, Some(1)), (Some(2), None)]);
        assert_eq!(Folder::query().full_join(|f| f.notes()).with_deleted().count(db).await?, 3);
    }

    async fn soft_deleted_rows_can_be_listed_restored_and_purged(db: Database) {
        notes(db).await?;
        Note::delete().filter(|n| n.id.ge(2)).execute(db).await?;
        assert_eq!(ids(Note::query().only_deleted()).all(db).await?, [2, 3]);
        let with_folder = Note::query().only_deleted().join(|n| n.folder()).filter(|(_, f)| f.id.eq(2)).count(db).await?;
        assert_eq!(with_folder, 1);
        let restore = Note::update().only_deleted().set(|n| n.gone.to(None)).filter(|n| n.id.le(2));
        assert_eq!(restore.execute(db).await?, 1);
        assert_eq!((ids(Note::query()).all(db).await?, Note::find(2).one(db).await?.version), (vec![1, 2], 3));
        assert_eq!(Note::update().with_deleted().set(|n| n.text.to("all")).all_rows().execute(db).await?, 3);
        assert_eq!(Note::delete().only_deleted().hard_delete().all_rows().execute(db).await?, 1);
        assert_eq!(ids(Note::query().with_deleted()).all(db).await?, [1, 2]);
        assert_eq!(Note::delete().filter(|n| n.id.eq(2)).hard_delete().execute(db).await?, 1);
        Note::delete().all_rows().execute(db).await?;
        assert_eq!(Note::delete().all_rows().hard_delete().execute(db).await?, 0);
        assert_eq!(Note::delete().with_deleted().all_rows().hard_delete().execute(db).await?, 1);
        assert_eq!(Note::query().with_deleted().count(db).await?, 0);
    }

    async fn foreign_keys_do_nothing_and_unique_values_stay_taken(db: Database) {
        notes(db).await?;
        Folder::delete().filter(|f| f.id.eq(1)).execute(db).await?;
        assert_eq!(Note::query().count(db).await?, 3);
        let again = Folder { id: 9, name: "folder 1".into(), deleted_at: None };
        assert!(Folder::insert_all([&again]).execute(db).await.unwrap_err().violates::<Folder>(|f| f.name));
        // A row that is inserted as deleted is still returned.
        let gone = Folder::insert().id(8).name("gone").deleted_at(orm::now()).returning(db).await?;
        assert!(gone.deleted_at.is_some());
        assert_eq!(Folder::find(8).optional(db).await?, None);
    }

    async fn changes_with_joins_skip_soft_deleted_rows(db: Database) {
        notes(db).await?;
        Folder::delete().filter(|f| f.id.eq(2)).execute(db).await?;
        Note::delete().filter(|n| n.id.eq(1)).execute(db).await?;
        let inner = || Note::update().join(|n| n.folder()).set(|(n, f)| n.text.to(f.name)).all_rows();
        assert_eq!(inner().execute(db).await?, 1);
        let outer = Note::update().left_join(|n| n.folder()).set(|(n, f)| n.text.to(f.name.coalesce("none"))).all_rows();
        assert_eq!(outer.execute(db).await?, 2);
        let texts = || Note::query().with_deleted().order_by(|n| n.id.asc()).select(|n| n.text);
        assert_eq!(texts().all(db).await?, ["note 1", "folder 1", "none"]);
        assert_eq!(inner().with_deleted().execute(db).await?, 3);
        assert_eq!(texts().all(db).await?, ["folder 1", "folder 1", "folder 2"]);
        assert_eq!(Note::update().set(|n| n.text.to("x")).filter(|n| n.folder().name.eq("folder 2")).execute(db).await?, 0);
        assert_eq!(Note::update().set(|n| n.text.to("x")).filter(|n| n.answered().text.is_null()).execute(db).await?, 1);
        assert_eq!(Note::delete().join(|n| n.folder()).all_rows().execute(db).await?, 1);
        assert_eq!(ids(Note::query()).all(db).await?, [3]);
        assert_eq!(Note::delete().left_join(|n| n.folder()).filter(|(_, f)| f.id.is_null()).hard_delete().execute(db).await?, 1);
        assert_eq!(ids(Note::query().with_deleted()).all(db).await?, [1, 2]);
    }

    async fn deletes_of_the_first_and_by_key_mark(db: Database) {
        notes(db).await?;
        assert_eq!(Note::delete().all_rows().order_by(|n| n.id.desc()).limit(1).execute(db).await?, 1);
        assert_eq!(Note::delete().all_rows().order_by(|n| (n.folder().id.asc(), n.id.asc())).limit(1).execute(db).await?, 1);
        assert_eq!((ids(Note::query()).all(db).await?.len(), Note::query().with_deleted().count(db).await?), (1, 3));
        let left = Note::query().one(db).await?;
        assert!(Note::delete_by(left.id).version(left.version + 1).execute(db).await.unwrap_err().is_stale());
        assert_eq!(Note::delete_by(left.id).version(left.version).execute(db).await?, 1);
        assert!(Note::delete_by(left.id).version(left.version).execute(db).await.unwrap_err().is_stale());
        assert_eq!(Note::delete_by(3).only_deleted().hard_delete().execute(db).await?, 1);
        assert_eq!(Note::query().with_deleted().count(db).await?, 2);
    }

    async fn rows_given_back_by_deletes_are_marked(db: Database) {
        notes(db).await?;
        let marked = Note::delete().filter(|n| n.id.eq(3)).returning(db).await?;
        assert_eq!(marked, [Note::find(3).with_deleted().one(db).await?]);
        assert!(marked[0].gone.is_some() && marked[0].version == 2);
        assert_eq!(Note::delete().filter(|n| n.id.eq(3)).returning(db).await?, []);
        let gone = Note::delete().only_deleted().all_rows().hard_delete().returning(db).await?;
        assert_eq!((gone, Note::query().with_deleted().count(db).await?), (marked, 2));
        let restored = Note::delete().filter(|n| n.id.eq(2)).returning(db).await?;
        assert_eq!(restored.len(), 1);
        let restored = Note::update().only_deleted().set(|n| n.gone.to(None)).all_rows().returning(db).await?;
        assert_eq!(restored.iter().map(|n| (n.id, n.gone)).collect::<Vec<_>>(), [(2, None)]);
    }

    async fn scopes_and_marks_add_up(db: Database) {
        notes(db).await?;
        Note::delete().filter(|n| n.id.eq(1)).execute(db).await?;
        let first = &db.scoped::<Note>(|n| n.folder().name.eq("folder 1"));
        assert_eq!(ids(Note::query()).all(first).await?, [2]);
        assert_eq!(ids(Note::query().with_deleted()).all(first).await?, [1, 2]);
        assert_eq!(ids(Note::query().unscoped()).all(first).await?, [2, 3]);
        assert_eq!(Note::delete().all_rows().execute(first).await?, 1);
        Note::update().with_deleted().set(|n| n.answers.to(None)).all_rows().execute(db).await?;
        assert_eq!(Note::delete().all_rows().with_deleted().hard_delete().execute(first).await?, 2);
        assert_eq!(ids(Note::query().with_deleted()).all(db).await?, [3]);
        // A note in a deleted folder is in the scope of queries that include deleted rows.
        let second = &db.scoped::<Note>(|n| n.folder().name.eq("folder 2"));
        Folder::delete().all_rows().execute(db).await?;
        assert_eq!((Note::query().count(second).await?, Note::query().with_deleted().count(second).await?), (0, 1));
    }
}

async fn joined_again(db: &Database) -> orm::Result<Vec<(u32, Option<u32>)>> {
    Folder::query()
        .left_join(|f| f.notes())
        .order_by(|(f, _)| f.id.asc())
        .select(|(f, n)| (f.id, n.id))
        .distinct()
        .all(db)
        .await
}
