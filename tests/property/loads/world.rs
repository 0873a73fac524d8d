//! All rows, and their relations.

use orm::prelude::*;

use super::models::*;
use crate::support::Random;

#[derive(Debug, Default)]
pub struct World {
    pub towns: Vec<Town>,
    pub people: Vec<Person>,
    pub desks: Vec<Desk>,
    pub letters: Vec<Letter>,
    pub replies: Vec<Reply>,
    pub stamps: Vec<Stamp>,
    pub postage: Vec<Postage>,
}

impl World {
    pub fn new(random: &mut Random) -> Self {
        let mut world = World::default();
        for id in 0..random.below(5) {
            world.towns.push(Town { id, code: format!("t{id}"), score: score(random), word: word(random) });
        }
        for id in 0..random.below(12) {
            let town = world.towns.get(random.below(6)).map(|town| town.code.clone());
            let mentor_id = world.people.get(random.below(10)).map(|mentor| mentor.id);
            world.people.push(Person {
                id,
                town_code: town,
                mentor_id,
                score: score(random),
                word: word(random),
            });
        }
        for id in 0..random.below(5) {
            world.stamps.push(Stamp { id, score: score(random), word: word(random) });
        }
        for person_id in world.people.iter().map(|person| person.id) {
            for number in 0..random.below(5) {
                world.letters.push(Letter { person_id, number, score: score(random), word: word(random) });
            }
            if random.once_in(2) {
                let id = person_id + 100;
                world.desks.push(Desk { id, person_id, score: score(random), word: word(random) });
            }
        }
        for id in 0..random.below(40) {
            let letter = world.letters.get(random.below(30)).map(Letter::place);
            let (writer_id, number) = letter.unzip();
            world.replies.push(Reply { id, writer_id, number, score: score(random), word: word(random) });
        }
        for stamp in &world.stamps {
            for &Letter { person_id: writer_id, number, .. } in &world.letters {
                if random.once_in(3) {
                    world.postage.push(Postage { stamp_id: stamp.id, writer_id, number });
                }
            }
        }
        world
    }

    pub async fn insert(&self, db: &Database) -> orm::Result<()> {
        Town::insert_all(&self.towns).execute(db).await?;
        Person::insert_all(&self.people).execute(db).await?;
        Desk::insert_all(&self.desks).execute(db).await?;
        Letter::insert_all(&self.letters).execute(db).await?;
        Reply::insert_all(&self.replies).execute(db).await?;
        Stamp::insert_all(&self.stamps).execute(db).await?;
        Postage::insert_all(&self.postage).execute(db).await?;
        Ok(())
    }

    pub async fn delete(db: &Database) -> orm::Result<()> {
        Postage::delete().all_rows().execute(db).await?;
        Stamp::delete().all_rows().execute(db).await?;
        Reply::delete().all_rows().execute(db).await?;
        Letter::delete().all_rows().execute(db).await?;
        Desk::delete().all_rows().execute(db).await?;
        Person::update().set(|p| p.mentor_id.to(None)).all_rows().execute(db).await?;
        Person::delete().all_rows().execute(db).await?;
        Town::delete().all_rows().execute(db).await?;
        Ok(())
    }

    pub fn people_of(&self, town: &Town) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| person.town_code.as_ref() == Some(&town.code))
    }

    pub fn town_of(&self, person: &Person) -> Option<Town> {
        self.towns.iter().find(|town| Some(&town.code) == person.town_code.as_ref()).cloned()
    }

    pub fn mentor_of(&self, person: &Person) -> Option<Person> {
        self.people.iter().find(|mentor| Some(mentor.id) == person.mentor_id).cloned()
    }

    pub fn pupils_of(&self, person: &Person) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|pupil| pupil.mentor_id == Some(person.id))
    }

    pub fn desk_of(&self, person: &Person) -> Option<Desk> {
        self.desks.iter().find(|desk| desk.person_id == person.id).cloned()
    }

    pub fn letters_of(&self, person: &Person) -> impl Iterator<Item = &Letter> {
        self.letters.iter().filter(|letter| letter.person_id == person.id)
    }

    pub fn writer_of(&self, letter: &Letter) -> Person {
        let writer = self.people.iter().find(|person| person.id == letter.person_id);
        writer.expect("it cannot be NULL").clone()
    }

    pub fn replies_to(&self, letter: &Letter) -> impl Iterator<Item = &Reply> {
        self.replies.iter().filter(|reply| reply.writer_id.zip(reply.number) == Some(letter.place()))
    }

    pub fn letter_of(&self, reply: &Reply) -> Option<Letter> {
        self.letters.iter().find(|letter| reply.writer_id.zip(reply.number) == Some(letter.place())).cloned()
    }

    pub fn stamps_of(&self, letter: &Letter) -> impl Iterator<Item = &Stamp> {
        self.stamps.iter().filter(|stamp| self.are_linked(stamp, letter))
    }

    pub fn letters_with(&self, stamp: &Stamp) -> impl Iterator<Item = &Letter> {
        self.letters.iter().filter(|letter| self.are_linked(stamp, letter))
    }

    fn are_linked(&self, stamp: &Stamp, letter: &Letter) -> bool {
        self.postage
            .iter()
            .any(|link| link.stamp_id == stamp.id && (link.writer_id, link.number) == letter.place())
    }
}

fn score(random: &mut Random) -> Option<i32> {
    (!random.once_in(4)).then(|| random.below(4))
}

fn word(random: &mut Random) -> String {
    random.pick(&["", "ash", "birch", "oak"]).to_owned()
}
