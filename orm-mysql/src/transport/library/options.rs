//! What the crate is to know of the way to a server.

use mysql_async::{Compression, Opts, OptsBuilder};

use crate::packet;
use crate::place::Place;

pub(super) fn of(place: &Place, password: Option<String>) -> Opts {
    let builder = OptsBuilder::default()
        .ip_or_hostname(place.host.clone())
        .tcp_port(place.port)
        .user(place.user.clone())
        .pass(password)
        .enable_cleartext_plugin(place.is_private())
        .db_name(place.database.clone())
        // A socket only if it is asked for: the crate would look for one behind the URL's back.
        .prefer_socket(Some(false))
        .socket(place.socket.clone())
        // Only what comes from the server: of what does not get smaller the crate would send a part.
        .compression(place.compressed.then(Compression::none))
        // What the crate would ask the server, on a way of its own: the first is looked at here, and the second is of use to
        // its own pool only.
        .max_allowed_packet(Some(packet::ANY))
        .wait_timeout(Some(0))
        // They are kept by `Statements` instead.
        .stmt_cache_size(Some(0))
        // Without it, an update to the values that a row has already would seem to find no row.
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
