//! Valid and invalid handles.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn of_another_session_are_refused(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s.close().await?;
        let mut other = db.session();
        other.get::<User>(1).await?;
        assert!(other.try_ref(ann).unwrap_err().is_not_tracked());
        assert!(other.try_mut(ann).unwrap_err().to_string().contains("another session"));
        assert!(other.delete(ann).unwrap_err().is_not_tracked());
        assert!(other.refresh(ann).await.unwrap_err().is_not_tracked());
        other.add(Post::insert().author(ann).title("x"));
        assert!(other.flush().await.unwrap_err().is_not_tracked());
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| other[ann].name.clone()));
        let message = *panic.unwrap_err().downcast::<String>().unwrap();
        assert_eq!(message, "the row belongs to another session, or to this one before it was cleared");
    }

    async fn fit_no_more_once_their_row_is_gone(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [ann, bob, cid] = [s.get::<User>(1).await?, s.get::<User>(2).await?, s.get::<User>(3).await?];
        assert_eq!(s.take(ann)?.name, "Ann");
        s.forget(bob)?;
        s.delete(cid)?;
        let why = |handle| s.try_ref(handle).unwrap_err().to_string();
        assert_eq!(why(ann), "this row of `User` was taken out of the session");
        assert_eq!(why(bob), "this row of `User` was forgotten");
        assert_eq!(why(cid), "this row of `User` was deleted");
        assert!(s.delete(cid).unwrap_err().is_not_tracked());
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| s[cid].name.push('x')));
        assert_eq!(*panic.unwrap_err().downcast::<String>().unwrap(), "this row of `User` was deleted");
        // A forgotten row can be loaded again, under another handle.
        let again = s.get::<User>(2).await?;
        assert!(again != bob && s[again].name == "Bob");
        s.clear();
        assert!(s.try_ref(again).unwrap_err().to_string().contains("cleared"));
    }

    async fn of_several_rows_lend_them_at_once(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [ann, bob] = [s.get::<User>(1).await?, s.get::<User>(2).await?];
        let [a, b] = s.disjoint_mut([ann, bob])?;
        std::mem::swap(&mut a.name, &mut b.name);
        assert!(s.disjoint_mut([ann, ann]).unwrap_err().is_invalid_query());
        s.commit().await?;
        assert_eq!((s[ann].name.as_str(), s[bob].name.as_str()), ("Bob", "Ann"));
        assert_eq!(User::find(1).one(db).await?.name, "Bob");
    }

    async fn that_are_forgotten_or_taken_flush_nothing(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [ann, bob] = [s.get::<User>(1).await?, s.get::<User>(2).await?];
        s[ann].name = "X".into();
        s[bob].name = "X".into();
        s.forget(ann)?;
        assert_eq!(s.take(bob)?.name, "X");
        s.commit().await?;
        assert_eq!(User::query().filter(|u| u.name.eq("X")).count(db).await?, 0);
    }
}
