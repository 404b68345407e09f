//! Tokens that are fetched and renewed, against a server that counts.

// The lint lets tests unwrap, but not the functions beside them.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use orderly_client::{Client, Error, ErrorCode};
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// Issues `access-1`, `access-2`, … and accepts the last one only.
#[derive(Clone, Default)]
struct Issuer {
    issued: Arc<AtomicU32>,
    /// Makes `access-1` be refused though its time has not come.
    first_is_revoked: bool,
    /// How long tokens live, in seconds.
    life: u32,
    /// Whether refresh tokens are refused.
    refuses_refresh: bool,
}

impl Respond for Issuer {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        if request.url.path() == "/v1/me" {
            let number = self.issued.load(Ordering::SeqCst);
            let revoked = self.first_is_revoked && number == 1;
            let presented = request.headers.get("authorization").and_then(|value| value.to_str().ok());
            return if presented == Some(&format!("Bearer access-{number}")) && !revoked {
                ResponseTemplate::new(200).set_body_json(account())
            } else {
                problem(401, "unauthenticated")
            };
        }
        let body: Value = request.body_json().unwrap_or_default();
        if body["password"] == "wrong password" {
            return problem(401, "invalid_credentials");
        }
        if body["grant_type"] == "refresh_token" && self.refuses_refresh {
            return problem(401, "invalid_refresh_token");
        }
        let number = self.issued.fetch_add(1, Ordering::SeqCst) + 1;
        let tokens = json!({
            "access_token": format!("access-{number}"), "token_type": "Bearer", "expires_in": self.life,
            "refresh_token": "ort_Zk3nq0p8Jw6yB1xVt5uR7sE2cM4dA9fGhKlQoPiUyTr",
        });
        ResponseTemplate::new(200).set_body_json(tokens).set_delay(Duration::from_millis(50))
    }
}

fn account() -> Value {
    json!({
        "id": "usr_01jd0q5x8yf6r9v2k3m4n5p6q7", "email": "ada@example.com", "name": "Ada", "role": "customer",
        "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    })
}

fn problem(status: u16, code: &str) -> ResponseTemplate {
    let body = json!({"title": "No", "status": status, "code": code, "detail": "", "request_id": "r"});
    ResponseTemplate::new(status).set_body_raw(body.to_string(), "application/problem+json")
}

async fn logged_in(issuer: Issuer, password: &str) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/v1/tokens")).respond_with(issuer.clone()).mount(&server).await;
    Mock::given(method("GET")).and(path("/v1/me")).respond_with(issuer).mount(&server).await;
    let client = Client::builder(server.uri()).password("ada@example.com", password).build().unwrap();
    (server, client)
}

/// The grant types that were asked for, in order.
async fn grants(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    let exchanges = requests.iter().filter(|request| request.url.path() == "/v1/tokens");
    exchanges
        .map(|request| request.body_json::<Value>().unwrap()["grant_type"].as_str().unwrap().to_owned())
        .collect()
}

async fn fifty_calls(client: &Client) {
    let calls = (0..50).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.get_me().await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn fifty_waiting_calls_make_one_login() {
    let (server, client) =
        logged_in(Issuer { life: 900, ..Issuer::default() }, "correct horse battery").await;
    fifty_calls(&client).await;
    assert_eq!(grants(&server).await, ["password"]);
}

#[tokio::test]
async fn fifty_refused_calls_make_one_renewal() {
    let issuer = Issuer { life: 900, first_is_revoked: true, ..Issuer::default() };
    let (server, client) = logged_in(issuer, "correct horse battery").await;
    fifty_calls(&client).await;
    assert_eq!(grants(&server).await, ["password", "refresh_token"]);
}

#[tokio::test]
async fn a_token_that_has_ended_is_renewed_before_it_is_sent() {
    let (server, client) = logged_in(Issuer { life: 0, ..Issuer::default() }, "correct horse battery").await;
    client.get_me().await.unwrap();
    client.get_me().await.unwrap();
    assert_eq!(grants(&server).await, ["password", "refresh_token"]);
}

#[tokio::test]
async fn a_token_of_a_short_life_is_used_while_it_lives() {
    let (server, client) = logged_in(Issuer { life: 20, ..Issuer::default() }, "correct horse battery").await;
    fifty_calls(&client).await;
    fifty_calls(&client).await;
    assert_eq!(grants(&server).await, ["password"]);
}

#[tokio::test]
async fn a_refused_refresh_token_leads_to_a_new_login() {
    let issuer = Issuer { life: 0, refuses_refresh: true, ..Issuer::default() };
    let (server, client) = logged_in(issuer, "correct horse battery").await;
    client.get_me().await.unwrap();
    client.get_me().await.unwrap();
    assert_eq!(grants(&server).await, ["password", "refresh_token", "password"]);
}

#[tokio::test]
async fn a_wrong_password_is_the_problem_of_the_call() {
    let (server, client) = logged_in(Issuer::default(), "wrong password").await;
    let error: Error = client.get_me().await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::InvalidCredentials));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(grants(&server).await, ["password"]);
}

#[tokio::test]
async fn a_call_that_is_given_up_does_not_lose_the_tokens() {
    let (server, client) =
        logged_in(Issuer { life: 900, ..Issuer::default() }, "correct horse battery").await;
    let given_up = tokio::time::timeout(Duration::from_millis(10), client.get_me().into_future()).await;
    assert!(given_up.is_err());
    client.get_me().await.unwrap();
    assert_eq!(grants(&server).await, ["password"]);
}
