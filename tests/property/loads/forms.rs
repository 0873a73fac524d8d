//! The forms in which related rows are loaded.

use orm::Tree;
use orm::prelude::*;

use super::models::*;
use super::{Case, Clauses};
use crate::support::Random;

pub async fn check(db: &Database, case: &Case<'_>, random: &mut Random) -> orm::Result<()> {
    match random.below(9) {
        0 => levels(db, case).await,
        1 => side_by_side(db, case).await,
        2 => upwards(db, case).await,
        3 => through(db, case).await,
        4 => trees(db, case).await,
        5 => counts(db, case).await,
        6 => conditions(db, case).await,
        7 => slices(db, case).await,
        _ => portions_and_handles(db, case).await,
    }
}

/// Each level nested in the previous one.
async fn levels(db: &Database, case: &Case<'_>) -> orm::Result<()> {
    let (world, [towns, people, letters, replies, stamps]) = (case.world, &case.clauses);
    let found: Vec<(Town, Vec<(Person, Vec<(Letter, Vec<Reply>, Vec<Stamp>)>)>)> =
        with_clauses!(Town::query(), towns, |t| t.id)
            .with(|t| {
                with_clauses!(t.people(), people, |p| p.id).with(|p| {
                    with_clauses!(p.letters(), letters, |l| l.person_id, l.number)
                        .with(|l| with_clauses!(l.replies(), replies, |r| r.id))
                        .with(|l| with_clauses!(l.stamps(), stamps, |s| s.id))
                })
            })
            .all(db)
            .await?;
    let below = |letter: Letter| {
        let below = (replies.of(world.replies_to(&letter)), stamps.of(world.stamps_of(&letter)));
        (letter, below.0, below.1)
    };
    let with_letters = |person: Person| {
        let letters = letters.of(world.letters_of(&person)).into_iter().map(below).collect();
        (person, letters)
    };
    let with_people = |town: Town| {
        let people = people.of(world.people_of(&town)).into_iter().map(with_letters).collect();
        (town, people)
    };
    let expected: Vec<_> = towns.of(world.towns.iter()).into_iter().map(with_people).collect();
    assert_eq!(found, expected, "{case}");
    Ok(())
}

/// To-one and to-many relations side by side.
async fn side_by_side(db: &Database, case: &Case<'_>) -> orm::Result<()> {
    let (world, [people, letters, pupils, ..]) = (case.world, &case.clauses);
    let found: Vec<(Person, Option<Town>, Option<Person>, Option<Desk>, Vec<Letter>, Vec<Person>)> =
        with_clauses!(Person::query(), people, |p| p.id)
            .with(|p| p.town())
            .with(|p| p.mentor())
            .with(|p| p.desk())
            .with(|p| with_clauses!(p.letters(), letters, |l| l.person_id, l.number))
            .with(|p| with_clauses!(p.pupils(), pupils, |p| p.id))
            .all(db)
            .await?;
    let beside = |person: Person| {
        let (town, mentor, desk) = (world.town_of(&person), world.mentor_of(&person), world.desk_of(&person));
        let many = (letters.of(world.letters_of(&person)), pupils.of(world.pupils_of(&person)));
        (person, town, mentor, desk, many.0, many.1)
    };
    let expected: Vec<_> = people.of(world.people.iter()).into_iter().map(beside).collect();
    assert_eq!(found, expected, "{case}");
    Ok(())
}

/// To-one relations upwards, and other relations from there.
async fn upwards(db: &Database, case: &Case<'_>) -> orm::Result<()> {
    let (world, [replies, letters, ..]) = (case.world, &case.clauses);
    let found: Vec<(Reply, Option<(Letter, (Person, Option<Town>, Vec<Letter>))>)> =
        with_clauses!(Reply::query(), replies, |r| r.id)
            .with(|r| {
                r.letter().with(|l| {
                    l.person()
                        .with(|p| p.town())
                        .with(|p| with_clauses!(p.letters(), letters, |l| l.person_id, l.number))
                })
            })
            .all(db)
            .await?;
    let above = |letter: Letter| {
        let writer = world.writer_of(&letter);
        let (town, written) = (world.town_of(&writer), letters.of(world.letters_of(&writer)));
        (letter, (writer, town, written))
    };
    let with_letter = |reply: Reply| {
        let letter = world.letter_of(&reply).map(above);
        (reply, letter)
    };
    let expected: Vec<_> = replies.of(world.replies.iter()).into_iter().map(with_letter).collect();
    assert_eq!(found, expected, "{case}");
    Ok(())
}

/// Many-to-many, for given rows, some of them twice.
async fn through(db: &Database, case: &Case<'_>) -> orm::Result<()> {
    let (world, [stamps, letters, replies, ..]) = (case.world, &case.clauses);
    let mut at_hand = stamps.of(world.stamps.iter());
    at_hand.extend_from_within(..at_hand.len() / 2);
    let found: Vec<Vec<(Letter, Person, Vec<Reply>)>> = Stamp::load(&at_hand, |s| {
        with_clauses!(s.letters(), letters, |l| l.person_id, l.number)
            .with(|l| l.person())
            .with(|l| with_clauses!(l.replies(), replies, |r| r.id))
    })
    .all(db)
    .await?;
    let beside = |letter: Letter| {
        let (writer, answers) = (world.writer_of(&letter), replies.of(world.replies_to(&letter)));
        (letter, writer, answers)
    };
    let of_stamp = |stamp: &Stamp| letters.of(world.letters_with(stamp)).into_iter().map(beside).collect();
    let expected: Vec<Vec<_>> = at_hand.iter().map(of_stamp).collect();
    assert_eq!(found, expected, "{case}");
    Ok(())
}

/// All descendants of some rows, and a limited number of levels.
async fn trees(db: &Database, case: &Case<'_>) -> orm::Result<()> {
    fn grown(case: &Case<'_>, row: Person, depth: u32) -> Tree<Person> {
        let pupils = if depth == 0 { Vec::new() } else { case.clauses[1].of(case.world.pupils_of(&row)) };
        let children = pupils.into_iter().map(|pupil| grown(case, pupil, depth - 1)).collect();
        Tree { row, children }
    }
    let [people, pupils, ..] = &case.clauses;
    let query = with_clauses!(Person::query(), people, |p| p.id)
        .tree(|p| with_clauses!(p.pupils(), pupils, |p| p.id));
    let whole = query.clone().all(db).await?;
    let flat = query.depth(case.size).all(db).await?;
    let tops = people.of(case.world.people.iter());
    let expected = |depth| tops.iter().map(|top| grown(case, top.clone(), depth)).collect::<Vec<_>>();
    assert_eq!(whole, expected(u32::MAX), "{case}");
    assert_eq!(flat, expected(case.size), "{case}");
    Ok(())
}

/// Aggregates of related rows, beside a row.
async fn counts(db: &Database, case: &Case<'_>) -> orm::Result<()> {
    let (world, [people, letters, pupils, replies, _]) = (case.world, &case.clauses);
    let of_letters = |clauses: &Clauses, l: LetterFields| clauses.condition(l.score, l.word);
    let found: Vec<(Person, i64, Option<i64>, Option<i32>, i64)> =
        with_clauses!(Person::query(), people, |p| p.id)
            .with(|p| p.letters().filter(|l| of_letters(letters, l)).count())
            .with(|p| p.letters().sum(|l| l.score))
            .with(|p| p.pupils().filter(|p| pupils.condition(p.score, p.word)).max(|p| p.score))
            .with(|p| p.letters().filter(|l| l.replies().any(|r| replies.condition(r.score, r.word))).count())
            .all(db)
            .await?;
    let beside = |person: Person| {
        let scores = || world.letters_of(&person).filter_map(|letter| letter.score);
        let sum = scores().next().is_some().then(|| scores().map(i64::from).sum());
        let greatest =
            pupils.sorted(world.pupils_of(&person)).into_iter().filter_map(|pupil| pupil.score).max();
        let is_answered = |letter: &&Letter| !replies.sorted(world.replies_to(letter)).is_empty();
        let answered = world.letters_of(&person).filter(is_answered).count() as i64;
        let count = letters.sorted(world.letters_of(&person)).len() as i64;
        (person, count, sum, greatest, answered)
    };
    let expected: Vec<_> = people.of(world.people.iter()).into_iter().map(beside).collect();
    assert_eq!(found, expected, "{case}");
    Ok(())
}

/// Conditions on related rows, in either direction.
async fn conditions(db: &Database, case: &Case<'_>) -> orm::Result<()> {
    let (world, [people, letters, towns, stamps, mentors]) = (case.world, &case.clauses);
    let query = with_clauses!(Person::query(), people, |p| p.id);
    let any =
        query.clone().filter(|p| p.letters().any(|l| letters.condition(l.score, l.word))).all(db).await?;
    let none = query
        .filter(|p| p.letters().none(|l| l.stamps().any(|s| stamps.condition(s.score, s.word))))
        .all(db)
        .await?;
    let above = Person::query()
        .order_by(|p| p.id.asc())
        .filter(|p| {
            let (town, mentor) = (p.town(), p.mentor());
            let of_mentor = mentor.id.is_not_null().and(mentors.condition(mentor.score, mentor.word));
            towns.condition(town.score, town.word).or(of_mentor)
        })
        .all(db)
        .await?;

    let has_letter = |person: &&Person| !letters.sorted(world.letters_of(person)).is_empty();
    let has_stamp = |letter: &Letter| !stamps.sorted(world.stamps_of(letter)).is_empty();
    let is_plain = |person: &&Person| !world.letters_of(person).any(has_stamp);
    let is_below = |person: &&Person| {
        let mentor = world.mentor_of(person);
        towns.meets(world.town_of(person).as_ref()) || mentor.is_some() && mentors.meets(mentor.as_ref())
    };
    let all = || world.people.iter();
    assert_eq!(any, people.of(all().filter(has_letter)), "{case}");
    assert_eq!(none, people.of(all().filter(is_plain)), "{case}");
    assert_eq!(above, all().filter(is_below).cloned().collect::<Vec<_>>(), "{case}");
    Ok(())
}

/// Keyset pagination, forwards and backwards, with related rows; ordered by columns of the rows and of related rows,
/// and completed by their keys.
async fn slices(db: &Database, case: &Case<'_>) -> orm::Result<()> {
    let (world, [people, letters, towns, ..]) = (case.world, &case.clauses);
    let slice = || {
        Person::query()
            .filter(|p| people.condition(p.score, p.word))
            .order_by(|p| (towns.orders(p.town().score, p.town().word), people.orders(p.score, p.word)))
            .with(|p| p.town())
            .with(|p| with_clauses!(p.letters(), letters, |l| l.person_id, l.number))
            .limit(u64::from(case.size))
    };
    let last = if people.order.is_empty() { towns } else { people };
    let mut rows: Vec<_> = world.people.iter().map(|person| (world.town_of(person), person)).collect();
    rows.retain(|(_, person)| people.meets(Some(*person)));
    rows.sort_by(|(town, person), (other_town, other)| {
        let keys = person.id.cmp(&other.id);
        let keys = if last.is_descending() { keys.reverse() } else { keys };
        let by_town = towns.compare(town.as_ref(), other_town.as_ref());
        by_town.then(people.compare(Some(*person), Some(*other))).then(keys)
    });
    let written = |person: &Person| letters.of(world.letters_of(person));
    let expected: Vec<_> =
        rows.into_iter().map(|(town, person)| (person.clone(), town, written(person))).collect();

    let mut found = Vec::new();
    let mut slices = Vec::new();
    let mut last = slice().after(None, db).await?;
    loop {
        found.extend(last.rows.clone());
        slices.push(last.rows);
        let Some(next) = last.next else { break };
        last = slice().after(Some(&next), db).await?;
    }
    assert_eq!(found, expected, "{case}");
    let mut previous = last.previous;
    while let Some(cursor) = previous {
        slices.pop();
        let back = slice().before(Some(&cursor), db).await?;
        assert_eq!(Some(&back.rows), slices.last(), "{case}");
        previous = back.previous;
    }
    assert_eq!(slices.len(), 1, "{case}");
    Ok(())
}

/// As a stream, in chunks; and in a session.
async fn portions_and_handles(db: &Database, case: &Case<'_>) -> orm::Result<()> {
    let (world, [stamps, letters, ..]) = (case.world, &case.clauses);
    let query = with_clauses!(Stamp::query(), stamps, |s| s.id)
        .with(|s| with_clauses!(s.letters(), letters, |l| l.person_id, l.number).with(|l| l.person()));
    let beside = |stamp: Stamp| {
        let with_writer = |letter: Letter| {
            let writer = world.writer_of(&letter);
            (letter, writer)
        };
        let letters: Vec<_> = letters.of(world.letters_with(&stamp)).into_iter().map(with_writer).collect();
        (stamp, letters)
    };
    let expected: Vec<_> = stamps.of(world.stamps.iter()).into_iter().map(beside).collect();

    let mut streamed = Vec::new();
    let mut stream = query.clone().stream(db).portions(case.size as usize);
    while let Some(row) = stream.next().await? {
        streamed.push(row);
    }
    drop(stream);
    assert_eq!(streamed, expected, "{case}");

    let mut s = db.session();
    let handles = query.track(&mut s).await?;
    let held = handles.into_iter().map(|(stamp, letters)| {
        let letters = letters.into_iter().map(|(letter, writer)| (s[letter].clone(), s[writer].clone()));
        (s[stamp].clone(), letters.collect::<Vec<_>>())
    });
    assert_eq!(held.collect::<Vec<_>>(), expected, "{case}");
    Ok(())
}
