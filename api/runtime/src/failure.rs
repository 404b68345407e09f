//! How anything goes wrong: one failure type, rendered as a problem (RFC 9457).

use std::{borrow::Cow, error::Error, fmt};

use poem::{
    error::ResponseError,
    http::{HeaderMap, StatusCode},
};
use serde::Serialize;
use serde_json::{Map, Value};

/// A request with more mistakes than this gets these many told: the answer must not be larger than the request.
pub(crate) const MAX_VIOLATIONS: usize = 100;

/// A request that could not be answered as its operation promises.
///
/// It travels as a [`poem::Error`]; the server's outermost layer turns it into
/// `application/problem+json` with [`Failure::to_problem`].
#[derive(Debug)]
pub struct Failure {
    /// The status of the answer.
    pub status: StatusCode,
    /// A stable word for programs, such as `validation_failed`.
    pub code: Cow<'static, str>,
    /// What happened this time, for a person. Never holds what the caller sent.
    pub detail: String,
    /// Every mistake found in the request.
    pub errors: Vec<Violation>,
    /// Extension members of the problem.
    pub extra: Map<String, Value>,
    /// Headers of the answer, such as `WWW-Authenticate`.
    pub headers: HeaderMap,
    /// What caused it: for the log only.
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// A failure without headers, mistakes or cause.
    pub fn new(status: StatusCode, code: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            detail: detail.into(),
            errors: Vec::new(),
            extra: Map::new(),
            headers: HeaderMap::new(),
            source: None,
        }
    }

    /// A fault of the server: 500 `internal`, which tells the caller nothing about its cause.
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "The server failed to answer this request.",
            )
        }
    }

    /// 400 `validation_failed` with every mistake that was found, up to a hundred.
    pub fn validation(mut errors: Vec<Violation>) -> Self {
        errors.truncate(MAX_VIOLATIONS);
        let detail = match errors.len() {
            1 => "The request has one mistake.".to_owned(),
            n => format!("The request has {n} mistakes."),
        };
        Self { errors, ..Self::new(StatusCode::BAD_REQUEST, "validation_failed", detail) }
    }

    /// The problem document (RFC 9457) as JSON.
    ///
    /// `instance` names this occurrence, usually the path of the request; an empty one is left out.
    pub fn to_problem(&self, request_id: &str, instance: &str) -> Vec<u8> {
        let problem = Problem {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            instance,
            code: &self.code,
            request_id,
            errors: &self.errors,
            extra: &self.extra,
        };
        serde_json::to_vec(&problem).expect("texts, numbers and JSON values are JSON")
    }
}

/// The members in the order in which a person reads them. `about:blank` asks for the status's phrase as title
/// (RFC 9457, section 4.2.1); `code` tells the kind.
#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    instance: &'a str,
    code: &'a str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [Violation],
    #[serde(flatten)]
    extra: &'a Map<String, Value>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status.as_u16(), self.code, self.detail)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

impl ResponseError for Failure {
    fn status(&self) -> StatusCode {
        self.status
    }
}

/// One mistake of a request: where it stands and which demand of the document it breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Where the mistake stands.
    #[serde(flatten)]
    pub at: At,
    /// The broken JSON Schema keyword in snake_case, such as `max_length`.
    pub code: Cow<'static, str>,
    /// What is demanded, for a person. Never holds what the caller sent.
    pub detail: String,
}

impl Violation {
    /// A mistake in the body.
    pub fn in_body(
        pointer: impl Into<String>,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<String>,
    ) -> Self {
        Self { at: At::Pointer(pointer.into()), code: code.into(), detail: detail.into() }
    }
}

/// Where a mistake stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// A JSON pointer (RFC 6901) into the body; empty for the body as a whole.
    Pointer(String),
    /// A parameter.
    #[serde(untagged)]
    Parameter {
        /// `query`, `path`, `header` or `cookie`.
        #[serde(rename = "in")]
        location: &'static str,
        /// The parameter's name as the document writes it.
        #[serde(rename = "parameter")]
        name: String,
    },
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_problem_names_pointers_and_parameters() {
        let mut failure = Failure::validation(vec![
            Violation::in_body("/lines/0/quantity", "minimum", "must be at least 1"),
            Violation {
                at: At::Parameter { location: "query", name: "limit".into() },
                code: "maximum".into(),
                detail: "must be at most 100".into(),
            },
        ]);
        failure.extra.insert("allowed".into(), json!(["open"]));
        let problem: Value = serde_json::from_slice(&failure.to_problem("r1", "/v1/orders")).unwrap();
        assert_eq!(
            problem,
            json!({
                "type": "about:blank", "title": "Bad Request", "status": 400,
                "detail": "The request has 2 mistakes.", "instance": "/v1/orders",
                "code": "validation_failed", "request_id": "r1", "allowed": ["open"],
                "errors": [
                    {"pointer": "/lines/0/quantity", "code": "minimum", "detail": "must be at least 1"},
                    {"parameter": "limit", "in": "query", "code": "maximum", "detail": "must be at most 100"},
                ],
            })
        );
    }

    #[test]
    fn an_internal_failure_hides_its_cause() {
        let failure = Failure::internal("the disk is full");
        let problem = String::from_utf8(failure.to_problem("r1", "")).unwrap();
        assert!(!problem.contains("disk"), "{problem}");
        assert_eq!(failure.source().unwrap().to_string(), "the disk is full");
    }
}
