//! Packets over a socket: <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html>.

use std::io;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use orm_core::{Error, ErrorKind, Result};
use tokio::io::{AsyncWrite as _, AsyncWriteExt as _};
use tokio::time::timeout;

use super::answers::ERROR;
use super::buffer::Buffer;
use super::compressed::Compressed;
use super::socket::Socket;
use crate::error::broken;
use crate::packet::PIECE;
use crate::timely::{not_answered, not_taken};

/// The header of a piece: its length, and its sequence number.
const HEAD: usize = 4;

/// A buffer that has grown larger than this is released.
pub(super) const KEPT: usize = 1 << 20;

/// The packets of a server. They are read in place in the buffer.
pub(super) struct Packets {
    socket: Socket,
    /// The bytes that were read.
    buffer: Buffer,
    /// The range of the current packet, unless it came in several pieces.
    packet: Range<usize>,
    /// The current packet, if it did.
    large: Vec<u8>,
    /// The packet being written, after room for its header.
    output: Vec<u8>,
    /// The sequence number of the next piece.
    sequence: u8,
    compressed: Option<Box<Compressed>>,
    /// How long the server may take for the next bytes.
    read_timeout: Option<Duration>,
    /// How long the server may take to accept a packet.
    write_timeout: Option<Duration>,
    /// Set after an error, and while a packet is sent: the stream would then be out of sync.
    lost: bool,
}

impl Packets {
    /// Creates packets from this sequence number on.
    pub(super) fn from(socket: Socket, sequence: u8) -> Self {
        Packets {
            socket,
            buffer: Buffer::default(),
            packet: 0..0,
            large: Vec::new(),
            output: Vec::new(),
            sequence,
            compressed: None,
            read_timeout: None,
            write_timeout: None,
            lost: false,
        }
    }

    /// Returns the raw stream, and the sequence number of the next packet. Bytes that arrived early do not come from
    /// the server.
    #[cfg(feature = "tls")]
    pub(super) fn into_stream(mut self) -> Result<(tokio::net::TcpStream, u8)> {
        match self.socket {
            Socket::Tcp(stream) if self.buffer.unread().is_empty() => Ok((stream, self.sequence)),
            _ => Err(self.unreadable()),
        }
    }

    pub(super) fn is_lost(&self) -> bool {
        self.lost
    }

    pub(super) fn is_closed(&self) -> bool {
        self.socket.is_closed()
    }

    pub(super) fn is_secure(&self) -> bool {
        self.socket.is_secure()
    }

    /// Compresses everything from here on.
    pub(super) fn compress(&mut self) {
        self.compressed = Some(Box::default());
    }

    /// Sets the timeouts from here on.
    pub(super) fn limit(&mut self, read_timeout: Option<Duration>, write_timeout: Option<Duration>) {
        (self.read_timeout, self.write_timeout) = (read_timeout, write_timeout);
    }

    /// Gives the connection up, as the server sends something invalid.
    #[cold]
    pub(super) fn unreadable(&mut self) -> Error {
        self.lost = true;
        Error::new(ErrorKind::ConnectionLost, "the server's answer is not valid in the MySQL protocol")
    }

    /// Begins a command. What is put into the packet is sent by [`send`](Self::send).
    pub(super) fn command(&mut self, command: u8) -> &mut Vec<u8> {
        self.sequence = 0;
        if let Some(compressed) = &mut self.compressed {
            compressed.begin();
        }
        let packet = self.answer();
        packet.push(command);
        packet
    }

    /// Begins a packet that answers one of the server's.
    pub(super) fn answer(&mut self) -> &mut Vec<u8> {
        self.output.clear();
        self.output.extend([0; HEAD]);
        &mut self.output
    }

    /// Sends the packet that was written.
    pub(super) async fn send(&mut self) -> Result<()> {
        // If this is dropped halfway, the rest of the packet would be missing in the stream.
        let lost = std::mem::replace(&mut self.lost, true);
        let sent = match self.write_timeout {
            None => self.write().await,
            Some(patience) => match Box::pin(timeout(patience, self.write())).await {
                Ok(sent) => sent,
                Err(elapsed) => return Err(not_taken(patience, elapsed)),
            },
        };
        sent.map_err(|error| self.lose(error))?;
        if self.output.capacity() > KEPT {
            self.output = Vec::new();
        }
        self.lost = lost;
        Ok(())
    }

    async fn write(&mut self) -> io::Result<()> {
        if self.output.len() < HEAD + PIECE {
            let head = head(self.output.len() - HEAD, self.next_number());
            self.output[..HEAD].copy_from_slice(&head);
            match &mut self.compressed {
                None => self.socket.write_all(&self.output).await?,
                Some(compressed) => compressed.write(&self.output, &mut self.socket).await?,
            }
        } else {
            self.write_pieces().await?;
        }
        self.socket.flush().await
    }

    /// Writes the pieces of a packet. The last piece must be shorter than the others, and may be empty.
    #[cold]
    async fn write_pieces(&mut self) -> io::Result<()> {
        let mut start = HEAD;
        loop {
            let end = self.output.len().min(start + PIECE);
            let head = head(end - start, self.next_number());
            for part in [&head, &self.output[start..end]] {
                match &mut self.compressed {
                    None => self.socket.write_all(part).await?,
                    Some(compressed) => compressed.write(part, &mut self.socket).await?,
                }
            }
            if end - start < PIECE {
                return Ok(());
            }
            start = end;
        }
    }

    /// Sends as much of a short command as is possible without waiting, when no answer is expected any more.
    pub(super) fn send_at_once(&mut self, command: u8) {
        self.command(command);
        self.output[..HEAD].copy_from_slice(&head(1, 0));
        let bytes = match &mut self.compressed {
            Some(compressed) => compressed.pack(&self.output).unwrap_or_default(),
            None => &self.output,
        };
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(Ok(_)) = Pin::new(&mut self.socket).poll_write(&mut context, bytes) {
            // An encrypted stream only sends it when flushed.
            let _ = Pin::new(&mut self.socket).poll_flush(&mut context);
        }
        self.lost = true;
    }

    fn next_number(&mut self) -> u8 {
        let number = self.sequence;
        self.sequence = number.wrapping_add(1);
        number
    }

    /// Reads the next packet, which is valid until the next call.
    #[inline]
    pub(super) async fn next(&mut self) -> Result<()> {
        if self.buffer.is_too_large() || !self.large.is_empty() {
            self.give_up_large();
        }
        while !self.take()? {
            self.fill().await?;
        }
        Ok(())
    }

    /// Releases a large packet immediately: there may be nothing to read for a long time.
    #[cold]
    fn give_up_large(&mut self) {
        self.large = Vec::new();
        self.buffer.make_room(self.needed());
    }

    /// Returns the packet that was read.
    #[inline]
    pub(super) fn packet(&self) -> &[u8] {
        if self.large.is_empty() { &self.buffer.bytes[self.packet.clone()] } else { &self.large }
    }

    /// Takes the next packet from the buffer. Returns whether all of it has arrived.
    #[inline]
    fn take(&mut self) -> Result<bool> {
        loop {
            let Some(&[a, b, c, number]) = self.buffer.unread().first_chunk() else {
                return Ok(false);
            };
            let start = self.buffer.unread.start + HEAD;
            let end = start + u32::from_le_bytes([a, b, c, 0]) as usize;
            if end > self.buffer.unread.end {
                return Ok(false);
            }
            if number != self.next_number() && self.compressed.is_none() {
                // A client that was disconnected for being idle gets this error before its next command.
                if self.buffer.bytes[start..end].first() != Some(&ERROR) {
                    return Err(self.unreadable());
                }
                self.lost = true;
            }
            self.buffer.unread.start = end;
            self.packet = start..end;
            let last = end - start < PIECE;
            if last && self.large.is_empty() {
                return Ok(true);
            }
            self.large.extend_from_slice(&self.buffer.bytes[start..end]);
            if last {
                return Ok(true);
            }
        }
    }

    /// Reads what is available, and waits if there is nothing.
    async fn fill(&mut self) -> Result<()> {
        let filled = match self.read_timeout {
            None => self.read().await,
            Some(patience) => match Box::pin(timeout(patience, self.read())).await {
                Ok(filled) => filled,
                Err(elapsed) => {
                    self.lost = true;
                    return Err(not_answered(patience, elapsed));
                }
            },
        };
        filled.map_err(|error| self.lose(error))
    }

    async fn read(&mut self) -> io::Result<()> {
        let needed = self.needed();
        match &mut self.compressed {
            None => self.buffer.fill(&mut self.socket, needed).await,
            Some(compressed) => {
                self.buffer.make_room(needed);
                Box::pin(compressed.fill(&mut self.buffer, &mut self.socket)).await
            }
        }
    }

    /// Returns the length of the next piece, as far as it is known.
    fn needed(&self) -> usize {
        match self.buffer.unread().first_chunk() {
            Some(&[a, b, c, _]) => HEAD + u32::from_le_bytes([a, b, c, 0]) as usize,
            None => HEAD,
        }
    }

    #[cold]
    fn lose(&mut self, error: io::Error) -> Error {
        self.lost = true;
        broken(error)
    }
}

/// Returns the header of a piece of this length, which is less than the maximum.
fn head(length: usize, number: u8) -> [u8; HEAD] {
    let [a, b, c, ..] = length.to_le_bytes();
    [a, b, c, number]
}
