//! Measures one work: the contestants take turns, so that whatever slows the machine slows all of them.

use std::time::{Duration, Instant};

use anyhow::{Error, Result};
use contestant::Work;

use crate::runner::Runner;
use crate::stats::Series;

/// How long to measure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// The maximum number of turns per contestant.
    rounds: u32,
    /// The minimum number of turns.
    fewest: u32,
    /// The minimum duration of a turn. Short, so that the machine is in the same state for all turns of a round.
    sample: Duration,
    /// How long each contestant runs before measuring.
    warm_up: Duration,
    /// The maximum total duration of a contestant's turns: one with long turns has fewer.
    share: Duration,
    /// The time limit of a single turn.
    limit: Duration,
}

impl Plan {
    /// For reliable numbers.
    pub(crate) const FULL: Plan = Plan {
        rounds: 400,
        fewest: 7,
        sample: Duration::from_millis(1),
        warm_up: Duration::from_millis(100),
        share: Duration::from_millis(800),
        limit: Duration::from_secs(60),
    };

    /// For a quick impression.
    pub(crate) const QUICK: Plan = Plan {
        rounds: 40,
        fewest: 3,
        sample: Duration::from_micros(500),
        warm_up: Duration::from_millis(5),
        share: Duration::from_millis(30),
        limit: Duration::from_secs(10),
    };

    /// Returns the number of rounds from one turn to the next for a contestant whose turns take this long. A power of
    /// two, so that contestants with few turns have them in the same rounds.
    fn stride(&self, turn: Duration) -> u32 {
        let turns = self.share.as_secs_f64() / turn.as_secs_f64().max(1e-9);
        let turns = (turns as u32).clamp(self.fewest, self.rounds);
        let stride = (self.rounds / turns).max(1);
        // Rounded down to a power of two, so that there are not fewer turns.
        1 << stride.ilog2()
    }
}

/// The outcome of a contestant at a work.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It was measured.
    Measured(Series),
    /// The contestant does not support this work.
    Not,
    /// It failed.
    Failed(String),
}

/// The number of added rows after which a table is emptied.
const GROWN: u64 = 50_000;

/// A contestant during the measurement of a work.
struct Racer<'a> {
    runner: &'a mut Runner,
    work: Work,
    /// The number of repetitions in a turn.
    times: u64,
    stride: u32,
    /// The number of rows added since the table was empty.
    added: u64,
    series: Series,
    /// Why it is out of the race.
    out: Option<Outcome>,
}

/// Measures one work with all contestants.
pub(crate) fn measure(runners: &mut [Runner], work: Work, plan: &Plan) -> Vec<Outcome> {
    let mut racers: Vec<Racer<'_>> = runners.iter_mut().map(|runner| Racer::new(runner, work)).collect();
    for racer in &mut racers {
        racer.attempt(|racer| racer.warm_up(plan));
    }
    // Only the rounds in which at least one contestant has a turn.
    let step = racers.iter().filter(|racer| racer.out.is_none()).map(|racer| racer.stride).min();
    let step = step.unwrap_or(plan.rounds);
    let count = racers.len();
    for round in 0..plan.rounds / step {
        for turn in 0..count {
            // Each round starts with another contestant, which then follows a different one than usual.
            let racer = &mut racers[(round as usize + turn) % count];
            racer.attempt(|racer| racer.turn(round * step, plan));
        }
    }
    racers.into_iter().map(|racer| racer.out.unwrap_or(Outcome::Measured(racer.series))).collect()
}

impl<'a> Racer<'a> {
    fn new(runner: &'a mut Runner, work: Work) -> Self {
        Racer { runner, work, times: 1, stride: 1, added: 0, series: Series::default(), out: None }
    }

    /// Performs a step, unless the contestant is out; it is out if the step fails.
    fn attempt(&mut self, step: impl FnOnce(&mut Self) -> Result<()>) {
        if self.out.is_none()
            && let Err(error) = step(self)
        {
            self.fail(&error);
        }
    }

    fn fail(&mut self, error: &Error) {
        let message = format!("{error:#}");
        eprintln!("{}: {}: {message}", self.runner.title(), self.work.title());
        self.out = Some(Outcome::Failed(message));
    }

    /// Prepares the tables and runs for a while, to find the number of repetitions in a turn.
    fn warm_up(&mut self, plan: &Plan) -> Result<()> {
        if !self.runner.prepare(self.work)? {
            self.out = Some(Outcome::Not);
            return Ok(());
        }
        let begun = Instant::now();
        loop {
            let took = Duration::from_secs_f64(self.run(plan)?.wall);
            if took < plan.sample {
                self.times *= 2;
            } else if begun.elapsed() >= plan.warm_up {
                let one = took.as_secs_f64() / self.times as f64;
                self.times = (plan.sample.as_secs_f64() / one).ceil() as u64;
                self.stride = plan.stride(took.max(plan.sample));
                return Ok(());
            }
        }
    }

    /// Takes its turn in a round, if it has one.
    fn turn(&mut self, round: u32, plan: &Plan) -> Result<()> {
        if !round.is_multiple_of(self.stride) {
            self.series.sit_out();
            return Ok(());
        }
        let cost = self.run(plan)?;
        self.series.add(&cost, self.times);
        Ok(())
    }

    /// Does the repetitions of a turn, emptying the table first if it has grown too large.
    fn run(&mut self, plan: &Plan) -> Result<contestant::Cost> {
        if self.work.grows() && self.added > GROWN {
            self.runner.prepare(self.work)?;
            self.added = 0;
        }
        self.added += self.times * self.work.rows as u64;
        self.runner.run(self.times, plan.limit)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Plan;

    #[test]
    fn who_takes_long_has_fewer_turns() {
        let stride = |millis| Plan::FULL.stride(Duration::from_millis(millis));
        assert_eq!([1, 2, 4, 8, 100, 60_000].map(stride), [1, 1, 2, 4, 32, 32]);
    }
}
