//! What a single call may do differently.

use std::time::Duration;

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
    pub(crate) max_retries: Option<u32>,
    pub(crate) request_id: Option<String>,
}

impl CallOptions {
    /// As the client's other calls.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long each attempt may take.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// How often the call is repeated at most.
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
