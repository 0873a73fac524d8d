//! Tracked rows of queries.

use orm::driver::Isolation;
use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn have_handles_in_their_shape(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let pairs: Vec<(Handle<Post>, Handle<User>)> =
            Post::query().join(|p| p.author()).order_by(|(p, _)| p.id.asc()).track(&mut s).await?;
        assert_eq!(pairs.len(), 4);
        assert_eq!(pairs[0].1, pairs[1].1);
        assert_eq!((s[pairs[2].0].title.as_str(), s[pairs[2].1].name.as_str()), ("Bob's", "Bob"));

        let outer: Vec<(Handle<User>, Option<Handle<Post>>)> =
            User::query().left_join(|u| u.posts()).order_by(|(u, p)| (u.id.asc(), p.id.asc())).track(&mut s).await?;
        assert_eq!((outer[0], outer[4].1), ((pairs[0].1, Some(pairs[0].0)), None));

        let graph: Vec<(Handle<User>, Vec<Handle<Post>>)> =
            User::query().with(|u| u.posts().order_by(|p| p.id.asc())).order_by(|u| u.id.asc()).track(&mut s).await?;
        assert_eq!((graph[0].1.len(), graph[0].1[0]), (3, pairs[0].0));

        let authors: Vec<Handle<User>> =
            Post::query().join(|p| p.author()).select(|(_, a)| a).distinct().track(&mut s).await?;
        assert_eq!(authors.len(), 2);
    }

    async fn are_brought_up_to_date_behind_a_statement(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        User::update().set(|u| u.name.to("Anna")).filter(|u| u.id.eq(1)).execute(&mut s).await?;
        assert_eq!(s[ann].name, "Ann");
        assert_eq!(User::query().filter(|u| u.id.eq(1)).track(&mut s).await?, [ann]);
        assert_eq!(s[ann].name, "Anna");
        sql!("UPDATE {@User} SET name = 'Annie' WHERE id = 1").execute(&mut s).await?;
        User::query().track(&mut s).await?;
        assert_eq!(s[ann].name, "Annie");
    }

    async fn of_an_earlier_transaction_are_brought_up_to_date(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s.commit().await?;
        User::update().set(|u| u.name.to("Anna")).filter(|u| u.id.eq(1)).execute(db).await?;
        assert_eq!(s[ann].name, "Ann");
        User::query().track(&mut s).await?;
        assert_eq!(s[ann].name, "Anna");
    }

    async fn keep_changes_that_are_not_flushed(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Zoe".into();
        assert_eq!(User::query().filter(|u| u.name.eq("Zoe")).track(&mut s).await?, [ann]);
        assert_eq!(s[ann].name, "Zoe");
        s.rollback().await?;
        assert_eq!(User::find(1).one(db).await?.name, "Ann");
    }

    async fn make_room_for_a_new_one_with_the_key_of_one_that_a_statement_deleted(db: Database) {
        db.create_tables::<Employee>().await?;
        let employee = |id, name: &str| Employee { id, name: name.into(), manager_id: None };
        Employee::insert_all([employee(1, "Ann"), employee(2, "Bob")]).execute(db).await?;
        let mut s = db.session();
        let [ann, bob] = [s.get::<Employee>(1).await?, s.get::<Employee>(2).await?];
        Employee::delete().all_rows().execute(&mut s).await?;
        let new = s.add(employee(1, "Anna"));
        s.flush().await?;
        let new = s.saved(new)?;
        assert_eq!((s.get::<Employee>(1).await?, Employee::query().track(&mut s).await?), (new, vec![new]));
        assert!(s.try_ref(ann).unwrap_err().to_string().contains("was deleted"));
        // By a changed key as well.
        s[new].id = 2;
        s.flush().await?;
        assert_eq!(s.get::<Employee>(2).await?, new);
        assert!(s.try_ref(bob).unwrap_err().to_string().contains("was deleted"));
        // They are back.
        s.rollback().await?;
        s.discard_changes();
        assert_eq!((s.get::<Employee>(1).await?, s.get::<Employee>(2).await?), (ann, bob));
        // Changes of a deleted row are not applied to the one that has its key.
        s.set_autoflush(false);
        Employee::delete().all_rows().execute(&mut s).await?;
        s[ann].name = "Annie".into();
        s.add(employee(1, "Anna"));
        assert!(s.commit().await.unwrap_err().is_stale());
    }

    async fn as_values_are_copies(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        let mut copy = User::find(1).one(&mut s).await?;
        copy.name = "Copy".into();
        assert_eq!(s[ann].name, "Ann");
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.name, "Ann");
    }
}

on_servers! {
    async fn are_not_overwritten_within_a_transaction(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.transaction().isolation(Isolation::ReadCommitted).session();
        let ann = s.get::<User>(1).await?;
        User::update().set(|u| u.name.to("Anna")).filter(|u| u.id.eq(1)).execute(db).await?;
        assert_eq!(User::query().filter(|u| u.name.eq("Anna")).track(&mut s).await?, [ann]);
        assert_eq!(s[ann].name, "Ann");
        // A locking read returns the latest version.
        User::query().filter(|u| u.id.eq(1)).for_update().track(&mut s).await?;
        assert_eq!(s[ann].name, "Anna");
    }
}

/// In a table created by another program: a released key is given out again.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tickets")]
struct Ticket {
    #[orm(primary_key, auto)]
    id: u32,
    name: String,
}

on_sqlite! {
    async fn to_be_deleted_take_no_other_one_with_them_that_got_their_key(db: Database) {
        sql!("CREATE TABLE tickets (id INTEGER PRIMARY KEY, name TEXT NOT NULL)").execute(db).await?;
        let old = Ticket::insert().name("old").returning(db).await?;
        let mut s = db.session();
        let gone = s.get::<Ticket>(old.id).await?;
        sql!("DELETE FROM tickets").execute(&mut s).await?;
        s.delete(gone)?;
        let new = s.add(Ticket::insert().name("new"));
        s.flush().await?;
        let new = s.saved(new)?;
        assert_eq!((s[new].id, Ticket::query().count(&mut s).await?), (old.id, 1));
        // Both exist: the deleted row is back, and the new one is inserted again.
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(s[new].id, old.id + 1);
        assert_eq!(Ticket::query().order_by(|t| t.id.asc()).all(db).await?, [old, s[new].clone()]);
    }
}
