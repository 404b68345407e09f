//! The contract engine: holds what crosses the wire to an OpenAPI 3.0 document. It knows the document and HTTP, and
//! nothing of what the server sells.
//!
//! [`run::run`] does all of it: it makes requests of a [`Document`], sends them to a [`target::Target`], holds what comes
//! back to the document, and gives a [`report::Report`], which has a text, a page, JSON and JUnit's XML. In a test:
//!
//! ```
//! use std::sync::Arc;
//! use orderly_contract::{Contract, Conventions, Document, mock::Mock, run, target::{Settings, Target}};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = br#"{"openapi": "3.0.3", "info": {"title": "Books", "version": "1"}, "paths": {"/books": {"get": {
//!     "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}}],
//!     "responses": {"200": {"description": "Books."}, "400": {"description": "No."}}}}}}"#;
//! let read = || orderly_document::Document::parse("books.json", text).map_err(|remarks| remarks.to_string());
//! # let server = Mock::start(Arc::new(Document::new(read()?).map_err(|r| r.to_string())?), Default::default()).await?;
//! # let url = format!("http://{}", server.address());
//! // The address is the whole one, so the document's `servers` add nothing to it.
//! let document = Document::new(read()?).map_err(|remark| remark.to_string())?.at("");
//! let target = Target::new(&url, Settings::default())?; // the server that is to be held to it
//! let conventions = Conventions::of(&document);
//! let contract = Contract::new(document, conventions);
//! let settings = run::Settings { cases: 100, ..Default::default() };
//! let report = run::run(&contract, &target, &settings, &mut ()).await?;
//! assert!(report.findings.is_empty(), "{}", report.text(contract.document()));
//! # Ok(())
//! # }
//! ```
//!
//! The parts, in the order in which a run uses them:
//!
//! - [`value`] makes values of a schema: every rule kept at its bounds, and each broken alone;
//! - [`phase`] makes a [`Case`] of them: a request with what is expected of it;
//! - [`target`] knows where the server is and who calls, and sends;
//! - [`Contract`] says in what an [`Exchange`] and the document differ, as [`Finding`]s; each [`Check`] has a name;
//! - [`state`] knows what is on the server, and which operation needs what another one makes;
//! - [`probe`] tells stories of several exchanges;
//! - [`coverage`] counts what was seen of the document, and [`report`] tells what came of it.
//!
//! Beside a run, a [`Recorder`] stands between any client and the server and writes down every [`Exchange`], for
//! [`Contract::check`]; [`mock::Mock`] is a server made from a document.

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
