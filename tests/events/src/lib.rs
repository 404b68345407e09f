//! The SDK of a small document with server-sent events, `xtask/tests/golden/events.yaml`: the generated part as the
//! generator's tests hold it to the document, and the layer's modules where they lie, but for those that know Orderly's API.

extern crate self as sdk;

#[path = "../../../client/src/answer.rs"]
mod answer;
#[path = "../../../client/src/call.rs"]
mod call;
#[path = "../../../client/src/cookie.rs"]
mod cookie;
#[path = "../../../client/src/credentials.rs"]
mod credentials;
#[path = "../../../client/src/error.rs"]
mod error;
#[path = "../../../client/src/event_parser.rs"]
mod event_parser;
#[path = "../../../client/src/events.rs"]
mod events;
#[rustfmt::skip]
#[allow(rustdoc::all, clippy::all, clippy::unwrap_used)]
#[path = "../../../xtask/tests/golden/events/sdk/mod.rs"]
mod generated;
#[path = "../../../client/src/modify.rs"]
mod modify;
#[path = "../../../client/src/multipart.rs"]
mod multipart;
#[path = "../../../client/src/open_enum.rs"]
mod open_enum;
#[path = "../../../client/src/operation.rs"]
mod operation;
#[path = "../../../client/src/options.rs"]
mod options;
#[path = "../../../client/src/paging.rs"]
mod paging;
#[path = "../../../client/src/patch.rs"]
mod patch;
#[path = "../../../client/src/problem.rs"]
mod problem;
#[path = "../../../client/src/raw.rs"]
mod raw;
#[path = "../../../client/src/reading.rs"]
mod reading;
#[path = "../../../client/src/retry.rs"]
mod retry;
#[path = "../../../client/src/span.rs"]
mod span;
#[path = "../../../client/src/text.rs"]
mod text;
#[path = "../../../client/src/transport.rs"]
mod transport;

pub use self::answer::{NotModifiedExt, ResponseExt};
pub use self::call::CallFuture;
#[doc(hidden)]
pub use self::cookie::append_cookie;
pub use self::credentials::TokenSource;
pub use self::error::Error;
pub use self::events::Event;
pub use self::generated::{
    ByteStream, CallError, Client, ErrorCode, OPERATIONS, ResponseValue, builder, tags, types,
};
pub use self::modify::modify;
pub use self::multipart::Multipart;
pub use self::operation::Operation;
pub use self::options::CallOptions;
pub use self::paging::Page;
pub use self::patch::Patch;
pub use self::problem::{Problem, Violation};
pub use self::raw::{RawAnswer, RawCall};
#[doc(hidden)]
pub use self::reading::{read, unexpected};
pub use self::retry::RetryPolicy;
pub use self::transport::Transport;

impl Client {
    /// A client of the server at this address.
    #[must_use]
    pub fn at(base_url: &str, retry: RetryPolicy) -> Self {
        // The process may have chosen its cryptography already, which is as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self::new_with_client(base_url, reqwest::Client::new(), Transport { retry, ..Transport::default() })
    }
}
