//! Fuzz tests with broken servers: whatever they send, it results in an error or in rows.

use std::collections::HashMap;

use orm_core::driver::{Flow, Sink};
use orm_core::value::Cell;
use tokio::io::AsyncWriteExt as _;
use tokio::net::UnixStream;

use super::answers::Success;
use super::columns::Columns;
use super::packets::Packets;
use super::results::Rest;
use super::socket::Socket;
use super::{Direct, Transport};

/// A deterministic number generator.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// Returns one of a few byte values, preferably those that begin something.
    fn byte(&mut self) -> u8 {
        const FIRST: [u8; 14] = [0, 1, 2, 3, 4, 7, 8, 11, 12, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF];
        match self.below(4) {
            0 => self.below(256) as u8,
            _ => FIRST[self.below(FIRST.len())],
        }
    }

    /// Returns packets with mostly correct headers.
    fn answer(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in 0..self.below(12) {
            let length = self.below(40);
            bytes.extend([length as u8, 0, 0, number as u8]);
            bytes.extend((0..length).map(|_| self.byte()));
            if self.below(30) == 0 {
                bytes.push(self.byte());
            }
        }
        bytes
    }

    /// Returns proper column definitions, followed by random rows.
    fn rows(&mut self) -> Vec<u8> {
        const TYPES: [u8; 9] = [1, 3, 4, 5, 8, 11, 12, 246, 253];
        let mut packets = vec![vec![self.below(4) as u8]];
        for _ in 0..packets[0][0] {
            let mut column = b"\x03def\0\0\0\x01c\x01c\x0c".to_vec();
            column.extend([45, 0, 11, 0, 0, 0, TYPES[self.below(TYPES.len())], 0x20, 0, 0]);
            packets.push(column);
        }
        for _ in 0..self.below(5) {
            let mut row = vec![0; 1 + self.below(2)];
            row.extend((0..self.below(30)).map(|_| self.byte()));
            packets.push(row);
        }
        let mut bytes = Vec::new();
        for (number, packet) in packets.iter().enumerate() {
            bytes.extend([packet.len() as u8, 0, 0, number as u8]);
            bytes.extend(packet);
        }
        bytes
    }
}

/// Counts rows and cells.
#[derive(Default)]
struct Counts(usize, usize);

impl Sink for Counts {
    fn wants_columns(&self) -> bool {
        true
    }

    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        self.0 += 1;
        self.1 += cells.len();
        Flow::Continue
    }
}

/// Returns a connection that is logged in, over a stream to the test.
pub(super) fn over(client: UnixStream) -> Direct {
    Direct {
        packets: Packets::from(Socket::Unix(client), 0),
        id: 1,
        old_ends: false,
        leaves_out: false,
        success: Success::default(),
        rest: Rest::Nothing,
        puts_out: false,
        columns: Columns::default(),
        described: HashMap::new(),
        file: None,
    }
}

/// Reads bytes as if they were the answer to a statement, and returns the counts.
async fn read<const TEXT: bool>(bytes: &[u8]) -> std::io::Result<Counts> {
    let (mut server, client) = UnixStream::pair()?;
    server.write_all(bytes).await?;
    drop(server);
    let mut direct = over(client);
    (direct.old_ends, direct.leaves_out) = (bytes.len().is_multiple_of(2), bytes.len().is_multiple_of(3));
    let mut counts = Counts::default();
    if direct.read_head(Some(1)).await.is_ok() {
        direct.tell_columns(&mut counts);
        while !direct.is_at_end() && direct.row::<TEXT>(&mut counts).await.is_ok() {}
    }
    Ok(counts)
}

#[tokio::test]
async fn are_an_error_or_rows() -> std::io::Result<()> {
    let mut random = Random(1);
    let mut all = Counts::default();
    for round in 0..20_000 {
        let bytes = if round % 2 == 0 { random.answer() } else { random.rows() };
        for counts in [read::<false>(&bytes).await?, read::<true>(&bytes).await?] {
            all = Counts(all.0 + counts.0, all.1 + counts.1);
        }
    }
    // Some must make sense, or nothing would have been tested.
    assert!(all.0 > 1_000 && all.1 > 1_000, "{} rows, {} cells", all.0, all.1);
    Ok(())
}
