//! MySQL's protocol over a socket, without a library between it and the rows.
//!
//! Packets are written directly from the values of a statement, and cells are read in place from the read buffer:
//! nothing is copied in between, and nothing is allocated per row. The protocol is documented at
//! <https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html>, and for MariaDB at
//! <https://mariadb.com/kb/en/clientserver-protocol/>.

mod answers;
mod buffer;
mod cells;
mod columns;
mod compressed;
#[cfg(all(test, unix))]
mod hostile;
#[cfg(test)]
mod impostors;
mod login;
mod packets;
mod reader;
mod results;
#[cfg(all(test, unix))]
mod sent;
mod socket;
#[cfg(feature = "tls")]
mod tls;
mod values;

use std::collections::HashMap;
use std::pin::pin;

use mysql_async::consts::StatusFlags;
use orm_core::Result;
use orm_core::driver::{Flow, Sink};
use orm_core::syntax::Statement;

use super::{Transport, rounded};
use crate::packet::{PIECE, check_values};
use crate::place::Place;
use answers::{ERROR, OK, Success};
use cells::Row;
use columns::Columns;
use packets::Packets;
use reader::Reader;
use results::Rest;

/// The commands: <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase.html>.
const QUIT: u8 = 0x01;
const QUERY: u8 = 0x03;
const PING: u8 = 0x0E;
const PREPARE: u8 = 0x16;
const EXECUTE: u8 = 0x17;
const SEND_LONG_DATA: u8 = 0x18;
const CLOSE: u8 = 0x19;
const RESET: u8 = 0x1F;

/// How much of a long value goes into one packet, along with its header.
const LONG_PACKET: usize = PIECE - 7;

pub(crate) struct Direct {
    packets: Packets,
    id: u32,
    /// Whether columns and rows end with EOF packets, as before MySQL 5.7.
    old_ends: bool,
    /// Whether the server omits the columns that it has described before.
    leaves_out: bool,
    /// The outcome of the last command, as far as it is known.
    success: Success,
    rest: Rest,
    /// Whether its row has the output parameters of a procedure, which the EOF packet after its columns says.
    puts_out: bool,
    /// The columns of the current result set.
    columns: Columns,
    /// The columns of prepared statements, by id, if the server may omit them.
    described: HashMap<u32, Columns>,
    file: Option<Vec<u8>>,
}

/// A prepared statement, by its id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prepared {
    id: u32,
    placeholders: u16,
}

impl Direct {
    /// Sends a command that has been written and is answered with an OK.
    async fn expect_success(&mut self) -> Result<()> {
        self.packets.send().await?;
        self.packets.next().await?;
        match *self.packets.packet() {
            [OK, ..] => {
                self.succeed()?;
                self.rest = Rest::Nothing;
                Ok(())
            }
            [ERROR, ..] => Err(self.failed()),
            _ => Err(self.packets.unreadable()),
        }
    }

    /// Sends texts and bytes one by one, before the statement that they belong to.
    #[cold]
    async fn send_long(&mut self, prepared: Prepared, statement: &Statement) -> Result<()> {
        // In this order, the counter is not incremented past the last number.
        for (value, at) in statement.params.iter().zip(0_u16..) {
            let Some(bytes) = values::long(value) else { continue };
            // An empty value must be sent, too.
            let empty = bytes.is_empty().then_some(bytes);
            for part in bytes.chunks(LONG_PACKET).chain(empty) {
                let packet = self.packets.command(SEND_LONG_DATA);
                packet.extend(prepared.id.to_le_bytes());
                packet.extend(at.to_le_bytes());
                packet.extend_from_slice(part);
                self.packets.send().await?;
            }
        }
        Ok(())
    }
}

impl Transport for Direct {
    type Prepared = Prepared;

    async fn connect(place: &Place) -> Result<Self> {
        let login::Session { mut packets, id, success, old_ends, leaves_out } = login::log_in(place).await?;
        packets.limit(place.read_timeout, place.write_timeout);
        Ok(Direct {
            packets,
            id,
            old_ends,
            leaves_out,
            success,
            rest: Rest::Nothing,
            puts_out: false,
            columns: Columns::default(),
            described: HashMap::new(),
            file: None,
        })
    }

    fn id(&self) -> u32 {
        self.id
    }

    fn is_lost(&self) -> bool {
        self.packets.is_lost()
    }

    fn is_closed(&self) -> bool {
        self.packets.is_closed()
    }

    fn flags(&self) -> Option<StatusFlags> {
        self.success.flags
    }

    fn affected(&self) -> u64 {
        self.success.affected
    }

    fn last_insert_id(&self) -> Option<u64> {
        Some(self.success.last_insert_id).filter(|id| *id > 0)
    }

    fn warnings(&self) -> u16 {
        self.success.warnings
    }

    fn has_rows(&mut self) -> bool {
        matches!(self.rest, Rest::Rows)
    }

    fn is_at_set(&mut self) -> bool {
        matches!(self.rest, Rest::Rows | Rest::NoRows)
    }

    fn is_at_end(&mut self) -> bool {
        !self.has_rows() && !self.success.has_more()
    }

    fn tell_columns(&mut self, sink: &mut dyn Sink) {
        let names: Vec<_> = (0..self.columns.forms.len()).map(|at| self.columns.name(at)).collect();
        sink.columns(&names.iter().map(|name| &**name).collect::<Vec<_>>());
    }

    async fn query(&mut self, sql: &str) -> Result<()> {
        self.enter().await?;
        self.packets.command(QUERY).extend_from_slice(sql.as_bytes());
        self.packets.send().await?;
        self.read_head(None).await
    }

    async fn prepare(&mut self, sql: &str) -> Result<Prepared> {
        self.enter().await?;
        self.packets.command(PREPARE).extend_from_slice(sql.as_bytes());
        self.packets.send().await?;
        self.packets.next().await?;
        let mut reader = match self.packets.packet() {
            [OK, rest @ ..] => Reader(rest),
            [ERROR, ..] => return Err(self.failed()),
            _ => return Err(self.packets.unreadable()),
        };
        let (id, columns, placeholders) = (reader.u32(), reader.u16(), reader.u16());
        let (Some(id), Some(columns), Some(placeholders)) = (id, columns, placeholders) else {
            return Err(self.packets.unreadable());
        };
        if placeholders > 0 {
            for _ in 0..placeholders {
                self.packets.next().await?;
            }
            self.pass_old_end().await?;
        }
        if columns > 0 {
            self.describe(columns.into()).await?;
            self.pass_old_end().await?;
            if self.leaves_out {
                self.described.insert(id, self.columns.clone());
            }
        }
        Ok(Prepared { id, placeholders })
    }

    fn placeholders(prepared: &Prepared) -> usize {
        prepared.placeholders.into()
    }

    async fn execute(&mut self, prepared: Prepared, statement: &mut Statement, packet: usize) -> Result<()> {
        let sent_before = check_values(statement.params.iter().map(values::size), packet)? > PIECE;
        self.enter().await?;
        if sent_before {
            // Refuses what cannot be written beforehand: the server would keep the texts for the next execution.
            values::write(&mut Vec::new(), &statement.params, true)?;
            Box::pin(self.send_long(prepared, statement)).await?;
        }
        let packet = self.packets.command(EXECUTE);
        packet.extend(prepared.id.to_le_bytes());
        // No cursor, and one iteration.
        packet.extend([0, 1, 0, 0, 0]);
        values::write(packet, &statement.params, sent_before)?;
        self.packets.send().await?;
        self.read_head(Some(prepared.id)).await
    }

    /// The server does not answer.
    async fn close(&mut self, prepared: Prepared) -> Result<()> {
        self.enter().await?;
        self.described.remove(&prepared.id);
        self.packets.command(CLOSE).extend(prepared.id.to_le_bytes());
        self.packets.send().await
    }

    #[inline]
    async fn row<const TEXT: bool>(&mut self, sink: &mut dyn Sink) -> Result<Option<Flow>> {
        if !pin!(self.advance()).await? {
            return Ok(None);
        }
        let mut row = Row::new();
        let packet = self.packets.packet();
        let read = if TEXT {
            match cells::text(packet, &self.columns, &mut row) {
                Some(Err(float)) => return Err(rounded(&self.columns.name(float))),
                read => read.map(drop),
            }
        } else {
            cells::binary(packet, &self.columns, &mut row)
        };
        match read {
            Some(()) => Ok(Some(sink.row(&mut row))),
            None => {
                drop(row);
                Err(self.packets.unreadable())
            }
        }
    }

    async fn pass(&mut self) -> Result<bool> {
        self.advance().await
    }

    fn offer(&mut self, file: Vec<u8>) {
        self.file = Some(file);
    }

    fn withdraw(&mut self) {
        self.file = None;
    }

    async fn reset(&mut self) -> Result<()> {
        self.enter().await?;
        self.described.clear();
        self.packets.command(RESET);
        self.expect_success().await
    }

    async fn ping(&mut self) -> Result<()> {
        self.enter().await?;
        self.packets.command(PING);
        self.expect_success().await
    }

    /// Dropping it sends QUIT.
    async fn disconnect(self) -> Result<()> {
        Ok(())
    }
}

impl Drop for Direct {
    /// A server logs clients that leave without QUIT.
    fn drop(&mut self) {
        if !self.is_lost() {
            self.packets.send_at_once(QUIT);
        }
    }
}
