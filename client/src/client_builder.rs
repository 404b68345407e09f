//! How a client is made.

use std::sync::Arc;
use std::time::Duration;

use crate::credentials::{Credentials, TokenSource};
use crate::login::Login;
use crate::transport::Propagate;
use crate::{Client, Error, RetryPolicy, Transport};

/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an attempt may take, with its answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Makes a [`Client`]; begin with [`Client::builder`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    credentials: Chosen,
    user_agent: String,
    connect_timeout: Duration,
    timeout: Duration,
    total_timeout: Option<Duration>,
    retry: RetryPolicy,
    propagate: Option<Propagate>,
    http: Option<reqwest::Client>,
}

/// Credentials as they were given; a login becomes a source when there is a client to log in with.
enum Chosen {
    Ready(Credentials),
    Login { email: String, password: String },
}

impl std::fmt::Debug for Chosen {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ready(credentials) => credentials.fmt(formatter),
            Self::Login { .. } => formatter.write_str("Login(…)"),
        }
    }
}

impl Client {
    /// Begins a client of the API at `base_url`, such as `https://shop.example`.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder {
            base_url: base_url.into(),
            credentials: Chosen::Ready(Credentials::None),
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: CONNECT_TIMEOUT,
            timeout: TIMEOUT,
            total_timeout: None,
            retry: RetryPolicy::default(),
            propagate: None,
            http: None,
        }
    }
}

impl ClientBuilder {
    /// Presents this access token with every call.
    pub fn token(self, token: impl Into<String>) -> Self {
        self.present(Credentials::Token(token.into()))
    }

    /// Logs in when the first call is made, and renews the tokens before they end.
    pub fn password(mut self, email: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials = Chosen::Login { email: email.into(), password: password.into() };
        self
    }

    /// Presents this API key with every call.
    pub fn api_key(self, key: impl Into<String>) -> Self {
        self.present(Credentials::ApiKey(key.into()))
    }

    /// Presents access tokens from a source of your own.
    pub fn token_source(self, source: impl TokenSource) -> Self {
        self.present(Credentials::Source(Arc::new(source)))
    }

    fn present(mut self, credentials: Credentials) -> Self {
        self.credentials = Chosen::Ready(credentials);
        self
    }

    /// Says who is calling, before the SDK's own name: `shop-window/2.1`.
    pub fn user_agent(mut self, product: &str) -> Self {
        self.user_agent = format!("{product} {}", self.user_agent);
        self
    }

    /// How long a connection may take to be made; 5 seconds unless said otherwise.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long each attempt may take, with its answer; 30 seconds unless said otherwise.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// How long a call may take with all its repetitions and the waits between them; no limit unless said otherwise.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.total_timeout = Some(limit);
        self
    }

    /// Adds headers to every attempt, such as the `traceparent` of the current span (W3C Trace Context). It is called
    /// within the span of the call.
    ///
    /// ```
    /// # use orderly_client::Client;
    /// let shop = Client::builder("https://shop.example").propagate(|headers| {
    ///     // With OpenTelemetry: `get_text_map_propagator(|propagator| propagator.inject_context(…))`.
    ///     headers.insert("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".parse().unwrap());
    /// });
    /// ```
    pub fn propagate(mut self, add: impl Fn(&mut http::HeaderMap) + Send + Sync + 'static) -> Self {
        self.propagate = Some(Propagate(Arc::new(add)));
        self
    }

    /// How often and how soon a call is sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Uses these connections. Its settings stand in for the user agent and the time limits given here.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Makes the client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] when the address is none, [`Error::Transport`] when TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let base_url = self.base_url.trim_end_matches('/');
        let parsed: Result<reqwest::Url, _> = base_url.parse();
        if !parsed.as_ref().is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
            return Err(Error::InvalidRequest(format!("`{base_url}` is no http or https address")));
        }
        let anonymous = Transport {
            retry: self.retry,
            timeout: self.http.is_none().then_some(self.timeout),
            total_timeout: self.total_timeout,
            propagate: self.propagate,
            ..Transport::default()
        };
        let http = match self.http {
            Some(client) => client,
            None => connections(&self.user_agent, self.connect_timeout, self.timeout)?,
        };
        let client = Client::new_with_client(base_url, http.clone(), anonymous.clone());
        let credentials = match self.credentials {
            Chosen::Ready(Credentials::None) => return Ok(client),
            Chosen::Ready(credentials) => credentials,
            Chosen::Login { email, password } => {
                Credentials::Source(Arc::new(Login::new(client, email, password)))
            }
        };
        Ok(Client::new_with_client(base_url, http, Transport { credentials, ..anonymous }))
    }
}

fn connections(
    user_agent: &str,
    connect_timeout: Duration,
    timeout: Duration,
) -> reqwest::Result<reqwest::Client> {
    // The process may have chosen its cryptography already; then that is used.
    #[cfg(feature = "rustls")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .user_agent(user_agent)
        .connect_timeout(connect_timeout)
        .timeout(timeout)
        .build()
}
