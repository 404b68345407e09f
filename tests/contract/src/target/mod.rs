//! The server that a contract is held against: where it is, who calls it, and how a request gets there.

mod connect;
mod error;
mod identity;
mod redact;

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, Uri, header, uri};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;

pub use self::{
    error::{AuthError, SendError, TargetError},
    identity::{Credential, Identity, Role},
    redact::PLACEHOLDER,
};
pub(crate) use self::{identity::KINDS, redact::variable};
use crate::{
    document::Operation,
    exchange::{Exchange, Received, Sent},
};

/// What a target's exchanges are `via`.
pub const VIA: &str = "engine";

/// A body that never ends (server-sent events, for instance) is read for so long.
const STREAM: Duration = Duration::from_secs(1);

/// As much of an answer's body is read.
const MAX_BODY: usize = 64 << 20;

/// How a target is called.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long an exchange may take, from the connection to the last byte of the answer.
    pub time_limit: Duration,
    /// Headers that every request gets, unless it has them.
    pub headers: HeaderMap,
    /// Who calls; a role that is not among them has no credential.
    pub identities: Vec<Identity>,
    /// A file of PEM certificates that are trusted instead of the system's.
    pub authorities: Option<PathBuf>,
}

/// A server, by its base address. Clones share connections and identities.
#[derive(Debug, Clone)]
pub struct Target(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    scheme: uri::Scheme,
    authority: uri::Authority,
    prefix: String,
    settings: Settings,
    identities: RwLock<Vec<Identity>>,
    client: connect::Client,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(10),
            headers: HeaderMap::new(),
            identities: Vec::new(),
            authorities: None,
        }
    }
}

impl Target {
    /// A server at an address such as `https://example.com/api`: every path of the document is appended to it.
    ///
    /// # Errors
    /// An address that is none of http or https, or certificates that cannot be read.
    pub fn new(base_url: &str, settings: Settings) -> Result<Self, TargetError> {
        let wrong = || TargetError::Address(base_url.to_owned());
        let uri: Uri = base_url.parse().map_err(|_| wrong())?;
        let parts = uri.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else { return Err(wrong()) };
        if ![uri::Scheme::HTTP, uri::Scheme::HTTPS].contains(&scheme) || authority.as_str().contains('@') {
            return Err(wrong());
        }
        let path = parts.path_and_query.as_ref().map_or("", |target| target.path());
        if parts.path_and_query.as_ref().is_some_and(|target| target.query().is_some()) {
            return Err(wrong());
        }
        Ok(Self(Arc::new(Inner {
            prefix: path.trim_end_matches('/').to_owned(),
            client: connect::client(&scheme, &settings)?,
            identities: RwLock::new(settings.identities.clone()),
            scheme,
            authority,
            settings,
        })))
    }

    /// The address without a slash at its end; a request's path is appended to it.
    pub fn base_url(&self) -> String {
        let Inner { scheme, authority, prefix, .. } = &*self.0;
        format!("{scheme}://{authority}{prefix}")
    }

    /// The path of the address, which every request's path begins with at the server: empty or `/api`.
    pub fn prefix(&self) -> &str {
        &self.0.prefix
    }

    /// Who calls in a role, if somebody does.
    pub fn identity(&self, role: Role) -> Option<Identity> {
        self.identities().into_iter().find(|identity| identity.role == role)
    }

    /// Everybody who calls.
    pub fn identities(&self) -> Vec<Identity> {
        self.0.identities.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces who calls in a role: a token that has expired, for instance.
    pub fn renew(&self, identity: Identity) {
        let mut identities = self.0.identities.write().unwrap_or_else(PoisonError::into_inner);
        identities.retain(|known| known.role != identity.role);
        identities.push(identity);
    }

    /// Sends a request of an operation as somebody, with the credentials that the operation asks for.
    ///
    /// # Errors
    /// If no answer came.
    pub async fn call(&self, operation: &Operation, sent: Sent, role: Role) -> Result<Exchange, SendError> {
        let identity = self.identity(role).map(|identity| identity.for_operation(operation));
        self.send(sent, identity.as_ref()).await
    }

    /// A request of an operation as [`call`](Self::call) sends it.
    pub(crate) fn as_sent(&self, operation: &Operation, sent: Sent, role: Role) -> Sent {
        let identity = self.identity(role).map(|identity| identity.for_operation(operation));
        self.dressed(sent, identity.as_ref())
    }

    /// Sends a request with every credential of somebody, or with none. Redirects are not followed. What is in the
    /// exchange is what was sent: credentials and settled headers too, but not the prefix of the path.
    ///
    /// # Errors
    /// If no answer came.
    pub async fn send(&self, sent: Sent, as_who: Option<&Identity>) -> Result<Exchange, SendError> {
        let sent = self.dressed(sent, as_who);
        let request = self.request(&sent)?;
        let exchange = async {
            // A server may close an idle connection while a request is under way to it: that is nobody's mistake once.
            let response = match self.0.client.request(request).await {
                Err(error) if !error.is_connect() => self.0.client.request(self.request(&sent)?).await,
                other => other,
            }?;
            let (head, body) = response.into_parts();
            let body = read(&Response::from_parts(head.clone(), ()), body).await?;
            Ok::<_, SendError>((head, body))
        };
        let (head, body) = match tokio::time::timeout(self.0.settings.time_limit, exchange).await {
            Ok(exchanged) => exchanged?,
            Err(_) => return Err(SendError::TimeLimit(self.0.settings.time_limit)),
        };
        let received = Received { status: head.status, headers: head.headers, body };
        Ok(Exchange { via: VIA, sent, received })
    }

    /// The request with what every request gets, and with the credentials.
    pub(crate) fn dressed(&self, mut sent: Sent, as_who: Option<&Identity>) -> Sent {
        for (name, value) in &self.0.settings.headers {
            if !sent.headers.contains_key(name) {
                sent.headers.append(name.clone(), value.clone());
            }
        }
        if let Some(identity) = as_who {
            identity.present(&mut sent);
        }
        sent
    }

    fn request(&self, sent: &Sent) -> Result<Request<Full<Bytes>>, SendError> {
        let Inner { scheme, authority, prefix, .. } = &*self.0;
        let query = sent.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        let uri = Uri::builder()
            .scheme(scheme.clone())
            .authority(authority.clone())
            .path_and_query(format!("{prefix}{}{query}", sent.path))
            .build()?;
        let mut request = Request::new(Full::new(sent.body.clone()));
        *request.method_mut() = sent.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = sent.headers.clone();
        Ok(request)
    }
}

/// Reads a body; one that never ends is cut off.
async fn read(head: &Response<()>, mut body: Incoming) -> Result<Bytes, SendError> {
    let mut bytes = BytesMut::new();
    let deadline = is_stream(head.headers()).then(|| tokio::time::Instant::now() + STREAM);
    loop {
        let frame = match deadline {
            None => body.frame().await,
            Some(deadline) => match tokio::time::timeout_at(deadline, body.frame()).await {
                Ok(frame) => frame,
                Err(_) => break,
            },
        };
        let Some(frame) = frame else { break };
        if let Ok(data) = frame?.into_data() {
            bytes.extend_from_slice(&data);
        }
        if bytes.len() > MAX_BODY {
            return Err(SendError::Endless(MAX_BODY));
        }
    }
    Ok(bytes.freeze())
}

fn is_stream(headers: &HeaderMap) -> bool {
    let media_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    ["text/event-stream", "multipart/x-mixed-replace"].iter().any(|stream| media_type.starts_with(stream))
}

/// Adds a header, if name and value can be one.
fn header_of(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    Some((name.parse().ok()?, HeaderValue::from_str(value).ok()?))
}
