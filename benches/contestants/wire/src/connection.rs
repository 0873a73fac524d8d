//! A connection: login, statements, and their rows.

use std::collections::HashMap;

use anyhow::{Context as _, Result, bail, ensure};
use tokio::net::TcpStream;
use url::Url;

use crate::cells::{Cells, Row};
use crate::packets::Packets;
use crate::value::{self, Value};

/// `LONG_PASSWORD`, `CONNECT_WITH_DB`, `PROTOCOL_41`, `TRANSACTIONS`, `SECURE_CONNECTION`, `PLUGIN_AUTH`, and
/// `DEPRECATE_EOF`: no packet between columns and rows.
const CAPABILITIES: u32 = 0x1 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x8_0000 | 0x100_0000;
const UTF8MB4: u8 = 45;

const QUERY: u8 = 0x03;
const PREPARE: u8 = 0x16;
const EXECUTE: u8 = 0x17;

/// A connection with its prepared statements, by their SQL.
pub(crate) struct Connection {
    packets: Packets,
    prepared: HashMap<String, [u8; 4]>,
}

impl Connection {
    /// Connects as a user without a password, for whom the answer is empty in every authentication method.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let url = Url::parse(url)?;
        let host = url.host_str().context("the URL names no host")?;
        let socket = TcpStream::connect((host, url.port().unwrap_or(3306))).await?;
        socket.set_nodelay(true)?;
        let mut packets = Packets::over(socket);
        // The greeting ends with the authentication method.
        let greeting = successful(packets.next().await?)?;
        let way = greeting.rsplit(|byte| *byte == 0).nth(1).unwrap_or_default().to_vec();
        packets.send(1, |packet| introduce(packet, &url, &way)).await?;
        loop {
            match *successful(packets.next().await?)? {
                [0, ..] => return Ok(Connection { packets, prepared: HashMap::new() }),
                // A switch of the authentication method.
                [0xFE, ..] => packets.send(3, |_| {}).await?,
                _ => bail!("the server asks for a password"),
            }
        }
    }

    /// Runs a statement without bind parameters and rows.
    pub(crate) async fn query(&mut self, sql: &str) -> Result<()> {
        self.packets.send(0, |packet| command(packet, QUERY, sql.as_bytes())).await?;
        ensure!(self.columns().await? == 0, "`{sql}` returns rows, which this client does not expect");
        Ok(())
    }

    /// Runs a statement, which is prepared once, and passes on its rows one by one, each parsed in the socket's buffer.
    pub(crate) async fn execute<R: Row>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        mut each: impl FnMut(R),
    ) -> Result<()> {
        let statement = match self.prepared.get(sql) {
            Some(statement) => *statement,
            None => self.prepare(sql).await?,
        };
        let write = |packet: &mut Vec<u8>| {
            command(packet, EXECUTE, &statement);
            // No cursor; one iteration.
            packet.extend([0, 1, 0, 0, 0]);
            value::write(packet, values);
        };
        self.packets.send(0, write).await?;
        let columns = self.columns().await?;
        if columns == 0 {
            return Ok(());
        }
        loop {
            match successful(self.packets.next().await?)? {
                [0xFE, ..] => return Ok(()),
                row => each(R::read(&mut Cells::of(row, columns)?)?),
            }
        }
    }

    async fn prepare(&mut self, sql: &str) -> Result<[u8; 4]> {
        self.packets.send(0, |packet| command(packet, PREPARE, sql.as_bytes())).await?;
        let answer = successful(self.packets.next().await?)?;
        let &[_, a, b, c, d, columns, many_columns, values, many_values, ..] = answer else {
            bail!("an answer of the server is too short");
        };
        let described = [[columns, many_columns], [values, many_values]].map(u16::from_le_bytes);
        for _ in 0..described.into_iter().map(u32::from).sum() {
            self.packets.next().await?;
        }
        self.prepared.insert(sql.to_owned(), [a, b, c, d]);
        Ok([a, b, c, d])
    }

    /// Reads the beginning of an answer: the number of columns; 0 if there are no rows. The column definitions are
    /// skipped.
    async fn columns(&mut self) -> Result<usize> {
        let columns = match *successful(self.packets.next().await?)? {
            [0, ..] => 0,
            [columns] => usize::from(columns),
            _ => bail!("unexpected answer of the server"),
        };
        for _ in 0..columns {
            self.packets.next().await?;
        }
        Ok(columns)
    }
}

fn command(packet: &mut Vec<u8>, command: u8, bytes: &[u8]) {
    packet.push(command);
    packet.extend(bytes);
}

/// Writes the handshake response: the user, the database, and the capabilities of the connection.
fn introduce(packet: &mut Vec<u8>, url: &Url, way: &[u8]) {
    packet.extend(CAPABILITIES.to_le_bytes());
    packet.extend(u32::MAX.to_le_bytes());
    packet.push(UTF8MB4);
    packet.extend([0; 23]);
    let database = url.path().trim_start_matches('/');
    // An empty password is a length of 0, which reads as an empty string.
    for word in [url.username().as_bytes(), b"", database.as_bytes(), way] {
        packet.extend(word);
        packet.push(0);
    }
}

/// Returns a packet unless it reports an error.
fn successful(packet: &[u8]) -> Result<&[u8]> {
    match packet {
        [0xFF, _, _, message @ ..] => bail!("the server says {}", String::from_utf8_lossy(message)),
        _ => Ok(packet),
    }
}
