//! Sessions with autoflush off.

use orm::assert_statements;
use orm::prelude::*;

use crate::support::Random;
use crate::support::models::*;

/// Without a version column, so that only the set of changed columns keeps concurrent changes apart.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "counters")]
struct Counter {
    #[orm(primary_key)]
    id: u32,
    name: String,
    hits: i32,
}

/// Returns the names of all users, as stored.
async fn names(on: impl Executor<'_>) -> orm::Result<Vec<String>> {
    User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(on).await
}

on_every_backend! {
    async fn that_is_off_leaves_all_that_waits_to_the_next_flush(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        assert!(s.autoflush());
        let [ann, cid] = [s.get::<User>(1).await?, s.get::<User>(3).await?];
        s.set_autoflush(false);
        s[ann].name = "Anna".into();
        s.delete(cid)?;
        let dan = s.add(User::insert().email("dan@example.org").name("Dan"));
        s.add(Post::insert().author(dan).title("By Dan"));
        let before = s.changes().to_string();
        let log = db.log();
        assert_eq!(names(&mut s).await?, ["Ann", "Bob", "Cid"]);
        assert_eq!(User::find(1).one(&mut s).await?.name, "Ann");
        assert_eq!(sql!("SELECT name FROM users WHERE id = 1").scalar::<String>(&mut s).await?, "Ann");
        let mut stream = Post::query().stream(&mut s);
        let mut posts = 0;
        while stream.next().await?.is_some() {
            posts += 1;
        }
        drop(stream);
        assert_eq!((posts, log.statements().len()), (4, 4), "{log}");
        assert_eq!(s.changes().to_string(), before);
        // Everything is sent, and only once.
        assert_statements!(db, 4, s.commit().await?);
        assert_statements!(db, 0, s.commit().await?);
        assert_eq!(names(db).await?, ["Anna", "Bob", "Dan"]);
        assert_eq!(Post::query().count(db).await?, 5);
        // The setting stays for the next transaction, until it is turned on again.
        s[ann].name = "Annie".into();
        assert_eq!(names(&mut s).await?[0], "Anna");
        s.set_autoflush(true);
        assert_eq!(names(&mut s).await?[0], "Annie");
        s.rollback().await?;
        assert_eq!(names(db).await?[0], "Anna");
    }

    async fn that_is_off_holds_for_no_flush_by_hand_savepoint_or_bulk_load(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        s.set_autoflush(false);
        let ann = s.get::<User>(1).await?;
        s[ann].name = "by hand".into();
        s.flush().await?;
        assert_eq!(names(&mut s).await?[0], "by hand");
        s[ann].name = "before a savepoint".into();
        let mut savepoint = s.begin_savepoint().await?;
        assert_eq!(names(&mut savepoint).await?[0], "before a savepoint");
        savepoint[ann].name = "in a savepoint".into();
        assert_eq!(names(&mut savepoint).await?[0], "before a savepoint");
        savepoint.release().await?;
        assert_eq!(names(&mut s).await?[0], "in a savepoint");
        let mut savepoint = s.begin_savepoint().await?;
        savepoint[ann].name = "undone".into();
        assert_eq!(names(&mut savepoint).await?[0], "in a savepoint");
        savepoint.rollback().await?;
        assert_eq!(s[ann].name, "in a savepoint");
        // A failure undoes only its own part: pending changes are sent before it.
        s[ann].name = "before a load".into();
        let twice = || User::insert().email("bob@example.org").name("Bob");
        assert!(User::insert_all([twice(), twice()]).bulk().execute(&mut s).await.is_err());
        assert_eq!(names(&mut s).await?[0], "before a load");
        assert_eq!(s[ann].name, "before a load");
        assert!(!s.autoflush());
        s.commit().await?;
        assert_eq!(names(db).await?[0], "before a load");
    }

    async fn that_is_off_lets_changes_stay_in_rows_that_are_read_again(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [ann, bob] = [s.get::<User>(1).await?, s.get::<User>(2).await?];
        s.commit().await?;
        User::update().set(|u| u.age.to(50)).all_rows().execute(db).await?;
        s.set_autoflush(false);
        s[ann].name = "Anna".into();
        s[bob].name.push('!');
        s[bob].name.pop(); // back to the old value
        assert_eq!(User::query().filter(|u| u.id.le(2)).order_by(|u| u.id.asc()).track(&mut s).await?, [ann, bob]);
        assert_eq!((s[ann].name.as_str(), s[ann].age, s[ann].version), ("Anna", Some(41), 1));
        assert_eq!((s[bob].age, s[bob].version), (Some(50), 2));
        // She was changed by someone else meanwhile, which is detected.
        assert!(s.commit().await.unwrap_err().is_stale());
        s.rollback().await?;
        assert_eq!(s[ann].name, "Anna");
        s.refresh(ann).discard_changes().await?;
        s[ann].name = "Anna".into();
        s[bob].name = "Bobby".into();
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?, s[ann]);
        assert_eq!((s[ann].age, names(db).await?), (Some(50), vec!["Anna".to_owned(), "Bobby".into(), "Cid".into()]));
    }

    async fn that_is_off_lets_no_row_with_changes_be_locked(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        s.set_autoflush(false);
        let [ann, bob] = [s.get::<User>(1).await?, s.get::<User>(2).await?];
        s[ann].name = "Anna".into();
        s[bob].name.push('!');
        s[bob].name.pop();
        let error = s.get::<User>(1).for_update().await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("flush first, then lock it"), "{error:?}");
        assert!(s.refresh(ann).for_share().await.unwrap_err().is_invalid_query());
        let error = User::query().for_update().track(&mut s).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("`User` has unflushed changes"), "{error:?}");
        assert_eq!(User::query().filter(|u| u.id.gt(1)).for_update().track(&mut s).await?[0], bob);
        assert_eq!(s[ann].name, "Anna");
        s.flush().await?;
        assert_eq!(s.get::<User>(1).for_update().await?, ann);
        s.commit().await?;
        assert_eq!(names(db).await?[0], "Anna");
    }

    async fn that_is_off_gives_no_handle_of_a_row_that_is_to_be_deleted(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let cid = s.get::<User>(3).await?;
        s.set_autoflush(false);
        s.delete(cid)?;
        assert_eq!(s.find::<User>(3).await?, None);
        assert!(s.get::<User>(3).await.unwrap_err().is_not_found());
        assert_eq!(s.find::<User>(3).for_update().await?, None);
        assert_eq!(User::query().all(&mut s).await?.len(), 3);
        let error = User::query().track(&mut s).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("a row of `User` that is marked for deletion"), "{error:?}");
        let error = sql!("SELECT * FROM {@User}").track::<User>(&mut s).await.unwrap_err();
        assert!(error.is_invalid_query(), "{error:?}");
        assert_eq!(User::query().filter(|u| u.id.lt(3)).track(&mut s).await?.len(), 2);
        s.commit().await?;
        assert_eq!(names(db).await?, ["Ann", "Bob"]);
        assert_eq!(User::query().track(&mut s).await?.len(), 2);
    }

    async fn that_is_off_finds_no_new_row_by_its_key(db: Database) {
        db.create_tables::<Employee>().await?;
        let mut s = db.session();
        s.set_autoflush(false);
        let one = s.add(Employee { id: 1, name: "one".into(), manager_id: None });
        assert_eq!(assert_statements!(db, 1, s.find::<Employee>(1).await?), None);
        assert!(Employee::query().track(&mut s).await?.is_empty());
        // A changed key is the row's key from the flush on.
        s.flush().await?;
        let one = s.saved(one)?;
        s[one].id = 7;
        assert_eq!(assert_statements!(db, 0, s.get::<Employee>(1).await?), one);
        assert_eq!(s.find::<Employee>(7).await?, None);
        assert_eq!(Employee::query().track(&mut s).await?, [one]);
        assert_eq!(s[one].id, 7);
        s.commit().await?;
        assert_eq!(assert_statements!(db, 0, s.get::<Employee>(7).await?), one);
        // A key that is taken is a violation, as usual.
        let eight = s.add(Employee { id: 8, name: "ours".into(), manager_id: None });
        Employee::insert_all([Employee { id: 8, name: "theirs".into(), manager_id: None }]).execute(&mut s).await?;
        let theirs = s.get::<Employee>(8).await?;
        assert_eq!(s[theirs].name, "theirs");
        assert!(s.commit().await.unwrap_err().is_unique_violation());
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(s[s.saved(eight)?].name, "ours");
    }

    async fn that_is_off_lets_statements_run_before_what_waits(db: Database) {
        shop(db).await?;
        db.create_tables::<Employee>().await?;
        let row = |id| Employee { id, name: "new".into(), manager_id: None };
        Employee::insert_all([row(1), row(2), row(3)]).execute(db).await?;
        let mut s = db.session();
        s.set_autoflush(false);
        let rows = Employee::query().order_by(|e| e.id.asc()).track(&mut s).await?;
        s[rows[0]].name = "waits".into();
        s[rows[1]].manager_id = Some(1);
        Employee::update().set(|e| e.name.to("all")).all_rows().execute(&mut s).await?;
        sql!("UPDATE {@Employee} SET manager_id = 3 WHERE id = 1").execute(&mut s).await?;
        s.commit().await?;
        let now = Employee::query().order_by(|e| e.id.asc()).select(|e| (e.name, e.manager_id)).all(db).await?;
        assert_eq!(now, [("waits".into(), Some(3)), ("all".into(), Some(1)), ("all".into(), None)]);
        // A row that such a statement has deleted, or whose version it has incremented, is detected.
        s[rows[2]].name = "waits".into();
        Employee::delete().filter(|e| e.id.eq(3)).execute(&mut s).await.unwrap_err(); // 1 references it
        Employee::update().set(|e| e.manager_id.to(None)).all_rows().execute(&mut s).await?;
        Employee::delete().filter(|e| e.id.eq(3)).execute(&mut s).await?;
        assert!(s.commit().await.unwrap_err().is_stale());
        s.rollback().await?;
        s.discard_changes();
        let ann = s.get::<User>(1).await?;
        s[ann].name = "waits".into();
        User::update().set(|u| u.age.to(50)).all_rows().execute(&mut s).await?;
        assert!(s.commit().await.unwrap_err().is_stale());
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?, s[ann]);
        assert_eq!((s[ann].name.as_str(), s[ann].age), ("waits", Some(41)));
    }

    async fn that_is_off_loses_nothing_and_sends_nothing_twice(db: Database) {
        db.create_tables::<Counter>().await?;
        for seed in 0..4 {
            Counter::delete().all_rows().execute(db).await?;
            let (mut s, mut random) = (db.session(), Random::new(seed));
            // The expected final state: by handles, or without one until the next flush.
            let (mut rows, mut new) = (Vec::<(Handle<Counter>, Counter)>::new(), Vec::new());
            for turn in 1..=150_u32 {
                s.set_autoflush(random.below(4) == 0);
                let name = format!("{turn}");
                let one = if rows.is_empty() { 0 } else { random.below(rows.len()) };
                match random.below(12) {
                    0 | 1 => {
                        let row = Counter { id: turn, name, hits: 0 };
                        new.push((s.add(row.clone()), row));
                    }
                    2..=4 if !rows.is_empty() => {
                        s[rows[one].0].name.clone_from(&name);
                        rows[one].1.name = name;
                    }
                    5 if !rows.is_empty() => {
                        s[rows[one].0].id = turn;
                        rows[one].1.id = turn;
                    }
                    6 if !rows.is_empty() => s.delete(rows.swap_remove(one).0)?,
                    7 => {
                        // The pending changes do not include hits: these are added to the stored ones, before or after
                        // a flush.
                        let flushes = s.autoflush();
                        Counter::update().set(|c| c.hits.to(c.hits + 1)).all_rows().execute(&mut s).await?;
                        rows.iter_mut().for_each(|(_, row)| row.hits += 1);
                        if flushes {
                            new.iter_mut().for_each(|(_, row): &mut (_, Counter)| row.hits += 1);
                        }
                    }
                    8 => s.flush().await?,
                    9 => s.savepoint(async |tx| tx.find::<Counter>(0).await.map(drop)).await?,
                    10 => s.commit().await?,
                    _ => {
                        let all = Counter::query().all(&mut s).await?;
                        let there: Vec<u32> = rows.iter().map(|(_, row)| row.id).collect();
                        for id in all.iter().map(|row| row.id).filter(|id| there.contains(id)) {
                            let found = s.find::<Counter>(id).await?.unwrap();
                            assert!(rows.iter().any(|(handle, _)| *handle == found), "seed {seed}, turn {turn}");
                        }
                    }
                }
                for (row, values) in std::mem::take(&mut new) {
                    match s.saved(row) {
                        Ok(handle) => rows.push((handle, values)),
                        Err(_) => new.push((row, values)),
                    }
                }
                for (handle, row) in &rows {
                    assert_eq!((s[*handle].id, &s[*handle].name), (row.id, &row.name), "seed {seed}, turn {turn}");
                }
            }
            s.commit().await?;
            let mut expected: Vec<Counter> = rows.into_iter().chain(new.into_iter().map(|(row, values)| (s.saved(row).unwrap(), values))).map(|(_, row)| row).collect();
            expected.sort_by_key(|row| row.id);
            assert_eq!(Counter::query().order_by(|c| c.id.asc()).all(db).await?, expected, "seed {seed}");
        }
    }

    async fn that_is_off_lets_links_and_collections_wait(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        s.set_autoflush(false);
        let [ann, bob] = [s.get::<User>(1).await?, s.get::<User>(2).await?];
        let new = s.add(User::insert().email("dan@example.org").name("Dan"));
        let posts = Post::query().order_by(|p| p.id.asc()).track(&mut s).await?;
        s.link(posts[0], |p| p.reviewer(), new)?;
        s.replace(bob, |u| u.reviews(), [posts[1]])?;
        let read: Vec<(Handle<User>, Vec<Handle<Post>>)> =
            User::query().with(|u| u.reviews()).order_by(|u| u.id.asc()).track(&mut s).await?;
        assert_eq!((read[0].0, read[0].1[0], read[1].1[0]), (ann, posts[2], posts[0]));
        s.commit().await?;
        let new = s.saved(new)?;
        let reviewers = Post::query().order_by(|p| p.id.asc()).select(|p| p.reviewer_id).all(db).await?;
        assert_eq!(reviewers, [Some(s[new].id), Some(2), Some(1), None]);
    }
}
