//! Sending the statements of a batch.

use std::panic::Location;

use super::entry::Slot;
use crate::dialect::Dialect;
use crate::driver::{Flow, Sink, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::session::{Lease, On};
use crate::syntax::{Command, Statement};
use crate::value::{Cell, Datum};

/// Statements that are sent together, and the index of the first.
#[derive(Default)]
struct Group {
    first: usize,
    texts: Vec<String>,
    bind: Option<&'static str>,
}

/// Runs statements one after the other, up to the first that fails.
///
/// # Errors
/// If there is no connection; the error of a statement is only in its own result.
pub(super) async fn all(
    slots: &mut [&mut dyn Slot],
    on: On<'_>,
    at: &'static Location<'static>,
) -> Result<()> {
    let mut commands = Vec::with_capacity(slots.len());
    for slot in &mut *slots {
        commands.extend(slot.command());
    }
    let bind = commands.iter().flatten().next().and_then(Command::bind);
    let mut lease = on.lease(bind, at).await?;
    let mut group = Group::default();
    for (number, command) in commands.into_iter().enumerate() {
        let bind = command.as_ref().ok().and_then(Command::bind);
        let by_hand = matches!(command, Ok(Command::Raw(_)));
        // Sent first: switching to another database returns the connection.
        if bind != group.bind && !send(&mut group, slots, &mut lease, at).await {
            return Ok(());
        }
        let statement = match command {
            Ok(command) => match lease.turn_to(bind).await {
                Ok(()) => lease.prepare(command, at),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        };
        let mut statement = match statement {
            Ok(statement) => statement,
            Err(error) => {
                if send(&mut group, slots, &mut lease, at).await {
                    slots[number].done(Err(error));
                }
                return Ok(());
            }
        };
        if let Some(text) = alone(&statement, by_hand, lease.dialect()) {
            if group.texts.is_empty() {
                (group.first, group.bind) = (number, bind);
            }
            group.texts.push(text);
            continue;
        }
        if !send(&mut group, slots, &mut lease, at).await {
            return Ok(());
        }
        let result = lease.send(&mut statement, slots[number].sink(), at).await;
        let failed = result.is_err();
        slots[number].done(result);
        if failed {
            return Ok(());
        }
    }
    send(&mut group, slots, &mut lease, at).await;
    Ok(())
}

/// Returns the statement as text that can be joined with others, if that is possible.
fn alone(statement: &Statement, by_hand: bool, dialect: &Dialect) -> Option<String> {
    const FIRST_WORDS: [&str; 6] = ["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"];
    if !dialect.several || !statement.params.iter().all(is_digits) {
        return None;
    }
    // Sensitive values must not get into the text, which is logged.
    if statement.sensitive && !statement.params.is_empty() {
        return None;
    }
    if by_hand {
        let sql = &statement.sql;
        let word = sql.split_whitespace().next().unwrap_or_default();
        let simple = FIRST_WORDS.iter().any(|first| word.eq_ignore_ascii_case(first));
        let open = [";", "--", "#", "/*"].iter().any(|mark| sql.contains(mark));
        return (simple && !open && statement.params.is_empty()).then(|| sql.clone());
    }
    Some(statement.with_values(dialect))
}

/// Whether the value can be written as a number.
fn is_digits(value: &Datum) -> bool {
    matches!(value, Datum::Null | Datum::Bool(_) | Datum::Int(_) | Datum::UInt(_))
}

/// Sends the group. Returns whether all of its statements succeeded.
async fn send(
    group: &mut Group,
    slots: &mut [&mut dyn Slot],
    lease: &mut Lease<'_>,
    at: &'static Location<'static>,
) -> bool {
    let Group { first, texts, .. } = std::mem::take(group);
    if texts.is_empty() {
        return true;
    }
    let slots = &mut slots[first..first + texts.len()];
    let mut statement = Statement::new(texts.join(";\n"), Vec::new());
    statement.several = true;
    let mut answers = Answers { slots, at: 0, stopped: false };
    let result = lease.send(&mut statement, &mut answers, at).await;
    let Answers { slots, at: ended, .. } = answers;
    let error = match result {
        // A proxy may refuse several statements in one text.
        Err(error) if ended == 0 && error.is_syntax() && slots.len() > 1 => {
            return one_by_one(texts, slots, lease, at).await;
        }
        Err(error) => error,
        Ok(_) if ended == slots.len() => return true,
        Ok(_) => {
            let message =
                format!("the server answered only {ended} of {} statements of the batch", slots.len());
            Error::new(ErrorKind::Server, message)
        }
    };
    if let Some(slot) = slots.get_mut(ended) {
        slot.done(Err(error));
    }
    false
}

/// Sends statements one by one. Returns whether all of them succeeded.
async fn one_by_one(
    texts: Vec<String>,
    slots: &mut [&mut dyn Slot],
    lease: &mut Lease<'_>,
    at: &'static Location<'static>,
) -> bool {
    for (text, slot) in texts.into_iter().zip(slots) {
        let result = lease.send(&mut Statement::new(text, Vec::new()), slot.sink(), at).await;
        let failed = result.is_err();
        slot.done(result);
        if failed {
            return false;
        }
    }
    true
}

/// Passes the rows of several statements to the sinks of each.
struct Answers<'s, 'e> {
    slots: &'s mut [&'e mut dyn Slot],
    /// The index of the statement that the rows belong to.
    at: usize,
    /// Whether its sink wants no more rows.
    stopped: bool,
}

impl Sink for Answers<'_, '_> {
    fn wants_columns(&self) -> bool {
        true
    }

    fn columns(&mut self, names: &[&str]) {
        if let Some(slot) = self.slots.get_mut(self.at)
            && slot.sink().wants_columns()
        {
            slot.sink().columns(names);
        }
    }

    fn next_set(&mut self) -> bool {
        true
    }

    fn ended(&mut self, summary: Summary) {
        if let Some(slot) = self.slots.get_mut(self.at) {
            slot.done(Ok(summary));
        }
        self.at += 1;
        self.stopped = false;
    }

    /// Never stops, since the results of the following statements still have to be read.
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        if let Some(slot) = self.slots.get_mut(self.at)
            && !self.stopped
        {
            self.stopped = slot.sink().row(cells) == Flow::Stop;
        }
        Flow::Continue
    }
}
