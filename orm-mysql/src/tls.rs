//! TLS options.

use std::path::PathBuf;

use orm_core::Result;
use orm_core::driver::Url;

use crate::options::wrong;

/// How strictly a server's certificate is checked; the names are those of the servers' own clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Without encryption.
    Disabled,
    /// Encrypted, without verifying the server.
    Required,
    /// Certified by a trusted authority, for the requested host.
    VerifyIdentity,
}

/// The further TLS options, the modes in which they are allowed, and the option that each one requires.
const DETAILS: [(&str, &[Mode], Option<&str>); 4] = [
    ("ssl_ca", &[Mode::VerifyIdentity], None),
    ("ssl_cert", &[Mode::Required, Mode::VerifyIdentity], Some("ssl_key")),
    ("ssl_key", &[Mode::Required, Mode::VerifyIdentity], Some("ssl_cert")),
    ("ssl_host", &[Mode::VerifyIdentity], None),
];

/// The TLS configuration. Files are read again for each connection, since certificates expire.
#[cfg_attr(not(feature = "tls"), allow(dead_code, reason = "without TLS, there are no options to read"))]
#[derive(Clone)]
pub(crate) struct Tls {
    /// Whether the server's identity is verified.
    pub(crate) verified: bool,
    /// The trusted authorities, instead of the public ones.
    pub(crate) authorities: Option<PathBuf>,
    /// The certificate of this client, and its key.
    pub(crate) identity: Option<(PathBuf, PathBuf)>,
    /// The name in the server's certificate, instead of the host's.
    pub(crate) host: Option<String>,
}

/// Returns the TLS configuration of a URL, if it asks for TLS.
pub(crate) fn read(url: &Url) -> Result<Option<Tls>> {
    let mode = mode(url)?;
    for (name, modes, other) in DETAILS {
        if url.option(name).is_none() {
            continue;
        }
        if !modes.contains(&mode) {
            let names: Vec<String> = modes.iter().map(|mode| format!("`ssl_mode={}`", mode.name())).collect();
            return Err(wrong(format!(
                "the option `{name}` has no effect with `ssl_mode={}`: it needs {}",
                mode.name(),
                names.join(" or ")
            )));
        }
        if let Some(other) = other.filter(|other| url.option(other).is_none()) {
            return Err(wrong(format!("the option `{name}` needs the option `{other}`, too")));
        }
    }
    if mode == Mode::Disabled {
        return Ok(None);
    }
    if url.option("socket").is_some() {
        let message = "the option `ssl_mode` has no effect with `socket`: connections on the same machine \
                       are not encrypted";
        return Err(wrong(message.to_owned()));
    }
    encrypted(url, mode).map(Some)
}

impl Mode {
    const ALL: [Mode; 3] = [Mode::Disabled, Mode::Required, Mode::VerifyIdentity];

    fn name(self) -> &'static str {
        match self {
            Mode::Disabled => "disabled",
            Mode::Required => "required",
            Mode::VerifyIdentity => "verify_identity",
        }
    }
}

fn mode(url: &Url) -> Result<Mode> {
    let Some(value) = url.option("ssl_mode") else { return Ok(Mode::Disabled) };
    let name = value.to_ascii_lowercase().replace('-', "_");
    if name == "verify_ca" {
        let message = "the option `ssl_mode` is `verify_ca`, which would accept a certificate for any host: \
                       use `ssl_mode=verify_identity`, with `ssl_host` if the certificate is for another \
                       name";
        return Err(wrong(message.to_owned()));
    }
    Mode::ALL.into_iter().find(|mode| mode.name() == name).ok_or_else(|| {
        wrong(format!("the option `ssl_mode` is `{value}`; expected disabled, required or verify_identity"))
    })
}

#[cfg(not(feature = "tls"))]
fn encrypted(_: &Url, mode: Mode) -> Result<Tls> {
    let mode = mode.name();
    Err(wrong(format!(
        "the option `ssl_mode={mode}` needs the feature `tls` of the crate `orm`, which is not on"
    )))
}

#[cfg(feature = "tls")]
fn encrypted(url: &Url, mode: Mode) -> Result<Tls> {
    // If a program contains two of them, neither is installed by default, which would be a panic.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    Ok(Tls {
        verified: mode == Mode::VerifyIdentity,
        authorities: file(url, "ssl_ca")?,
        identity: file(url, "ssl_cert")?.zip(file(url, "ssl_key")?),
        host: url.option("ssl_host").map(str::to_owned),
    })
}

/// Returns the path of a file, after checking that it can be read.
#[cfg(feature = "tls")]
fn file(url: &Url, name: &str) -> Result<Option<PathBuf>> {
    let Some(path) = url.option(name) else { return Ok(None) };
    match std::fs::read(path) {
        Ok(_) => Ok(Some(path.into())),
        Err(error) => Err(wrong(format!("the option `{name}` is `{path}`, which cannot be read: {error}"))),
    }
}
