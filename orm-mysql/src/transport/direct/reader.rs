//! Reads the protocol's numbers and texts:
//! <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_data_types.html>.

/// The rest of a packet. Reading past its end returns `None`.
#[derive(Clone, Copy)]
pub(super) struct Reader<'p>(pub(super) &'p [u8]);

impl<'p> Reader<'p> {
    #[inline]
    pub(super) fn bytes(&mut self, count: usize) -> Option<&'p [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    #[inline]
    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    #[inline]
    pub(super) fn u8(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    /// Reads a length-encoded integer, whose first byte says how many follow.
    #[inline]
    pub(super) fn number(&mut self) -> Option<u64> {
        match self.u8()? {
            short @ ..=250 => Some(short.into()),
            0xFC => self.u16().map(u64::from),
            0xFD => self.array().map(|[a, b, c]| u32::from_le_bytes([a, b, c, 0]).into()),
            0xFE => self.array().map(u64::from_le_bytes),
            _ => None,
        }
    }

    /// Reads a text with a length prefix.
    #[inline]
    pub(super) fn text(&mut self) -> Option<&'p [u8]> {
        let length = self.number()?;
        self.bytes(usize::try_from(length).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_lengths() {
        let bytes = [250, 0xFC, 1, 2, 0xFD, 1, 2, 3, 0xFE, 1, 0, 0, 0, 0, 0, 0, 1];
        let mut reader = Reader(&bytes);
        let numbers: Vec<_> = std::iter::from_fn(|| reader.number()).collect();
        assert_eq!(numbers, [250, 0x0201, 0x0003_0201, 0x0100_0000_0000_0001]);
        assert!(reader.0.is_empty());
    }

    #[test]
    fn what_is_too_short_gives_nothing() {
        assert_eq!(Reader(&[0xFC, 1]).number(), None);
        assert_eq!(Reader(&[3, b'a', b'b']).text(), None);
        assert_eq!(Reader(&[0xFE, 0, 0, 0, 0, 0, 0, 0, 0x80, 1]).text(), None);
        assert_eq!(Reader(&[2, b'a', b'b', b'c']).text(), Some(&b"ab"[..]));
    }
}
