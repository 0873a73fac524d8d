//! The cells of a row, which are read in order.

use anyhow::{Context as _, Result, ensure};
use contestant::{Comment, Post, User};

/// The rest of a row in the binary protocol.
pub(crate) struct Cells<'a> {
    nulls: &'a [u8],
    values: &'a [u8],
    at: usize,
}

impl<'a> Cells<'a> {
    pub(crate) fn of(packet: &'a [u8], columns: usize) -> Result<Self> {
        let row = packet.split_at_checked(1).and_then(|(_, row)| row.split_at_checked((columns + 9) / 8));
        let (nulls, values) = row.context("a row is too short")?;
        // The first two bits are unused.
        Ok(Cells { nulls, values, at: 2 })
    }

    fn is_null(&mut self) -> Result<bool> {
        let byte = self.nulls.get(self.at / 8).context("a row has fewer columns")?;
        let null = byte >> (self.at % 8) & 1 == 1;
        self.at += 1;
        Ok(null)
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8]> {
        let (bytes, rest) = self.values.split_at_checked(count).context("a row is too short")?;
        self.values = rest;
        Ok(bytes)
    }

    fn integer(&mut self, bytes: usize) -> Result<u64> {
        let mut integer = [0; 8];
        integer[..bytes].copy_from_slice(self.bytes(bytes)?);
        Ok(u64::from_le_bytes(integer))
    }

    /// Reads a `BIGINT`.
    fn number(&mut self) -> Result<u64> {
        ensure!(!self.is_null()?, "a number is NULL");
        self.integer(8)
    }

    fn text_or_null(&mut self) -> Result<Option<String>> {
        if self.is_null()? {
            return Ok(None);
        }
        let length = match self.integer(1)? {
            0xFC => self.integer(2)?,
            0xFD => self.integer(3)?,
            0xFE => self.integer(8)?,
            short => short,
        };
        let text = str::from_utf8(self.bytes(length.try_into()?)?)?;
        Ok(Some(text.to_owned()))
    }

    fn text(&mut self) -> Result<String> {
        self.text_or_null()?.context("a text is NULL")
    }
}

/// A type that rows are converted to.
pub(crate) trait Row: Sized {
    fn read(cells: &mut Cells<'_>) -> Result<Self>;
}

impl Row for User {
    fn read(cells: &mut Cells<'_>) -> Result<Self> {
        Ok(User { id: cells.number()?, name: cells.text()?, hair_color: cells.text_or_null()? })
    }
}

impl Row for Post {
    fn read(cells: &mut Cells<'_>) -> Result<Self> {
        let (id, user_id) = (cells.number()?, cells.number()?);
        Ok(Post { id, user_id, title: cells.text()?, body: cells.text_or_null()? })
    }
}

impl Row for Comment {
    fn read(cells: &mut Cells<'_>) -> Result<Self> {
        Ok(Comment { id: cells.number()?, post_id: cells.number()?, text: cells.text()? })
    }
}

/// For statements that return no rows.
impl Row for () {
    fn read(_: &mut Cells<'_>) -> Result<Self> {
        Ok(())
    }
}
