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
    #[cfg(feature = "rustls")]
    tls: Tls,
    http: Option<reqwest::Client>,
}

/// What HTTPS connections trust and present, as PEM.
#[cfg(feature = "rustls")]
#[derive(Default)]
struct Tls {
    roots: Vec<Vec<u8>>,
    identity: Option<Vec<u8>>,
    min_version: Option<reqwest::tls::Version>,
}

/// Without the key.
#[cfg(feature = "rustls")]
impl std::fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("Tls");
        shown.field("roots", &self.roots.len()).field("identity", &self.identity.is_some());
        shown.field("min_version", &self.min_version).finish()
    }
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
            #[cfg(feature = "rustls")]
            tls: Tls::default(),
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

    /// Trusts servers with a certificate of these authorities too, beside those that the system trusts. `pem` holds one
    /// or several certificates.
    #[cfg(feature = "rustls")]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.tls.roots.push(pem.into());
        self
    }

    /// Presents this certificate to servers that ask for one (mutual TLS). `pem` holds the certificate, those that lead
    /// to its authority, and the private key.
    #[cfg(feature = "rustls")]
    pub fn identity(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.tls.identity = Some(pem.into());
        self
    }

    /// The oldest version of TLS that is spoken; 1.2 unless said otherwise.
    #[cfg(feature = "rustls")]
    pub fn min_tls_version(mut self, version: reqwest::tls::Version) -> Self {
        self.tls.min_version = Some(version);
        self
    }

    /// Uses these connections. Its settings stand in for the user agent, the limits of attempts and connections, and what
    /// is given here for TLS.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Makes the client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] when the address is none, or a certificate; [`Error::Transport`] when TLS cannot be set up.
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
            None => {
                let builder = reqwest::Client::builder()
                    .user_agent(&self.user_agent)
                    .connect_timeout(self.connect_timeout)
                    .timeout(self.timeout);
                #[cfg(feature = "rustls")]
                let builder = self.tls.apply(builder)?;
                builder.build()?
            }
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

#[cfg(feature = "rustls")]
impl Tls {
    fn apply(&self, mut builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
        let refused = |what: &str, reason: String| Error::InvalidRequest(format!("the {what}: {reason}"));
        // The process may have chosen its cryptography already; then that is used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        for pem in &self.roots {
            let certificates = reqwest::Certificate::from_pem_bundle(pem);
            let certificates =
                certificates.map_err(|error| refused("root certificates", described(&error)))?;
            if certificates.is_empty() {
                return Err(refused("root certificates", "there is none in PEM".to_owned()));
            }
            builder = builder.tls_certs_merge(certificates);
        }
        if let Some(pem) = &self.identity {
            let identity = reqwest::Identity::from_pem(pem);
            builder = builder.identity(identity.map_err(|error| refused("identity", described(&error)))?);
        }
        Ok(match self.min_version {
            Some(version) => builder.tls_version_min(version),
            None => builder,
        })
    }
}

/// An error and what it comes from.
#[cfg(feature = "rustls")]
fn described(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(error.source(), |source| source.source());
    sources.fold(error.to_string(), |text, source| format!("{text}: {source}"))
}
