//! Everything that a call may fail with.

use bytes::Bytes;
use reqwest::StatusCode;

use crate::types::error::ConversionError;
use crate::{CallError, ErrorCode, Problem};

/// Everything that a call may fail with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server refused the call, or failed.
    #[error("{0}")]
    Problem(Box<Problem>),
    /// The server was not reached, or the connection broke.
    #[error("cannot reach the server")]
    Transport(#[source] reqwest::Error),
    /// The server did not answer in time.
    #[error("the server did not answer in time")]
    Timeout(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The answer has another shape than this version of the SDK knows.
    #[error("cannot read the answer")]
    Decode {
        /// The status, which is a success's.
        status: StatusCode,
        /// What finds the request in the server's log.
        request_id: Option<String>,
        /// What came, as it came.
        body: Bytes,
        /// Where it differs.
        source: serde_json::Error,
    },
    /// A status that is neither success nor error, such as 304.
    #[error("unexpected status {status}")]
    Unexpected {
        /// The status.
        status: StatusCode,
        /// What finds the request in the server's log.
        request_id: Option<String>,
        /// What came, as it came.
        body: Bytes,
    },
    /// A value cannot be sent: it is missing, or breaks its rule. Nothing was sent.
    #[error("the call is incomplete or has a bad value: {0}")]
    InvalidRequest(String),
}

impl Error {
    /// What the server said.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            _ => None,
        }
    }

    /// The kind of problem, such as [`ErrorCode::OutOfStock`](crate::ErrorCode).
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.problem().map(|problem| &problem.code)
    }

    /// The HTTP status, if the server answered.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Problem(problem) => StatusCode::from_u16(problem.status).ok(),
            Self::Unexpected { status, .. } | Self::Decode { status, .. } => Some(*status),
            Self::Transport(_) | Self::Timeout(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// What finds the request in the server's log.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) => problem.request_id.as_deref(),
            Self::Unexpected { request_id, .. } | Self::Decode { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// Whether the same call may succeed later. The SDK has repeated it already, if that was safe.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(_) | Self::Timeout(_) => true,
            Self::Problem(problem) => match problem.status {
                408 | 429 | 502 | 503 | 504 => true,
                // The same idempotency key is still being worked on.
                409 => problem.retry_after.is_some(),
                _ => false,
            },
            Self::Decode { .. } | Self::Unexpected { .. } | Self::InvalidRequest(_) => false,
        }
    }

    /// Whether the answer was 304: what `If-None-Match` named is still current.
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.status() == Some(StatusCode::NOT_MODIFIED)
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() { Self::Timeout(error.into()) } else { Self::Transport(error) }
    }
}

/// A value that was built for a call is incomplete or breaks its rule.
impl From<ConversionError> for Error {
    fn from(error: ConversionError) -> Self {
        Self::InvalidRequest(error.to_string())
    }
}

impl From<CallError<Problem>> for Error {
    fn from(error: CallError<Problem>) -> Self {
        match error {
            CallError::ErrorResponse(answer) => {
                let (status, headers) = (answer.status(), answer.headers().clone());
                answer.into_inner().complete(status, &headers).into()
            }
            CallError::CommunicationError(error)
            | CallError::ResponseBodyError(error)
            | CallError::InvalidUpgrade(error) => error.into(),
            // Only errors are read by progenitor, and those are made readable before.
            CallError::InvalidResponsePayload(body, source) => {
                Self::Decode { status: StatusCode::OK, request_id: None, body, source }
            }
            CallError::UnexpectedResponse(answer) => crate::reading::unread_error(answer),
            CallError::InvalidRequest(reason) | CallError::Custom(reason) => Self::InvalidRequest(reason),
        }
    }
}
