//! What stands before a column: the name of its source, and a dot.

use crate::schema::Quoted;

/// A name in quotes with a dot behind it, put together once for each source, as most are named several times.
#[derive(Clone)]
pub(super) struct Prefix {
    bytes: [u8; Prefix::ROOM],
    /// 0 for what has to be put together each time: long names, and great numbers.
    length: usize,
}

impl Prefix {
    /// A quoted name, and an underscore and a digit.
    pub(super) const ROOM: usize = Quoted::ROOM + 8;

    /// None.
    pub(super) const NONE: Prefix = Prefix { bytes: [0; Self::ROOM], length: 0 };

    /// That of a quoted name, or of its copy with a number above 1.
    #[inline]
    pub(super) fn new(quoted: (&[u8; Quoted::ROOM], usize), number: usize) -> Self {
        let (name, length) = quoted;
        let mut prefix = Prefix { bytes: [0; Self::ROOM], length: length + 1 };
        prefix.bytes[..Quoted::ROOM].copy_from_slice(name);
        match u8::try_from(number) {
            Ok(1) => prefix,
            Ok(digit @ 2..=9) => prefix.numbered(digit),
            _ => Prefix::NONE,
        }
    }

    fn numbered(mut self, digit: u8) -> Self {
        let quote = self.bytes[0];
        let end = self.length + 2;
        self.bytes[self.length - 2..end].copy_from_slice(&[b'_', b'0' + digit, quote, b'.']);
        self.length = end;
        self
    }

    /// The bytes, and how many of them it has.
    #[inline]
    pub(super) fn get(&self) -> Option<(&[u8; Prefix::ROOM], usize)> {
        (self.length > 0).then_some((&self.bytes, self.length))
    }
}
