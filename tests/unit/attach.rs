//! Links of many-to-many relations, by difference.

use orm::assert_statements;
use orm::prelude::*;

use crate::many_to_many::{Follow, Person, people};

/// Its join model has a column of its own, which an insert may leave out.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "songs", many_to_many(lists: List, through = Entry), has_many(entries: Entry))]
pub struct Song {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub title: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "lists", many_to_many(songs: Song, through = Entry))]
pub struct List {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "entries", primary_key(song_id, list_id))]
pub struct Entry {
    #[orm(belongs_to = Song, on_delete = cascade)]
    pub song_id: u64,
    #[orm(belongs_to = List, on_delete = cascade)]
    pub list_id: u64,
    #[orm(default = 3)]
    pub stars: i32,
}

/// Ends with composite keys, and links with their own primary key.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "halls", primary_key(house, number), many_to_many(clubs: Club, through = Booking))]
pub struct Hall {
    #[orm(length = 20)]
    pub house: String,
    pub number: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "clubs", many_to_many(halls: Hall, through = Booking))]
pub struct Club {
    #[orm(primary_key, length = 20)]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "bookings", belongs_to(hall: Hall, by = (house, number)))]
pub struct Booking {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 20)]
    pub house: String,
    pub number: i32,
    #[orm(belongs_to = Club, relation = club, length = 20)]
    pub club_name: String,
}

/// Links with a tenant and soft delete.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "staff", many_to_many(desks: Desk, through = Seating))]
pub struct Clerk {
    #[orm(primary_key)]
    pub id: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "desks", many_to_many(staff: Clerk, through = Seating))]
pub struct Desk {
    #[orm(primary_key)]
    pub id: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "seatings", primary_key(clerk_id, desk_id), soft_delete = deleted_at)]
pub struct Seating {
    #[orm(belongs_to = Clerk)]
    pub clerk_id: u32,
    #[orm(belongs_to = Desk)]
    pub desk_id: u32,
    #[orm(scoped)]
    pub tenant: u32,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Creates songs "a" to "d" and lists "x" and "y"; "x" has "a" with five stars and "b" with three.
async fn songs(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Song, List, Entry)>().await?;
    Song::insert_all(["a", "b", "c", "d"].map(|title| Song::insert().title(title))).execute(db).await?;
    List::insert_all(["x", "y"].map(|name| List::insert().name(name))).execute(db).await?;
    Entry::insert().song_id(1).list_id(1).stars(5).execute(db).await?;
    Entry::insert().song_id(2).list_id(1).execute(db).await?;
    Ok(())
}

/// Returns the songs of a list, with their stars.
async fn of_list(id: u64, db: &Database) -> orm::Result<Vec<(u64, i32)>> {
    let entries = Entry::query().filter(|e| e.list_id.eq(id)).order_by(|e| e.song_id.asc());
    entries.select(|e| (e.song_id, e.stars)).all(db).await
}

async fn all<T: orm::Writable>(s: &mut Session) -> orm::Result<Vec<Handle<T>>> {
    T::query().track(s).await
}

on_every_backend! {
    async fn what_is_attached_is_not_attached_again(db: Database) {
        songs(db).await?;
        let mut s = db.session();
        let (songs, lists) = (all::<Song>(&mut s).await?, all::<List>(&mut s).await?);
        for &song in &songs {
            s.attach(lists[0], |l| l.songs(), song)?;
            s.attach(song, |s| s.lists(), lists[0])?; // from the other end, it is the same link
        }
        assert_statements!(db, 2, s.flush().await?); // one select, one insert of two rows
        s.attach(lists[0], |l| l.songs(), songs[2])?;
        assert_statements!(db, 1, s.flush().await?); // nothing is missing
        s.commit().await?;
        assert_eq!(of_list(1, db).await?, [(1, 5), (2, 3), (3, 3), (4, 3)]);
        // The join rows are tracked by the session.
        let entry = assert_statements!(db, 0, s.get::<Entry>((4, 1)).await?);
        s[entry].stars = 1;
        s.commit().await?;
        assert_eq!(of_list(1, db).await?[3], (4, 1));
    }

    async fn what_is_not_attached_is_not_detached(db: Database) {
        songs(db).await?;
        let mut s = db.session();
        let (songs, lists) = (all::<Song>(&mut s).await?, all::<List>(&mut s).await?);
        s.detach(lists[1], |l| l.songs(), songs[0])?;
        assert_statements!(db, 1, s.flush().await?);
        for &song in &songs[1..] {
            s.detach(lists[0], |l| l.songs(), song)?;
        }
        assert_statements!(db, 2, s.flush().await?); // one select, one delete
        s.commit().await?;
        assert_eq!(of_list(1, db).await?, [(1, 5)]);
        s.detach_all(lists[0], |l| l.songs())?;
        s.detach_all(lists[1], |l| l.songs())?;
        assert_statements!(db, 2, s.flush().await?);
        s.commit().await?;
        assert!(!Entry::query().exists(db).await?);
    }

    async fn the_last_call_wins(db: Database) {
        songs(db).await?;
        let mut s = db.session();
        let (songs, lists) = (all::<Song>(&mut s).await?, all::<List>(&mut s).await?);
        s.attach(lists[1], |l| l.songs(), songs[0])?;
        s.detach(lists[1], |l| l.songs(), songs[0])?;
        s.detach(lists[0], |l| l.songs(), songs[0])?;
        s.attach(lists[0], |l| l.songs(), songs[0])?;
        s.replace(lists[1], |l| l.songs(), [songs[1], songs[2]])?;
        s.attach(lists[1], |l| l.songs(), songs[3])?; // in addition to those
        s.detach(lists[1], |l| l.songs(), songs[2])?;
        s.commit().await?;
        assert_eq!(of_list(1, db).await?, [(1, 5), (2, 3)]);
        assert_eq!(of_list(2, db).await?, [(2, 3), (4, 3)]);
        // From the other end: this overrides for the song what was set for the list before.
        s.attach(lists[1], |l| l.songs(), songs[0])?;
        s.replace(songs[0], |s| s.lists(), [lists[0]])?;
        s.commit().await?;
        assert_eq!(of_list(2, db).await?, [(2, 3), (4, 3)]);
    }

    async fn replacing_touches_what_changes_only(db: Database) {
        songs(db).await?;
        let mut s = db.session();
        let (songs, lists) = (all::<Song>(&mut s).await?, all::<List>(&mut s).await?);
        s.replace(lists[0], |l| l.songs(), [songs[0], songs[2]])?;
        s.replace(lists[1], |l| l.songs(), songs.clone())?;
        // One select for both lists, one insert of five rows, one delete.
        assert_statements!(db, 3, s.flush().await?);
        s.commit().await?;
        assert_eq!(of_list(1, db).await?, [(1, 5), (3, 3)]);
        assert_eq!(of_list(2, db).await?.len(), 4);
        s.replace(lists[1], |l| l.songs(), songs.clone())?;
        assert_statements!(db, 1, s.flush().await?);
        s.replace(lists[0], |l| l.songs(), Vec::<Handle<Song>>::new())?;
        assert_statements!(db, 2, s.flush().await?);
        s.commit().await?;
        assert_eq!((of_list(1, db).await?, of_list(2, db).await?.len()), (vec![], 4));
    }

    async fn of_new_rows_nothing_is_looked_up(db: Database) {
        songs(db).await?;
        let mut s = db.session();
        let old = s.get::<Song>(1).await?;
        let lists: Vec<New<List>> = (0..20).map(|n| s.add(List::insert().name(format!("list {n}")))).collect();
        let songs: Vec<New<Song>> = (0..20).map(|n| s.add(Song::insert().title(format!("song {n}")))).collect();
        for &list in &lists {
            s.replace(list, |l| l.songs(), songs.clone())?;
            s.attach(list, |l| l.songs(), old)?;
            s.detach(list, |l| l.songs(), songs[0])?;
        }
        assert_statements!(db, 3, s.flush().await?); // an insert for each table
        s.commit().await?;
        assert_eq!(Entry::query().count(db).await?, 2 + 20 * 20);
        let list = s.saved(lists[7])?;
        let titles = s[list].songs().order_by(|s| s.id.asc()).select(|s| s.title).all(db).await?;
        assert_eq!((titles.len(), titles[0].as_str(), titles[1].as_str()), (20, "a", "song 1"));
    }

    async fn rows_that_the_session_has_of_its_own_count(db: Database) {
        songs(db).await?;
        let mut s = db.session();
        let (songs, lists) = (all::<Song>(&mut s).await?, all::<List>(&mut s).await?);
        let mine = s.add(Entry::insert().list(lists[1]).song(songs[0]).stars(1));
        s.attach(lists[1], |l| l.songs(), songs[0])?;
        let first = s.get::<Entry>((1, 1)).await?; // flushes
        assert_eq!(s[s.saved(mine)?].stars, 1);
        // Attaching a link that is marked for deletion keeps it.
        s.delete(first)?;
        s.attach(lists[0], |l| l.songs(), songs[0])?;
        s.flush().await?;
        assert_eq!(s[first].stars, 5);
        // A new row that is no longer wanted is not inserted.
        s.add(Entry::insert().list(lists[1]).song(songs[3]));
        s.replace(lists[1], |l| l.songs(), [songs[0]])?;
        assert_statements!(db, 1, s.flush().await?);
        s.commit().await?;
        assert_eq!((of_list(1, db).await?, of_list(2, db).await?), (vec![(1, 5), (2, 3)], vec![(1, 1)]));
    }

    async fn rows_that_go_have_no_links(db: Database) {
        songs(db).await?;
        let mut s = db.session();
        let (songs, lists) = (all::<Song>(&mut s).await?, all::<List>(&mut s).await?);
        let new = s.add(List::insert().name("new"));
        s.attach(new, |l| l.songs(), songs[0])?;
        s.attach(lists[1], |l| l.songs(), songs[3])?;
        s.delete(new)?;
        s.delete(songs[3])?;
        assert_statements!(db, 1, s.commit().await?);
        assert!(s.attach(lists[0], |l| l.songs(), songs[3]).unwrap_err().is_not_tracked());
        assert!(s.replace(lists[0], |l| l.songs(), [songs[0], songs[3]]).unwrap_err().is_not_tracked());
        assert!(s.detach(new, |l| l.songs(), songs[0]).unwrap_err().is_not_tracked());
        let foreign = db.session().get::<Song>(1).await?;
        assert!(s.attach(lists[0], |l| l.songs(), foreign).unwrap_err().is_not_tracked());
        assert_statements!(db, 0, s.commit().await?); // the rejected calls left nothing behind
        assert_eq!(of_list(1, db).await?, [(1, 5), (2, 3)]);
    }

    async fn a_rollback_undoes_them(db: Database) {
        songs(db).await?;
        let mut s = db.session();
        let (songs, lists) = (all::<Song>(&mut s).await?, all::<List>(&mut s).await?);
        s.replace(lists[0], |l| l.songs(), [songs[0], songs[2]])?;
        s.flush().await?;
        s.rollback().await?;
        assert_eq!(of_list(1, db).await?, [(1, 5), (2, 3)]);
        // As with other rows: inserts are pending again, deleted rows are back.
        assert_eq!(s.changes().to_string(), "insert entries");
        s.commit().await?;
        assert_eq!(of_list(1, db).await?, [(1, 5), (2, 3), (3, 3)]);
        s.attach(lists[0], |l| l.songs(), songs[3])?;
        s.discard_changes();
        assert_statements!(db, 0, s.commit().await?);
        let undone = s.savepoint(async |tx| {
            tx.detach_all(lists[0], |l| l.songs())?;
            tx.flush().await?;
            tx.get::<Song>(99).await
        });
        assert!(undone.await.is_err());
        s.commit().await?;
        assert_eq!(of_list(1, db).await?.len(), 3);
        // A flush that fails loses nothing.
        s.attach(lists[1], |l| l.songs(), songs[0])?;
        s.add(Song { id: 1, title: "again".into() });
        assert!(s.flush().await.unwrap_err().is_unique_violation());
        s.rollback().await?;
        assert_eq!(s.changes().inserted.len(), 2);
    }

    async fn both_ends_of_one_model(db: Database) {
        people(db).await?;
        let mut s = db.session();
        let people = Person::query().order_by(|p| p.id.asc()).track(&mut s).await?;
        // Bob and Cid follow Ann, who follows Cid.
        s.attach(people[0], |p| p.following(), people[1])?;
        s.detach(people[0], |p| p.followers(), people[1])?;
        s.attach(people[2], |p| p.followers(), people[0])?;
        s.attach(people[1], |p| p.followers(), people[1])?;
        s.commit().await?;
        let follows = Follow::query().order_by(|f| (f.follower_id.asc(), f.followed_id.asc()));
        assert_eq!(follows.select(|f| (f.follower_id, f.followed_id)).all(db).await?, [(1, 2), (1, 3), (2, 2), (3, 1)]);
    }

    async fn keys_of_several_columns(db: Database) {
        db.create_tables::<(Hall, Club, Booking)>().await?;
        let mut s = db.session();
        let halls = [("A", 1), ("A", 2), ("B", 1)];
        let halls = halls.map(|(house, number)| s.add(Hall::insert().house(house).number(number)));
        let clubs = ["chess", "choir"].map(|name| s.add(Club::insert().name(name)));
        s.attach(halls[0], |h| h.clubs(), clubs[0])?;
        s.attach(clubs[1], |c| c.halls(), halls[2])?;
        s.commit().await?;
        let halls = [s.saved(halls[0])?, s.saved(halls[1])?, s.saved(halls[2])?];
        let clubs = [s.saved(clubs[0])?, s.saved(clubs[1])?];
        // A duplicate link is deleted with both its rows.
        Booking::insert().hall(&s[halls[2]]).club(&s[clubs[1]]).execute(&mut s).await?;
        s.replace(clubs[1], |c| c.halls(), [halls[0], halls[1]])?;
        s.attach(halls[0], |h| h.clubs(), clubs[0])?;
        // A select for the pair and one for the club, an insert, a delete.
        assert_statements!(db, 4, s.flush().await?);
        s.commit().await?;
        let found = Booking::query().order_by(|b| (b.club_name.asc(), b.number.asc()));
        let found = found.select(|b| (b.house, b.number, b.club_name)).all(db).await?;
        let expected = [("A", 1, "chess"), ("A", 1, "choir"), ("A", 2, "choir")];
        assert_eq!(found, expected.map(|(house, number, club)| (house.to_owned(), number, club.to_owned())));
    }

    /// Links of other tenants are neither found nor deleted, and soft-deleted ones are restored.
    async fn links_outside_of_the_scope(db: Database) {
        db.create_tables::<(Clerk, Desk, Seating)>().await?;
        Clerk::insert_all([1, 2].map(|id| Clerk { id })).execute(db).await?;
        Desk::insert_all([1, 2, 3].map(|id| Desk { id })).execute(db).await?;
        Seating::insert().clerk_id(1).desk_id(1).tenant(7).execute(db).await?;
        let mut s = db.scoped::<Seating>(|s| s.tenant.eq(8)).session();
        let clerk = s.get::<Clerk>(1).await?;
        let desks = Desk::query().order_by(|d| d.id.asc()).track(&mut s).await?;
        s.replace(clerk, |c| c.desks(), [desks[1], desks[2]])?;
        s.commit().await?;
        s.replace(clerk, |c| c.desks(), [desks[1]])?;
        s.commit().await?;
        let seen = async |db: &Database| Seating::query().order_by(|s| s.desk_id.asc()).select(|s| (s.desk_id, s.tenant)).all(db).await;
        assert_eq!(seen(db).await?, [(1, 7), (2, 8)]);
        assert_eq!(Seating::query().with_deleted().count(db).await?, 3);
        s.attach(clerk, |c| c.desks(), desks[2])?;
        assert_statements!(db, 2, s.flush().await?); // one select, one update
        s.commit().await?;
        assert_eq!(seen(db).await?, [(1, 7), (2, 8), (3, 8)]);
        s.detach_all(clerk, |c| c.desks())?;
        s.commit().await?;
        assert_eq!(seen(db).await?, [(1, 7)]);
        s.detach_all(clerk, |c| c.desks())?; // they are marked once
        assert_statements!(db, 1, s.commit().await?);
    }

    async fn hooks_of_a_session_can_link(db: Database) {
        songs(db).await?;
        let mut s = db.session();
        let (songs, lists) = (all::<Song>(&mut s).await?, all::<List>(&mut s).await?);
        let (song, list) = (songs[3], lists[1]);
        s.before_flush(move |tx| tx.attach(song, |s| s.lists(), list));
        s[song].title = "changed".into();
        assert_statements!(db, 3, s.commit().await?); // a select, an insert, an update
        assert_eq!(of_list(2, db).await?, [(4, 3)]);
    }
}
