//! A plain HTTP client of the shop: says exactly what is sent, and shows exactly what came back.

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::Value;

/// Somebody who calls the shop, with what identifies them.
#[derive(Debug, Clone)]
pub struct Caller {
    http: reqwest::Client,
    base: String,
    headers: HeaderMap,
}

/// A request that is being put together.
#[must_use = "a request does nothing until it is sent"]
#[derive(Debug)]
pub struct Call {
    request: reqwest::RequestBuilder,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The request, for messages.
    request: String,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
}

impl Caller {
    /// Somebody without credentials.
    pub fn new(base: String) -> Self {
        // The SDK's features make reqwest ask for cryptography, though nothing is encrypted here.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::new();
        Self { http, base, headers: HeaderMap::new() }
    }

    /// The same with an access token.
    pub fn bearer(&self, token: &str) -> Self {
        self.presenting("authorization", &format!("Bearer {token}"))
    }

    /// The same with an API key.
    pub fn api_key(&self, secret: &str) -> Self {
        self.presenting("x-api-key", secret)
    }

    /// The address that the paths are under.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The `Authorization` header; empty without one.
    pub fn authorization(&self) -> &str {
        self.headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Any request.
    pub fn call(&self, method: Method, path: &str) -> Call {
        let request = self.http.request(method, format!("{}{path}", self.base)).headers(self.headers.clone());
        Call { request }
    }

    /// Gets a path.
    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path).send().await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path).json(&body).send().await
    }

    /// Posts nothing.
    pub async fn act(&self, path: &str) -> Reply {
        self.call(Method::POST, path).send().await
    }

    /// Puts JSON.
    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PUT, path).json(&body).send().await
    }

    /// Sends a merge patch (RFC 7396).
    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PATCH, path).body("application/merge-patch+json", body.to_string()).send().await
    }

    /// Deletes.
    pub async fn delete(&self, path: &str) -> Reply {
        self.call(Method::DELETE, path).send().await
    }

    fn presenting(&self, name: &'static str, value: &str) -> Self {
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_str(value).expect("a credential is visible ASCII");
        headers.insert(HeaderName::from_static(name), value);
        Self { headers, ..self.clone() }
    }
}

impl Call {
    /// Adds a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        Self { request: self.request.header(name, value) }
    }

    /// Adds a query parameter.
    pub fn query(self, name: &str, value: &str) -> Self {
        Self { request: self.request.query(&[(name, value)]) }
    }

    /// With this body as JSON.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// With this body.
    pub fn body(self, media_type: &str, body: impl Into<reqwest::Body>) -> Self {
        Self { request: self.request.header("content-type", media_type).body(body) }
    }

    /// Sends it and reads the answer.
    pub async fn send(self) -> Reply {
        let (client, request) = self.request.build_split();
        let request = request.expect("the parts of a request are well formed");
        let name = format!("{} {}", request.method(), request.url().path());
        let response = client.execute(request).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        Reply { request: name, status, headers, text }
    }
}

impl Reply {
    /// The body of an answer that has to have this status.
    pub fn expect(self, status: u16) -> Value {
        self.having(status).json()
    }

    /// The same answer, which has to have this status.
    pub fn having(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.request, self.text);
        self
    }

    /// The problem that the answer has to be, with this status and code.
    pub fn problem(self, status: u16, code: &str) -> Value {
        let request = self.request.clone();
        let problem = self.expect(status);
        assert_eq!(problem["code"], code, "{request}: {problem}");
        problem
    }

    /// A header's text; empty without it.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON; `null` if there is none.
    pub fn json(&self) -> Value {
        if self.text.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{}: {error} in {}", self.request, self.text))
    }
}
