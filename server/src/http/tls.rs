//! TLS: the certificate and its key, from files that may be replaced while the server runs.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, RwLock},
    time::SystemTime,
};

use tokio::net::TcpStream;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        crypto::ring::default_provider,
        pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject},
        server::{ClientHello, ResolvesServerCert},
        sign::CertifiedKey,
    },
    server::TlsStream,
};

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or holds nothing of what it should.
    #[error("{} holds no usable PEM", path.display())]
    Pem {
        /// The file.
        path: PathBuf,
        /// Why.
        source: pem::Error,
    },
    /// A file is not there.
    #[error("{} cannot be read", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The key is of an unknown kind, or belongs to another certificate.
    #[error("the certificate {} and the key {} do not fit", certificate.display(), key.display())]
    Mismatch {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// Why.
        source: rustls::Error,
    },
}

/// What makes connections secure: TLS 1.2 and 1.3, with HTTP/2 and HTTP/1.1 on offer.
pub struct Tls {
    acceptor: TlsAcceptor,
    certificate: PathBuf,
    key: PathBuf,
    current: Arc<Current>,
    seen: Mutex<Stamp>,
}

/// The certificate that is shown now.
#[derive(Debug)]
struct Current(RwLock<Arc<CertifiedKey>>);

/// What tells that the files have changed.
type Stamp = [(SystemTime, u64); 2];

impl Tls {
    /// Reads a chain of certificates, the server's own first, and its key, both as PEM.
    ///
    /// # Errors
    /// When a file cannot be read or the key does not belong to the certificate.
    pub fn load(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let seen = stamp(certificate, key)?;
        let current = Arc::new(Current(RwLock::new(certified(certificate, key)?)));
        let versions = [&rustls::version::TLS13, &rustls::version::TLS12];
        let mut config = ServerConfig::builder_with_provider(default_provider().into())
            .with_protocol_versions(&versions)
            .expect("the provider has ciphers for both versions")
            .with_no_client_auth()
            .with_cert_resolver(current.clone());
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            current,
            seen: Mutex::new(seen),
        })
    }

    /// Reads the files again if they have changed since, and shows the new certificate from the next handshake on.
    /// Whether it did. Each change is looked at once.
    ///
    /// # Errors
    /// When the new files cannot be used; the certificate before them stays.
    pub fn reload_if_changed(&self) -> Result<bool, TlsError> {
        let found = stamp(&self.certificate, &self.key)?;
        let before = std::mem::replace(&mut *self.seen.lock().expect("no panic while locked"), found);
        if before == found {
            return Ok(false);
        }
        let new = certified(&self.certificate, &self.key)?;
        *self.current.0.write().expect("no panic while locked") = new;
        Ok(true)
    }

    /// When the certificate that is shown now expires, in seconds of Unix time; none if that cannot be read.
    pub fn expires(&self) -> Option<i64> {
        let shown = self.current.0.read().expect("no panic while locked").clone();
        let (_, certificate) = x509_parser::parse_x509_certificate(shown.cert.first()?).ok()?;
        Some(certificate.validity().not_after.timestamp())
    }

    /// Makes a connection secure.
    pub(super) async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        self.acceptor.accept(stream).await
    }
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tls").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().expect("no panic while locked").clone())
    }
}

fn stamp(certificate: &Path, key: &Path) -> Result<Stamp, TlsError> {
    let of = |path: &Path| {
        let found = fs::metadata(path).and_then(|file| Ok((file.modified()?, file.len())));
        found.map_err(|source| TlsError::Missing { path: path.to_owned(), source })
    };
    Ok([of(certificate)?, of(key)?])
}

fn certified(certificate: &Path, key: &Path) -> Result<Arc<CertifiedKey>, TlsError> {
    let unusable = |path: &Path| {
        let path = path.to_owned();
        move |source| TlsError::Pem { path, source }
    };
    let chain: Vec<_> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .and_then(|chain: Vec<_>| if chain.is_empty() { Err(pem::Error::NoItemsFound) } else { Ok(chain) })
        .map_err(unusable(certificate))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(unusable(key))?;
    let fitting = CertifiedKey::from_der(chain, private, &default_provider());
    fitting.map(Arc::new).map_err(|source| TlsError::Mismatch {
        certificate: certificate.to_owned(),
        key: key.to_owned(),
        source,
    })
}
