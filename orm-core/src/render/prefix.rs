//! The prefix of a column: the name of its source, and a dot.

use crate::schema::Quoted;

/// A quoted name followed by a dot, prepared once for each source, since most are used several times.
#[derive(Clone)]
pub(super) struct Prefix {
    bytes: [u8; Quoted::ROOM],
    /// 0 if it has to be composed each time.
    length: usize,
}

impl Prefix {
    /// The prefix of a long name, or of one with a large number: not prepared.
    pub(super) const NONE: Prefix = Prefix { bytes: [0; Quoted::ROOM], length: 0 };

    /// Returns the prefix of a quoted name, with its number if that is above 1.
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
        // Overwrites the quote and the dot.
        let at = self.length - 2;
        let Some(place) = self.bytes.get_mut(at..at + ending.len()) else { return Prefix::NONE };
        place.copy_from_slice(&ending);
        Prefix { length: at + ending.len(), ..self }
    }

    /// Returns the bytes and their length.
    #[inline]
    pub(super) fn get(&self) -> Option<(&[u8; Quoted::ROOM], usize)> {
        (self.length > 0).then_some((&self.bytes, self.length))
    }
}

#[cfg(test)]
mod tests {
    use super::Prefix;
    use crate::schema::Quoted;

    fn prefix(name: &'static str, number: usize) -> Option<String> {
        let prefix = Prefix::new(Quoted::new(name).get('`')?, number);
        let (bytes, length) = prefix.get()?;
        Some(String::from_utf8_lossy(&bytes[..length]).into_owned())
    }

    #[test]
    fn a_short_name_is_put_together() {
        assert_eq!(prefix("users", 1).as_deref(), Some("`users`."));
        assert_eq!(prefix("users", 2).as_deref(), Some("`users_2`."));
        assert_eq!(prefix("users", 9).as_deref(), Some("`users_9`."));
        assert_eq!(prefix("users", 10), None);
    }

    #[test]
    fn a_name_that_has_no_room_is_not() {
        assert_eq!(
            prefix("name_of_29_letters_in_the_sum", 1).as_deref(),
            Some("`name_of_29_letters_in_the_sum`.")
        );
        assert_eq!(prefix("name_of_28_letters_in_thesum", 2), None);
        assert_eq!(
            prefix("name_of_27_letters_in_t_sum", 2).as_deref(),
            Some("`name_of_27_letters_in_t_sum_2`.")
        );
    }
}
