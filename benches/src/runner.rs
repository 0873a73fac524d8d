//! A contestant at a place.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use contestant::{Answer, Command, Cost, Work};

use crate::build::Built;
use crate::program::Program;
use crate::server::Lent;

/// The time limit for connecting.
const OPENING: Duration = Duration::from_secs(20);
/// The time limit for preparing a work: creating its tables, and the first two repetitions.
const PREPARING: Duration = Duration::from_secs(180);

/// A contestant with its database; its program is started when needed, and restarted after it had to be ended.
#[derive(Debug)]
pub(crate) struct Runner {
    built: Built,
    url: String,
    program: Option<Program>,
    /// Dropped after the program.
    _database: Option<Lent>,
}

impl Runner {
    /// Returns a contestant on SQLite in memory.
    pub(crate) fn in_memory(built: &Built) -> Self {
        Runner { built: built.clone(), url: "sqlite::memory:".to_owned(), program: None, _database: None }
    }

    /// Returns a contestant with a database on a server.
    pub(crate) fn on_server(built: &Built, database: Lent) -> Self {
        let url = built.entrant.entry.url(&database.url());
        Runner { built: built.clone(), url, program: None, _database: Some(database) }
    }

    /// Returns its title.
    pub(crate) fn title(&self) -> &str {
        &self.built.entrant.title
    }

    /// Returns whether it is a handwritten contestant.
    pub(crate) fn is_by_hand(&self) -> bool {
        self.built.entrant.entry.by_hand
    }

    /// Returns the same contestant with the program that counts allocations.
    pub(crate) fn counting(&self) -> Self {
        let built = Built { program: self.built.counting.clone(), ..self.built.clone() };
        Runner { built, url: self.url.clone(), program: None, _database: None }
    }

    /// Prepares a work; returns `false` if the contestant does not support it.
    pub(crate) fn prepare(&mut self, work: Work) -> Result<bool> {
        if self.program.is_none() {
            self.program = Some(Program::start(&self.built.program, &self.url, OPENING)?);
        }
        match self.ask(&Command::Prepare(work), PREPARING)? {
            Answer::Prepared => Ok(true),
            Answer::Unsupported => Ok(false),
            other => bail!("it answered {other:?}"),
        }
    }

    /// Does the prepared work this many times.
    pub(crate) fn run(&mut self, times: u64, limit: Duration) -> Result<Cost> {
        match self.ask(&Command::Run(times), limit)? {
            Answer::Done(cost) => Ok(cost),
            other => bail!("it answered {other:?}"),
        }
    }

    fn ask(&mut self, order: &Command, limit: Duration) -> Result<Answer> {
        let program = self.program.as_mut().context("it has not begun")?;
        match program.ask(order, limit) {
            Ok(Answer::Failed(message)) => bail!(message),
            Ok(answer) => Ok(answer),
            Err(error) => {
                // Its next answer would be the one to this command.
                self.program = None;
                Err(error)
            }
        }
    }
}
