//! Encrypted connections.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::tls::Tls;

/// Encrypts a stream to a host.
pub(super) async fn encrypt(stream: TcpStream, tls: &Tls, host: &str) -> io::Result<TlsStream<TcpStream>> {
    let config = config(tls)?;
    let host =
        ServerName::try_from(tls.host.as_deref().unwrap_or(host).to_owned()).map_err(io::Error::other)?;
    TlsConnector::from(Arc::new(config)).connect(host, stream).await
}

fn config(tls: &Tls) -> io::Result<ClientConfig> {
    let mut authorities = RootCertStore::empty();
    match &tls.authorities {
        Some(path) => {
            for certificate in certificates(path)? {
                authorities.add(certificate).map_err(|error| in_file(path, error))?;
            }
        }
        None => authorities.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
    }
    let authorities = Arc::new(authorities);
    let builder = ClientConfig::builder();
    let builder = if tls.verified {
        builder.with_root_certificates(authorities)
    } else {
        let signatures = WebPkiServerVerifier::builder(authorities).build().map_err(io::Error::other)?;
        builder.dangerous().with_custom_certificate_verifier(Arc::new(Anybody(signatures)))
    };
    match &tls.identity {
        None => Ok(builder.with_no_client_auth()),
        Some((certificate, key)) => {
            let parsed = PrivateKeyDer::from_pem_file(key).map_err(|error| in_file(key, error))?;
            builder
                .with_client_auth_cert(certificates(certificate)?, parsed)
                .map_err(|error| in_file(certificate, error))
        }
    }
}

fn certificates(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let certificates = CertificateDer::pem_file_iter(path).map_err(|error| in_file(path, error))?;
    certificates.collect::<Result<_, _>>().map_err(|error| in_file(path, error))
}

fn in_file(path: &Path, error: impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("{}: {error}", path.display()))
}

/// Accepts any certificate, whoever has signed it; the server must have its key.
#[derive(Debug)]
struct Anybody(Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}
