//! The packets that end an answer:
//! <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_response_packets.html>.

use mysql_async::consts::StatusFlags;
use orm_core::Error;

use super::reader::Reader;
use crate::error::{Refusal, refused};

pub(super) const OK: u8 = 0;
pub(super) const FILE: u8 = 0xFB;
pub(super) const END: u8 = 0xFE;
pub(super) const ERROR: u8 = 0xFF;

/// An OK packet: a command has succeeded, or all rows were sent.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Success {
    pub(super) affected: u64,
    pub(super) last_insert_id: u64,
    pub(super) flags: Option<StatusFlags>,
    pub(super) warnings: u16,
}

impl Success {
    pub(super) fn read(packet: &[u8]) -> Option<Self> {
        let mut reader = Reader(packet.get(1..)?);
        Some(Success {
            affected: reader.number()?,
            last_insert_id: reader.number()?,
            flags: reader.u16().map(StatusFlags::from_bits_truncate),
            warnings: reader.u16()?,
        })
    }

    /// Reads an EOF packet, with which old servers and proxies end columns and rows.
    pub(super) fn read_old_end(packet: &[u8]) -> Option<Self> {
        let mut reader = Reader(packet.get(1..)?);
        let warnings = reader.u16()?;
        Some(Success {
            warnings,
            flags: reader.u16().map(StatusFlags::from_bits_truncate),
            ..Success::default()
        })
    }

    pub(super) fn has_more(&self) -> bool {
        self.flags.is_some_and(|flags| flags.contains(StatusFlags::SERVER_MORE_RESULTS_EXISTS))
    }
}

/// Reads an error packet. Before the login, it may have no SQLSTATE.
pub(super) fn error(packet: &[u8]) -> Option<Error> {
    let mut reader = Reader(packet.get(1..)?);
    let code = reader.u16()?;
    let (state, message) = match reader.0 {
        [b'#', rest @ ..] => rest.split_at_checked(5)?,
        message => (&b"HY000"[..], message),
    };
    let (state, message) = (String::from_utf8_lossy(state), String::from_utf8_lossy(message));
    Some(refused(&Refusal { code, state: &state, message: &message }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn successes() {
        let success = Success::read(&[OK, 3, 0xFC, 1, 1, 0x0A, 0, 2, 0]).unwrap_or_default();
        assert_eq!((success.affected, success.last_insert_id, success.warnings), (3, 257, 2));
        assert!(success.has_more());
        let end = Success::read_old_end(&[END, 2, 0, 1, 0]).unwrap_or_default();
        assert_eq!((end.warnings, end.flags), (2, Some(StatusFlags::SERVER_STATUS_IN_TRANS)));
        assert!(!end.has_more());
        assert!(Success::read(&[OK, 3]).is_none());
    }

    #[test]
    fn errors_with_and_without_a_state() {
        let told =
            |packet: &[u8]| error(packet).map(|error| (error.code(), error.sqlstate().map(str::to_owned)));
        assert_eq!(told(b"\xFF\x28\x04#42000no"), Some((Some(1064), Some("42000".to_owned()))));
        assert_eq!(told(b"\xFF\x10\x04Too many"), Some((Some(1040), Some("HY000".to_owned()))));
        assert_eq!(told(b"\xFF\x10"), None);
    }
}
