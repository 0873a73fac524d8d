//! Relational division, gaps and islands, intervals, and what happened in which order.

use orm::prelude::*;
use orm::window::{self, Window};

use super::models::*;
use super::{day, texts};

/// The pilots who can fly every plane in the hangar: there is no plane that they cannot fly; and by counting.
pub async fn division(db: &Database) -> orm::Result<()> {
    let pilots = Skill::query().filter(|s| {
        let unknown = Hangar::query()
            .filter(|h| Skill::query().filter(|x| x.pilot.eq(s.pilot).and(x.plane.eq(h.plane))).is_absent());
        unknown.is_absent()
    });
    let pilots = pilots.distinct().order_by(|s| s.pilot.asc()).select(|s| s.pilot);
    assert_eq!(pilots.all(db).await?, texts(["Smith", "Wilson"]));

    let all = Hangar::query().aggregate(|g| g.count()).scalar();
    let counted = Skill::query().join_on::<Hangar>(|s, h| s.plane.eq(h.plane)).group_by(|(s, _)| s.pilot);
    let counted = counted.having(|g| g.count().eq(all)).order_by(|g| g.key.asc()).select(|g| g.key);
    assert_eq!(counted.all(db).await?, texts(["Smith", "Wilson"]));
    Ok(())
}

/// The pilots who can fly these planes and no others.
pub async fn exact_division(db: &Database) -> orm::Result<()> {
    let pilots = Skill::query().left_join_on::<Hangar>(|s, h| s.plane.eq(h.plane)).group_by(|(s, _)| s.pilot);
    let exactly = pilots.having(|g| {
        let all = Hangar::query().aggregate(|g| g.count()).scalar();
        g.count().eq(all.clone()).and(g.count_of(|(_, h)| h.plane).eq(all))
    });
    assert_eq!(exactly.select(|g| g.key).all(db).await?, ["Smith"]);
    Ok(())
}

/// The numbers that are missing.
pub async fn gaps(db: &Database) -> orm::Result<()> {
    let pairs = Reading::query().select(|r| (r.id, window::lead(r.id, 1).over(|w| w.order_by(r.id.asc()))));
    let gaps =
        pairs.into_query().filter(|(id, next)| (next - id).gt(1)).select(|(id, next)| (id + 1, next - 1));
    assert_eq!(gaps.all(db).await?, [(8, Some(9))]);

    let numbers = values([1_i64]).recursive("numbers", |n| n.query().filter(|n| n.lt(13)).select(|n| n + 1));
    let missing = numbers.query().into_rows().except(Reading::query().select(|r| r.id)).into_query();
    assert_eq!(missing.order_by(|n| n.asc()).all(db).await?, [8, 9]);
    Ok(())
}

/// Runs of equal states: within one, both numberings advance alike.
pub async fn islands(db: &Database) -> orm::Result<()> {
    let marked = Reading::query().filter(|r| r.state.is_not_null()).select(|r| {
        let all = window::row_number().over(|w| w.order_by(r.id.asc()));
        let own = window::row_number().over(|w| w.partition_by(r.state).order_by(r.id.asc()));
        (r.id, r.state, all - own)
    });
    let runs = marked
        .into_query()
        .group_by(|(_, state, island)| (state, island))
        .order_by(|g| g.min(|(id, ..)| id).asc());
    let runs = runs.select(|g| (g.key.0, g.min(|(id, ..)| id), g.max(|(id, ..)| id), g.count()));
    let expected = [(1, 1, 3, 3), (2, 4, 4, 1), (1, 5, 5, 1), (2, 6, 10, 3), (3, 11, 13, 2)];
    assert_eq!(
        runs.all(db).await?,
        expected.map(|(state, from, to, n)| (Some(state), Some(from), Some(to), n))
    );
    Ok(())
}

/// States that were read three times in a row: with neighbours, and with joins by number.
pub async fn consecutive(db: &Database) -> orm::Result<()> {
    let neighbours = Reading::query().select(|r| {
        let before = |rows| window::lag(r.state, rows).over(|w| w.order_by(r.id.asc()));
        (r.state, before(1), before(2))
    });
    let three = neighbours
        .into_query()
        .filter(|(a, b, c)| a.eq(b).and(b.eq(c)))
        .distinct()
        .order_by(|(a, ..)| a.asc());
    assert_eq!(three.select(|(a, ..)| a).all(db).await?, [Some(1), Some(2)]);

    let joined = Reading::query()
        .join_on::<Reading>(|a, b| b.id.eq(a.id + 1))
        .join_on::<Reading>(|(_, b), c| c.id.eq(b.id + 1));
    let three = joined.filter(|(a, b, c)| a.state.eq(b.state).and(b.state.eq(c.state))).distinct();
    assert_eq!(three.select(|(a, ..)| a.state).all(db).await?, [Some(1)]); // the numbers 8 and 9 are missing
    Ok(())
}

/// Stays that touch or overlap become one: it goes on as long as a stay begins before all earlier ones have ended.
pub async fn merged_intervals(db: &Database) -> orm::Result<()> {
    let in_order = |w: Window, s: StayFields| w.partition_by(s.room).order_by((s.from_day.asc(), s.id.asc()));
    let marked = Stay::query().select(|s| {
        let last = window::max(s.to_day).over(|w| in_order(w, s).rows(..=-1)).into_expr();
        (s, case::<i64>().when(last.ge(s.from_day), 0).otherwise(1))
    });
    let numbered =
        marked.into_query().select(|(s, begins)| (s, window::sum(begins).over(|w| in_order(w, s))));
    let merged = numbered
        .into_query()
        .group_by(|(s, number)| (s.room, number))
        .order_by(|g| (g.key.0.asc(), g.key.1.asc()));
    let merged = merged.select(|g| (g.key.0, g.min(|(s, _)| s.from_day), g.max(|(s, _)| s.to_day)));
    let expected = [
        (1, "2024-01-01", "2024-01-08"),
        (1, "2024-01-10", "2024-01-14"),
        (2, "2024-01-01", "2024-01-31"),
        (2, "2024-02-01", "2024-02-03"),
    ];
    assert_eq!(
        merged.all(db).await?,
        expected.map(|(room, from, to)| (room, Some(day(from)), Some(day(to))))
    );
    Ok(())
}

/// Double bookings: two stays in a room overlap if each begins before the other one ends.
pub async fn overlaps(db: &Database) -> orm::Result<()> {
    let pairs = Stay::query().join_on::<Stay>(|a, b| {
        a.room.eq(b.room).and(a.id.lt(b.id)).and(a.from_day.lt(b.to_day)).and(b.from_day.lt(a.to_day))
    });
    assert_eq!(
        pairs.order_by(|(a, _)| a.id.asc()).select(|(a, b)| (a.id, b.id)).all(db).await?,
        [(1, 2), (5, 6)]
    );
    Ok(())
}

/// The most stays at once: arrivals and departures as one list, and its running total.
pub async fn at_once(db: &Database) -> orm::Result<()> {
    let arrivals = Stay::query().select(|s| (s.from_day, value(1_i64)));
    let departures = Stay::query().select(|s| (s.to_day, value(-1_i64)));
    let running = arrivals.union_all(departures).into_query();
    let running =
        running.select(|(at, change)| window::sum(change).over(|w| w.order_by((at.asc(), change.asc()))));
    assert_eq!(running.into_query().aggregate(|g| g.max(|n| n)).one(db).await?, Some(3));
    Ok(())
}

/// The free nights between two stays.
pub async fn free_days(db: &Database) -> orm::Result<()> {
    let pairs = Stay::query()
        .filter(|s| s.room.eq(1))
        .select(|s| (s.to_day, window::lead(s.from_day, 1).over(|w| w.order_by(s.from_day.asc()))));
    let free =
        pairs.into_query().filter(|(from, to)| to.gt(from)).select(|(from, to)| (from, to.days_since(from)));
    assert_eq!(free.all(db).await?, [(day("2024-01-08"), Some(2))]);
    Ok(())
}

/// Clicks less than half an hour apart are one session: how many clicks and minutes each has.
pub async fn sessions(db: &Database) -> orm::Result<()> {
    let in_order = |w: Window, c: ClickFields| w.partition_by(c.user_id).order_by((c.at.asc(), c.id.asc()));
    let marked = Click::query().select(|c| {
        let pause = c.at.seconds_since(window::lag(c.at, 1).over(|w| in_order(w, c)));
        (c, case::<i64>().when(pause.le(1_800), 0).otherwise(1))
    });
    let numbered =
        marked.into_query().select(|(c, begins)| (c, window::sum(begins).over(|w| in_order(w, c))));
    let sessions = numbered
        .into_query()
        .group_by(|(c, number)| (c.user_id, number))
        .order_by(|g| (g.key.0.asc(), g.key.1.asc()));
    let sessions = sessions.select(|g| {
        let minutes = g.max(|(c, _)| c.at).seconds_since(g.min(|(c, _)| c.at)) / 60;
        (g.key.0, g.count(), minutes)
    });
    let expected = [(1, 3, 25), (1, 1, 0), (2, 1, 0), (2, 2, 5), (3, 1, 0), (4, 2, 1)];
    assert_eq!(
        sessions.all(db).await?,
        expected.map(|(user, clicks, minutes)| (user, clicks, Some(minutes)))
    );
    Ok(())
}

/// How many users viewed, then put something into the cart, then paid, each after the step before.
pub async fn funnel(db: &Database) -> orm::Result<()> {
    let first = |kind: &'static str| {
        Click::query()
            .filter(move |c| c.kind.eq(kind))
            .group_by(|c| c.user_id)
            .select(|g| (g.key, g.min(|c| c.at)))
    };
    let steps = first("view")
        .into_query()
        .left_join_rows(first("cart"), |(user, viewed), (same, at)| user.eq(same).and(at.gt(viewed)))
        .left_join_rows(first("pay"), |((user, _), (_, put)), (same, at)| user.eq(same).and(at.gt(put)));
    let counts = steps
        .aggregate(|g| (g.count(), g.count_of(|(_, (_, put), _)| put), g.count_of(|(.., (_, paid))| paid)));
    assert_eq!(counts.one(db).await?, (4, 2, 1));
    Ok(())
}

/// A missing state is the last one that is known: the running count of known ones numbers the groups.
pub async fn last_known(db: &Database) -> orm::Result<()> {
    let numbered = Reading::query()
        .select(|r| (r.id, r.state, window::count_of(r.state).over(|w| w.order_by(r.id.asc()))));
    let filled = numbered.into_query().filter(|(id, ..)| id.gt(10)).order_by(|(id, ..)| id.asc());
    let filled = filled.select(|(_, state, number)| window::max(state).over(|w| w.partition_by(number)));
    assert_eq!(filled.all(db).await?, [Some(3), Some(3), Some(3)]);
    Ok(())
}

/// The kind of the first and the last click of each user, in one pass.
pub async fn first_and_last(db: &Database) -> orm::Result<()> {
    let ends = Click::query().distinct().select(|c| {
        let all = |w: Window| w.partition_by(c.user_id).order_by(c.at.asc()).rows(..);
        (c.user_id, window::first_value(c.kind).over(all), window::last_value(c.kind).over(all))
    });
    let rows = ends.into_query().order_by(|(user, ..)| user.asc()).all(db).await?;
    let expected = [(1, "view", "view"), (2, "view", "cart"), (3, "view", "view"), (4, "cart", "view")];
    assert_eq!(
        rows,
        expected.map(|(user, first, last)| (user, Some(first.to_owned()), Some(last.to_owned())))
    );
    Ok(())
}

/// Which planes are flown by the same pilot, and by how many.
pub async fn together(db: &Database) -> orm::Result<()> {
    let pairs = Skill::query().join_on::<Skill>(|a, b| a.pilot.eq(b.pilot).and(a.plane.lt(b.plane)));
    let counts =
        pairs.group_by(|(a, b)| (a.plane, b.plane)).order_by(|g| (g.count().desc(), g.key.0.asc())).limit(1);
    let rows = counts
        .select(|g| {
            (g.key, g.count(), g.group_concat_in_order(|(a, _)| a.pilot, ", ", |(a, _)| a.pilot.asc()))
        })
        .all(db)
        .await?;
    let pilots = Some("Higgins, Jones, Smith, Wilson".to_owned());
    assert_eq!(rows, [(("B-52".to_owned(), "F-14".to_owned()), 4, pilots)]);
    Ok(())
}
