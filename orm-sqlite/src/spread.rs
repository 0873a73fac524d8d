//! Variances and standard deviations, which SQLite lacks, by Welford's algorithm.

use rusqlite::functions::{Aggregate, Context, FunctionFlags, WindowAggregate};
use rusqlite::{Connection, Result};

use crate::math::number;

/// Registers the functions on a connection, under the names of the SQL standard.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let functions = [
        ("stddev_pop", Spread { sample: false, root: true }),
        ("stddev_samp", Spread { sample: true, root: true }),
        ("var_pop", Spread { sample: false, root: false }),
        ("var_samp", Spread { sample: true, root: false }),
    ];
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    for (name, function) in functions {
        connection.create_window_function(name, 1, flags, function)?;
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Spread {
    sample: bool,
    root: bool,
}

/// The values so far: their number, their mean, and the sum of the squares of their distances from it.
#[derive(Default)]
struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, number: f64) {
        self.count += 1.0;
        let before = number - self.mean;
        self.mean += before / self.count;
        self.squares += before * (number - self.mean);
    }

    fn remove(&mut self, number: f64) {
        if self.count <= 1.0 {
            *self = Moments::default();
            return;
        }
        let before = number - self.mean;
        self.count -= 1.0;
        self.mean -= before / self.count;
        // Rounding must not make it negative.
        self.squares = (self.squares - before * (number - self.mean)).max(0.0);
    }
}

impl Spread {
    fn of(self, moments: Option<&Moments>) -> Option<f64> {
        let moments = moments?;
        let divisor = if self.sample { moments.count - 1.0 } else { moments.count };
        let variance = (divisor > 0.0).then(|| moments.squares / divisor)?;
        Some(if self.root { variance.sqrt() } else { variance }).filter(|result| result.is_finite())
    }
}

impl Aggregate<Moments, Option<f64>> for Spread {
    fn init(&self, _context: &mut Context<'_>) -> Result<Moments> {
        Ok(Moments::default())
    }

    fn step(&self, context: &mut Context<'_>, moments: &mut Moments) -> Result<()> {
        number(context, 0).into_iter().for_each(|number| moments.add(number));
        Ok(())
    }

    fn finalize(&self, _context: &mut Context<'_>, moments: Option<Moments>) -> Result<Option<f64>> {
        Ok(self.of(moments.as_ref()))
    }
}

/// In a window, rows also leave the frame.
impl WindowAggregate<Moments, Option<f64>> for Spread {
    fn value(&self, moments: Option<&mut Moments>) -> Result<Option<f64>> {
        Ok(self.of(moments.as_deref()))
    }

    fn inverse(&self, context: &mut Context<'_>, moments: &mut Moments) -> Result<()> {
        number(context, 0).into_iter().for_each(|number| moments.remove(number));
        Ok(())
    }
}
