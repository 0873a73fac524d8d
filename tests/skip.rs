//! Fields that are not columns.

use orm::prelude::*;

/// A value that no database can store.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notes(Vec<&'static str>);

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "cards", has_many(marks: Mark))]
pub struct Card {
    #[orm(skip)]
    pub notes: Notes,
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(skip)]
    pub open: bool,
    #[orm(unique, length = 20)]
    pub word: String,
    #[orm(server_default = "3")]
    pub level: i32,
    #[orm(version)]
    pub version: u32,
    #[orm(skip)]
    pub shown: Option<u32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "marks")]
pub struct Mark {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Card, on_delete = cascade)]
    pub card_id: u64,
    #[orm(skip)]
    pub seen: u8,
}

/// With the key alone.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "slots")]
pub struct Slot {
    #[orm(skip)]
    pub first: u8,
    #[orm(primary_key)]
    pub id: u32,
    #[orm(skip)]
    pub last: u8,
}

fn card(word: &str) -> Card {
    Card {
        notes: Notes(vec!["n"]),
        id: 0,
        open: true,
        word: word.into(),
        level: 1,
        version: 1,
        shown: Some(2),
    }
}

on_every_backend! {
    async fn have_their_default_in_rows_that_are_read(db: Database) {
        db.create_tables::<(Card, Mark, Slot)>().await?;
        orm::Schema::verify::<(Card, Mark, Slot)>(db).await?;
        let one = Card::insert().word("one").returning(db).await?;
        assert_eq!((one.id, one.level, one.version), (1, 3, 1));
        assert_eq!((&one.notes, one.open, one.shown), (&Notes::default(), false, None));
        assert_eq!(Card::query().all(db).await?, std::slice::from_ref(&one));
        assert_eq!(Card::find(1).select(|c| (c.word, c.level)).one(db).await?, ("one".to_owned(), 3));
        let raw: Vec<Card> = sql!("SELECT * FROM {@Card}").all(db).await?;
        assert_eq!(raw, std::slice::from_ref(&one));

        let mark = Mark::insert().card(&one).returning(db).await?;
        let rows: Vec<(Card, Option<Mark>)> = Card::query().left_join(|c| c.marks()).all(db).await?;
        assert_eq!(rows, [(one.clone(), Some(mark.clone()))]);
        assert_eq!(Card::query().with(|c| c.marks()).all(db).await?, [(one.clone(), vec![mark.clone()])]);
        assert_eq!(mark.card().one(db).await?, one);
    }

    async fn are_left_out_of_what_is_sent(db: Database) {
        db.create_tables::<(Card, Mark, Slot)>().await?;
        // Rows as values, each with data in the skipped fields.
        let sent: Vec<Card> = Card::insert_all([card("a"), card("b")]).returning(db).await?;
        assert_eq!((sent[1].word.as_str(), sent[1].level, &sent[1].notes, sent[1].shown), ("b", 1, &Notes::default(), None));
        let changed = Card::update().set(|c| c.level.to(9)).filter(|c| c.word.eq("b")).returning(db).await?;
        assert_eq!((changed[0].level, changed[0].open), (9, false));
        let gone = Card::delete().filter(|c| c.word.eq("b")).returning(db).await?;
        assert_eq!((gone[0].word.as_str(), gone[0].shown), ("b", None));
        Slot::insert_all([Slot { first: 1, id: 5, last: 2 }]).execute(db).await?;
        assert_eq!(Slot::find(5).one(db).await?, Slot { first: 0, id: 5, last: 0 });
        assert_eq!(Slot::insert().id(6).returning(db).await?.id, 6);
        let bulk = (7..200).map(|id| Slot { first: 9, id, last: 9 });
        assert_eq!(Slot::insert_all(bulk).bulk().execute(db).await?, 193);
    }

    /// A tracked row keeps its skipped fields, and a flush ignores them.
    async fn are_the_programs_own_in_a_session(db: Database) {
        db.create_tables::<(Card, Mark, Slot)>().await?;
        let mut s = db.session();
        let new = s.add(Card::insert().word("one"));
        let made = s.add(card("two"));
        s.commit().await?;
        let (one, two) = (s.saved(new)?, s.saved(made)?);
        assert_eq!((s[one].shown, s[one].level), (None, 3));
        let id = s[two].id;

        s[one].shown = Some(5);
        s[one].notes.0.push("mine");
        assert!(s.changes().updated.is_empty());
        orm::assert_statements!(db, 0, s.flush().await?);
        s[one].level = 8;
        s.flush().await?;
        assert_eq!((s[one].shown, s[one].version, &s[one].notes), (Some(5), 2, &Notes(vec!["mine"])));

        // Read again, refreshed, and found by its key: it is the same row.
        let again = Card::query().filter(|c| c.word.eq("one")).track(&mut s).await?[0];
        assert_eq!((again, s[again].shown), (one, Some(5)));
        Card::update().set(|c| c.level.to(20)).filter(|c| c.word.eq("one")).execute(&mut s).await?;
        let again = Card::query().filter(|c| c.word.eq("one")).track(&mut s).await?[0];
        assert_eq!((s[again].level, s[again].shown), (20, Some(5)));
        s.refresh(one).await?;
        assert_eq!(s[one].shown, Some(5));
        s.rollback().await?;

        let mut s = db.session();
        let two = s.get::<Card>(id).await?;
        s[two].open = true;
        let undone: orm::Result<()> = s.savepoint(async |tx| {
            tx[two].word = "zwei".into();
            tx[two].open = false;
            tx.flush().await?;
            Err(orm::Error::new(orm::ErrorKind::Unsupported, "no"))
        }).await;
        undone.unwrap_err();
        assert_eq!(s[two].word, "two");
        s.delete(two)?;
        s.commit().await?;
        assert_eq!(Card::query().select(|c| c.word).all(db).await?, ["one"]);
    }
}
