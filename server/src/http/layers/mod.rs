//! What happens around every request, one layer a file. Their order stands in [`crate::http::app`].

pub mod cors;
pub mod deadline;
pub mod headers;
pub mod host;
pub mod overload;
pub mod panics;
pub mod problems;
pub mod rate_limits;
pub mod request_id;
pub mod trace;
