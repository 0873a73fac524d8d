//! What stands before a column: the name of its source, and a dot.

use crate::schema::Quoted;

/// A name in quotes with a dot behind it, put together once for each source, as most are named several times.
#[derive(Clone)]
pub(super) struct Prefix {
    bytes: [u8; Quoted::ROOM],
    /// 0 if it has to be put together each time.
    length: usize,
}

impl Prefix {
    /// That of a long name, or of one with a great number.
    pub(super) const NONE: Prefix = Prefix { bytes: [0; Quoted::ROOM], length: 0 };

    /// That of a quoted name, with a number if that is above 1.
    #[inline]
    pub(super) fn new((name, length): (&[u8; Quoted::ROOM], usize), number: usize) -> Self {
        let prefix = Prefix { bytes: *name, length: length + 1 };
        match u8::try_from(number) {
            Ok(1) => prefix,
            Ok(digit @ 2..=9) => prefix.numbered(digit),
            _ => Prefix::NONE,
        }
    }

    fn numbered(mut self, digit: u8) -> Self {
        let ending = [b'_', b'0' + digit, self.bytes[0], b'.'];
        // Over the quote and the dot.
        let at = self.length - 2;
        let Some(place) = self.bytes.get_mut(at..at + ending.len()) else { return Prefix::NONE };
        place.copy_from_slice(&ending);
        Prefix { length: at + ending.len(), ..self }
    }

    /// The bytes, and how many of them it has.
    #[inline]
    pub(super) fn get(&self) -> Option<(&[u8; Quoted::ROOM], usize)> {
        (self.length > 0).then_some((&self.bytes, self.length))
    }
}
