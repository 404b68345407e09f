//! The generator: an OpenAPI document goes in, Rust source comes out.
//!
//! The steps, in order: [`load`] reads YAML or JSON and remembers where everything stood,
//! [`resolve`] follows references, [`model`] says what the document means in Rust's terms,
//! [`emit`] writes the server interface. The SDK takes another way: [`lower`] rewrites the document
//! into what progenitor takes, and [`sdk`] runs it. [`write`](mod@write) puts the files in place.
//!
//! What a document asks for and cannot be had becomes a [`diagnostic`], never a panic.

pub mod diagnostic;
pub mod emit;
pub mod load;
pub mod lower;
pub mod model;
pub mod pointer;
pub mod resolve;
pub mod sdk;
pub mod write;
