//! The first packet of a server, which says that it is ready and what it is.

use std::io::Read;

use anyhow::{Context, Result, bail};

/// Reads the server's version from the start of a connection.
///
/// The packet consists of its length in three bytes, a sequence number, the protocol version (10) and the server's
/// version up to a zero byte; an error packet has 255 instead of 10, followed by a code in two bytes and a text.
pub(crate) fn version(connection: impl Read) -> Result<String> {
    let mut connection = connection;
    let mut header = [0; 4];
    connection.read_exact(&mut header).context("it sent no handshake")?;
    let [low, middle, high, _sequence] = header;
    let length = u32::from_le_bytes([low, middle, high, 0]);
    let mut packet = Vec::new();
    connection.take(length.into()).read_to_end(&mut packet).context("it sent half a handshake")?;
    match packet.as_slice() {
        [10, rest @ ..] => {
            let version = rest.split(|byte| *byte == 0).next().unwrap_or_default();
            // MariaDB 10 reports `5.5.5-10.11.6-MariaDB`, for replicas that could not parse a major version of two
            // digits.
            let version = String::from_utf8_lossy(version);
            Ok(version.strip_prefix("5.5.5-").unwrap_or(&version).to_owned())
        }
        [255, _, _, text @ ..] => bail!("it answered: {}", String::from_utf8_lossy(text)),
        _ => bail!("it does not speak the MySQL protocol"),
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    fn packet(payload: &[u8]) -> Vec<u8> {
        let mut packet = vec![payload.len() as u8, 0, 0, 0];
        packet.extend_from_slice(payload);
        packet
    }

    #[test]
    fn the_version_ends_at_the_zero_byte() {
        let of = |payload: &[u8]| version(packet(payload).as_slice()).ok();
        assert_eq!(of(b"\x0a9.7.4\0rest"), Some("9.7.4".into()));
        assert_eq!(of(b"\x0a5.5.5-10.11.6-MariaDB\0rest"), Some("10.11.6-MariaDB".into()));
    }

    #[test]
    fn anything_else_is_explained() {
        let of = |bytes: &[u8]| version(bytes).map_err(|error| error.to_string());
        assert_eq!(
            of(&packet(b"\xff\x10\x04Too many connections")),
            Err("it answered: Too many connections".into())
        );
        assert_eq!(of(b"HTTP"), Err("it does not speak the MySQL protocol".into()));
        assert_eq!(of(b""), Err("it sent no handshake".into()));
    }
}
