//! The connections under a target: pooled, HTTP/1.1, over TLS where the address says so.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::uri::Scheme;
use http_body_util::Full;
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::connect::HttpConnector,
    rt::{TokioExecutor, TokioTimer},
};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};

use super::{Settings, TargetError};

pub(super) type Client = hyper_util::client::legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// A connection that is idle for longer may be closing at the other end.
const IDLE: Duration = Duration::from_secs(5);

pub(super) fn client(scheme: &Scheme, settings: &Settings) -> Result<Client, TargetError> {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    http.set_connect_timeout(Some(settings.time_limit));
    let https = HttpsConnectorBuilder::new()
        .with_tls_config(tls(scheme, settings)?)
        .https_or_http()
        .enable_http1()
        .wrap_connector(http);
    Ok(hyper_util::client::legacy::Client::builder(TokioExecutor::new())
        .pool_idle_timeout(IDLE)
        .pool_timer(TokioTimer::new())
        .build(https))
}

/// Whom to trust: nobody has to be named for an address without TLS.
fn tls(scheme: &Scheme, settings: &Settings) -> Result<ClientConfig, TargetError> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?;
    if let Some(file) = &settings.authorities {
        let wrong = |reason: String| TargetError::Authorities { file: file.clone(), reason };
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_file_iter(file).map_err(|error| wrong(error.to_string()))? {
            let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
            roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
        }
        if roots.is_empty() {
            return Err(wrong("there is no certificate in it".to_owned()));
        }
        return Ok(builder.with_root_certificates(roots).with_no_client_auth());
    }
    if *scheme == Scheme::HTTP {
        return Ok(builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
    }
    Ok(builder.with_native_roots().map_err(TargetError::System)?.with_no_client_auth())
}
