//! The connection options of the crate.

use mysql_async::{Compression, Opts, OptsBuilder};

use crate::packet;
use crate::place::{KEEPALIVE, Place};

pub(super) fn of(place: &Place, password: Option<String>) -> Opts {
    let builder = OptsBuilder::default()
        .ip_or_hostname(place.host.clone())
        .tcp_port(place.port)
        .user(place.user.clone())
        .pass(password)
        .enable_cleartext_plugin(place.is_private())
        .db_name(place.database.clone())
        .tcp_keepalive(Some(KEEPALIVE))
        // A socket only if requested: by default, the crate would look for one by itself.
        .prefer_socket(Some(false))
        .socket(place.socket.clone())
        // Only for what comes from the server: of data that does not get smaller, the crate would send only a part.
        .compression(place.compressed.then(Compression::none))
        // The crate would query these from the server in a round trip of its own: the first is checked here, and the
        // second is only needed by its own pool.
        .max_allowed_packet(Some(packet::ANY))
        .wait_timeout(Some(0))
        // `Statements` caches them instead.
        .stmt_cache_size(Some(0))
        // Without it, an update that leaves a row unchanged would seem to match no row.
        .client_found_rows(true);
    let builder = match place.attributes() {
        Some(attributes) => builder.connect_attributes(attributes),
        None => builder,
    };
    encrypted(place, builder).into()
}

#[cfg(not(feature = "tls"))]
fn encrypted(_: &Place, builder: OptsBuilder) -> OptsBuilder {
    builder
}

#[cfg(feature = "tls")]
fn encrypted(place: &Place, builder: OptsBuilder) -> OptsBuilder {
    use mysql_async::{ClientIdentity, SslOpts};

    let Some(tls) = &place.tls else { return builder };
    let mut options = SslOpts::default()
        .with_danger_accept_invalid_certs(!tls.verified)
        .with_danger_tls_hostname_override(tls.host.clone());
    if let Some(authorities) = &tls.authorities {
        options = options.with_root_certs(vec![authorities.clone().into()]).with_disable_built_in_roots(true);
    }
    if let Some((certificate, key)) = &tls.identity {
        let identity = ClientIdentity::new(certificate.clone().into(), key.clone().into());
        options = options.with_client_identity(Some(identity));
    }
    builder.ssl_opts(Some(options))
}
