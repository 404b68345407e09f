//! The contract engine: holds what crosses the wire to an OpenAPI 3.0 document. It knows the document and HTTP, and
//! nothing of what the server sells.
//!
//! A [`Recorder`] stands between a client and the server and writes down every [`Exchange`]; [`Contract::check`] holds
//! each of them to the [`Document`] and says what differs as [`Finding`]s; [`Coverage`] counts which answers of which
//! operations were seen. [`sample`] makes valid requests from the document's own examples.

mod case;
mod check;
pub mod coverage;
mod document;
mod exchange;
mod listener;
pub mod mock;
pub mod phase;
pub mod probe;
mod recorder;
pub mod report;
mod request;
mod route;
pub mod run;
pub mod sample;
pub mod state;
pub mod target;
pub mod value;

pub use case::{
    Argument, Case, Intent, Keyword, Parts, Payload, PayloadContent, Phase, Polarity, Rule, Touch,
};
pub use check::{Check, Contract, Conventions, Finding, Outcome};
pub use coverage::{Coverage, Exception};
pub use document::{
    Answer, Body, Content, Document, Example, Header, Link, LinkTarget, Location, Operation, Parameter,
    Requirement, Style, Writing,
};
pub use exchange::{Exchange, Received, Sent};
pub use listener::{FREE_PORT, Listener};
pub use orderly_api_runtime::Direction;
pub use recorder::{Log, Recorder};
pub use request::{Mistake, mistakes};
pub use route::{Match, Template};
