//! Packets that are compressed on their way:
//! <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_compression.html>.

use std::io;

use bytes::BytesMut;
use mysql_common::proto::codec::{Compression, PacketCodec};

use crate::packet;

/// What is between packets and the socket.
pub(super) struct Compressed {
    codec: PacketCodec,
    /// What was read, and not decoded yet.
    input: BytesMut,
    output: BytesMut,
}

impl Default for Compressed {
    fn default() -> Self {
        let mut codec = PacketCodec::default();
        codec.max_allowed_packet = packet::ANY;
        codec.compress(Compression::fast());
        Compressed { codec, input: BytesMut::new(), output: BytesMut::new() }
    }
}

impl Compressed {
    /// A command begins: packets are numbered from 0.
    pub(super) fn begin(&mut self) {
        self.codec.reset_seq_id();
    }

    /// Another result set begins.
    pub(super) fn begin_set(&mut self) {
        self.codec.sync_seq_id();
    }

    /// A packet as it is sent.
    pub(super) fn encode(&mut self, mut packet: &[u8]) -> io::Result<&[u8]> {
        self.output.clear();
        // What does not get smaller gets larger, for which the codec makes no room: it would cut it off.
        self.output.reserve(packet.len() + packet.len() / 256 + 1024);
        self.codec.encode(&mut packet, &mut self.output).map_err(io::Error::other)?;
        Ok(&self.output)
    }

    /// Takes what was read.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.input.extend_from_slice(bytes);
    }

    /// Puts the next packet into `packet`. Says whether all of it is there.
    pub(super) fn decode(&mut self, packet: &mut Vec<u8>) -> io::Result<bool> {
        self.codec.decode(&mut self.input, packet).map_err(io::Error::other)
    }
}
