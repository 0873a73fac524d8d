//! Reads rows from a connection.

use std::pin::pin;

use orm_core::Result;
use orm_core::driver::{Flow, Sink, Summary, pause};

use crate::abandoned::InFlight;
use crate::transport::Transport;

/// The state of the answer that a connection reads.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Set while a command is in flight. If it is still set later, the command's future was dropped, and the next
    /// answer would belong to it.
    pub(crate) busy: bool,
    /// Whether there are unread rows that no one will read.
    pub(crate) unread: bool,
}

/// The destination of the answer to a command.
pub(crate) struct Answer<'a> {
    pub(crate) sink: &'a mut dyn Sink,
    /// The guard of the command, until it is answered.
    pub(crate) command: InFlight,
}

/// Pushes the rows of all result sets that `sink` wants. Returns whether everything was read, which is not the case if
/// the sink stops. `TEXT` answers have numbers as text.
pub(crate) async fn push<T: Transport, const TEXT: bool>(
    transport: &mut T,
    reading: &mut Reading,
    answer: &mut Answer<'_>,
) -> Result<bool> {
    loop {
        if answer.sink.wants_columns() {
            transport.tell_columns(answer.sink);
        }
        // For a result set with rows, the number belongs to what came before.
        let affected = if transport.has_rows() { 0 } else { transport.affected() };
        loop {
            // The only place that awaits a row: two such futures would not share their memory.
            let flow = pin!(transport.row::<TEXT>(answer.sink)).await?;
            match flow {
                None => break,
                Some(Flow::Continue) => {}
                Some(Flow::Stop) => return Ok(false),
                Some(Flow::Pause) => {
                    // If the future is dropped here, nothing is cut off: the next command skips the rest.
                    (reading.busy, reading.unread) = (false, true);
                    answer.command.pause();
                    pause().await;
                    answer.command.go_on();
                    (reading.busy, reading.unread) = (true, false);
                }
            }
        }
        answer.sink.ended(Summary { affected, last_insert_id: None });
        if transport.is_at_end() || !answer.sink.next_set() {
            // The last one of several statements, if it returns no rows.
            if transport.is_at_set() {
                answer.sink.ended(Summary { affected: transport.affected(), last_insert_id: None });
            }
            // The rest is read in any case: whether the statement failed after all is reported at its end.
            if !transport.is_done() {
                Box::pin(pass_over(transport)).await?;
            }
            return Ok(true);
        }
    }
}

/// Reads to the end of an answer.
async fn pass_over<T: Transport>(transport: &mut T) -> Result<()> {
    loop {
        let last = transport.is_at_end();
        if !transport.pass().await? && last {
            return Ok(());
        }
    }
}
