//! The server interface of Orderly: one trait a tag, the types, the routes.

use orderly_api_runtime as runtime;

mod accounts;
mod catalogue;
mod orders;
mod notes;
mod description;
mod operations;
mod routes;
pub mod types;

/// The document as JSON.
pub const DOCUMENT_JSON: &str = include_str!("document.json");

/// The document's schemas, compiled when they are first asked for.
pub static SCHEMAS: runtime::Schemas = runtime::Schemas::new(DOCUMENT_JSON);

pub use self::accounts::*;
pub use self::catalogue::*;
pub use self::orders::*;
pub use self::notes::*;
pub use self::operations::*;
pub use self::routes::*;
pub use self::types::*;
