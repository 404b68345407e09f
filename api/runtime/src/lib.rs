//! What a generated server interface stands on, for any OpenAPI 3.0 document.
//!
//! Generated code says *what* the document demands; this crate does the work: it reads bodies and
//! parameters into types that cannot hold a bad value, reports every mistake of a request at once,
//! checks credentials, builds answers and keeps undeclared statuses from leaving the process.
//!
//! A body takes the fast path first: bytes, serde, type, [`Valid`]. Only when that says no, the slow
//! path holds it against the document's own schema ([`Schemas`]) to name every mistake.

mod body;
mod call;
mod coerce;
mod date_time;
pub mod description;
mod explain;
mod failure;
pub mod format;
mod json;
pub mod keyword;
pub mod meta;
mod newtype;
mod object;
mod operation;
mod parameter;
mod pattern;
mod payload;
mod query;
mod respond;
mod route;
mod scalar;
mod schema;
mod security;
mod service;
mod string_enum;
mod style;
mod translate;
mod union;
mod valid;

pub use body::Limits;
pub use bytes::Bytes;
pub use call::Call;
pub use date_time::DateTime;
pub use explain::compile as compile_schema;
pub use failure::{At, Failure, Violation};
pub use object::{ObjectOnly, Patch, non_null, present};
pub use operation::{Alternative, Operation, SchemeKind, SecurityScheme};
pub use parameter::Parameter;
pub use pattern::{Pattern, is_supported_pattern, rust_pattern};
pub use poem::{
    Body, Request, Response,
    http::{Method, StatusCode},
};
pub use respond::{Reply, Respond};
pub use route::{RouteTable, Routing};
pub use scalar::{FromParameter, InvalidValue};
pub use schema::{Direction, SchemaError, Schemas};
pub use service::{Credential, Service};
pub use style::Style;
pub use translate::json_schema;
pub use valid::{Items, Valid, property_count, unique_items, valid};

/// What the macros of this crate expand to; not for direct use.
#[doc(hidden)]
pub mod macros {
    pub use crate::{
        format::is_secret as is_secret_format,
        json::read_value,
        keyword,
        pattern::Pattern,
        scalar::read_text,
        union::{Fitting, as_errors, fit, fit_schema, no_fit, take},
    };
    pub use serde;
    pub use serde_json;
    pub use validator;
}
