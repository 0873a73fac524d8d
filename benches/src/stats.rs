//! Numbers about numbers.

use std::time::Duration;

/// The times of one contestant, one per round, each for one repetition.
#[derive(Debug)]
pub(crate) struct Series {
    pub(crate) contestant: String,
    /// Seconds.
    pub(crate) times: Vec<f64>,
    /// Of one repetition, if they were counted.
    pub(crate) allocations: Option<usize>,
}

impl Series {
    /// The time that half of the rounds stayed below.
    pub(crate) fn median(&self) -> Duration {
        self.percentile(50)
    }

    /// The time that so many of a hundred rounds stayed below.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        Duration::from_secs_f64(percentile(self.times.clone(), percent))
    }

    /// How many times as long as another it took: the median over the rounds, in which the two ran side by side, so
    /// that a slow second of the machine slows both.
    pub(crate) fn ratio(&self, other: &Series) -> f64 {
        percentile(self.times.iter().zip(&other.times).map(|(mine, theirs)| mine / theirs).collect(), 50)
    }
}

/// The value that so many of a hundred stay below; 0 if there are none.
fn percentile(mut values: Vec<f64>, percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() * percent / 100).or(values.last()).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::{Series, percentile};

    #[test]
    fn percentiles_are_of_the_sorted_values() {
        assert_eq!([10, 50, 90, 100].map(|at| percentile(vec![3.0, 1.0, 2.0], at)), [1.0, 2.0, 3.0, 3.0]);
    }

    #[test]
    fn ratios_are_of_the_same_round() {
        let series =
            |times: &[f64]| Series { contestant: String::new(), times: times.into(), allocations: None };
        let (mine, theirs) = (series(&[2.0, 20.0, 2.2]), series(&[1.0, 10.0, 1.0]));
        assert!((mine.ratio(&theirs) - 2.0).abs() < 1e-9);
    }
}
