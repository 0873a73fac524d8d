//! What the driver and the programs say to each other: lines of JSON.

use serde::{Deserialize, Serialize};

use crate::work::Work;

/// What a program is told to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Makes the tables anew with the rows of the work, and does it twice, the first time with a look at the result.
    Prepare(Work),
    /// Does the work that was prepared so many times.
    Run(u64),
}

/// What a program answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It has connected.
    Open,
    /// The work is prepared.
    Prepared,
    /// The contestant does not do this work.
    Unsupported,
    /// The work is done.
    Done(Cost),
    /// Something failed.
    Failed(String),
}

/// What a turn took, in all of its repetitions.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Cost {
    /// Seconds by the clock.
    pub wall: f64,
    /// Seconds that the threads of the program ran.
    pub cpu: f64,
    /// Allocations, those that moved a block included, if the program counts them.
    pub allocations: Option<u64>,
    /// Bytes of memory that the program had at most within the turn.
    pub peak: u64,
}
