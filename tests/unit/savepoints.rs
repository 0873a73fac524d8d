//! Rows in savepoints.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn that_are_undone_restore_what_was_changed_inside(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [ann, bob, cid] = [s.get::<User>(1).await?, s.get::<User>(2).await?, s.get::<User>(3).await?];
        s[ann].name = "Before".into();
        let mut savepoint = s.begin_savepoint().await?;
        savepoint[ann].name = "Inside".into();
        savepoint[bob].name = "Inside".into();
        savepoint.delete(cid)?;
        let new = savepoint.add(User::insert().email("new@example.org").name("New"));
        savepoint.flush().await?;
        savepoint[bob].age = Some(99); // not flushed
        savepoint.rollback().await?;
        assert_eq!((s[ann].name.as_str(), s[bob].name.as_str(), s[bob].age), ("Before", "Bob", Some(17)));
        assert_eq!(s[cid].name, "Cid");
        assert!(s.saved(new).unwrap_err().to_string().contains("rolled back"));
        s.commit().await?;
        let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(db).await?;
        assert_eq!(names, ["Before", "Bob", "Cid"]);
    }

    async fn that_are_kept_are_a_part_of_the_transaction(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s.savepoint(async |tx| {
            tx[ann].name = "Inside".into();
            tx.add(User::insert().email("new@example.org").name("New"));
            Ok(())
        })
        .await?;
        s.rollback().await?;
        assert_eq!(User::query().count(db).await?, 3);
        s.commit().await?;
        assert_eq!((User::query().count(db).await?, User::find(1).one(db).await?.name.as_str()), (4, "Inside"));
    }

    async fn that_are_undone_leave_no_change_of_a_row_that_was_deleted_inside(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let cid = s.get::<User>(3).await?;
        let mut savepoint = s.begin_savepoint().await?;
        savepoint[cid].name = "Inside".into();
        savepoint.delete(cid)?; // the change is not sent
        savepoint.flush().await?;
        savepoint.rollback().await?;
        assert_eq!((s[cid].name.as_str(), s.changes().is_empty()), ("Cid", true));
    }

    async fn that_are_undone_leave_no_change_by_a_row_that_was_forgotten_inside(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let hello = s.get::<Post>(1).await?;
        let mut savepoint = s.begin_savepoint().await?;
        let new = savepoint.add(User::insert().email("new@example.org").name("New"));
        savepoint.link(hello, |p| p.reviewer(), new)?;
        savepoint.delete(hello)?;
        savepoint.delete(new)?; // hello would lose its reviewer, but is deleted itself
        savepoint.flush().await?;
        savepoint.rollback().await?;
        assert_eq!((s[hello].reviewer_id, s.changes().is_empty()), (Some(2), true));
    }

    async fn that_are_undone_undo_what_was_done_after_a_clear(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let new = |name: &str| User::insert().email(format!("{name}@example.org")).name(name);
        s.add(new("Dan"));
        s.add(new("Eve"));
        let mut outer = s.begin_savepoint().await?;
        let mut inner = outer.begin_savepoint().await?;
        inner.clear();
        let (ann, fay) = (inner.get::<User>(1).await?, inner.add(new("Fay")));
        inner[ann].name = "Inside".into();
        inner.flush().await?;
        inner.rollback().await?;
        assert!(outer.saved(fay).unwrap_err().to_string().contains("rolled back"));
        assert_eq!(outer[ann].name, "Ann");
        outer[ann].name = "Outside".into();
        outer.release().await?;
        s.commit().await?;
        let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(db).await?;
        assert_eq!(names, ["Outside", "Bob", "Cid", "Dan", "Eve"]);
    }

    async fn contain_a_flush_that_fails(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Outside".into();
        let work = async |tx: &mut Transaction| {
            tx.add(User::insert().email("fine@example.org").name("Fine"));
            tx[ann].email = "bob@example.org".into();
            tx.flush().await
        };
        assert!(s.savepoint(work).await.unwrap_err().is_unique_violation());
        assert_eq!(s[ann].email, "ann@example.org");
        s.add(User::insert().email("after@example.org").name("After"));
        s.commit().await?;
        let names = User::query().order_by(|u| u.name.asc()).select(|u| u.name).all(db).await?;
        assert_eq!(names, ["After", "Bob", "Cid", "Outside"]);
    }

    async fn nest(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        let mut outer = s.begin_savepoint().await?;
        outer[ann].name = "Outer".into();
        let mut inner = outer.begin_savepoint().await?;
        inner[ann].name = "Inner".into();
        inner.rollback().await?;
        assert_eq!(outer[ann].name, "Outer");
        let mut inner = outer.begin_savepoint().await?;
        inner[ann].age = Some(1);
        inner.release().await?;
        outer.rollback().await?;
        assert_eq!((s[ann].name.as_str(), s[ann].age), ("Ann", Some(41)));
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?, s[ann]);
    }
}
