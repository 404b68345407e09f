//! The server interface of Newsroom: one trait a tag, the types, the routes.

use orderly_api_runtime as runtime;

mod news;
mod description;
mod operations;
mod routes;
pub mod types;

/// The document as JSON.
pub const DOCUMENT_JSON: &str = include_str!("document.json");

/// The document's schemas, compiled when they are first asked for.
pub static SCHEMAS: runtime::Schemas = runtime::Schemas::new(DOCUMENT_JSON);

pub use self::news::*;
pub use self::operations::*;
pub use self::routes::*;
pub use self::types::*;
