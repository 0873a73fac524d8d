//! Models with every kind of relation: by simple and composite keys, by unique columns, through a join model, to the
//! same table, and none at all.

use orm::prelude::*;

/// The columns for conditions and orders that all of them have.
pub trait Scored: Clone {
    type Place: Ord + Copy;

    /// The key for the order of rows that no order determines.
    fn place(&self) -> Self::Place;
    fn score(&self) -> Option<i32>;
    fn word(&self) -> &str;
}

macro_rules! scored {
    ($($model:ident: $place:ty = $($part:ident),+;)*) => { $(
        impl Scored for $model {
            type Place = $place;

            fn place(&self) -> $place {
                ($(self.$part),+)
            }

            fn score(&self) -> Option<i32> {
                self.score
            }

            fn word(&self) -> &str {
                &self.word
            }
        }
    )* };
}

scored! {
    Town: u32 = id;
    Person: u32 = id;
    Desk: u32 = id;
    Letter: (u32, u32) = person_id, number;
    Reply: u32 = id;
    Stamp: u32 = id;
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "towns", has_many(people: Person))]
pub struct Town {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(unique, length = 10)]
    pub code: String,
    pub score: Option<i32>,
    #[orm(length = 10)]
    pub word: String,
}

/// A person with a mentor has a greater number than the mentor.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "people", has_many(pupils: Person.mentor, letters: Letter), has_one(desk: Desk))]
pub struct Person {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Town, to = code, length = 10)]
    pub town_code: Option<String>,
    #[orm(belongs_to = Person, relation = mentor)]
    pub mentor_id: Option<u32>,
    pub score: Option<i32>,
    #[orm(length = 10)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "desks")]
pub struct Desk {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Person, unique)]
    pub person_id: u32,
    pub score: Option<i32>,
    #[orm(length = 10)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "letters",
    primary_key(person_id, number),
    has_many(replies: Reply),
    many_to_many(stamps: Stamp, through = Postage)
)]
pub struct Letter {
    #[orm(belongs_to = Person)]
    pub person_id: u32,
    pub number: u32,
    pub score: Option<i32>,
    #[orm(length = 10)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "replies", belongs_to(letter: Letter, by = (writer_id, number)))]
pub struct Reply {
    #[orm(primary_key)]
    pub id: u32,
    pub writer_id: Option<u32>,
    pub number: Option<u32>,
    pub score: Option<i32>,
    #[orm(length = 10)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "stamps", many_to_many(letters: Letter, through = Postage))]
pub struct Stamp {
    #[orm(primary_key)]
    pub id: u32,
    pub score: Option<i32>,
    #[orm(length = 10)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "postage", primary_key(stamp_id, writer_id, number), belongs_to(letter: Letter, by = (writer_id, number)))]
pub struct Postage {
    #[orm(belongs_to = Stamp)]
    pub stamp_id: u32,
    pub writer_id: u32,
    pub number: u32,
}
