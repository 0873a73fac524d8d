//! TLS, as far as a URL asks for it.

use mysql_async::OptsBuilder;
use orm_core::Result;
use orm_core::driver::Url;

use crate::options::wrong;

/// How much of a server's certificate is checked; the names are those of the servers' own clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Nothing is encrypted.
    Disabled,
    /// Encrypted, for whoever is at the other end.
    Required,
    /// Certified by an authority that is trusted, for the host that was asked for.
    VerifyIdentity,
}

/// The options that say something of the encryption, in which modes, and which other one they need.
const DETAILS: [(&str, &[Mode], Option<&str>); 4] = [
    ("ssl_ca", &[Mode::VerifyIdentity], None),
    ("ssl_cert", &[Mode::Required, Mode::VerifyIdentity], Some("ssl_key")),
    ("ssl_key", &[Mode::Required, Mode::VerifyIdentity], Some("ssl_cert")),
    ("ssl_host", &[Mode::VerifyIdentity], None),
];

/// The options with TLS, if the URL asks for it.
pub(crate) fn set(url: &Url, options: OptsBuilder) -> Result<OptsBuilder> {
    let mode = mode(url)?;
    for (name, modes, other) in DETAILS {
        if url.option(name).is_none() {
            continue;
        }
        if !modes.contains(&mode) {
            let names: Vec<String> = modes.iter().map(|mode| format!("`ssl_mode={}`", mode.name())).collect();
            return Err(wrong(format!(
                "the option `{name}` has no meaning with `ssl_mode={}`: it goes with {}",
                mode.name(),
                names.join(" or ")
            )));
        }
        if let Some(other) = other.filter(|other| url.option(other).is_none()) {
            return Err(wrong(format!("the option `{name}` needs the option `{other}`, too")));
        }
    }
    if mode == Mode::Disabled {
        return Ok(options);
    }
    if url.option("socket").is_some() {
        let message =
            "the option `ssl_mode` has no meaning with `socket`: what stays on the machine is not encrypted";
        return Err(wrong(message.to_owned()));
    }
    encrypted(url, mode, options)
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
        let message = "the option `ssl_mode` is `verify_ca`, which would trust the certificate of any host: say which one \
                       it is for with `ssl_mode=verify_identity` and `ssl_host`";
        return Err(wrong(message.to_owned()));
    }
    Mode::ALL.into_iter().find(|mode| mode.name() == name).ok_or_else(|| {
        wrong(format!("the option `ssl_mode` is `{value}`; expected disabled, required or verify_identity"))
    })
}

#[cfg(not(feature = "tls"))]
fn encrypted(_: &Url, mode: Mode, _: OptsBuilder) -> Result<OptsBuilder> {
    let mode = mode.name();
    Err(wrong(format!(
        "the option `ssl_mode={mode}` needs the feature `tls` of the crate `orm`, which is not on"
    )))
}

#[cfg(feature = "tls")]
fn encrypted(url: &Url, mode: Mode, options: OptsBuilder) -> Result<OptsBuilder> {
    use mysql_async::{ClientIdentity, SslOpts};

    // Where a program has two of them, none is taken by itself, and that is a panic.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    let mut tls = SslOpts::default()
        .with_danger_accept_invalid_certs(mode == Mode::Required)
        .with_danger_tls_hostname_override(url.option("ssl_host").map(str::to_owned));
    if let Some(authorities) = file(url, "ssl_ca")? {
        tls = tls.with_root_certs(vec![authorities.into()]).with_disable_built_in_roots(true);
    }
    if let (Some(certificate), Some(key)) = (file(url, "ssl_cert")?, file(url, "ssl_key")?) {
        tls = tls.with_client_identity(Some(ClientIdentity::new(certificate.into(), key.into())));
    }
    Ok(options.ssl_opts(Some(tls)))
}

/// The path of a file that can be read. It is read again for each connection, since certificates do not last.
#[cfg(feature = "tls")]
fn file(url: &Url, name: &str) -> Result<Option<std::path::PathBuf>> {
    let Some(path) = url.option(name) else { return Ok(None) };
    match std::fs::read(path) {
        Ok(_) => Ok(Some(path.into())),
        Err(error) => Err(wrong(format!("the option `{name}` is `{path}`, which cannot be read: {error}"))),
    }
}
