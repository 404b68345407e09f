//! The API of Orderly: the document, and the types, traits and routes that are generated from it.
//!
//! `openapi.yaml` is the source of truth; everything under `generated` follows from it by
//! `cargo xtask generate`. A server implements the traits ([`OrdersApi`] and its neighbours) and hands
//! itself to [`routes`]; an operation that the document declares and the server lacks does not compile,
//! and neither does an answer that the document does not declare.

// Formatted by the generator, in which `rustfmt` has no say.
#[rustfmt::skip]
mod generated;

pub use generated::*;
pub use orderly_api_runtime as runtime;

/// The document as its authors wrote it.
pub const DOCUMENT_YAML: &str = include_str!("../openapi.yaml");
