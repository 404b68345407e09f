//! Callers who come too often.

use std::net::SocketAddr;

use serde_json::{Value, json};

use super::{
    client::{Answer, exchange, get, request},
    server::Shop,
};

async fn post(server: SocketAddr, path: &str, body: Value) -> Answer {
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    exchange(server, &head).await
}

fn login(email: &str, password: &str) -> Value {
    json!({ "grant_type": "password", "email": email, "password": password })
}

fn assert_refused(answer: &Answer) {
    answer.problem(429, "rate_limited");
    let seconds: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn an_address_that_comes_too_often_is_refused_and_told_when_to_come_back() {
    let shop = Shop::with(|config| config.rate.ip_per_minute = 3).await;
    for left in [2, 1, 0] {
        let answer = get(shop.address, "/v1/products").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("ratelimit-policy"), Some(r#""ip";q=3;w=60"#));
        assert!(
            answer.header("ratelimit").unwrap().starts_with(&format!("\"ip\";r={left};t=")),
            "{answer:?}"
        );
    }
    let refused = get(shop.address, "/nowhere").await;
    assert_refused(&refused);
    assert!(refused.header("ratelimit").unwrap().starts_with("\"ip\";r=0;t="), "{refused:?}");
    let probe = get(shop.address, "/livez").await;
    assert_eq!((probe.status, probe.header("ratelimit")), (200, None));
}

#[tokio::test]
async fn errors_tell_the_rate_as_well() {
    let shop = Shop::with(|_| {}).await;
    for path in ["/nowhere", "/v1/me", "/v1/products?limit=0"] {
        let answer = get(shop.address, path).await;
        assert!(answer.status >= 400 && answer.header("ratelimit").is_some(), "{answer:?}");
    }
}

#[tokio::test]
async fn only_a_trusted_proxy_is_believed_about_whom_it_passes_on() {
    for (trusted, second) in [(vec![], 429), (vec!["127.0.0.0/8".parse().unwrap()], 200)] {
        let shop = Shop::with(|config| {
            config.rate.ip_per_minute = 1;
            config.rate.trusted_proxies = trusted;
        })
        .await;
        for (client, status) in [("192.0.2.1", 200), ("192.0.2.2", second)] {
            let told = format!("x-forwarded-for: {client}");
            let answer = request(shop.address, "GET", "/v1/products", &[&told]).await;
            assert_eq!(answer.status, status, "{client}");
        }
    }
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down_for_addresses_with_an_account_and_without_alike() {
    let shop = Shop::with(|config| {
        config.rate.login_per_minute = 3;
        config.rate.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    let registration =
        json!({ "email": "ada@example.com", "password": "correct horse battery", "name": "Ada" });
    assert_eq!(post(shop.address, "/v1/register", registration).await.status, 201);
    for email in ["ada@example.com", "nobody@example.com"] {
        for guess in 0..4 {
            let body = login(email, "a wrong password").to_string();
            let head = format!(
                "POST /v1/tokens HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
                 x-forwarded-for: 198.51.100.{guess}\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            let answer = exchange(shop.address, &head).await;
            match guess {
                3 => assert_refused(&answer),
                _ => drop(answer.problem(401, "invalid_credentials")),
            }
            assert!(answer.header("ratelimit-policy").unwrap().contains(r#""login";q=3;w=60"#), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn an_address_may_not_guess_the_passwords_of_many() {
    let shop = Shop::with(|config| config.rate.login_per_minute = 2).await;
    for name in ["a", "b"] {
        let email = format!("{name}@example.com");
        post(shop.address, "/v1/tokens", login(&email, "a wrong password"))
            .await
            .problem(401, "invalid_credentials");
    }
    assert_refused(&post(shop.address, "/v1/tokens", login("c@example.com", "a wrong password")).await);
}

#[tokio::test]
async fn an_account_is_counted_whichever_credential_it_shows() {
    let shop = Shop::with(|config| config.rate.account_per_minute = 2).await;
    let registration =
        json!({ "email": "ada@example.com", "password": "correct horse battery", "name": "Ada" });
    post(shop.address, "/v1/register", registration).await;
    let mut bearers = Vec::new();
    for _ in 0..2 {
        let tokens =
            post(shop.address, "/v1/tokens", login("ada@example.com", "correct horse battery")).await;
        bearers.push(format!("authorization: Bearer {}", tokens.json()["access_token"].as_str().unwrap()));
    }
    for bearer in &bearers {
        let me = request(shop.address, "GET", "/v1/me", &[bearer]).await;
        assert_eq!(me.status, 200);
        assert!(me.header("ratelimit").unwrap().contains("\"account\";r="), "{me:?}");
    }
    assert_refused(&request(shop.address, "GET", "/v1/me", &[&bearers[0]]).await);
    assert_eq!(get(shop.address, "/v1/products").await.status, 200, "others are not concerned");
}

#[tokio::test]
async fn limits_can_be_turned_off() {
    let shop = Shop::with(|config| {
        config.rate.enabled = false;
        config.rate.ip_per_minute = 1;
    })
    .await;
    for _ in 0..3 {
        let answer = get(shop.address, "/v1/products").await;
        assert_eq!((answer.status, answer.header("ratelimit")), (200, None));
    }
}
