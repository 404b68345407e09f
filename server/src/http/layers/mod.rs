//! What happens around every request, one layer a file. Their order stands in [`crate::http::app`].

pub mod deadline;
pub mod headers;
pub mod panics;
pub mod problems;
pub mod request_id;
pub mod trace;
mod unread;
