//! Settings of the public listener: bounds on time, size and number, rates, other origins, and TLS.

use std::{path::PathBuf, time::Duration};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{Network, Origin, rules};

/// Bounds on time, size and number. None is infinite.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Connections open at once.
    #[validate(range(min = 1, max = 1_000_000))]
    pub max_connections: usize,
    /// Requests worked on at once; above it the answer is 503 at once.
    #[validate(range(min = 1, max = 1_000_000))]
    pub max_requests: usize,
    /// Of these, how many are kept for what completes a purchase.
    #[validate(range(min = 0, max = 1_000_000))]
    pub reserved_requests: usize,
    /// Largest request body, in bytes.
    #[validate(range(min = 1, max = 104_857_600))]
    pub max_body_bytes: usize,
    /// Largest request head, in bytes.
    #[validate(range(min = 8_192, max = 1_048_576))]
    pub max_head_bytes: usize,
    /// Milliseconds for a request's head to arrive, once it has begun.
    #[validate(range(min = 1, max = 3_600_000))]
    pub header_read_ms: u64,
    /// Milliseconds for a request's body to arrive.
    #[validate(range(min = 1, max = 3_600_000))]
    pub body_read_ms: u64,
    /// Milliseconds for an answer to begin.
    #[validate(range(min = 1, max = 3_600_000))]
    pub request_ms: u64,
    /// Milliseconds that a connection is kept for its next request.
    #[validate(range(min = 1, max = 3_600_000))]
    pub keep_alive_ms: u64,
    /// Milliseconds that a connection may be open without a request and without a byte.
    #[validate(range(min = 1, max = 3_600_000))]
    pub idle_ms: u64,
    /// Milliseconds that a client may leave an answer unread.
    #[validate(range(min = 1, max = 3_600_000))]
    pub write_stall_ms: u64,
    /// Milliseconds from failing readiness to closing the listener, at shutdown.
    #[validate(range(min = 0, max = 600_000))]
    pub shutdown_notice_ms: u64,
    /// Milliseconds for requests in flight to finish, at shutdown.
    #[validate(range(min = 0, max = 600_000))]
    pub drain_ms: u64,
}

impl Limits {
    /// Time for a request's head to arrive, once it has begun.
    pub fn header_read(&self) -> Duration {
        Duration::from_millis(self.header_read_ms)
    }

    /// Time for a request's body to arrive.
    pub fn body_read(&self) -> Duration {
        Duration::from_millis(self.body_read_ms)
    }

    /// Time for an answer to begin.
    pub fn request(&self) -> Duration {
        Duration::from_millis(self.request_ms)
    }

    /// Time that a connection is kept for its next request.
    pub fn keep_alive(&self) -> Duration {
        Duration::from_millis(self.keep_alive_ms)
    }

    /// Time that a connection may be open without a request and without a byte.
    pub fn idle(&self) -> Duration {
        Duration::from_millis(self.idle_ms)
    }

    /// Time that a client may leave an answer unread.
    pub fn write_stall(&self) -> Duration {
        Duration::from_millis(self.write_stall_ms)
    }

    /// Time from failing readiness to closing the listener.
    pub fn shutdown_notice(&self) -> Duration {
        Duration::from_millis(self.shutdown_notice_ms)
    }

    /// Time for requests in flight to finish.
    pub fn drain(&self) -> Duration {
        Duration::from_millis(self.drain_ms)
    }
}

/// Requests that one address or account may make in a minute.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Whether requests are counted at all.
    pub enabled: bool,
    /// Requests of one IP address in a minute.
    #[validate(range(min = 1, max = 10_000_000))]
    pub ip_per_minute: u32,
    /// Requests of one account in a minute, over all replicas.
    #[validate(range(min = 1, max = 10_000_000))]
    pub account_per_minute: u32,
    /// Attempts to log in of one IP address and for one e-mail address in a minute.
    #[validate(range(min = 1, max = 10_000_000))]
    pub login_per_minute: u32,
    /// Networks of the proxies that are believed when they tell the client's address.
    pub trusted_proxies: Vec<Network>,
}

/// Which web pages of other origins may call the API.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Cors {
    /// Their origins, such as `https://shop.example`.
    pub origins: Vec<Origin>,
}

/// The certificate to serve HTTPS with.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// PEM file with the certificate and those that lead to its authority; plain HTTP when unset.
    #[validate(custom(function = "rules::names_a_file"))]
    pub certificate: Option<PathBuf>,
    /// PEM file with the certificate's private key.
    #[validate(custom(function = "rules::names_a_file"))]
    pub key: Option<PathBuf>,
    /// Milliseconds between looks whether the files have changed.
    #[validate(range(min = 10, max = 86_400_000))]
    pub reload_ms: u64,
}

impl Tls {
    /// Both files, when the server is to speak TLS. The configuration has checked that there are both or none.
    pub fn files(&self) -> Option<(&std::path::Path, &std::path::Path)> {
        Some((self.certificate.as_deref()?, self.key.as_deref()?))
    }

    /// Time between looks whether the files have changed.
    pub fn reload(&self) -> Duration {
        Duration::from_millis(self.reload_ms)
    }
}
