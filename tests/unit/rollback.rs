//! The state after a rollback, and after a flush that fails.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use orm::assert_statements;
use orm::prelude::*;
use orm::value::{Datum, Kind, Mismatch, Value};

use super::models::*;
use crate::support::models::*;

thread_local! {
    static REFUSES: Cell<bool> = const { Cell::new(false) };
}

/// Text that may refuse to be decoded.
#[derive(Debug, Clone, PartialEq)]
struct Moody(String);

impl Value for Moody {
    const KIND: Kind = Kind::Text;

    fn to_datum(&self) -> Datum {
        Datum::Text(self.0.as_str().into())
    }

    fn from_cell(cell: &mut orm::value::Cell<'_>) -> Result<Self, Mismatch> {
        if REFUSES.get() {
            Err(Mismatch::invalid("a text, today"))
        } else {
            String::from_cell(cell).map(Moody)
        }
    }
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "moods")]
struct Mood {
    #[orm(primary_key, auto)]
    id: u64,
    name: String,
    word: Moody,
}

on_every_backend! {
    async fn new_rows_are_new_again_without_their_keys(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        let post = s.add(Post::insert().author(dee).title("Dee's"));
        s.flush().await?;
        let handle = s.saved(dee)?;
        let id = s[handle].id;
        s[handle].name = "Dora".into();
        s.rollback().await?;
        assert!(s.saved(dee).is_err());
        assert!(s.try_ref(handle).unwrap_err().to_string().contains("is new"));
        // Someone else takes the key in the meantime.
        User::insert_all([User { id, ..user("eve@example.org") }]).execute(db).await?;
        s.commit().await?;
        let (dee, post) = (s.saved(dee)?, s.saved(post)?);
        assert!(s[dee].id != id);
        assert_eq!((s[dee].name.as_str(), s[post].author_id), ("Dora", s[dee].id));
        assert_eq!(User::find(s[dee].id).one(db).await?, s[dee]);
    }

    async fn changes_are_to_be_flushed_again(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Anna".into();
        s.flush().await?;
        s[ann].age = Some(42);
        s.flush().await?;
        assert_eq!(s[ann].version, 3);
        s.rollback().await?;
        // The version is that of the database again.
        assert_eq!((s[ann].name.as_str(), s[ann].age, s[ann].version), ("Anna", Some(42), 1));
        assert_eq!(s.changes().updated[0].columns.len(), 2);
        s.commit().await?;
        assert_eq!((s[ann].version, User::find(1).one(db).await?), (2, s[ann].clone()));
    }

    async fn changes_can_be_given_up(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [ann, bob] = [s.get::<User>(1).await?, s.get::<User>(2).await?];
        let new = s.add(User::insert().email("new@example.org").name("New"));
        s[ann].name = "Anna".into();
        s.flush().await?;
        s.delete(bob)?;
        s.rollback().await?;
        s.discard_changes();
        assert!(s.changes().is_empty());
        assert_eq!((s[ann].name.as_str(), s[bob].name.as_str()), ("Ann", "Bob"));
        assert!(s.saved(new).unwrap_err().to_string().contains("rolled back"));
        assert_statements!(db, 0, s.commit().await?);
    }

    async fn deleted_rows_are_back(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let cid = s.get::<User>(3).await?;
        s.delete(cid)?;
        s.flush().await?;
        assert!(s.try_ref(cid).is_err());
        s.rollback().await?;
        assert_eq!(s[cid].name, "Cid");
        assert_eq!(s.get::<User>(3).await?, cid);
        s.commit().await?;
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn rows_that_were_added_and_deleted_are_gone(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        s.flush().await?;
        let dee = s.saved(dee)?;
        s.delete(dee)?;
        s.flush().await?;
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn rows_have_one_handle_however_their_keys_were_given_away(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let cid = s.get::<User>(3).await?;
        s.delete(cid)?;
        s.flush().await?;
        User::insert_all([User { id: 3, ..user("other@example.org") }]).execute(&mut s).await?;
        let other = s.get::<User>(3).await?;
        assert!(other != cid);
        s.rollback().await?;
        assert!(s.try_ref(other).unwrap_err().to_string().contains("rolled back"));
        assert_eq!((s.get::<User>(3).await?, s[cid].name.as_str()), (cid, "Cid"));
    }

    async fn changed_keys_are_as_they_were(db: Database) {
        db.create_tables::<Employee>().await?;
        Employee::insert_all([Employee { id: 7, name: "x".into(), manager_id: None }]).execute(db).await?;
        let mut s = db.session();
        let row = s.get::<Employee>(7).await?;
        s[row].id = 1;
        s.flush().await?;
        s.rollback().await?;
        assert_eq!(s[row].id, 7);
        assert_eq!(assert_statements!(db, 0, s.get::<Employee>(7).await?), row);
    }

    async fn a_key_that_is_to_change_is_to_change_still(db: Database) {
        db.create_tables::<Employee>().await?;
        Employee::insert_all([Employee { id: 7, name: "x".into(), manager_id: None }]).execute(db).await?;
        let mut s = db.session();
        let row = s.get::<Employee>(7).await?;
        s[row].name = "y".into();
        s.flush().await?;
        s[row].id = 1;
        s.rollback().await?;
        assert_eq!((s[row].id, s.changes().updated[0].columns.len()), (1, 2));
        s.commit().await?;
        assert_eq!(Employee::query().all(db).await?, [s[row].clone()]);
        // The same for a new row, and rows that reference it still do.
        let new = s.add(Employee { id: 8, name: "new".into(), manager_id: None });
        let report = s.add(Employee { id: 9, name: "report".into(), manager_id: Some(8) });
        s.flush().await?;
        let row = s.saved(new)?;
        s[row].id = 5;
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(s[s.saved(report)?].manager_id, Some(5));
        assert_eq!(Employee::query().order_by(|e| e.id.asc()).select(|e| e.id).all(db).await?, [1, 5, 9]);
    }

    async fn after_a_flush_that_failed_nothing_is_lost(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [ann, cid] = [s.get::<User>(1).await?, s.get::<User>(3).await?];
        let post = s.get::<Post>(1).await?;
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        let own = s.add(Post::insert().author(dee).title("Dee's"));
        s.link(post, |p| p.author(), dee)?;
        s[ann].email = "bob@example.org".into(); // taken
        s.delete(cid)?;
        let error = s.flush().await.unwrap_err();
        assert!(error.is_unique_violation(), "{error:?}");
        assert!(error.sql().unwrap().starts_with("UPDATE"), "{error:?}");
        // Everything is as before, and the transaction refuses to go on with half of the flush.
        assert!(s.saved(dee).is_err() && s.saved(own).is_err());
        assert_eq!((s[ann].email.as_str(), s[post].author_id), ("bob@example.org", 1));
        let refused = s.flush().await.unwrap_err();
        assert!(refused.is_transaction_dead() && refused.to_string().contains("a flush in this transaction failed"), "{refused:?}");
        assert!(User::query().count(&mut s).await.unwrap_err().is_transaction_dead());
        assert!(s.commit().await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        assert_eq!(User::query().count(db).await?, 3);
        s[ann].email = "anna@example.org".into();
        s.commit().await?;
        let (dee, own) = (s.saved(dee)?, s.saved(own)?);
        assert_eq!((s[own].author_id, s[post].author_id), (s[dee].id, s[dee].id));
        assert_eq!(User::find(1).one(db).await?.email, "anna@example.org");
        assert_eq!(User::query().filter(|u| u.name.eq("Cid")).count(db).await?, 0);
        assert_eq!(Post::find(1).one(db).await?, s[post]);
    }

    async fn what_a_flush_that_failed_has_done_is_to_be_done_again(db: Database) {
        db.create_tables::<Badge>().await?;
        let badge = |id, code: &str, nick: &str| Badge { id, code: code.into(), nick: Some(nick.into()) };
        Badge::insert_all([badge(1, "a", "x"), badge(2, "b", "y"), badge(3, "c", "z")]).execute(db).await?;
        let mut s = db.session();
        let [one, two] = [s.get::<Badge>(1).await?, s.get::<Badge>(2).await?];
        s.delete(one)?;
        s[two].id = 9;
        // It takes the code of the first and the key of the second, which change before, and a name that is not
        // released.
        let new = s.add(badge(2, "a", "z"));
        let before = format!("{:?}", s.changes());
        assert!(s.commit().await.unwrap_err().is_unique_violation());
        assert_eq!(format!("{:?}", s.changes()), before);
        s.rollback().await?;
        assert_eq!(format!("{:?}", s.changes()), before);
        s.delete(new)?;
        s.add(badge(2, "a", "free"));
        s.commit().await?;
        let stored = Badge::query().order_by(|b| b.id.asc()).all(db).await?;
        assert_eq!(stored, [badge(2, "a", "free"), badge(3, "c", "z"), badge(9, "b", "y")]);
    }

    async fn rows_that_a_type_refuses_to_read_are_new_still(db: Database) {
        db.create_tables::<Mood>().await?;
        let mood = |name: &str| Mood { id: 0, name: name.into(), word: Moody(format!("{name}!")) };
        let mut s = db.session();
        let new = [s.add(mood("Glad")), s.add(mood("Sad"))];
        REFUSES.set(true);
        assert!(s.commit().await.unwrap_err().is_decode());
        REFUSES.set(false);
        s.rollback().await?;
        s.commit().await?;
        let [glad, sad] = [s.saved(new[0])?, s.saved(new[1])?];
        assert_eq!((s[glad].name.as_str(), s[glad].word.0.as_str(), s[sad].word.0.as_str()), ("Glad", "Glad!", "Sad!"));
        assert_eq!(Mood::query().order_by(|m| m.id.asc()).all(db).await?, [s[glad].clone(), s[sad].clone()]);
    }

    async fn rows_that_were_read_behind_a_statement_are_looked_at_before_they_are_changed(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        User::update().set(|u| u.age.to(7)).filter(|u| u.id.eq(1)).execute(&mut s).await?;
        let [ann, bob] = [s.get::<User>(1).await?, s.get::<User>(2).await?];
        s[ann].name = "Anna".into();
        s.rollback().await?;
        // No database has this row's values: whether 7 is meant cannot be known.
        s[ann].age = Some(7);
        for _ in 0..2 {
            let error = s.commit().await.unwrap_err();
            assert!(error.is_stale(), "{error:?}");
            let expected = "the row with `id` 1 of `User` (table `users`) is out of date: it was read after \
                            a statement that has since been rolled back; read it again with \
                            `refresh(..).discard_changes()`";
            assert_eq!(error.to_string(), expected);
            s.rollback().await?;
        }
        s.refresh(ann).discard_changes().await?;
        assert_eq!(s[ann].age, Some(41));
        s[ann].age = Some(7);
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.age, Some(7));
        // A row that is still as it was read is updated, after a check.
        s[bob].age = Some(8);
        assert_statements!(db, 2, s.commit().await?);
        s[bob].age = Some(9);
        assert_statements!(db, 1, s.commit().await?);
        assert_eq!(User::find(2).one(db).await?.age, Some(9));
    }

    async fn maps_and_sets_may_be_read_in_another_order(db: Database) {
        /// Its columns are stored as JSON.
        #[derive(Model)]
        #[orm(table = "documents")]
        struct Document {
            #[orm(primary_key)]
            id: u32,
            title: String,
            #[orm(json)]
            scores: HashMap<String, i32>,
            #[orm(json)]
            tags: HashSet<String>,
        }
        db.create_tables::<Document>().await?;
        let names = || (0..20).map(|number| number.to_string());
        let row = Document {
            id: 1,
            title: "a".into(),
            scores: names().zip(0..).collect(),
            tags: names().collect(),
        };
        Document::insert_all([row]).execute(db).await?;
        let mut s = db.session();
        let mut savepoint = s.begin_savepoint().await?;
        Document::update().set(|d| d.title.to("a")).all_rows().execute(&mut savepoint).await?;
        let document = savepoint.get::<Document>(1).await?;
        savepoint.rollback().await?;
        s[document].title = "b".into();
        s.commit().await?;
        assert_eq!(Document::query().select(|d| d.title).one(db).await?, "b");
    }

    async fn a_savepoint_that_is_undone_leaves_no_doubt_about_what_was_read_before(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        User::update().set(|u| u.age.to(5)).all_rows().execute(&mut s).await?;
        let ann = s.get::<User>(1).await?;
        let mut bob = None;
        let undone: orm::Result<()> = s
            .savepoint(async |mut tx| {
                User::update().set(|u| u.age.to(7)).all_rows().execute(&mut tx).await?;
                bob = Some(tx.get::<User>(2).await?);
                Err(orm::Error::new(ErrorKind::Raised, "undo it"))
            })
            .await;
        assert!(undone.unwrap_err().is_raised());
        let bob = bob.expect("it was read");
        assert_eq!((s[ann].age, s[bob].age), (Some(5), Some(7)));
        s[ann].age = Some(6);
        s.flush().await?;
        s[bob].age = Some(7);
        assert!(s.flush().await.unwrap_err().is_stale());
        s.refresh(bob).discard_changes().await?;
        s[bob].age = Some(7);
        s.commit().await?;
        let ages = User::query().order_by(|u| u.id.asc()).limit(2).select(|u| u.age).all(db).await?;
        assert_eq!(ages, [Some(6), Some(7)]);
    }

    async fn a_session_that_is_dropped_flushes_nothing(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].name = "X".into();
        drop(s);
        assert_eq!(User::find(1).one(db).await?.name, "Ann");
    }

    async fn a_closure_commits_what_it_changed_or_nothing(db: Database) {
        shop(db).await?;
        async fn transfer(mut tx: &mut Transaction, from: u64, to: u64, years: i32) -> orm::Result<()> {
            let [a, b] = [tx.get::<User>(from).await?, tx.get::<User>(to).await?];
            tx[a].age = tx[a].age.map(|age| age - years);
            tx[b].age = tx[b].age.map(|age| age + years);
            if User::query().filter(|u| u.age.lt(0)).exists(&mut tx).await? {
                return Err(orm::Error::new(ErrorKind::OutOfRange, "too young"));
            }
            Ok(())
        }
        db.transaction().run(async |tx| transfer(tx, 1, 2, 1).await).await?;
        assert!(db.transaction().run(async |tx| transfer(tx, 1, 2, 41).await).await.is_err());
        let ages = User::query().order_by(|u| u.id.asc()).limit(2).select(|u| u.age).all(db).await?;
        assert_eq!(ages, [Some(40), Some(18)]);
    }
}

fn user(email: &str) -> User {
    User { id: 0, email: email.into(), name: "x".into(), age: None, created_at: orm::now(), version: 1 }
}
