//! Why there is nothing to report.

use crate::target::SendError;

/// Why a run could not begin.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The server does not answer at all.
    #[error("the server at {base_url} cannot be reached; is it running, and is the address right?")]
    Unreachable {
        /// Where it should be.
        base_url: String,
        /// What came instead.
        source: SendError,
    },
    /// An operation is none of the document's.
    #[error("no operation is `{wanted}`; {}", or_one_of(.nearest))]
    NoOperation {
        /// What was asked for.
        wanted: String,
        /// What it may have meant.
        nearest: Vec<String>,
    },
    /// A case does not exist.
    #[error(
        "no case is `{wanted}`: a report names them like `list_products/random/17`, for its seed and number of cases"
    )]
    NoCase {
        /// What was asked for.
        wanted: String,
    },
}

fn or_one_of(names: &[String]) -> String {
    if names.is_empty() {
        "it is the id of one, tag:NAME, or a pattern with *".to_owned()
    } else {
        format!("is it {}?", names.join(" or "))
    }
}
