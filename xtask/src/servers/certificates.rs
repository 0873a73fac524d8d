//! Generates certificates for tests of encrypted connections.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};

/// Creates `ca.pem`; the certificates `server-cert.pem`, for `localhost` but not for its address, and
/// `client-cert.pem`, with `server-key.pem` and `client-key.pem`; and `other-ca.pem`, which has signed none of them.
pub(super) fn make(folder: &Path) -> Result<()> {
    fs::create_dir(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let authority = authority("orm test authority")?;
    fs::write(folder.join("ca.pem"), authority.pem())?;
    fs::write(folder.join("other-ca.pem"), self::authority("another authority")?.pem())?;
    for (name, subject) in [("server", "localhost"), ("client", "client")] {
        let key = KeyPair::generate()?;
        let certificate = named(subject, vec![subject.to_owned()])?.signed_by(&key, &authority)?;
        fs::write(folder.join(format!("{name}-cert.pem")), certificate.pem())?;
        fs::write(folder.join(format!("{name}-key.pem")), key.serialize_pem())?;
    }
    Ok(())
}

fn authority(name: &str) -> Result<CertifiedIssuer<'static, KeyPair>> {
    let mut parameters = named(name, vec![])?;
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    Ok(CertifiedIssuer::self_signed(parameters, KeyPair::generate()?)?)
}

fn named(name: &str, hosts: Vec<String>) -> Result<CertificateParams> {
    let mut parameters = CertificateParams::new(hosts)?;
    parameters.distinguished_name.push(DnType::CommonName, name);
    Ok(parameters)
}
