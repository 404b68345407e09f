//! The SDK of a small document with server-sent events, `xtask/tests/golden/events.yaml`, compiled and tried: the generated
//! part as the generator's tests hold it to the document, and the layer's modules where they lie, but for those that know
//! Orderly's API.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    reason = "what is public and used is for an SDK to say"
)]
#![cfg(feature = "rustls")]

extern crate self as sdk;

#[path = "../../src/answer.rs"]
mod answer;
#[path = "../../src/call.rs"]
mod call;
#[path = "../../src/cookie.rs"]
mod cookie;
#[path = "../../src/credentials.rs"]
mod credentials;
#[path = "../../src/error.rs"]
mod error;
#[path = "../../src/event_parser.rs"]
mod event_parser;
#[path = "../../src/events.rs"]
mod events;
#[rustfmt::skip]
#[allow(rustdoc::all, clippy::all, clippy::unwrap_used)]
#[path = "../../../xtask/tests/golden/events/sdk/mod.rs"]
mod generated;
#[path = "../../src/modify.rs"]
mod modify;
#[path = "../../src/multipart.rs"]
mod multipart;
#[path = "../../src/open_enum.rs"]
mod open_enum;
#[path = "../../src/operation.rs"]
mod operation;
#[path = "../../src/options.rs"]
mod options;
#[path = "../../src/paging.rs"]
mod paging;
#[path = "../../src/patch.rs"]
mod patch;
#[path = "../../src/problem.rs"]
mod problem;
#[path = "../../src/raw.rs"]
mod raw;
#[path = "../../src/reading.rs"]
mod reading;
#[path = "../../src/retry.rs"]
mod retry;
#[path = "../../src/span.rs"]
mod span;
#[path = "../../src/text.rs"]
mod text;
#[path = "../../src/transport.rs"]
mod transport;

mod following;

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
