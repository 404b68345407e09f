//! The server with a certificate.

use std::{fs, path::Path, sync::Arc};

use orderly_server::http::tls::{Tls, TlsError};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore, SupportedProtocolVersion,
        crypto::ring::default_provider,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
        version,
    },
};

use super::{
    client::{exchange, get, until_closed},
    server::Shop,
};

/// Writes a new certificate for localhost and its key.
fn issue(folder: &Path) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    fs::write(folder.join("certificate.pem"), made.cert.pem()).unwrap();
    fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
}

async fn secured(folder: &Path) -> Shop {
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    Shop::with(|config| {
        config.tls.certificate = Some(certificate);
        config.tls.key = Some(key);
        config.limits.header_read_ms = 500;
    })
    .await
}

/// Asks for the version and the protocol that were agreed on, and for `/livez`, trusting what lies in this folder.
async fn ask(
    shop: &Shop,
    folder: &Path,
    versions: &[&'static SupportedProtocolVersion],
    protocols: &[&str],
) -> std::io::Result<(Option<Vec<u8>>, String)> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(folder.join("certificate.pem")).unwrap()).unwrap();
    let mut config = ClientConfig::builder_with_provider(default_provider().into())
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let stream = TcpStream::connect(shop.address).await?;
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    let agreed = stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
    let mut answer = Vec::new();
    if agreed.as_deref() != Some(b"h2") {
        stream.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await?;
        stream.read_to_end(&mut answer).await?;
    }
    Ok((agreed, String::from_utf8(answer).unwrap()))
}

#[tokio::test]
async fn a_server_with_a_certificate_speaks_tls_1_2_and_1_3() {
    let folder = TempDir::new().unwrap();
    issue(folder.path());
    let shop = secured(folder.path()).await;
    assert!(shop.running.base_url().starts_with("https://127.0.0.1:"));
    for version in [&version::TLS12, &version::TLS13] {
        let (agreed, answer) = ask(&shop, folder.path(), &[version], &["http/1.1"]).await.unwrap();
        assert_eq!(agreed.as_deref(), Some(&b"http/1.1"[..]));
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.contains("\r\nstrict-transport-security: max-age=31536000\r\n"), "{answer}");
    }
    let (agreed, _) = ask(&shop, folder.path(), &[&version::TLS13], &["h2", "http/1.1"]).await.unwrap();
    assert_eq!(agreed.as_deref(), Some(&b"h2"[..]));
}

#[tokio::test]
async fn whoever_speaks_plain_http_to_it_is_told_to_use_https() {
    let folder = TempDir::new().unwrap();
    issue(folder.path());
    let shop = secured(folder.path()).await;
    let answer = exchange(shop.address, "GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    let problem = answer.problem(400, "malformed_request");
    assert!(problem["detail"].as_str().unwrap().contains("https"), "{problem}");
}

#[tokio::test]
async fn a_handshake_that_does_not_go_on_is_cut_off_and_keeps_nobody_out() {
    let folder = TempDir::new().unwrap();
    issue(folder.path());
    let shop = secured(folder.path()).await;
    let mut stuck = TcpStream::connect(shop.address).await.unwrap();
    stuck.write_all(&[0x16, 3, 1]).await.unwrap();
    assert!(ask(&shop, folder.path(), &[&version::TLS13], &[]).await.is_ok());
    assert!(until_closed(&mut stuck).await.is_some());
}

#[tokio::test]
async fn a_certificate_that_changes_is_shown_from_the_next_handshake_on() {
    let folder = TempDir::new().unwrap();
    issue(folder.path());
    let tls = Tls::load(&folder.path().join("certificate.pem"), &folder.path().join("key.pem")).unwrap();
    assert!(!tls.reload_if_changed().unwrap(), "nothing has changed");
    let certificate = fs::read(folder.path().join("certificate.pem")).unwrap();
    issue(folder.path());
    assert!(tls.reload_if_changed().unwrap());
    assert!(!tls.reload_if_changed().unwrap(), "each change is looked at once");

    // The old certificate with the new key: the files do not fit while they are replaced one after the other.
    fs::write(folder.path().join("certificate.pem"), certificate).unwrap();
    assert!(matches!(tls.reload_if_changed(), Err(TlsError::Mismatch { .. })));
    fs::write(folder.path().join("certificate.pem"), "nonsense").unwrap();
    assert!(matches!(tls.reload_if_changed(), Err(TlsError::Pem { .. })));
    fs::remove_file(folder.path().join("key.pem")).unwrap();
    assert!(matches!(tls.reload_if_changed(), Err(TlsError::Missing { .. })));
    issue(folder.path());
    assert!(tls.reload_if_changed().unwrap(), "as soon as they fit again");
}

#[tokio::test]
async fn the_metrics_tell_when_the_certificate_expires() {
    let folder = TempDir::new().unwrap();
    let mut wanted = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
    wanted.not_after = rcgen::date_time_ymd(2040, 2, 3);
    let key = rcgen::KeyPair::generate().unwrap();
    fs::write(folder.path().join("certificate.pem"), wanted.self_signed(&key).unwrap().pem()).unwrap();
    fs::write(folder.path().join("key.pem"), key.serialize_pem()).unwrap();
    let (certificate, key) = (folder.path().join("certificate.pem"), folder.path().join("key.pem"));
    let shop = Shop::with(|config| {
        config.tls.certificate = Some(certificate);
        config.tls.key = Some(key);
        config.operations.listen = Some("127.0.0.1:0".parse().unwrap());
    })
    .await;
    let metrics = get(shop.running.operations_address().unwrap(), "/metrics").await;
    let line = "orderly_tls_certificate_expiry_timestamp_seconds 2211840000.0\n";
    assert!(metrics.text().contains(line), "{}", metrics.text());
}
