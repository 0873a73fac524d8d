//! Compressed packets:
//! <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_compression.html>.
//!
//! The stream of the ordinary packets is compressed: a compressed packet may contain several of them, or a part of one.
//! Compressed packets have their own sequence numbers, and those of the ordinary ones are meaningless.

use std::io::{self, Read as _, Write as _};

use flate2::Compression;
use flate2::bufread::ZlibDecoder;
use flate2::write::ZlibEncoder;
use tokio::io::AsyncWriteExt as _;

use super::buffer::Buffer;
use super::socket::Socket;

/// The header: the length, the sequence number, and the uncompressed length, or 0 if it is not compressed.
const HEAD: usize = 7;

/// Shorter packets do not get smaller.
const LEAST: usize = 50;

/// How much goes into one packet. The protocol allows 16 MiB, also for data that does not get smaller.
const MOST: usize = 256 << 10;

/// The layer between packets and the socket.
#[derive(Default)]
pub(super) struct Compressed {
    /// Bytes that were read, and not yet decompressed.
    input: Buffer,
    output: Vec<u8>,
    /// The sequence number of the next packet, in either direction.
    sequence: u8,
}

impl Compressed {
    /// Begins a command: its packets are numbered from 0.
    pub(super) fn begin(&mut self) {
        self.sequence = 0;
    }

    /// Sends bytes.
    pub(super) async fn write(&mut self, bytes: &[u8], socket: &mut Socket) -> io::Result<()> {
        for part in bytes.chunks(MOST) {
            socket.write_all(self.pack(part)?).await?;
        }
        Ok(())
    }

    /// Compresses at most `MOST` bytes for sending.
    pub(super) fn pack(&mut self, bytes: &[u8]) -> io::Result<&[u8]> {
        self.output.clear();
        self.output.extend([0; HEAD]);
        let mut unpacked = bytes.len();
        if unpacked >= LEAST {
            let mut encoder = ZlibEncoder::new(&mut self.output, Compression::fast());
            encoder.write_all(bytes)?;
            encoder.finish()?;
        }
        if unpacked < LEAST || self.output.len() - HEAD >= unpacked {
            unpacked = 0;
            self.output.truncate(HEAD);
            self.output.extend_from_slice(bytes);
        }
        let [a, b, c, ..] = (self.output.len() - HEAD).to_le_bytes();
        let [d, e, f, ..] = unpacked.to_le_bytes();
        self.output[..HEAD].copy_from_slice(&[a, b, c, self.sequence, d, e, f]);
        self.sequence = self.sequence.wrapping_add(1);
        Ok(&self.output)
    }

    /// Reads one packet, and appends its decompressed content.
    pub(super) async fn fill(&mut self, unpacked: &mut Buffer, socket: &mut Socket) -> io::Result<()> {
        loop {
            let length = match self.input.unread().first_chunk() {
                Some(&[a, b, c, _, _, _, _]) => HEAD + u32::from_le_bytes([a, b, c, 0]) as usize,
                None => HEAD,
            };
            if self.unpack(length, unpacked)? {
                return Ok(());
            }
            self.input.fill(socket, length).await?;
        }
    }

    /// Decompresses the next packet, of this length. Returns whether all of it has arrived.
    fn unpack(&mut self, length: usize, into: &mut Buffer) -> io::Result<bool> {
        let Some((&[_, _, _, number, a, b, c], rest)) = self.input.unread().split_first_chunk() else {
            return Ok(false);
        };
        let Some(packed) = rest.get(..length - HEAD) else { return Ok(false) };
        if number != self.sequence {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let start = into.unread.end;
        let unpacked = u32::from_le_bytes([a, b, c, 0]) as usize;
        let end = start + if unpacked > 0 { unpacked } else { packed.len() };
        if end > into.bytes.len() {
            into.bytes.resize(end, 0);
        }
        let room = &mut into.bytes[start..end];
        if unpacked > 0 {
            ZlibDecoder::new(packed).read_exact(room)?;
        } else {
            room.copy_from_slice(packed);
        }
        into.unread.end = end;
        self.input.unread.start += length;
        self.sequence = number.wrapping_add(1);
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compresses and decompresses bytes, and returns them with the compressed size.
    fn through(bytes: &[u8]) -> io::Result<(Vec<u8>, usize)> {
        let mut client = Compressed::default();
        let (mut server, mut unpacked) = (Compressed::default(), Buffer::default());
        let packed = client.pack(bytes)?.to_vec();
        server.input = Buffer { unread: 0..packed.len(), bytes: packed.clone() };
        for length in 0..packed.len() {
            server.input.unread.end = length;
            assert!(!server.unpack(packed.len(), &mut unpacked)?);
        }
        server.input.unread.end = packed.len();
        assert!(server.unpack(packed.len(), &mut unpacked)? && server.input.unread().is_empty());
        Ok((unpacked.unread().to_vec(), packed.len()))
    }

    #[test]
    fn what_gets_no_smaller_goes_as_it_is() -> io::Result<()> {
        let mut state = 1_u64;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as u8
        });
        let noise: Vec<u8> = noise.take(1_000).collect();
        assert_eq!(through(&noise)?, (noise.clone(), 1_000 + HEAD));
        assert_eq!(through(&[7; 49])?, (vec![7; 49], 49 + HEAD));
        let (same, packed) = through(&[7; 100_000])?;
        assert!(same == [7; 100_000] && packed < 1_000, "{packed}");
        Ok(())
    }

    #[test]
    fn that_are_broken_are_errors() {
        for broken in [&[1, 0, 0, 1, 0, 0, 0, 9][..], &[1, 0, 0, 0, 5, 0, 0, 9]] {
            let input = Buffer { bytes: broken.to_vec(), unread: 0..broken.len() };
            let mut server = Compressed { input, ..Compressed::default() };
            assert!(server.unpack(8, &mut Buffer::default()).is_err(), "{broken:?}");
        }
    }
}
