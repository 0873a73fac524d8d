//! A server that the user names.

use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use super::handshake;
use crate::backend::Backend;

const TIMEOUT: Duration = Duration::from_secs(5);

/// Queries the version of the server at a URL, and checks that it is of the right kind.
pub(crate) fn version(backend: Backend, url: &str) -> Result<String> {
    let (host, port) = address(url).ok_or_else(|| anyhow!("write it as mysql://user:password@host:port/"))?;
    let answer = || -> Result<String> {
        let address = (host, port).to_socket_addrs()?.next().context("the name has no address")?;
        let connection = TcpStream::connect_timeout(&address, TIMEOUT)?;
        connection.set_read_timeout(Some(TIMEOUT))?;
        handshake::version(connection)
    };
    let version = answer().with_context(|| format!("{host}:{port}"))?;
    if version.contains("MariaDB") != (backend == Backend::MariaDb) {
        bail!("{host}:{port} is {version}, which is not {}", backend.name());
    }
    Ok(version)
}

/// Returns host and port of `mysql://user:password@host:port/database?option`.
fn address(url: &str) -> Option<(&str, u16)> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?']).next()?;
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let (host, port) = match place.rsplit_once(':') {
        // The last colon of a bare `[::1]` is inside the brackets.
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()?),
        _ => (place, 3306),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    (!host.is_empty()).then_some((host, port))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_is_found_in_the_url() {
        assert_eq!(address("mysql://root@127.0.0.1:3307/"), Some(("127.0.0.1", 3307)));
        assert_eq!(address("mysql://me:p@ss@db.example/app?x=1"), Some(("db.example", 3306)));
        assert_eq!(address("mysql://[::1]:3307"), Some(("::1", 3307)));
        assert_eq!(address("mysql://[::1]/app"), Some(("::1", 3306)));
        assert_eq!(address("localhost"), None);
        assert_eq!(address("mysql://root@host:port/"), None);
    }
}
