//! Unique values that move from one row to another.

use orm::assert_statements;
use orm::prelude::*;

use super::models::*;
use crate::support::models::{Profile, User, shop};

fn badge(id: u32, code: &str) -> Badge {
    Badge { id, code: code.into(), nick: None }
}

/// A row of a chain: it may have a teacher, and may follow another one.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "heirs")]
struct Heir {
    #[orm(primary_key)]
    id: u32,
    #[orm(unique)]
    number: i32,
    #[orm(unique)]
    seat: Option<i32>,
    #[orm(belongs_to = Heir, relation = teacher, on_delete = set_null)]
    teacher_id: Option<u32>,
    #[orm(belongs_to = Heir, relation = leader)]
    leader_id: Option<u32>,
}

/// A room on a day is unique if both are set.
#[derive(Model, Debug, Clone, PartialEq)]
#[allow(clippy::duplicated_attributes, reason = "two lists may name the same column")]
#[orm(table = "bookings", unique(room, day), unique(table_number, day))]
struct Booking {
    #[orm(primary_key)]
    id: u32,
    room: Option<i32>,
    table_number: i32,
    day: Option<i32>,
}

async fn badges(db: &Database) -> orm::Result<Vec<(u32, String)>> {
    Badge::query().order_by(|b| b.id.asc()).select(|b| (b.id, b.code)).all(db).await
}

fn owned(rows: &[(u32, &str)]) -> Vec<(u32, String)> {
    rows.iter().map(|(id, code)| (*id, (*code).to_owned())).collect()
}

on_every_backend! {
    async fn from_a_deleted_row_to_a_new_one(db: Database) {
        db.create_tables::<Badge>().await?;
        Badge::insert_all([badge(1, "a"), badge(2, "b")]).execute(db).await?;
        let mut s = db.session();
        let a = s.get::<Badge>(1).await?;
        s.add(badge(3, "a"));
        s.add(badge(4, "d"));
        s.delete(a)?;
        s.commit().await?;
        assert_eq!(badges(db).await?, owned(&[(2, "b"), (3, "a"), (4, "d")]));
    }

    async fn from_a_deleted_row_to_one_that_points_at_it(db: Database) {
        db.create_tables::<Heir>().await?;
        let heir = |id, number, seat, teacher_id, leader_id| Heir { id, number, seat, teacher_id, leader_id };
        let rows = [heir(1, 1, Some(1), None, None), heir(2, 2, None, Some(1), None), heir(3, 3, None, None, None)];
        Heir::insert_all(rows).execute(db).await?;
        let mut s = db.session();
        let rows = Heir::query().order_by(|h| h.id.asc()).track(&mut s).await?;
        // The database clears its teacher, whenever that row is deleted.
        s[rows[1]].number = 1;
        s.delete(rows[0])?;
        assert_statements!(db, 2, s.flush().await?);
        assert_eq!(s[rows[1]], heir(2, 1, None, None, None));
        assert_eq!(Heir::find(2).one(&mut s).await?, s[rows[1]]);
        s.rollback().await?;
        s.discard_changes();
        // The leader has to change before the old one is deleted, but the seat is free only after that.
        s[rows[1]].leader_id = Some(1);
        s.commit().await?;
        s[rows[1]].leader_id = Some(3);
        s[rows[1]].seat = Some(1);
        s.delete(rows[0])?;
        s.commit().await?;
        assert_eq!(s[rows[1]], heir(2, 2, Some(1), None, Some(3)));
        assert_eq!(Heir::query().order_by(|h| h.id.asc()).all(db).await?, [s[rows[1]].clone(), s[rows[2]].clone()]);
    }

    async fn with_the_key_itself(db: Database) {
        db.create_tables::<Badge>().await?;
        Badge::insert_all([badge(1, "a")]).execute(db).await?;
        let mut s = db.session();
        let a = s.get::<Badge>(1).await?;
        s.delete(a)?;
        let new = s.add(badge(1, "a"));
        s.commit().await?;
        let new = s.saved(new)?;
        assert_eq!(s.get::<Badge>(1).await?, new);
        assert_eq!(badges(db).await?, owned(&[(1, "a")]));
    }

    async fn are_not_handed_to_a_new_row_by_one_that_keeps_them(db: Database) {
        db.create_tables::<Badge>().await?;
        Badge::insert_all([badge(1, "a")]).execute(db).await?;
        let mut s = db.session();
        let a = s.get::<Badge>(1).await?;
        let new = s.add(badge(1, "b"));
        assert!(s.commit().await.unwrap_err().is_unique_violation());
        s.rollback().await?;
        assert_eq!(s.get::<Badge>(1).await?, a);
        s.delete(a)?;
        s.commit().await?;
        let new = s.saved(new)?;
        assert_eq!(s.get::<Badge>(1).await?, new);
        assert_eq!(badges(db).await?, owned(&[(1, "b")]));
    }

    async fn that_point_at_rows_and_are_said_by_handles(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [ann, bob] = [s.get::<User>(1).await?, s.get::<User>(2).await?];
        let profile = |bio: &str| Profile::insert().bio(bio);
        let [of_ann, of_bob] = [ann, bob].map(|user| s.add(profile("old").user(user)));
        s.commit().await?;
        let (of_ann, of_bob) = (s.saved(of_ann)?, s.saved(of_bob)?);
        s.delete(of_ann)?;
        let of_ann = s.add(profile("new").user(ann));
        s.commit().await?;
        // From Ann to Bob, whose own profile goes to a new user, and has to go first.
        let of_ann = s.saved(of_ann)?;
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        s.link(of_bob, |p| p.user(), dee)?;
        s.link(of_ann, |p| p.user(), bob)?;
        s.commit().await?;
        let profiles = Profile::query().order_by(|p| p.user_id.asc()).select(|p| (p.user_id, p.bio)).all(db).await?;
        assert_eq!(profiles, [(2, "new".to_owned()), (s[s.saved(dee)?].id, "old".to_owned())]);
    }

    async fn from_a_changed_row_to_a_new_one(db: Database) {
        db.create_tables::<Badge>().await?;
        Badge::insert_all([badge(1, "a")]).execute(db).await?;
        let mut s = db.session();
        let a = s.get::<Badge>(1).await?;
        s.add(badge(2, "a"));
        s[a].code = "z".into();
        s.commit().await?;
        assert_eq!(badges(db).await?, owned(&[(1, "z"), (2, "a")]));
    }

    async fn along_a_chain_of_changed_rows(db: Database) {
        db.create_tables::<Badge>().await?;
        Badge::insert_all([badge(1, "a"), badge(2, "b"), badge(3, "c")]).execute(db).await?;
        let mut s = db.session();
        let rows = Badge::query().order_by(|b| b.id.asc()).track(&mut s).await?;
        for (row, code) in rows.into_iter().zip(["b", "c", "d"]) {
            s[row].code = code.into();
        }
        s.commit().await?;
        assert_eq!(badges(db).await?, owned(&[(1, "b"), (2, "c"), (3, "d")]));
    }

    async fn in_a_cycle_with_a_nullable_column(db: Database) {
        db.create_tables::<Badge>().await?;
        let nicked = |id: u32, nick: &str| Badge { nick: Some(nick.into()), ..badge(id, nick) };
        Badge::insert_all([nicked(1, "a"), nicked(2, "b"), nicked(3, "c")]).execute(db).await?;
        let mut s = db.session();
        let rows = Badge::query().order_by(|b| b.id.asc()).track(&mut s).await?;
        for (&row, nick) in rows.iter().zip(["b", "c", "a"]) {
            s[row].nick = Some(nick.into());
        }
        assert_statements!(db, 4, s.commit().await?);
        let nicks = Badge::query().order_by(|b| b.id.asc()).select(|b| b.nick);
        assert_eq!(nicks.clone().all(db).await?, ["b", "c", "a"].map(|nick| Some(nick.to_owned())));
        // After a rollback, they get the last assigned values.
        for (row, nick) in rows.iter().zip(["a", "b", "c"]) {
            s[*row].nick = Some(nick.into());
        }
        s.flush().await?;
        s[rows[0]].nick = None;
        s[rows[2]].nick = None;
        s.rollback().await?;
        assert_eq!(rows.iter().map(|row| s[*row].nick.clone()).collect::<Vec<_>>(), [None, Some("b".into()), None]);
        s.commit().await?;
        assert_eq!(nicks.all(db).await?, [None, Some("b".into()), None]);
    }

    async fn in_a_cycle_of_columns_that_are_never_null_are_refused(db: Database) {
        db.create_tables::<Badge>().await?;
        Badge::insert_all([badge(1, "a"), badge(2, "b")]).execute(db).await?;
        let mut s = db.session();
        let (a, b) = (s.get::<Badge>(1).await?, s.get::<Badge>(2).await?);
        s[a].code = "b".into();
        s[b].code = "a".into();
        let flushed = assert_statements!(db, 0, s.flush().await);
        let error = flushed.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("in a cycle"), "{error:?}");
        // Nothing was sent, so the transaction goes on.
        s[a].code = "between".into();
        s.flush().await?;
        s[a].code = "b".into();
        s.commit().await?;
        assert_eq!(badges(db).await?, owned(&[(1, "b"), (2, "a")]));
    }
    async fn of_several_columns_leave_the_others_as_they_were(db: Database) {
        db.create_tables::<Booking>().await?;
        let booking = |id, room, table_number| Booking { id, room: Some(room), table_number, day: Some(7) };
        Booking::insert_all([booking(1, 1, 10), booking(2, 2, 20)]).execute(db).await?;
        let all = Booking::query().order_by(|b| b.id.asc());
        let mut s = db.session();
        let rows = all.clone().track(&mut s).await?;
        // Their rooms may be NULL temporarily; for their tables, only the day may, which is the same before and after.
        for swapped in [[booking(1, 2, 10), booking(2, 1, 20)], [booking(1, 2, 20), booking(2, 1, 10)]] {
            for (&row, booking) in rows.iter().zip(&swapped) {
                s[row] = booking.clone();
            }
            s.flush().await?;
            assert_eq!(all.clone().all(&mut s).await?, swapped);
        }
        s.rollback().await?;
        assert_eq!(s.changes().to_string(), "update bookings (room, table_number); update bookings (room, table_number)");
        let undone: orm::Result<()> = s.savepoint(async |tx| {
            (tx[rows[0]].room, tx[rows[1]].room) = (Some(1), Some(2));
            tx.flush().await?;
            Err(orm::Error::new(ErrorKind::CheckViolation, "no"))
        }).await;
        assert!(undone.is_err());
        let swapped = [booking(1, 2, 20), booking(2, 1, 10)];
        assert_eq!([s[rows[0]].clone(), s[rows[1]].clone()], swapped);
        s.commit().await?;
        assert_eq!(all.clone().all(db).await?, swapped);
    }

    async fn that_differ_in_letter_case_only(db: Database) {
        db.create_tables::<Badge>().await?;
        Badge::insert_all([badge(1, "a"), badge(2, "b")]).execute(db).await?;
        let mut s = db.session();
        let (a, b) = (s.get::<Badge>(1).await?, s.get::<Badge>(2).await?);
        // From one row to another, which takes it in upper case: for a server, it is equal.
        (s[a].code, s[b].code) = ("c".into(), "A".into());
        s.commit().await?;
        assert_eq!(badges(db).await?, owned(&[(1, "c"), (2, "A")]));
        // On SQLite, it is not a cycle.
        (s[a].code, s[b].code) = ("a".into(), "C".into());
        let swapped = s.commit().await;
        if db.dialect().name == "SQLite" {
            swapped?;
        } else {
            assert!(swapped.unwrap_err().is_unique_violation());
        }
    }

    async fn that_differ_in_accents_only(db: Database) {
        db.create_tables::<Badge>().await?;
        let mut s = db.session();
        let words = ["cafe", "Žižka", "Łódź"].into_iter().zip(1..);
        let rows: Vec<New<Badge>> = words.map(|(word, id)| s.add(badge(id, word))).collect();
        s.commit().await?;
        s.delete(rows[0])?;
        s.add(badge(4, "Café"));
        s.delete(rows[1])?;
        s.add(badge(5, "Ziz\u{30c}ka"));
        // A server may tell these two apart.
        let city = s.saved(rows[2])?;
        s[city].code = "c".into();
        s.add(badge(6, "Lodz"));
        s.commit().await?;
        assert_eq!(badges(db).await?, owned(&[(3, "c"), (4, "Café"), (5, "Ziz\u{30c}ka"), (6, "Lodz")]));
    }

    async fn that_differ_in_spaces_at_the_end_only(db: Database) {
        db.create_tables::<Badge>().await?;
        Badge::insert_all([badge(1, "a")]).execute(db).await?;
        let mut s = db.session();
        let a = s.get::<Badge>(1).await?;
        s.delete(a)?;
        s.add(badge(2, "A "));
        s.commit().await?;
        assert_eq!(badges(db).await?, owned(&[(2, "A ")]));
    }
}
