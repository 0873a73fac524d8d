//! One work: the contestants take turns, so that whatever slows the machine slows all of them.

use std::time::{Duration, Instant};

use anyhow::{Error, Result};
use contestant::Work;

use crate::runner::Runner;
use crate::stats::Series;

/// How long to measure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// How many turns each contestant has at most.
    rounds: u32,
    /// And at least.
    fewest: u32,
    /// How long a turn is at least. Short, so that the turns of one round see the same machine.
    sample: Duration,
    /// How long each contestant runs before anything counts.
    warm_up: Duration,
    /// How long all turns of a contestant may take: one whose turns are long has fewer.
    share: Duration,
    /// How long one turn may take at all.
    limit: Duration,
}

impl Plan {
    /// For numbers to rely on.
    pub(crate) const FULL: Plan = Plan {
        rounds: 400,
        fewest: 7,
        sample: Duration::from_millis(1),
        warm_up: Duration::from_millis(100),
        share: Duration::from_millis(800),
        limit: Duration::from_secs(60),
    };

    /// For a look.
    pub(crate) const QUICK: Plan = Plan {
        rounds: 40,
        fewest: 3,
        sample: Duration::from_micros(500),
        warm_up: Duration::from_millis(5),
        share: Duration::from_millis(30),
        limit: Duration::from_secs(10),
    };

    /// The rounds from one turn to the next of a contestant that takes so long for one. A power of two, so that those who
    /// have few turns have them in the same rounds.
    fn stride(&self, turn: Duration) -> u32 {
        let turns = self.share.as_secs_f64() / turn.as_secs_f64().max(1e-9);
        let turns = (turns as u32).clamp(self.fewest, self.rounds);
        let stride = (self.rounds / turns).max(1);
        // The power below, so that there are not fewer turns than that.
        1 << stride.ilog2()
    }
}

/// What came of a contestant at a work.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It was measured.
    Measured(Series),
    /// It does not do this work.
    Not,
    /// It failed.
    Failed(String),
}

/// Added rows after which a table is emptied.
const GROWN: u64 = 50_000;

/// A contestant within the measurement of a work.
struct Racer<'a> {
    runner: &'a mut Runner,
    work: Work,
    /// The repetitions of a turn.
    times: u64,
    stride: u32,
    /// The rows that were added since the table was empty.
    added: u64,
    series: Series,
    /// Why it is out.
    out: Option<Outcome>,
}

/// Measures one work with all contestants.
pub(crate) fn measure(runners: &mut [Runner], work: Work, plan: &Plan) -> Vec<Outcome> {
    let mut racers: Vec<Racer<'_>> = runners.iter_mut().map(|runner| Racer::new(runner, work)).collect();
    for racer in &mut racers {
        racer.attempt(|racer| racer.warm_up(plan));
    }
    // Only the rounds in which somebody has a turn.
    let step = racers.iter().filter(|racer| racer.out.is_none()).map(|racer| racer.stride).min();
    let step = step.unwrap_or(plan.rounds);
    let count = racers.len();
    for round in 0..plan.rounds / step {
        for turn in 0..count {
            // Each round another one begins, and so has another one before it.
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

    /// Does a step, unless the contestant is out; it is out if the step fails.
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

    /// Prepares the tables, and runs for a while; finds out how many repetitions make a turn.
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

    /// Does the work as often as a turn has it, in a table that is not too large.
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
