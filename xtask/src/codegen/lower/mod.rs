//! Rewrites a document, in small named passes, into what progenitor takes.
//!
//! The result is the *SDK view*. It sends and receives exactly what the document says; only its form
//! differs. What progenitor cannot express at all, such as the real media type of a body, stands in the
//! view under an `x-sdk-…` key (see [`facts`]) and reaches the SDK as a table. An operation that cannot
//! be had is left out with a remark, and the rest goes on.

mod annotations;
mod answers;
mod closed_objects;
mod component_names;
mod declared_answers;
mod error_codes;
mod errors;
mod event_streams;
pub mod facts;
mod idempotency;
mod merge_patch;
mod odd_schemas;
pub mod open_enums;
mod operation_ids;
mod paging;
mod parameter_cookies;
mod parameter_kinds;
mod parameter_names;
mod parameter_styles;
mod plain_scalars;
mod property_names;
mod prune;
mod references;
mod report;
mod request_bodies;
mod scalars;
#[cfg(test)]
mod testing;
mod walk;

use serde_json::Value;

pub use self::prune::unreachable_schemas;
pub use self::report::{LEFT_OUT, Remark, Report};
pub(crate) use self::walk::resolve;
pub use self::walk::{At, METHODS};

/// One rewriting of the whole view.
type Pass = fn(&mut Value, &mut Report);

/// What an operation consists of stands in one place, and what the hooks must know is taken down before it is rewritten.
const COMPLETING: &[Pass] = &[
    references::inline,
    operation_ids::complete,
    idempotency::note,
    paging::note,
    event_streams::note,
    error_codes::note,
    declared_answers::note,
];

/// The passes behind those, in the order in which they run: each may rely on those before it.
const REWRITING: &[Pass] = &[
    // Parameters.
    parameter_kinds::settle,
    parameter_styles::spread,
    parameter_names::separate,
    parameter_cookies::carry,
    // Bodies.
    request_bodies::rename,
    answers::unite,
    errors::unify,
    // Schemas.
    prune::unreachable_schemas,
    annotations::strip,
    odd_schemas::simplify,
    property_names::separate,
    scalars::repair,
    plain_scalars::inline,
    component_names::separate,
    closed_objects::open,
    merge_patch::wrap,
    open_enums::open,
    prune::unreachable_schemas,
];

/// The SDK view of a document, and what it lost.
#[must_use]
pub fn lower(document: &Value) -> (Value, Report) {
    let (mut view, mut report) = (document.clone(), Report::default());
    for pass in COMPLETING.iter().chain(REWRITING) {
        pass(&mut view, &mut report);
    }
    (view, report)
}

/// A document whose operations are whole and named, and otherwise as they were written.
#[must_use]
pub fn complete(document: &Value) -> Value {
    let mut view = document.clone();
    COMPLETING.iter().for_each(|pass| pass(&mut view, &mut Report::default()));
    view
}
