//! Statistics of the measurements.

use contestant::Cost;

/// The measurements of one contestant, turn by turn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Series {
    /// Seconds per repetition; `None` in rounds in which the contestant had no turn.
    turns: Vec<Option<f64>>,
    cpu: f64,
    times: u64,
}

/// The median of some values, and the range of the middle 80 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) p10: f64,
    pub(crate) p90: f64,
}

impl Series {
    /// Adds a turn of this many repetitions.
    pub(crate) fn add(&mut self, cost: &Cost, times: u64) {
        self.turns.push(Some(cost.wall / times as f64));
        self.cpu += cost.cpu;
        self.times += times;
    }

    /// Adds a round without a turn.
    pub(crate) fn sit_out(&mut self) {
        self.turns.push(None);
    }

    /// Returns the time of one repetition, or `None` if there was no turn.
    pub(crate) fn time(&self) -> Option<Spread> {
        Spread::of(self.turns.iter().flatten().copied().collect())
    }

    /// Returns the ratio to the time of another contestant: over the rounds in which both had a turn, side by side, so
    /// that a slow moment of the machine affects both.
    pub(crate) fn ratio(&self, other: &Series) -> Option<Spread> {
        let rounds = self.turns.iter().zip(&other.turns);
        Spread::of(rounds.filter_map(|(mine, theirs)| Some((*mine)? / (*theirs)?)).collect())
    }

    /// Returns the mean CPU time of one repetition, in seconds.
    pub(crate) fn cpu(&self) -> f64 {
        self.cpu / self.times.max(1) as f64
    }
}

impl Spread {
    /// Returns the spread of these values, or `None` if there are none.
    pub(crate) fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let at = |percent: usize| values.get(values.len() * percent / 100).copied();
        Some(Spread { median: at(50)?, p10: at(10)?, p90: at(90)? })
    }
}

#[cfg(test)]
mod tests {
    use contestant::Cost;

    use super::{Series, Spread};

    fn series(turns: &[f64]) -> Series {
        let mut series = Series::default();
        for &wall in turns {
            if wall == 0.0 {
                series.sit_out();
            } else {
                series.add(&Cost { wall, cpu: 1.0, allocations: None, peak: 0 }, 1);
            }
        }
        series
    }

    #[test]
    fn percentiles_are_of_the_sorted_values() {
        let expected = Spread { median: 2.0, p10: 1.0, p90: 3.0 };
        assert_eq!(Spread::of(vec![3.0, 1.0, 2.0]), Some(expected));
        assert_eq!(Spread::of(Vec::new()), None);
    }

    #[test]
    fn times_and_cpu_are_of_one_repetition() {
        let mut series = Series::default();
        series.add(&Cost { wall: 4.0, cpu: 1.0, allocations: None, peak: 0 }, 2);
        series.add(&Cost { wall: 4.0, cpu: 3.0, allocations: None, peak: 0 }, 2);
        assert_eq!(series.time().map(|time| time.median), Some(2.0));
        assert!((series.cpu() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn ratios_are_of_the_rounds_in_which_both_had_a_turn() {
        let (mine, theirs) = (series(&[2.0, 0.0, 20.0, 2.0]), series(&[1.0, 5.0, 10.0, 0.0]));
        assert_eq!(mine.ratio(&theirs), Spread::of(vec![2.0, 2.0]));
        assert_eq!(series(&[1.0, 0.0]).ratio(&series(&[0.0, 1.0])), None);
    }
}
