//! Where cases come from: the document's examples, every rule of it kept and broken, and values at random.
//!
//! Every case is held to the document before it leaves: what its request says on the wire, as the engine itself reads
//! it, is what was meant, and it is allowed or not as its intent claims. What would not survive that is left out.
//!
//! The cases of an operation have the same order every time, so that its id, the phase and a number name a case.

mod base;
mod coverage;
mod examples;
mod random;
mod remarks;
mod shrink;

use serde_json::Value;

pub(crate) use self::base::kept_by_parameters;
pub use self::{
    coverage::coverage,
    examples::examples,
    random::{Random, random, rng},
    remarks::{contradiction_remarks, example_remarks},
    shrink::shrink,
};
use crate::{
    case::{Case, Intent},
    document::{Document, Operation, Parameter},
    request::mistakes,
};

/// What is known of a server, besides its document.
pub trait Known {
    /// A value for a parameter that means something to the server, such as the id of a thing that it has.
    fn value(&self, operation: &Operation, parameter: &Parameter) -> Option<Value>;

    /// Puts into a valid body what means something to the server, such as the ids of things that it has.
    fn fill(&self, document: &Document, operation: &Operation, media_type: &str, body: &mut Value) {
        let _ = (document, operation, media_type, body);
    }
}

/// Nothing is known.
impl Known for () {
    fn value(&self, _: &Operation, _: &Parameter) -> Option<Value> {
        None
    }
}

/// Whether the request on the wire is what the case claims it to be.
fn holds(document: &Document, operation: &Operation, case: &Case) -> bool {
    let sent = case.parts.sent(document, operation);
    if !case.parts.survives(document, operation, &sent) {
        return false;
    }
    let is_of_operation = case.parts.method == operation.method;
    match &case.intent {
        Intent::Valid => mistakes(document, operation, &sent).is_empty(),
        // A method that the path does not have is all that is wrong, and it has no operation to say more.
        Intent::Invalid { .. } if !is_of_operation => true,
        Intent::Invalid { rule, .. } => {
            let mistakes = mistakes(document, operation, &sent);
            mistakes.iter().any(|mistake| mistake.rule.is_certain() || !rule.is_certain())
        }
    }
}
