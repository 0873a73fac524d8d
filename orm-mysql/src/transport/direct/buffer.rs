//! The read buffer.

use std::io;
use std::ops::Range;

use tokio::io::AsyncReadExt as _;

use super::packets::KEPT;
use super::socket::Socket;

/// How much is read at once. A server sends its rows in pieces of 16 KiB, several of which may be available.
const USUAL: usize = 64 << 10;

/// How much is read at first: enough for the login, and a few rows. A connection that never gets more is cheap to open
/// and to keep.
const FIRST: usize = 4 << 10;

/// Bytes that were read, and the range of those not consumed yet.
pub(super) struct Buffer {
    pub(super) bytes: Vec<u8>,
    pub(super) unread: Range<usize>,
}

impl Default for Buffer {
    fn default() -> Self {
        Buffer { bytes: vec![0; FIRST], unread: 0..0 }
    }
}

impl Buffer {
    #[inline]
    pub(super) fn unread(&self) -> &[u8] {
        &self.bytes[self.unread.clone()]
    }

    /// Reads what is available, and waits if there is nothing. Makes room for `needed` contiguous bytes.
    pub(super) async fn fill(&mut self, socket: &mut Socket, needed: usize) -> io::Result<()> {
        self.make_room(needed);
        match socket.read(&mut self.bytes[self.unread.end..]).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            count => {
                self.unread.end += count;
                Ok(())
            }
        }
    }

    /// Moves the rest to the front, and grows the buffer as needed, or shrinks it again.
    pub(super) fn make_room(&mut self, needed: usize) {
        let Range { start, end } = self.unread;
        let is_full = end == self.bytes.len();
        if start > 0 {
            self.bytes.copy_within(start..end, 0);
            self.unread = 0..end - start;
        }
        if is_full && end < USUAL {
            self.bytes.resize(USUAL.max(needed), 0);
        } else if needed > self.bytes.len() {
            self.bytes.resize(needed, 0);
        } else if self.is_too_large() && needed <= USUAL {
            self.bytes.truncate(USUAL);
            self.bytes.shrink_to_fit();
        }
    }

    /// Returns whether the buffer is larger than what is kept, while the rest fits the usual size. A longer rest is not
    /// moved to the front for each of its packets.
    #[inline]
    pub(super) fn is_too_large(&self) -> bool {
        self.bytes.len() > KEPT && self.unread.len() <= USUAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fills_it_makes_it_larger() {
        let mut buffer = Buffer::default();
        buffer.make_room(4);
        assert_eq!(buffer.bytes.len(), FIRST);

        buffer.bytes.fill(7);
        buffer.unread = FIRST - 3..FIRST;
        buffer.make_room(4);
        assert_eq!((buffer.bytes.len(), buffer.unread()), (USUAL, &[7, 7, 7][..]));

        buffer.unread = 0..USUAL;
        buffer.make_room(4);
        assert_eq!(buffer.bytes.len(), USUAL);
        buffer.make_room(2 * USUAL);
        assert_eq!(buffer.bytes.len(), 2 * USUAL);
    }
}
