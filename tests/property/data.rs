//! Two small tables, as models and as the data of the evaluation in Rust.

use orm::prelude::*;

use super::answer::Answer;
use crate::support::Random;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "things", has_many(parts: Part.thing))]
pub struct Thing {
    #[orm(primary_key)]
    pub id: i64,
    pub link: Option<i64>,
    pub number: i64,
    pub count: Option<i64>,
    #[orm(length = 80)]
    pub word: String,
    #[orm(length = 80)]
    pub note: Option<String>,
    pub flag: Option<bool>,
    #[orm(precision = (12, 2))]
    pub price: Option<Decimal>,
    pub day: Option<NaiveDate>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "parts")]
pub struct Part {
    #[orm(primary_key)]
    pub id: i64,
    #[orm(belongs_to = Thing, relation = thing)]
    pub link: Option<i64>,
    pub number: i64,
    pub count: Option<i64>,
    #[orm(length = 80)]
    pub word: String,
    #[orm(length = 80)]
    pub note: Option<String>,
    pub flag: Option<bool>,
    #[orm(precision = (12, 2))]
    pub price: Option<Decimal>,
    pub day: Option<NaiveDate>,
}

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Table {
    Things,
    Parts,
}

/// A row of answers, in the order of the columns: see `COLUMNS` in `tree`.
pub type Row = Vec<Answer>;

/// The contents of the tables.
#[derive(Debug)]
pub struct Data {
    pub things: Vec<Row>,
    pub parts: Vec<Row>,
}

impl Data {
    pub fn rows(&self, table: Table) -> &[Row] {
        match table {
            Table::Things => &self.things,
            Table::Parts => &self.parts,
        }
    }
}

macro_rules! rows {
    ($model:ident, $models:expr) => {
        $models
            .iter()
            .map(|row: &$model| {
                vec![
                    Answer::from(Some(row.id)),
                    row.link.into(),
                    Some(row.number).into(),
                    row.count.into(),
                    Some(row.word.clone()).into(),
                    row.note.clone().into(),
                    row.flag.into(),
                    row.price.into(),
                    row.day.into(),
                ]
            })
            .collect()
    };
}

/// Converts parts to rows of answers.
pub fn rows_of(parts: &[Part]) -> Vec<Row> {
    rows!(Part, parts)
}

/// Creates the tables, with random rows.
pub async fn create(db: &Database, random: &mut Random) -> orm::Result<Data> {
    macro_rules! row {
        ($model:ident, $id:expr, $links:expr) => {
            $model {
                id: $id,
                link: maybe(random, |random| random.between(1, $links)),
                number: number(random),
                count: maybe(random, number),
                word: text(random),
                note: maybe(random, text),
                flag: maybe(random, |random| random.once_in(2)),
                price: maybe(random, exact),
                day: maybe(random, day),
            }
        };
    }
    let things: Vec<Thing> = (1..=7).map(|id| row!(Thing, id, 9)).collect();
    let parts: Vec<Part> = (1..=10).map(|id| row!(Part, id, 7)).collect();
    db.create_tables::<(Thing, Part)>().await?;
    Thing::insert_all(&things).execute(db).await?;
    Part::insert_all(&parts).execute(db).await?;
    Ok(Data { things: rows!(Thing, things), parts: rows_of(&parts) })
}

fn maybe<T>(random: &mut Random, make: impl Fn(&mut Random) -> T) -> Option<T> {
    (!random.once_in(4)).then(|| make(random))
}

pub fn number(random: &mut Random) -> i64 {
    random.between(-4, 9)
}

/// Lower-case letters, without trailing spaces: neither the collation nor its padding makes a difference. `!` and `%`
/// sort before letters in every collation available; `_` does not, so it occurs in patterns only.
pub fn text(random: &mut Random) -> String {
    (0..random.below(5)).map(|_| random.pick(&['a', 'a', 'b', 'c', '!', '%'])).collect()
}

pub fn exact(random: &mut Random) -> Decimal {
    Decimal::new(random.between(-300, 900), u32::try_from(random.below(3)).unwrap())
}

pub fn day(random: &mut Random) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2023, 12, 1).unwrap();
    first + chrono::Days::new(random.next() % 100)
}
