//! Sessions over one table with everything that a table may have: nullable composite unique keys, which move from row
//! to row and in cycles; soft delete; generated columns; and statements of the program in addition to tracked rows.

mod beside;
mod run;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use orm::prelude::*;

use self::run::Run;
use super::{cases, seed};

#[derive(Embed, Debug, Clone, PartialEq)]
struct Place {
    x: i32,
    y: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "items", soft_delete = deleted_at, unique(room, day), unique(desk, day))]
struct Item {
    /// It can change.
    #[orm(primary_key)]
    id: u32,
    /// Identifies the row for the test.
    #[orm(unique)]
    mark: u32,
    room: Option<i32>,
    day: Option<i32>,
    desk: i32,
    #[orm(unique, length = 4)]
    word: Option<String>,
    #[orm(default = 0)]
    count: i32,
    #[orm(generated = "count * 2", sql_type = "INTEGER")]
    twice: i32,
    #[orm(server_default = "7")]
    weight: i32,
    #[orm(on_update = now)]
    changed_at: DateTime<Utc>,
    #[orm(embed)]
    place: Place,
    #[orm(version)]
    version: u32,
    deleted_at: Option<DateTime<Utc>>,
}

/// The expected state of an item.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    id: u32,
    room: Option<i32>,
    day: Option<i32>,
    desk: i32,
    word: Option<String>,
    count: i32,
    weight: i32,
    x: i32,
    y: Option<i32>,
    version: u32,
    /// Whether it is soft-deleted.
    is_hidden: bool,
}

/// Items by their marks.
type World = BTreeMap<u32, Row>;

impl Row {
    fn of(item: &Item) -> Row {
        Row {
            id: item.id,
            room: item.room,
            day: item.day,
            desk: item.desk,
            word: item.word.clone(),
            count: item.count,
            weight: item.weight,
            x: item.place.x,
            y: item.place.y,
            version: item.version,
            is_hidden: item.deleted_at.is_some(),
        }
    }
}

/// Returns whether no key is violated. Soft-deleted rows keep their keys.
fn fits(world: &World) -> bool {
    let rows = || world.values();
    differ(rows().map(|row| row.id))
        && differ(rows().filter_map(|row| row.room.zip(row.day)))
        && differ(rows().filter_map(|row| Some((row.desk, row.day?))))
        && differ(rows().filter_map(|row| row.word.clone()))
}

fn differ<V: Ord>(values: impl IntoIterator<Item = V>) -> bool {
    let mut seen = BTreeSet::new();
    values.into_iter().all(|value| seen.insert(value))
}

/// Reads the contents of a database.
async fn read(on: impl Executor<'_>) -> orm::Result<World> {
    let items = Item::query().with_deleted().all(on).await?;
    Ok(items.iter().map(|item| (item.mark, Row::of(item))).collect())
}

on_every_backend! {
    async fn are_as_said(db: Database) {
        db.create_tables::<Item>().await?;
        for case in 0..cases(40) {
            let mut run = Run::new(seed().wrapping_add(case));
            session(db, &mut run).await.unwrap_or_else(|error| panic!("{error:?}\n{run}"));
            Item::delete().with_deleted().all_rows().hard_delete().execute(db).await?;
        }
    }
}

/// Runs several transactions of one session.
async fn session(db: &Database, run: &mut Run) -> orm::Result<()> {
    let mut s = db.session();
    for _ in 0..6 {
        let is_well = run.walk(&mut s, 0).await?;
        if is_well && run.random.below(4) > 0 && run.attempt("commit", s.commit()).await.is_some() {
            run.is_flushed(&s);
            run.is_committed();
            assert_eq!(read(db).await?, run.now, "{run}");
            if run.random.once_in(4) {
                s.clear();
                run.track_anew(&mut s).await?;
            }
            continue;
        }
        s.rollback().await?;
        assert_eq!(read(db).await?, run.committed, "{run}");
        run.is_rolled_back(&mut s).await?;
    }
    s.rollback().await
}
