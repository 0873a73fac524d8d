//! Result sets, from head to end:
//! <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response.html>.

use mysql_async::consts::StatusFlags;
use orm_core::{Error, Result};

use super::Direct;
use super::answers::{self, END, ERROR, FILE, OK, Success};
use super::reader::Reader;
use crate::error::no_file;
use crate::packet::{FILE_PART, PIECE};

/// The rest of the current result set.
#[derive(Debug)]
pub(super) enum Rest {
    Nothing,
    /// It has no rows, and has not been passed yet.
    NoRows,
    Rows,
    /// There is an error in its place.
    Failed(Error),
}

impl Direct {
    /// Skips the unread rest of the last answer.
    pub(super) async fn enter(&mut self) -> Result<()> {
        while !matches!(self.rest, Rest::Nothing) || self.success.has_more() {
            match Box::pin(self.advance()).await {
                Err(error) if error.code().is_none() => return Err(error),
                _ => {}
            }
        }
        (self.success.affected, self.success.last_insert_id) = (0, 0);
        Ok(())
    }

    /// Advances to the next row. Returns whether there is one; if not, moves to the next result set.
    #[inline]
    pub(super) async fn advance(&mut self) -> Result<bool> {
        if matches!(self.rest, Rest::Rows) {
            self.packets.next().await?;
            match *self.packets.packet() {
                [ERROR, ..] => return Err(self.failed()),
                [END, ..] if self.is_end() => self.end()?,
                [] => return Err(self.packets.unreadable()),
                _ => return Ok(true),
            }
        }
        if let Rest::Failed(error) = std::mem::replace(&mut self.rest, Rest::Nothing) {
            return Err(error);
        }
        if self.success.has_more() {
            Box::pin(self.read_next_head()).await?;
        }
        Ok(false)
    }

    /// Moves to the next result set. An error in its place is reported when its rows are requested.
    async fn read_next_head(&mut self) -> Result<()> {
        match self.read_head(None).await {
            Err(error) if error.code().is_some() => {
                self.rest = Rest::Failed(error);
                Ok(())
            }
            read => read,
        }
    }

    /// Returns whether the packet ends the rows. A text of more than 16 MiB begins with the same byte, but a row with
    /// one is larger than a piece.
    fn is_end(&self) -> bool {
        let length = self.packets.packet().len();
        if self.old_ends { length < 9 } else { length < PIECE }
    }

    fn end(&mut self) -> Result<()> {
        let packet = self.packets.packet();
        let end = if self.old_ends { Success::read_old_end(packet) } else { Success::read(packet) };
        let mut end = end.ok_or_else(|| self.packets.unreadable())?;
        // For the output parameters of a procedure, MySQL has announced another result before the row, and does not
        // repeat it here.
        if std::mem::take(&mut self.puts_out) {
            end.flags.get_or_insert_default().insert(StatusFlags::SERVER_MORE_RESULTS_EXISTS);
        }
        // It reports rows that were read, not rows that were changed.
        self.success = Success { affected: 0, last_insert_id: 0, ..end };
        Ok(())
    }

    /// Returns the error in the packet.
    #[cold]
    pub(super) fn failed(&mut self) -> Error {
        (self.rest, self.success) = (Rest::Nothing, Success::default());
        match answers::error(self.packets.packet()) {
            Some(error) => error,
            None => self.packets.unreadable(),
        }
    }

    /// Reads the head of an answer, up to its rows. The server may omit the columns of a prepared statement.
    pub(super) async fn read_head(&mut self, statement: Option<u32>) -> Result<()> {
        self.rest = Rest::Nothing;
        self.packets.next().await?;
        match *self.packets.packet() {
            [OK, ..] => self.succeed(),
            [ERROR, ..] => Err(self.failed()),
            [FILE, ..] => Box::pin(self.send_file()).await,
            _ => self.read_columns(statement).await,
        }
    }

    pub(super) fn succeed(&mut self) -> Result<()> {
        let success = Success::read(self.packets.packet());
        self.success = success.ok_or_else(|| self.packets.unreadable())?;
        self.columns.clear();
        self.rest = Rest::NoRows;
        Ok(())
    }

    async fn read_columns(&mut self, statement: Option<u32>) -> Result<()> {
        let mut reader = Reader(self.packets.packet());
        let (count, described) = (reader.number(), reader.u8());
        let count = count.ok_or_else(|| self.packets.unreadable())?;
        if self.leaves_out && described == Some(0) {
            let known = statement.and_then(|statement| self.described.get(&statement));
            let known = known.filter(|columns| columns.forms.len() as u64 == count);
            self.columns.become_same_as(known.ok_or_else(|| self.packets.unreadable())?);
        } else {
            self.describe(count).await?;
            if let Some(statement) = statement.filter(|_| self.leaves_out) {
                self.described.entry(statement).or_default().become_same_as(&self.columns);
            }
        }
        let flags = self.pass_old_end().await?;
        self.puts_out = flags.contains(StatusFlags::SERVER_PS_OUT_PARAMS);
        self.rest = Rest::Rows;
        Ok(())
    }

    /// Reads this many column definitions.
    pub(super) async fn describe(&mut self, count: u64) -> Result<()> {
        self.columns.clear();
        for _ in 0..count {
            self.packets.next().await?;
            self.columns.add(self.packets.packet()).ok_or_else(|| self.packets.unreadable())?;
        }
        Ok(())
    }

    /// Reads the EOF packet that old servers and proxies send after columns, and returns its flags, if there is one.
    pub(super) async fn pass_old_end(&mut self) -> Result<StatusFlags> {
        if !self.old_ends {
            return Ok(StatusFlags::empty());
        }
        self.packets.next().await?;
        let end = Success::read_old_end(self.packets.packet()).ok_or_else(|| self.packets.unreadable())?;
        Ok(end.flags.unwrap_or_default())
    }

    /// Sends the file that was offered. If there is none, the server gets an empty one.
    async fn send_file(&mut self) -> Result<()> {
        let file = self.file.take();
        for part in file.as_deref().unwrap_or_default().chunks(FILE_PART) {
            self.packets.answer().extend_from_slice(part);
            self.packets.send().await?;
        }
        self.packets.answer();
        self.packets.send().await?;
        self.packets.next().await?;
        match *self.packets.packet() {
            [OK, ..] => self.succeed()?,
            [ERROR, ..] => return Err(self.failed()),
            _ => return Err(self.packets.unreadable()),
        }
        if file.is_some() { Ok(()) } else { Err(no_file()) }
    }
}
