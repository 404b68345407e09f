//! The gate for breaking changes: what of one version of an OpenAPI 3.0 document another one takes away from those
//! who rely on it.

pub mod schema;
