//! The protocol between the race driver and the programs: lines of JSON.

use serde::{Deserialize, Serialize};

use crate::work::Work;

/// A command to a program.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Recreates the tables with the rows of the work, and does it twice, checking the first result.
    Prepare(Work),
    /// Does the prepared work this many times.
    Run(u64),
}

/// A program's answer.
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

/// The cost of a turn, over all its repetitions.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Cost {
    /// Seconds of wall-clock time.
    pub wall: f64,
    /// Seconds of CPU time.
    pub cpu: f64,
    /// Allocations, including those that moved a block, if the program counts them.
    pub allocations: Option<u64>,
    /// Peak memory of the program during the turn, in bytes.
    pub peak: u64,
}
