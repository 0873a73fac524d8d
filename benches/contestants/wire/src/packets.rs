//! Packets over a socket: three bytes of length, a sequence number, and the payload.

use std::ops::Range;

use anyhow::{Result, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Longer ones would have to be split, which nothing here needs.
const LONGEST: usize = 0xFF_FFFE;

/// A socket with its read buffer.
pub(crate) struct Packets {
    socket: TcpStream,
    input: Vec<u8>,
    /// The part of `input` that has been received but not parsed.
    unread: Range<usize>,
    output: Vec<u8>,
}

impl Packets {
    pub(crate) fn over(socket: TcpStream) -> Self {
        Packets { socket, input: vec![0; 64 << 10], unread: 0..0, output: Vec::new() }
    }

    /// Sends what `write` adds, as one packet.
    pub(crate) async fn send(&mut self, number: u8, write: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        self.output.clear();
        self.output.extend([0, 0, 0, number]);
        write(&mut self.output);
        let length = self.output.len() - 4;
        ensure!(length <= LONGEST, "a packet of {length} bytes is too long");
        self.output[..3].copy_from_slice(&length.to_le_bytes()[..3]);
        Ok(self.socket.write_all(&self.output).await?)
    }

    /// Returns the next packet, in the buffer.
    pub(crate) async fn next(&mut self) -> Result<&[u8]> {
        let length = loop {
            if let Some(&[low, middle, high, _]) = self.input[self.unread.clone()].first_chunk() {
                let length = u32::from_le_bytes([low, middle, high, 0]) as usize;
                ensure!(length <= LONGEST, "a packet of 16 MiB or more is not supported");
                if self.unread.len() >= 4 + length {
                    break length;
                }
            }
            self.fill().await?;
        };
        let start = self.unread.start + 4;
        self.unread.start = start + length;
        Ok(&self.input[start..start + length])
    }

    /// Reads more, after the unread part.
    async fn fill(&mut self) -> Result<()> {
        self.input.copy_within(self.unread.clone(), 0);
        self.unread = 0..self.unread.len();
        if self.unread.end == self.input.len() {
            self.input.resize(self.input.len() * 2, 0);
        }
        let read = self.socket.read(&mut self.input[self.unread.end..]).await?;
        ensure!(read > 0, "the server closed the connection");
        self.unread.end += read;
        Ok(())
    }
}
