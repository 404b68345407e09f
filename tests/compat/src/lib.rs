//! The gate for breaking changes: what of one version of an OpenAPI 3.0 document another one takes away from those
//! who rely on it.
//!
//! [`compare`] walks both documents and tells every [`Change`] under a rule of the [`rules`] table; schemas are decided
//! by proof ([`schema`]). [`Waivers`] set aside what somebody has decided to break, and a [`Report`] says the rest.

mod api;
mod change;
mod compare;
mod media;
mod node;
mod references;
mod report;
pub mod rules;
pub mod schema;
mod unchanged;
mod waivers;

pub use change::{Change, Counterexample, Place};
pub use compare::{Settings, compare};
pub use report::{Compared, Report, version};
pub use waivers::{Judged, Stale, StaleReason, Waiver, WaiverError, Waivers};
