//! Hostile text in every place where a value enters a statement (SQL injection). Raw SQL is covered in `raw`,
//! `fragment`, `cursor`, `procedure`, `batch` and `bulk`.

use orm::prelude::*;

use crate::raw::HOSTILE;

/// With a different key for each text, since collations consider some of them equal.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "notes", has_many(parts: Part))]
struct Note {
    #[orm(primary_key, length = 190)]
    key: String,
    text: String,
    maybe: Option<String>,
    bytes: Vec<u8>,
    document: serde_json::Value,
    #[orm(version)]
    version: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "parts")]
struct Part {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(belongs_to = Note, length = 190)]
    note_id: String,
    text: String,
}

fn note(number: usize, text: &str) -> Note {
    Note {
        key: format!("{number} {text}"),
        text: text.to_owned(),
        maybe: Some(text.to_owned()),
        bytes: text.as_bytes().to_vec(),
        document: serde_json::json!({ text: [text] }),
        version: 1,
    }
}

async fn notes(db: &Database) -> orm::Result<Vec<Note>> {
    db.create_tables::<(Note, Part)>().await?;
    let notes: Vec<Note> = HOSTILE.iter().enumerate().map(|(number, text)| note(number, text)).collect();
    Note::insert_all(&notes).execute(db).await?;
    Ok(notes)
}

/// Checks that the tables still exist, and that nothing was added or removed.
async fn unharmed(db: &Database, count: usize) -> orm::Result<()> {
    assert_eq!(Note::query().count(db).await?, i64::try_from(count).unwrap());
    assert_eq!(Part::query().count(db).await?, 0);
    Ok(())
}

on_every_backend! {
    async fn get_in_and_out(db: Database) {
        db.create_tables::<(Note, Part)>().await?;
        for (number, text) in HOSTILE.iter().enumerate() {
            let mut expected = note(number, text);
            let row = Note::insert().key(&*expected.key).text(*text).maybe(*text).bytes(text.as_bytes().to_vec()).document(expected.document.clone());
            assert_eq!(row.returning(db).await?, expected);
            assert_eq!(Note::find(&*expected.key).one(db).await?, expected);
            let upsert = Note::insert_all([&expected]).on_conflict(|n| n.key).update(|n, new| (n.text.to(new.maybe.coalesce(*text)), n.maybe.to(*text)));
            upsert.execute(db).await?;
            expected.version += 1;
            let mut s = db.session();
            let handle = s.get::<Note>(&*expected.key).await?;
            assert_eq!((&s[handle].text, &s[handle].document), (&expected.text, &expected.document));
            let part = s.add(Part::insert().note_id(&*expected.key).text(*text));
            s[handle].text = format!("{text}{text}");
            s[handle].bytes.extend(text.as_bytes());
            s.commit().await?;
            let part = s.saved(part)?;
            assert_eq!(s[part].text, *text);
            s.delete(part)?;
            s.commit().await?;
            let changed = Note::find(&*expected.key).one(db).await?;
            assert_eq!((changed.text, changed.bytes), (text.repeat(2), text.repeat(2).into_bytes()));
            let back = Note::update_by(&*expected.key).set(|n| (n.text.to(*text), n.bytes.to(text.as_bytes().to_vec())));
            assert_eq!(back.execute(db).await?, 1);
            let mut rows = Note::query().filter(|n| n.key.eq(&*expected.key)).stream(db);
            assert_eq!(rows.next().await?.unwrap().text, *text);
        }
        // Many at once, each with its own values.
        let mut s = db.session();
        let handles = Note::query().track(&mut s).await?;
        for handle in handles {
            let text = s[handle].text.clone();
            s[handle].maybe = Some(format!("{text}!"));
        }
        s.commit().await?;
        for note in Note::query().all(db).await? {
            assert_eq!(note.maybe, Some(format!("{}!", note.text)));
        }
        unharmed(db, HOSTILE.len()).await?;
    }

    async fn change_no_condition(db: Database) {
        let notes = notes(db).await?;
        for Note { key, text, .. } in &notes {
            let (key, text) = (key.as_str(), text.as_str());
            // The key is unique: whatever else matches, it matches only that row.
            let of = |condition: &dyn Fn(NoteFields) -> Condition| Note::query().filter(|n| n.key.eq(key).and(condition(n))).count(db);
            assert_eq!(of(&|n| n.text.eq(text)).await?, 1, "{text:?}");
            assert_eq!(of(&|n| n.text.ne(text)).await?, 0, "{text:?}");
            assert_eq!(of(&|n| n.maybe.same_as(text)).await?, 1, "{text:?}");
            assert_eq!(of(&|n| n.bytes.eq(text.as_bytes().to_vec())).await?, 1, "{text:?}");
            assert_eq!(of(&|n| n.text.is_in([text])).await?, 1, "{text:?}");
            assert_eq!(of(&|n| n.text.is_in([text, "x", "y"])).await?, 1, "{text:?}");
            assert_eq!(of(&|n| n.text.between(text, text)).await?, 1, "{text:?}");
            assert_eq!(of(&|n| n.key.starts_with(key)).await?, 1, "{text:?}");
            assert_eq!(of(&|n| n.text.ends_with(text)).await?, 1, "{text:?}");
            assert_eq!(of(&|n| n.key.contains(text)).await?, 1, "{text:?}");
            assert_eq!(of(&|n| orm::row((n.key, n.text)).is_in([(key, text)])).await?, 1, "{text:?}");
            assert_eq!(of(&|n| n.text.concat(text).eq(text.repeat(2))).await?, 1, "{text:?}");
            match of(&|n| n.document.at(text).at(0).text().eq(text)).await {
                Err(error) if text.starts_with('-') => assert!(error.is_unsupported(), "{error:?}"),
                found => assert_eq!(found?, 1, "{text:?}"),
            }
            assert_eq!(of(&|n| Note::query().filter(|m| m.key.eq(n.key).and(m.text.eq(text))).is_present()).await?, 1, "{text:?}");
        }
        unharmed(db, notes.len()).await?;
    }

    async fn are_values_where_values_are_computed(db: Database) {
        let notes = notes(db).await?;
        for Note { key, text, .. } in &notes {
            let text = text.as_str();
            let row = Note::find(&**key).select(|n| {
                (
                    n.text.concat(text),
                    n.maybe.coalesce(text),
                    n.text.replace("zzz", text),
                    case::<String>().when(n.text.eq(text), text).otherwise("other"),
                    value(text.to_owned()),
                )
            });
            let expected = (text.repeat(2), text.to_owned(), text.to_owned(), text.to_owned(), text.to_owned());
            assert_eq!(row.one(db).await?, expected);
            // The values of a group key are written as literals on some databases.
            let groups = Note::query().filter(|n| n.key.eq(&**key)).group_by(|n| n.text.concat(text)).having(|g| g.key.eq(text.repeat(2)));
            assert_eq!(groups.select(|g| (g.key.clone(), g.count())).all(db).await?, [(text.repeat(2), 1)]);
            let joined = Note::query().filter(|n| n.key.is_in(["0 ", "1 '"])).aggregate(|g| g.group_concat_in_order(|n| n.key, text, |n| n.key.asc()));
            assert_eq!(joined.one(db).await?, Some(format!("0 {text}1 '")));
        }
        unharmed(db, notes.len()).await?;
    }

    async fn are_no_second_statement(db: Database) {
        let notes = notes(db).await?;
        // Not even where the SQL is the program's own.
        for stacked in ["SELECT 1; DELETE FROM notes", "DELETE FROM parts; DELETE FROM notes"] {
            let error = orm::raw::sql(stacked).execute(db).await.unwrap_err();
            assert!(!error.is_connection_lost(), "{error:?}");
            assert!(db.connection().await?.execute(orm::raw::sql(stacked)).await.is_err());
        }
        unharmed(db, notes.len()).await?;
    }
}
