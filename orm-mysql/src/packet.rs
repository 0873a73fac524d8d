//! Packet size limits.
//!
//! The driver library would query the limit on each new connection. It is told that everything fits, so it does not
//! ask; larger packets are refused here, before anything is sent, so that the connection stays usable.

use orm_core::{Error, ErrorKind, Result};

/// More than any server accepts.
pub(crate) const ANY: usize = 1 << 30;

/// The maximum size of one piece in the protocol. If all values together exceed it, they are sent one by one.
pub(crate) const PIECE: usize = (1 << 24) - 1;

/// How much of a file is sent in one packet: less than any server's limit.
pub(crate) const FILE_PART: usize = 64 << 10;

/// The size of the header of a value that is sent separately.
const HEAD: usize = 7;

/// Refuses the text of a statement that is larger than a packet.
pub(crate) fn check_text(sql: &str, packet: usize) -> Result<()> {
    if sql.len() + 1 < packet { Ok(()) } else { Err(too_large("the statement", sql.len(), packet)) }
}

/// Refuses values that are larger than a packet: together, or any of them if they are sent one by one. Returns their
/// total size, including headers.
pub(crate) fn check_values(
    sizes: impl ExactSizeIterator<Item = usize> + Clone,
    packet: usize,
) -> Result<usize> {
    let count = sizes.len();
    let all = sizes.clone().sum::<usize>() + 11 + count.div_ceil(8) + 2 * count;
    if all >= packet {
        check_large(sizes, all, packet)?;
    }
    Ok(all)
}

#[cold]
fn check_large(mut sizes: impl Iterator<Item = usize>, all: usize, packet: usize) -> Result<()> {
    if let Some(value) = sizes.find(|size| size + HEAD >= packet) {
        return Err(too_large("a value", value, packet));
    }
    if all > PIECE { Ok(()) } else { Err(too_large("the statement with its values", all, packet)) }
}

fn too_large(what: &str, size: usize, packet: usize) -> Error {
    let message = format!(
        "{what} of {size} bytes is larger than the server's `max_allowed_packet` of {packet}: send less at once, or raise it there"
    );
    Error::new(ErrorKind::TooLong, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the error message; empty if everything fits.
    fn against<T>(result: Result<T>) -> String {
        result.err().map(|error| error.to_string()).unwrap_or_default()
    }

    /// Returns the size of a text with its length prefix.
    fn text(bytes: usize) -> usize {
        bytes
            + if bytes < 251 {
                1
            } else if bytes < 1 << 16 {
                3
            } else {
                4
            }
    }

    fn check(sizes: &[usize], packet: usize) -> Result<usize> {
        check_values(sizes.iter().copied(), packet)
    }

    #[test]
    fn a_text_fits_with_the_byte_before_it() {
        assert!(check_text(&"x".repeat(1_022), 1_024).is_ok());
        let error = against(check_text(&"x".repeat(1_023), 1_024));
        assert_eq!(
            error,
            "the statement of 1023 bytes is larger than the server's `max_allowed_packet` of 1024: send less at once, or raise it there"
        );
    }

    #[test]
    fn values_fit_with_what_says_their_types() {
        // Eleven bytes of header, one for the NULL bitmap, two for each type, and the length of each text.
        let most = 1_024 - 11 - 1 - 2 * 2 - 2 * 3 - 1;
        assert!(check(&[text(500), text(most - 500)], 1_024).is_ok());
        let error = against(check(&[text(500), text(most - 499)], 1_024));
        assert!(error.starts_with("the statement with its values of 1024 bytes"), "{error}");
        assert!(check(&[0, 8], 1_024).is_ok());
        let error = against(check(&[text(2_000)], 1_024));
        assert!(error.starts_with("a value of 2003 bytes"), "{error}");
    }

    #[test]
    fn values_that_are_sent_one_by_one_fit_one_by_one() {
        let packet = 1 << 24;
        assert!(check(&[text(packet / 2), text(packet / 2)], packet).is_ok());
        let error = against(check(&[text(1), text(packet - 3)], packet));
        assert!(error.starts_with("a value of "), "{error}");
    }
}
