//! A scripted server for the tests of programs that use the SDK.
//!
//! A [`Mock`] has a method for each operation of the API, as the SDK's client has. It takes what the operation shall
//! answer, in turn; only what the document declares of it can be said.
//!
//! ```
//! # use sdk as orderly_client; // the name in this crate's own manifest
//! use orderly_client::types;
//! use orderly_client_mock::{Mock, created, unavailable};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let order: types::Order = serde_json::from_str(include_str!("../examples/order.json"))?;
//!
//! let mock = Mock::start();
//! mock.create_order().answers([unavailable().retry_after(0), created(order)]);
//!
//! // What is tested; here it places an order, and repeats the call that failed.
//! let shop = orderly_client::Client::builder(mock.url()).token("secret").build()?;
//! let line = types::OrderLineCreate::builder().product_id("prd_01jd0q5x8yf6r9v2k3m4n5p6q7").quantity(2);
//! let order = shop.create_order().body(types::OrderCreate::builder().lines(vec![line.try_into()?])).await?;
//!
//! let asked = mock.create_order().requests();
//! assert_eq!(asked.len(), 2);
//! assert_eq!(asked[0].body().lines[0].quantity, 2);
//! assert_eq!(asked[0].header("Idempotency-Key"), asked[1].header("Idempotency-Key"));
//! # assert_eq!(order.id.as_str(), "ord_01jd0q5x8yf6r9v2k3m4n5p6q7");
//! # Ok(())
//! # }
//! ```
//!
//! # What is answered
//!
//! | answer | what it is |
//! |---|---|
//! | [`ok`], [`created`], [`accepted`], [`no_content`], [`success`] | what the document declares for the status, of its type |
//! | [`not_found`], [`conflict`], [`unavailable`], …, [`refusal`] | a problem with a declared status; [`Answer::code`] and [`Answer::member`] fill it |
//! | [`not_modified`] | 304, where it is declared |
//! | [`undeclared`] | whatever a server or a proxy may say beside the document |
//! | [`lost`] | the connection breaks before an answer comes |
//!
//! A status that the operation does not declare does not compile:
//!
//! ```compile_fail
//! use orderly_client_mock::{Mock, accepted};
//! Mock::start().get_me().answers([accepted(todo!())]);
//! ```
//!
//! # What fails the test
//!
//! A request that nothing was scripted for, and an answer that nobody asked for, make the mock panic when it is dropped, and
//! so does a request of no operation. With the feature `contract`, so does a request that breaks the document: a number out
//! of its range, a header that is missing.

// Generated code calls this crate `mock`, whatever it is called.
extern crate self as mock;

mod answer;
mod client;
mod complaint;
mod generated;
mod operation;
mod request;
mod route;
mod script;
mod server;

pub use self::answer::{
    Answer, accepted, bad_request, conflict, created, failure, forbidden, lost, no_content, not_found,
    not_modified, ok, precondition_failed, refusal, success, too_many_requests, unauthorized, unavailable,
    undeclared, unprocessable,
};
pub use self::generated::operations;
pub use self::operation::{Content, Operation, Raw, Refuses, Succeeds, Takes};
pub use self::request::{Received, Request};
pub use self::script::{Mock, Script};
