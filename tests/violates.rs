//! From an error back to its columns.

use orm::prelude::*;

use crate::support::models::{User, shop};

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "places", unique(row, seat, name = "one_guest_a_seat"))]
pub struct Place {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(column = "row_no")]
    pub row: u32,
    pub seat: u8,
    #[orm(unique, length = 10)]
    pub guest: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "doors", primary_key(house, number), check = "number > 0")]
pub struct Door {
    pub house: u32,
    pub number: i32,
    #[orm(unique, length = 10)]
    pub guest: String,
}

fn place(id: u32, row: u32, seat: u8, guest: &str) -> Place {
    Place { id, row, seat, guest: guest.into() }
}

on_every_backend! {
    async fn exactly_these_columns(db: Database) {
        shop(db).await?;
        db.create_tables::<Place>().await?;
        Place::insert_all([place(1, 1, 1, "Ann"), place(2, 1, 2, "Bob")]).execute(db).await?;
        let key = Place::insert_all([place(1, 3, 3, "Cid")]).execute(db).await.unwrap_err();
        assert!(key.violates::<Place>(|p| p.id));
        assert!(!key.violates::<Place>(|p| p.guest) && !key.violates::<Place>(|p| (p.row, p.seat)) && !key.violates::<Place>(|p| (p.id, p.row)));
        let guest = Place::insert_all([place(3, 3, 3, "Bob")]).execute(db).await.unwrap_err();
        assert!(guest.violates::<Place>(|p| p.guest) && !guest.violates::<Place>(|p| p.id));
        let seat = Place::update().set(|p| p.seat.to(1)).filter(|p| p.id.eq(2)).execute(db).await.unwrap_err();
        assert!(seat.violates::<Place>(|p| (p.row, p.seat)) && seat.violates::<Place>(|p| (p.seat, p.row)), "{seat:?}");
        assert!(!seat.violates::<Place>(|p| p.row) && !seat.violates::<Place>(|p| p.seat));
        let email = User::insert().email("bob@example.org").name("Bob").execute(db).await.unwrap_err();
        assert!(email.violates::<User>(|u| u.email) && !email.violates::<User>(|u| (u.email, u.name)));
    }

    async fn of_this_model_and_no_other(db: Database) {
        db.create_tables::<(Place, Door)>().await?;
        let door = |house, number, guest: &str| Door { house, number, guest: guest.into() };
        Door::insert_all([door(1, 1, "Ann")]).execute(db).await?;
        let guest = Door::insert_all([door(1, 2, "Ann")]).execute(db).await.unwrap_err();
        assert!(guest.violates::<Door>(|d| d.guest) && !guest.violates::<Place>(|p| p.guest));
        let key = Door::insert_all([door(1, 1, "Bob")]).execute(db).await.unwrap_err();
        assert!(key.violates::<Door>(|d| (d.number, d.house)) && !key.violates::<Door>(|d| d.house));
        assert!(!key.violates::<Place>(|p| p.id));
    }

    async fn that_hold_a_value_they_cannot(db: Database) {
        db.create_tables::<(Place, Door)>().await?;
        let long = Place::insert_all([place(1, 1, 1, "much too long a name")]).execute(db).await.unwrap_err();
        assert!(long.is_too_long() && long.violates::<Place>(|p| p.guest) && !long.violates::<Place>(|p| p.id), "{long:?}");
        Place::insert_all([place(1, 1, 250, "Ann")]).execute(db).await?;
        let wide = Place::update().set(|p| p.seat.to(p.seat.add(10))).all_rows().execute(db).await.unwrap_err();
        assert!(wide.is_out_of_range() && wide.violates::<Place>(|p| p.seat) && !wide.violates::<Place>(|p| p.row), "{wide:?}");
        let check = Door::insert_all([Door { house: 1, number: 0, guest: "Ann".into() }]).execute(db).await.unwrap_err();
        assert!(check.is_check_violation() && !check.violates::<Door>(|d| d.number));
        let missing = Place::find(9).one(db).await.unwrap_err();
        assert!(!missing.violates::<Place>(|p| p.id));
    }
}
