//! Measuring: contestants take turns in one process, so that whatever slows the machine slows all of them.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::allocations::Count;
use crate::contestant::Contestant;
use crate::stats::Series;
use crate::work::Work;

/// How long to measure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// How many turns each contestant has.
    pub(crate) rounds: usize,
    /// How long a turn is at least. Short, so that the turns of one round see the same machine.
    pub(crate) sample: Duration,
    /// How long each contestant runs before anything counts.
    pub(crate) warm_up: Duration,
}

/// Inserted rows in the table after which it is emptied.
const GROWN: u64 = 20_000;

/// Measures one work with all contestants.
pub(crate) async fn measure(
    contestants: &mut [Box<dyn Contestant>],
    work: &Work,
    plan: &Plan,
) -> Result<Vec<Series>> {
    begin(contestants, work).await?;
    let mut times = 1;
    for contestant in contestants.iter_mut() {
        // The fastest one's number, so that every turn is long enough.
        times = times.max(warm_up(&mut **contestant, work, plan).await?);
    }
    begin(contestants, work).await?;
    let mut series: Vec<Series> = contestants.iter().map(|it| empty(it.name(), plan.rounds)).collect();
    let mut inserted = 0;
    for round in 0..plan.rounds {
        for turn in 0..contestants.len() {
            // Each round another one begins, and so has another one before it.
            let at = (round + turn) % contestants.len();
            let started = Instant::now();
            contestants[at].repeat(work, times).await?;
            series[at].times.push(started.elapsed().as_secs_f64() / times as f64);
        }
        inserted += times * work.rows as u64;
        if work.grows() && inserted > GROWN {
            begin(contestants, work).await?;
            inserted = 0;
        }
    }
    for (contestant, series) in contestants.iter_mut().zip(&mut series) {
        let count = Count::begin();
        contestant.repeat(work, 1).await?;
        // The box of the turn is not the contestant's.
        series.allocations = count.end().map(|count| count.saturating_sub(1));
    }
    Ok(series)
}

/// Has all contestants do one work so many times, after what a database does only once.
pub(crate) async fn repeat(contestants: &mut [Box<dyn Contestant>], work: &Work, times: u64) -> Result<()> {
    begin(contestants, work).await?;
    for contestant in contestants {
        contestant.repeat(work, times).await?;
    }
    Ok(())
}

fn empty(name: &str, rounds: usize) -> Series {
    Series { contestant: name.to_owned(), times: Vec::with_capacity(rounds), allocations: None }
}

/// Prepares the tables for all; what a database does once after that, such as preparing statements again, is done.
async fn begin(contestants: &mut [Box<dyn Contestant>], work: &Work) -> Result<()> {
    for contestant in contestants.iter_mut() {
        contestant.prepare(work).await?;
    }
    for contestant in contestants.iter_mut() {
        contestant.repeat(work, 2).await?;
    }
    Ok(())
}

/// Runs a contestant for a while; gives how many repetitions make a turn.
async fn warm_up(contestant: &mut dyn Contestant, work: &Work, plan: &Plan) -> Result<u64> {
    let begun = Instant::now();
    let mut times = 1;
    loop {
        let started = Instant::now();
        contestant.repeat(work, times).await?;
        let took = started.elapsed();
        if took < plan.sample {
            times *= 2;
        } else if begun.elapsed() > plan.warm_up {
            let one = took.as_secs_f64() / times as f64;
            return Ok((plan.sample.as_secs_f64() / one).ceil() as u64);
        }
    }
}
