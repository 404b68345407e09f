//! The SDK of Orderly.
//!
//! A [`Client`] has a method for each operation of the API. It gives a builder: set what the call needs,
//! and await it.
//!
//! ```no_run
//! # async fn run() -> Result<(), orderly_client::Error> {
//! use orderly_client::Client;
//!
//! let shop = Client::builder("https://shop.example").build()?;
//! let page = shop.list_products().q("chair").limit(20).await?;
//! for product in &page.items {
//!     println!("{} {}", product.name, product.price.amount);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The operations stand together by tag as well: `shop.orders().create()` is `shop.create_order()`; see [`tags`].
//!
//! # Credentials
//!
//! [`ClientBuilder`] takes one of them: an e-mail address and a password, which are exchanged for tokens and
//! renewed in time; an access token; an API key; or a [`TokenSource`] of your own.
//!
//! ```no_run
//! # fn run() -> Result<(), orderly_client::Error> {
//! # use orderly_client::Client;
//! let shop = Client::builder("https://shop.example").password("ada@example.com", "correct horse").build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Lists
//!
//! A list gives one page when it is awaited, and all of it as a stream: [`items`](builder::ListOrders::items),
//! or [`pages`](builder::ListOrders::pages). The filters hold for every page.
//!
//! ```no_run
//! # async fn run(shop: orderly_client::Client) -> Result<(), orderly_client::Error> {
//! use futures_util::TryStreamExt as _;
//! use orderly_client::types::OrderStatus;
//!
//! let mut placed = std::pin::pin!(shop.list_orders().status(OrderStatus::Placed).items());
//! while let Some(order) = placed.try_next().await? {
//!     println!("{}", order.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! Every call fails with one [`Error`]. What the server refuses is a [`Problem`] with a stable `code`, and
//! with every mistake in the request.
//!
//! ```no_run
//! # async fn run(shop: orderly_client::Client) {
//! # let (id, order) = ("", orderly_client::types::OrderCreate::builder());
//! use orderly_client::ErrorCode;
//!
//! match shop.create_order().body(order).await {
//!     Ok(order) => println!("{} is {}", order.id, order.status),
//!     Err(error) if error.code() == Some(&ErrorCode::OutOfStock) => println!("sold out"),
//!     Err(error) => {
//!         for mistake in error.problem().map(|problem| problem.errors.as_slice()).unwrap_or_default() {
//!             println!("{}: {}", mistake.place(), mistake.detail);
//!         }
//!     }
//! }
//! # }
//! ```
//!
//! # Repeating safely
//!
//! A call that failed on the way is sent again, if it is safe to: when its method is idempotent, or when it
//! carries an `Idempotency-Key`. The SDK makes one key for each call that takes one and keeps it over the
//! repetitions; set your own with `.idempotency_key(…)` to repeat a call across restarts. [`RetryPolicy`] and
//! [`CallOptions`] say how often.
//!
//! # Versions
//!
//! [`send`](builder::GetProduct::send) in place of `.await` gives the answer with its headers; see
//! [`ResponseExt`] and [`NotModifiedExt`].
//!
//! ```no_run
//! # async fn run(shop: orderly_client::Client) -> Result<(), orderly_client::Error> {
//! use orderly_client::{NotModifiedExt as _, ResponseExt as _};
//!
//! let id = "prd_01jd0q5x8yf6r9v2k3m4n5p6q7";
//! let seen = shop.get_product().product_id(id).send().await?;
//! let etag = seen.etag().unwrap_or_default();
//! match shop.get_product().product_id(id).if_none_match(etag).send().await.unless_not_modified()? {
//!     Some(newer) => println!("now {}", newer.name),
//!     None => println!("still {}", seen.name),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`modify()`] reads something, changes it and sends it back on the condition that nobody else has changed it, as often
//! as that takes.
//!
//! # Events
//!
//! The builder of an operation that answers with server-sent events has `events()`, a stream that goes on after its last
//! event when a connection ends. An [`Event`] has data of the type that the document declares.
//!
//! # Operations as data
//!
//! [`OPERATIONS`] describes every operation, and [`Client::raw`] calls any of them with text for arguments.
//!
//! # Features
//!
//! | feature | default | what it brings |
//! |---|---|---|
//! | `rustls` | yes | HTTPS with rustls and ring; without it plain HTTP, or whatever [`ClientBuilder::http_client`] is given |
//! | `schemars` | no | `schemars::JsonSchema` for every type of the API |
//!
//! # Testing
//!
//! The crate `orderly-client-mock` is a server for the tests of programs that use the SDK. It answers in turn, and only what
//! the document declares:
//!
//! ```text
//! let mock = Mock::start();
//! mock.create_order().answers([unavailable().retry_after(0), created(order)]);
//! ```
//!
//! # Examples
//!
//! A program for each of these stands in `client/examples`: `quickstart`, `credentials`, `pages`, `errors`, `repeating`,
//! `versions`, `operations`, `blocking`. This project's tests run them against the real server.

// Generated code calls the hand-written layer `sdk`, whatever the crate is called.
extern crate self as sdk;

mod answer;
mod call;
mod client_builder;
mod cookie;
mod credentials;
mod error;
mod event_parser;
mod events;
#[rustfmt::skip]
#[allow(missing_docs, unreachable_pub, unused_imports, rustdoc::all, clippy::all, clippy::unwrap_used)]
mod generated;
mod login;
mod modify;
mod multipart;
mod open_enum;
mod operation;
mod options;
mod paging;
mod patch;
mod problem;
mod raw;
mod reading;
mod retry;
mod span;
mod text;
mod transport;

pub use self::answer::{NotModifiedExt, ResponseExt};
pub use self::call::CallFuture;
pub use self::client_builder::ClientBuilder;
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
