//! Whether the document allows a request, and what is in it.

use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use crate::{
    case::Rule,
    document::{Document, Location, Operation},
    exchange::Sent,
    request::{Mistake, arguments, mistakes, payload},
};

/// What is in a request.
#[derive(Debug, Default)]
pub(super) struct Request {
    query: Vec<(String, Value)>,
    headers: HeaderMap,
    body: Option<Value>,
}

/// A request that the document does not allow.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) reason: Reason,
    /// What could be read of it.
    pub(super) request: Request,
}

/// What is wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// The media type of the body.
    MediaType,
    /// A parameter that is required.
    Missing(Location),
    /// A value in the path.
    Path,
    /// Anything else.
    Invalid,
}

impl Reason {
    fn of(mistake: &Mistake, operation: &Operation) -> Self {
        let is = |place| mistake.place == place;
        let parameter =
            operation.parameters.iter().find(|one| is(one.place.clone()) || is(one.schema.clone()));
        match (mistake.rule, parameter) {
            (Rule::MediaType | Rule::Unlabelled, _) => Self::MediaType,
            (Rule::Required, Some(parameter)) => Self::Missing(parameter.location),
            (_, Some(parameter)) if parameter.location == Location::Path => Self::Path,
            _ => Self::Invalid,
        }
    }

    /// The statuses that say so, the most telling first (RFC 9110, section 15.5).
    pub(super) fn statuses(self) -> &'static [StatusCode] {
        match self {
            Self::MediaType => &[
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                StatusCode::BAD_REQUEST,
                StatusCode::UNPROCESSABLE_ENTITY,
            ],
            Self::Path => &[StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::NOT_FOUND],
            Self::Missing(_) | Self::Invalid => &[StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY],
        }
    }
}

impl Request {
    /// A header, as it was sent.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The query's parameters.
    pub(super) fn query(&self) -> &[(String, Value)] {
        &self.query
    }

    /// The members of the body, if it is an object.
    pub(super) fn members(&self) -> Option<Map<String, Value>> {
        self.body.as_ref().and_then(Value::as_object).cloned()
    }
}

/// Holds a request to its operation. Parameters that nobody declared are none of its business.
pub(super) fn admit(document: &Document, operation: &Operation, sent: &Sent) -> Result<Request, Refusal> {
    let request = Request {
        query: arguments(document, operation, sent, Location::Query),
        headers: sent.headers.clone(),
        body: payload(document, operation, sent),
    };
    let mut mistakes = mistakes(document, operation, sent).into_iter();
    match mistakes.find(|mistake| mistake.rule != Rule::Undeclared) {
        Some(mistake) => Err(Refusal { reason: Reason::of(&mistake, operation), request }),
        None => Ok(request),
    }
}
