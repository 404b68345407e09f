//! HTTPS with certificates of one's own, against a rustls server.
#![cfg(feature = "rustls")]
// The lint lets tests unwrap, but not the functions beside them.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use orderly_client::{Client, ClientBuilder, Error, RetryPolicy};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};

type Issued = CertifiedKey<KeyPair>;

fn issue() -> Issued {
    generate_simple_self_signed(["localhost".to_owned()]).unwrap()
}

/// A certificate and its key in one text.
fn pem(issued: &Issued) -> String {
    issued.cert.pem() + &issued.signing_key.serialize_pem()
}

/// A server with a certificate of its own, which asks for one of `clients` if it is given; begins a client of it.
async fn serving(
    versions: &[&'static SupportedProtocolVersion],
    clients: Option<&Issued>,
) -> (Box<dyn Fn() -> ClientBuilder>, Issued) {
    let own = issue();
    let config = ServerConfig::builder_with_provider(default_provider().into())
        .with_protocol_versions(versions)
        .unwrap();
    let config = match clients {
        None => config.with_no_client_auth(),
        Some(clients) => {
            let mut roots = RootCertStore::empty();
            roots.add(clients.cert.der().clone()).unwrap();
            let verifier =
                WebPkiClientVerifier::builder_with_provider(roots.into(), default_provider().into()).build();
            config.with_client_cert_verifier(verifier.unwrap())
        }
    };
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let config = config.with_single_cert(vec![own.cert.der().clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let mut connection = acceptor.accept(connection).await?;
                let _ = connection.read(&mut [0; 4096]).await?;
                let answer =
                    "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"keys\":[]}";
                connection.write_all(answer.as_bytes()).await?;
                connection.shutdown().await
            });
        }
    });
    let begin = move || Client::builder(format!("https://localhost:{port}")).retry(RetryPolicy::never());
    (Box::new(begin), own)
}

async fn ask(builder: ClientBuilder) -> Result<usize, Error> {
    Ok(builder.build()?.get_jwks().await?.keys.len())
}

#[tokio::test]
async fn a_server_is_trusted_by_the_certificates_that_are_given() {
    let (begin, own) = serving(&[&TLS12, &TLS13], None).await;
    let stranger = ask(begin()).await.unwrap_err();
    assert!(matches!(stranger, Error::Transport(_)), "{stranger:?}");
    let other = ask(begin().root_certificates(issue().cert.pem())).await.unwrap_err();
    assert!(matches!(other, Error::Transport(_)), "{other:?}");
    let several = issue().cert.pem() + &own.cert.pem();
    assert_eq!(ask(begin().root_certificates(several)).await.unwrap(), 0);
    let one_by_one = begin().root_certificates(issue().cert.pem()).root_certificates(own.cert.pem());
    assert_eq!(ask(one_by_one).await.unwrap(), 0);
}

#[tokio::test]
async fn a_server_that_asks_who_is_there_is_told() {
    let ada = issue();
    let (begin, own) = serving(&[&TLS12, &TLS13], Some(&ada)).await;
    let trusting = || begin().root_certificates(own.cert.pem());
    assert_eq!(ask(trusting().identity(pem(&ada))).await.unwrap(), 0);
    for refused in [trusting(), trusting().identity(pem(&issue()))] {
        let error = ask(refused).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
}

#[tokio::test]
async fn an_old_version_is_not_spoken_with() {
    use reqwest::tls::Version;
    let (old, own) = serving(&[&TLS12], None).await;
    let trusting = || old().root_certificates(own.cert.pem());
    assert_eq!(ask(trusting()).await.unwrap(), 0);
    let error = ask(trusting().min_tls_version(Version::TLS_1_3)).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[test]
fn what_is_no_certificate_is_told_at_once() {
    let begin = || Client::builder("https://localhost");
    let cases = [
        (begin().root_certificates("no PEM"), "root certificates"),
        (
            begin().root_certificates("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----"),
            "root certificates",
        ),
        (begin().identity(issue().cert.pem()), "identity"),
        (begin().identity(""), "identity"),
    ];
    for (builder, named) in cases {
        let error = builder.build().unwrap_err();
        assert!(matches!(&error, Error::InvalidRequest(reason) if reason.contains(named)), "{error:?}");
    }
}

#[test]
fn keys_are_not_shown() {
    let key = pem(&issue());
    let shown = format!("{:?}", Client::builder("https://localhost").identity(key.as_str()));
    assert!(
        shown.contains("identity: true") && !shown.contains("BEGIN") && !shown.contains("45, 45"),
        "{shown}"
    );
}
