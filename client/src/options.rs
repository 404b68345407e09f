//! What a single call may do differently.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::Client;

/// What a single call may do differently from the client's other calls.
///
/// ```no_run
/// # async fn run(shop: orderly_client::Client) -> Result<(), orderly_client::Error> {
/// use std::time::Duration;
/// use orderly_client::CallOptions;
///
/// let quick = CallOptions::new().timeout(Duration::from_millis(500)).max_retries(0);
/// let me = shop.with(quick).get_me().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) request_id: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
}

impl CallOptions {
    /// As the client's other calls.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long each attempt may take; for a stream of events, how long it may be silent.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// How long the call may take with all its repetitions and the waits between them. The last attempt is cut short.
    #[must_use]
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.total_timeout = Some(limit);
        self
    }

    /// How often the call is repeated at most; 0 sends it once.
    #[must_use]
    pub fn max_retries(mut self, count: u32) -> Self {
        self.max_retries = Some(count);
        self
    }

    /// The `X-Request-ID` that the call carries, in place of one that the SDK makes.
    #[must_use]
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.request_id = Some(id.into());
        self
    }

    /// The `Idempotency-Key` that the call carries, in place of one that the SDK makes: with the key of a call whose end
    /// nobody has seen, such as before a restart, the call is done once. An operation that takes none fails with
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest).
    #[must_use]
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// One more header. It stands in place of one of that name that the SDK would send, but for credentials.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// One more query parameter, for what the call itself does not take.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }
}

impl CallOptions {
    /// Adds the headers that the call carries.
    ///
    /// # Errors
    /// Which of them is none.
    pub(crate) fn add_to(&self, headers: &mut HeaderMap) -> Result<(), String> {
        let own = [("x-request-id", &self.request_id), ("idempotency-key", &self.idempotency_key)];
        let own = own.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
        for (name, value) in self.headers.iter().map(|(name, value)| (name.as_str(), value)).chain(own) {
            let header =
                HeaderName::try_from(name).map_err(|_| format!("`{name}` is no name of a header"))?;
            let value =
                HeaderValue::try_from(value).map_err(|_| format!("the value of `{name}` is no header's"))?;
            headers.insert(header, value);
        }
        Ok(())
    }
}

impl Client {
    /// A cheap copy of the client whose calls use `options`.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        let mut client = self.clone();
        client.inner.options = options;
        client
    }
}
