//! The connection phase: <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html>.

use mysql_common::constants::{CapabilityFlags, MariadbCapabilities};
use mysql_common::crypto;
use mysql_common::io::ParseBuf;
#[cfg(feature = "tls")]
use mysql_common::packets::SslRequest;
use mysql_common::packets::{AuthPlugin, AuthSwitchRequest, HandshakePacket, HandshakeResponse};
use mysql_common::proto::MySerialize as _;
use orm_core::{Error, ErrorKind, Result};

use super::answers::{self, END, ERROR, OK, Success};
use super::packets::Packets;
use super::socket::Socket;
use crate::error::broken;
use crate::packet;
use crate::place::Place;
use crate::transport::unknown_plugin;

/// utf8mb4, whatever the server's default is; further settings follow once the connection is established.
#[cfg(feature = "tls")]
const UTF8MB4: u8 = 45;

/// The first byte of an additional authentication packet.
const MORE: u8 = 1;

/// The messages of `caching_sha2_password`: that it knows the password, that it needs the full password, and the
/// request for the key.
const KNOWN: u8 = 3;
const WHOLE: u8 = 4;
const KEY: u8 = 2;

/// The server specifies the iterations of `parsec` as a power of two times 1,024. Servers send 3; a malicious one could
/// keep this thread busy for minutes.
const MOST_ROUNDS: u8 = 8;

/// A connection that is logged in.
pub(super) struct Session {
    pub(super) packets: Packets,
    pub(super) id: u32,
    pub(super) success: Success,
    pub(super) old_ends: bool,
    pub(super) leaves_out: bool,
}

/// Connects, and authenticates.
pub(super) async fn log_in(place: &Place) -> Result<Session> {
    let password = place.password.next().await?;
    let socket = Socket::connect(place).await.map_err(broken)?;
    let mut packets = Packets::from(socket, 0);
    packets.next().await?;
    let greeting = greeting(&mut packets)?;
    let offered = greeting.capabilities();
    let capabilities = capabilities(place) & offered;
    check(place, capabilities)?;
    // MariaDB signals its own flags by omitting the first of the standard ones.
    let own = match offered.contains(CapabilityFlags::CLIENT_LONG_PASSWORD) {
        true => MariadbCapabilities::empty(),
        false => greeting.mariadb_ext_capabilities() & MariadbCapabilities::MARIADB_CLIENT_CACHE_METADATA,
    };
    #[cfg(feature = "tls")]
    if place.tls.is_some() {
        packets = encrypt(packets, place, capabilities, own).await?;
    }
    let plugin = match greeting.auth_plugin() {
        Some(AuthPlugin::CachingSha2Password) => AuthPlugin::CachingSha2Password,
        // The server asks for another plugin if it wants one.
        _ => AuthPlugin::MysqlNativePassword,
    };
    let mut login = Login { packets, place, password, plugin, nonce: greeting.nonce() };
    login.introduce(capabilities, own);
    login.packets.send().await?;
    let success = login.authenticate().await?;
    if capabilities.contains(CapabilityFlags::CLIENT_COMPRESS) {
        login.packets.compress();
    }
    Ok(Session {
        packets: login.packets,
        id: greeting.connection_id(),
        success,
        old_ends: !capabilities.contains(CapabilityFlags::CLIENT_DEPRECATE_EOF),
        leaves_out: own.contains(MariadbCapabilities::MARIADB_CLIENT_CACHE_METADATA),
    })
}

/// Reads the server's greeting, unless it is an error.
fn greeting(packets: &mut Packets) -> Result<HandshakePacket<'static>> {
    let packet = packets.packet();
    if packet.first() == Some(&ERROR) {
        return Err(answers::error(packet).unwrap_or_else(|| packets.unreadable()));
    }
    // The length of the nonce is 20 bytes after the version. Servers send 21; the parser computes with a signed number.
    let version = packet.iter().skip(1).position(|byte| *byte == 0).unwrap_or(packet.len());
    if packet.get(version + 2 + 20).is_none_or(|length| *length > 127) {
        return Err(packets.unreadable());
    }
    let greeting = ParseBuf(packet).parse::<HandshakePacket<'_>>(()).map(HandshakePacket::into_owned);
    greeting.map_err(|_| packets.unreadable())
}

/// Returns the capabilities that both sides must have, and those that are optional.
fn capabilities(place: &Place) -> CapabilityFlags {
    let mut capabilities = CapabilityFlags::CLIENT_LONG_PASSWORD
        // Without it, an update that leaves a row unchanged would seem to match no row.
        | CapabilityFlags::CLIENT_FOUND_ROWS
        | CapabilityFlags::CLIENT_LOCAL_FILES
        | CapabilityFlags::CLIENT_PROTOCOL_41
        | CapabilityFlags::CLIENT_TRANSACTIONS
        | CapabilityFlags::CLIENT_SECURE_CONNECTION
        | CapabilityFlags::CLIENT_MULTI_STATEMENTS
        | CapabilityFlags::CLIENT_MULTI_RESULTS
        | CapabilityFlags::CLIENT_PS_MULTI_RESULTS
        | CapabilityFlags::CLIENT_PLUGIN_AUTH
        | CapabilityFlags::CLIENT_DEPRECATE_EOF;
    capabilities.set(CapabilityFlags::CLIENT_CONNECT_WITH_DB, place.database.is_some());
    capabilities.set(CapabilityFlags::CLIENT_CONNECT_ATTRS, place.program_name.is_some());
    capabilities.set(CapabilityFlags::CLIENT_COMPRESS, place.compressed);
    capabilities.set(CapabilityFlags::CLIENT_SSL, place.tls.is_some());
    capabilities
}

fn check(place: &Place, capabilities: CapabilityFlags) -> Result<()> {
    let refused = |message| Err(Error::new(ErrorKind::Unsupported, message));
    if place.tls.is_some() && !capabilities.contains(CapabilityFlags::CLIENT_SSL) {
        return refused("the server does not support TLS, which the option `ssl_mode` of the URL asks for");
    }
    let needed = CapabilityFlags::CLIENT_PROTOCOL_41
        | CapabilityFlags::CLIENT_SECURE_CONNECTION
        | CapabilityFlags::CLIENT_PLUGIN_AUTH;
    if !capabilities.contains(needed) {
        return refused("the server is too old: it does not speak the protocol of MySQL 5.5 and later");
    }
    Ok(())
}

/// Switches the connection to TLS.
#[cfg(feature = "tls")]
async fn encrypt(
    mut packets: Packets,
    place: &Place,
    capabilities: CapabilityFlags,
    own: MariadbCapabilities,
) -> Result<Packets> {
    let Some(tls) = &place.tls else { return Ok(packets) };
    let request = SslRequest::new(capabilities, most(), UTF8MB4).with_mariadb_capabilities(own);
    request.serialize(packets.answer());
    packets.send().await?;
    let (stream, sequence) = packets.into_stream()?;
    let stream = super::tls::encrypt(stream, tls, &place.host).await.map_err(broken)?;
    Ok(Packets::from(Socket::Tls(Box::new(stream)), sequence))
}

fn most() -> u32 {
    u32::try_from(packet::ANY).unwrap_or(u32::MAX)
}

struct Login<'a> {
    packets: Packets,
    place: &'a Place,
    password: Option<String>,
    plugin: AuthPlugin<'static>,
    nonce: Vec<u8>,
}

impl Login<'_> {
    fn introduce(&mut self, capabilities: CapabilityFlags, own: MariadbCapabilities) {
        let Place { user, database, .. } = self.place;
        let attributes = self.place.attributes();
        let answer = self.plugin.gen_data(self.password.as_deref(), &self.nonce);
        let introduction = HandshakeResponse::new(
            answer.as_deref(),
            // From which it derives whether the server supports utf8mb4.
            (5, 5, 3),
            user.as_deref().map(str::as_bytes),
            database.as_deref().map(str::as_bytes),
            Some(self.plugin.borrow()),
            capabilities,
            attributes,
            most(),
        );
        introduction.with_mariadb_ext_capabilities(own).serialize(self.packets.answer());
    }

    /// Answers the server's requests until it accepts the login.
    async fn authenticate(&mut self) -> Result<Success> {
        loop {
            self.packets.next().await?;
            match self.packets.packet() {
                [OK, ..] => {
                    let success = Success::read(self.packets.packet());
                    return success.ok_or_else(|| self.packets.unreadable());
                }
                packet @ [ERROR, ..] => {
                    return Err(answers::error(packet).unwrap_or_else(|| self.packets.unreadable()));
                }
                [END] => return Err(unknown_plugin("mysql_old_password")),
                [END, ..] => self.switch().await?,
                [MORE, KNOWN] if self.plugin == AuthPlugin::CachingSha2Password => {}
                [MORE, WHOLE] if self.plugin == AuthPlugin::CachingSha2Password => {
                    self.send_password().await?
                }
                [MORE, more @ ..] | more => {
                    let more = more.to_vec();
                    self.answer_more(&more).await?;
                }
            }
        }
    }

    /// Switches to another plugin.
    async fn switch(&mut self) -> Result<()> {
        let request = ParseBuf(self.packets.packet()).parse::<AuthSwitchRequest<'_>>(());
        let Ok(request) = request.map(AuthSwitchRequest::into_owned) else {
            return Err(self.packets.unreadable());
        };
        let (plugin, nonce) = (request.auth_plugin().into_owned(), request.plugin_data().to_vec());
        match &plugin {
            AuthPlugin::MysqlNativePassword | AuthPlugin::CachingSha2Password => {}
            AuthPlugin::MysqlClearPassword if self.place.is_private() => {}
            AuthPlugin::Ed25519 if cfg!(feature = "ed25519") => {}
            // Answered once the server has sent the salt.
            AuthPlugin::MariadbParsec { .. } if cfg!(feature = "ed25519") => {
                (self.plugin, self.nonce) = (plugin, nonce);
                self.packets.answer();
                return self.packets.send().await;
            }
            other => return Err(unknown_plugin(&String::from_utf8_lossy(other.as_bytes()))),
        }
        (self.plugin, self.nonce) = (plugin, nonce);
        self.answer().await
    }

    /// Sends the proof that the password is known; empty if there is none.
    async fn answer(&mut self) -> Result<()> {
        let packet = self.packets.answer();
        if let Some(answer) = self.plugin.gen_data(self.password.as_deref(), &self.nonce) {
            answer.serialize(packet);
        }
        self.packets.send().await
    }

    async fn answer_more(&mut self, more: &[u8]) -> Result<()> {
        let bearable = |more: &[u8]| more.get(1).is_some_and(|exponent| *exponent <= MOST_ROUNDS);
        if !bearable(more) || self.plugin.read_add_data(more).is_none() {
            return Err(self.packets.unreadable());
        }
        self.answer().await
    }

    /// Sends the password in clear text if the connection is private, otherwise encrypted with the server's key.
    async fn send_password(&mut self) -> Result<()> {
        let mut password = self.password.clone().unwrap_or_default().into_bytes();
        password.push(0);
        if !self.packets.is_secure() {
            self.packets.answer().push(KEY);
            self.packets.send().await?;
            self.packets.next().await?;
            let [MORE, key @ ..] = self.packets.packet() else { return Err(self.packets.unreadable()) };
            password = seal(password, &self.nonce, key.to_vec()).await.map_err(|_| unsealed())?;
        }
        self.packets.answer().extend(password);
        self.packets.send().await
    }
}

/// Runs on a blocking thread, since it is slow, and panics on invalid keys.
async fn seal(
    mut password: Vec<u8>,
    nonce: &[u8],
    key: Vec<u8>,
) -> std::result::Result<Vec<u8>, tokio::task::JoinError> {
    for (byte, nonce) in password.iter_mut().zip(nonce.iter().cycle()) {
        *byte ^= nonce;
    }
    tokio::task::spawn_blocking(move || crypto::encrypt(&password, &key)).await
}

fn unsealed() -> Error {
    let message = "the server's RSA key is invalid, or too short for such a long password: connect with \
                   `ssl_mode`, or over a `socket`";
    Error::new(ErrorKind::Unsupported, message)
}
