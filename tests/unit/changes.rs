//! What a flush would send: `changes`.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn are_known_before(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        assert!(s.changes().is_empty());
        let [ann, bob, cid] = [s.get::<User>(1).await?, s.get::<User>(2).await?, s.get::<User>(3).await?];
        s[ann].age = None;
        s[ann].name = "Anna".into();
        s[bob].name = "Bob".into();
        s.delete(cid)?;
        s.add(Post::insert().author(ann).title("x"));
        let changes = s.changes();
        assert_eq!(changes.to_string(), "insert posts; update users (name, age); delete users");
        assert_eq!(changes.updated[0].key, [orm::value::Datum::UInt(1)]);
        assert_eq!(changes.deleted[0].table.model, "User");
        assert!(!s.is_active() || !changes.is_empty());
        s.flush().await?;
        assert!(s.changes().is_empty());
    }
}
