//! Calling a server: credentials go where they are asked for, and are never told; what gives no answer says why.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::{fs, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use orderly_contract::{
    Document, FREE_PORT, Listener, Sent,
    report::curl,
    target::{AuthError, Identity, Role, SendError, Settings, Target, TargetError},
};
use serde_json::json;
use tokio::net::TcpListener;
use tokio_rustls::{TlsAcceptor, rustls};

fn document() -> Document {
    let operation = |id: &str, security: serde_json::Value| json!({ "operationId": id, "security": security, "responses": {} });
    let value = json!({
        "openapi": "3.0.3",
        "components": { "securitySchemes": {
            "token": { "type": "http", "scheme": "bearer" },
            "key": { "type": "apiKey", "in": "header", "name": "X-Key" },
            "ticket": { "type": "apiKey", "in": "query", "name": "ticket" },
            "session": { "type": "apiKey", "in": "cookie", "name": "session" },
            "password": { "type": "http", "scheme": "basic" },
        } },
        "paths": {
            "/token": { "get": operation("token", json!([{ "token": [] }])) },
            "/key": { "get": operation("key", json!([{ "key": [] }])) },
            "/both": { "get": operation("both", json!([{ "session": [], "ticket": [] }])) },
            "/either": { "get": operation("either", json!([{}, { "password": [] }])) },
            "/open": { "get": operation("open", json!([])) },
        },
    });
    let source = orderly_document::Document::parse("doors.json", value.to_string().as_bytes()).unwrap();
    Document::new(source).unwrap().at("")
}

/// Answers with the request line and the headers that it got.
async fn echo() -> Listener {
    Listener::start(FREE_PORT, |request: Request<Incoming>| async move {
        let mut lines = vec![format!("{} {}", request.method(), request.uri())];
        lines.extend(
            request.headers().iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())),
        );
        Response::new(Full::from(lines.join("\n")))
    })
    .await
    .unwrap()
}

fn get(path: &str) -> Sent {
    Sent {
        method: Method::GET,
        path: path.to_owned(),
        query: None,
        headers: HeaderMap::new(),
        body: Bytes::new(),
    }
}

fn identities(texts: &[&str]) -> Vec<Identity> {
    Identity::parse(texts.iter().copied(), &document()).unwrap()
}

#[tokio::test]
async fn a_credential_goes_where_an_operation_asks_for_it_and_nowhere_else() {
    let server = echo().await;
    let identities = identities(&[
        "bearer=t0",
        "key=k0",
        "ticket=a b",
        "session=s0",
        "basic=ann:secret",
        "other:bearer=t1",
    ]);
    let settings = Settings { identities, ..Settings::default() };
    let target = Target::new(&format!("http://{}/api/", server.address()), settings).unwrap();
    let document = document();
    let cases = [
        ("token", Role::Main, vec!["GET /api/token", "authorization: Bearer t0"]),
        ("token", Role::Other, vec!["GET /api/token", "authorization: Bearer t1"]),
        ("token", Role::Expired, vec!["GET /api/token"]),
        ("key", Role::Main, vec!["GET /api/key", "x-key: k0"]),
        ("key", Role::Other, vec!["GET /api/key"]),
        ("both", Role::Main, vec!["GET /api/both?ticket=a%20b", "cookie: session=s0"]),
        ("either", Role::Main, vec!["GET /api/either", "authorization: Basic YW5uOnNlY3JldA=="]),
        ("open", Role::Main, vec!["GET /api/open"]),
    ];
    for (id, role, expected) in cases {
        let operation = document.operation(id).unwrap();
        let exchange = target.call(operation, get(&format!("/{id}")), role).await.unwrap();
        let text = String::from_utf8(exchange.received.body.to_vec()).unwrap();
        let seen: Vec<&str> = text.lines().filter(|line| !line.starts_with("host:")).collect();
        assert_eq!(seen, expected, "{id} {role:?}");
        assert_eq!(exchange.sent.path, format!("/{id}"));
    }
}

#[tokio::test]
async fn what_is_told_names_a_variable_in_place_of_a_credential() {
    let server = echo().await;
    let settings =
        Settings { identities: identities(&["bearer=t0ps3cret", "ticket=t1cket"]), ..Settings::default() };
    let target = Target::new(&format!("http://{}", server.address()), settings).unwrap();
    let main = target.identity(Role::Main).unwrap();
    let told = target.redacted(&target.send(get("/x"), Some(&main)).await.unwrap());
    let command = curl("http://server", &told.sent);
    assert!(command.contains(r#"'authorization: Bearer '"${CONTRACT_BEARER}""#), "{command}");
    assert!(command.contains(r#"'http://server/x?ticket='"${CONTRACT_TICKET}""#), "{command}");
    for text in [format!("{told:?}"), format!("{target:?}"), command] {
        assert!(!text.contains("t0ps3cret") && !text.contains("t1cket"), "{text}");
    }
}

#[test]
fn credentials_are_read_from_files_and_variables_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    fs::write(&file, "from-a-file\n").unwrap();
    let at_file = format!("bearer=@{}", file.display());
    // Cargo sets this one for every test.
    let read = identities(&[&at_file, "other:key=env:CARGO_PKG_NAME"]);
    assert_eq!(read[0].credentials[0].value, "from-a-file");
    assert_eq!((read[1].role, read[1].credentials[0].value.as_str()), (Role::Other, "orderly-contract"));
}

#[test]
fn a_credential_that_is_none_says_what_one_is() {
    let cases = [
        ("bearer", "a credential is written SCHEME=VALUE"),
        ("keys=1", "or key"),
        ("basic=ann", "USER:PASSWORD"),
        ("bearer=@/nowhere/at/all", "/nowhere/at/all cannot be read"),
        ("bearer=env:CONTRACT_NOT_SET_ANYWHERE", "CONTRACT_NOT_SET_ANYWHERE"),
        ("bearer=\u{1}", "cannot be sent"),
        ("bearer=", "is empty"),
    ];
    for (text, expected) in cases {
        let error: AuthError = Identity::parse([text], &document()).unwrap_err();
        assert!(error.to_string().contains(expected), "{text}: {error}");
    }
}

#[test]
fn an_address_that_is_none_says_what_one_is() {
    for text in ["", "127.0.0.1:80", "ftp://x", "http://", "http://u:p@x", "http://x?y", "/v1"] {
        let error = Target::new(text, Settings::default()).unwrap_err();
        assert!(matches!(error, TargetError::Address(_)), "{text}: {error}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_from_one_that_hangs() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let target = Target::new(&format!("http://{nobody}"), Settings::default()).unwrap();
    assert!(target.send(get("/"), None).await.unwrap_err().is_unreachable());

    let silent = Listener::start(FREE_PORT, |_| std::future::pending()).await.unwrap();
    let settings = Settings { time_limit: Duration::from_millis(50), ..Settings::default() };
    let target = Target::new(&format!("http://{}", silent.address()), settings).unwrap();
    let error = target.send(get("/"), None).await.unwrap_err();
    assert!(matches!(error, SendError::TimeLimit(_)) && !error.is_unreachable(), "{error}");
}

#[tokio::test]
async fn a_redirect_is_an_answer() {
    let server = Listener::start(FREE_PORT, |_| async {
        Response::builder()
            .status(StatusCode::FOUND)
            .header("location", "/elsewhere")
            .body(Full::default())
            .unwrap()
    })
    .await
    .unwrap();
    let target = Target::new(&format!("http://{}", server.address()), Settings::default()).unwrap();
    assert_eq!(target.send(get("/"), None).await.unwrap().received.status, StatusCode::FOUND);
}

#[tokio::test]
async fn tls_is_spoken_with_whom_a_file_of_certificates_trusts() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authorities.pem");
    fs::write(&file, made.cert.pem()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("https://localhost:{}", socket.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = socket.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let service = service_fn(|_| async {
                    Ok::<_, std::convert::Infallible>(Response::new(Full::<Bytes>::from("secure")))
                });
                let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });

    let settings = Settings { authorities: Some(file), ..Settings::default() };
    let target = Target::new(&base_url, settings).unwrap();
    assert_eq!(target.send(get("/"), None).await.unwrap().received.body, "secure");

    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let file = folder.path().join("others.pem");
    fs::write(&file, other.cert.pem()).unwrap();
    let settings = Settings { authorities: Some(file), ..Settings::default() };
    assert!(Target::new(&base_url, settings).unwrap().send(get("/"), None).await.is_err());
    fs::write(folder.path().join("none.pem"), "nothing").unwrap();
    let settings = Settings { authorities: Some(folder.path().join("none.pem")), ..Settings::default() };
    assert!(matches!(Target::new(&base_url, settings).unwrap_err(), TargetError::Authorities { .. }));
}
