//! Who is calling.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use reqwest::Request;

use crate::Error;

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// Where access tokens come from.
///
/// One source serves all calls of a client at once: when many of them need a new token, it should fetch one.
pub trait TokenSource: Send + Sync + 'static {
    /// A token to send. `refused` is the one that the server has just answered with 401, if any: the next one
    /// must be another.
    fn token<'a>(
        &'a self,
        refused: Option<&'a str>,
    ) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>>;
}

/// What a client presents.
#[derive(Clone, Default)]
pub(crate) enum Credentials {
    /// Nothing.
    #[default]
    None,
    /// The same access token always.
    Token(String),
    /// An API key.
    ApiKey(String),
    /// Access tokens that are renewed.
    Source(Arc<dyn TokenSource>),
}

impl Credentials {
    /// Puts the credentials on a request. `refused` is the token that was answered with 401.
    pub(crate) async fn present(&self, request: &mut Request, refused: Option<&str>) -> Result<(), Error> {
        let (name, value) = match self {
            Self::None => return Ok(()),
            Self::Token(token) => (AUTHORIZATION, format!("Bearer {token}")),
            Self::ApiKey(key) => (API_KEY, key.clone()),
            Self::Source(source) => (AUTHORIZATION, format!("Bearer {}", source.token(refused).await?)),
        };
        let value = HeaderValue::try_from(value);
        let mut value =
            value.map_err(|_| Error::InvalidRequest("the credentials are no header value".to_owned()))?;
        value.set_sensitive(true);
        request.headers_mut().insert(name, value);
        Ok(())
    }

    /// Whether another token may be had when one is refused.
    pub(crate) fn can_renew(&self) -> bool {
        matches!(self, Self::Source(_))
    }
}

/// The access token that a request presents.
pub(crate) fn presented(request: &Request) -> Option<String> {
    let value = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::to_owned)
}

/// Without the secret.
impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::None => "None",
            Self::Token(_) => "Token(…)",
            Self::ApiKey(_) => "ApiKey(…)",
            Self::Source(_) => "Source(…)",
        })
    }
}
