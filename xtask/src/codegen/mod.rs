//! The generator: an OpenAPI document goes in, Rust source comes out.
//!
//! `orderly_document` reads the document and remembers where everything stood. Then, in order: [`model`]
//! says what it means in Rust's terms, [`emit`] writes the server interface. The SDK takes another way: [`lower`] rewrites the document
//! into what progenitor takes, and [`sdk`] runs it; [`cli`] makes commands of what the SDK has. [`write`](mod@write) puts the
//! files in place. [`unknown`] remarks what OpenAPI 3.0 does not know.
//!
//! What a document asks for and cannot be had becomes a [`Diagnostic`](orderly_document::Diagnostic), never a panic.

pub mod cli;
pub mod emit;
pub mod lower;
pub mod model;
pub mod sdk;
pub mod unknown;
pub mod write;
