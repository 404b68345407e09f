//! What an operation answers, as its types allow.

use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG, LOCATION, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use sdk::ErrorCode;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::operation::Content;
use crate::{Operation, Refuses, Succeeds};

/// What the operation `O` answers to one request.
#[derive(Debug)]
#[must_use = "an answer is given by `Script::answers`"]
pub struct Answer<O> {
    pub(crate) reply: Reply,
    operation: PhantomData<fn() -> O>,
}

/// Two answers may be equal, whatever they are answers of.
impl<O> Clone for Answer<O> {
    fn clone(&self) -> Self {
        Self::of(self.reply.clone())
    }
}

/// What goes over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) delay: Duration,
    /// The connection ends without an answer.
    pub(crate) is_lost: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Bytes(Bytes),
    Problem(Map<String, Value>),
}

impl Body {
    pub(crate) fn into_bytes(self) -> Bytes {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Problem(members) => Value::Object(members).to_string().into(),
        }
    }
}

impl<O> Answer<O> {
    fn of(reply: Reply) -> Self {
        Self { reply, operation: PhantomData }
    }

    fn new(status: StatusCode, media_type: Option<&str>, body: Body) -> Self {
        let mut headers = HeaderMap::new();
        if let Some(media_type) = media_type.and_then(|text| HeaderValue::from_str(text).ok()) {
            headers.insert(CONTENT_TYPE, media_type);
        }
        Self::of(Reply { status, headers, body, delay: Duration::ZERO, is_lost: false })
    }

    /// One more header, in place of one of that name.
    ///
    /// # Panics
    /// If it is none.
    pub fn header(mut self, name: &str, value: impl AsRef<str>) -> Self {
        let name = HeaderName::try_from(name).expect("the name of a header");
        let value = HeaderValue::try_from(value.as_ref()).expect("the value of a header");
        self.reply.headers.insert(name, value);
        self
    }

    /// Asks to be called again after so many seconds.
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header(RETRY_AFTER.as_str(), seconds.to_string())
    }

    /// Tells the version of what is answered, with its quotes: `"v1"`.
    pub fn etag(self, etag: &str) -> Self {
        self.header(ETAG.as_str(), etag)
    }

    /// Tells where what was created is.
    pub fn location(self, place: &str) -> Self {
        self.header(LOCATION.as_str(), place)
    }

    /// Comes only after this time.
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.reply.delay = delay;
        self
    }

    /// The code of a problem. Answers of other kinds stay as they are.
    pub fn code(self, code: ErrorCode) -> Self {
        self.member("code", code.as_str())
    }

    /// What a problem says for a person.
    pub fn detail(self, text: &str) -> Self {
        self.member("detail", text)
    }

    /// A mistake that a problem tells: where in the body it is (RFC 6901), the rule that is broken, and what is wrong.
    pub fn mistake(mut self, pointer: &str, code: &str, detail: &str) -> Self {
        let mistake = json!({ "pointer": pointer, "code": code, "detail": detail });
        if let Body::Problem(members) = &mut self.reply.body {
            let errors = members.entry("errors").or_insert_with(|| json!([]));
            errors.as_array_mut().into_iter().for_each(|errors| errors.push(mistake.clone()));
        }
        self
    }

    /// A member of a problem that only some problems have.
    ///
    /// # Panics
    /// If the value cannot be JSON.
    pub fn member(mut self, name: &str, value: impl Serialize) -> Self {
        if let Body::Problem(members) = &mut self.reply.body {
            members.insert(name.to_owned(), serde_json::to_value(value).expect("a value of JSON"));
        }
        self
    }
}

/// A success with this status: `success::<206, _>(body)`.
pub fn success<const STATUS: u16, O: Succeeds<STATUS>>(body: O::Answer) -> Answer<O> {
    let bytes = O::MEDIA_TYPE.map_or_else(Bytes::new, |_| body.into_bytes());
    Answer::new(status(STATUS), O::MEDIA_TYPE, Body::Bytes(bytes))
}

/// 200.
pub fn ok<O: Succeeds<200>>(body: O::Answer) -> Answer<O> {
    success::<200, O>(body)
}

/// 201.
pub fn created<O: Succeeds<201>>(body: O::Answer) -> Answer<O> {
    success::<201, O>(body)
}

/// 202.
pub fn accepted<O: Succeeds<202>>(body: O::Answer) -> Answer<O> {
    success::<202, O>(body)
}

/// 204.
pub fn no_content<O: Succeeds<204, Answer = ()>>() -> Answer<O> {
    success::<204, O>(())
}

/// 304: what `If-None-Match` names is still current.
pub fn not_modified<O: Refuses<304>>() -> Answer<O> {
    Answer::new(StatusCode::NOT_MODIFIED, None, Body::Bytes(Bytes::new()))
}

/// A problem (RFC 9457) with this status: `refusal::<402, _>()`.
pub fn refusal<const STATUS: u16, O: Refuses<STATUS>>() -> Answer<O> {
    let status = status(STATUS);
    let Some(media_type) = O::MEDIA_TYPE else {
        return Answer::new(status, None, Body::Bytes(Bytes::new()));
    };
    let title = status.canonical_reason().unwrap_or("Refused");
    let problem = [("type", json!("about:blank")), ("title", json!(title)), ("status", json!(STATUS))];
    let members = problem.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Answer::new(status, Some(media_type), Body::Problem(members))
}

/// Gives the problems with a usual status their names.
macro_rules! refusals {
    ($($name:ident $status:literal)*) => {$(
        #[doc = concat!("A problem with status ", $status, ".")]
        pub fn $name<O: Refuses<$status>>() -> Answer<O> {
            refusal::<$status, O>()
        }
    )*};
}

refusals! {
    bad_request 400
    unauthorized 401
    forbidden 403
    not_found 404
    conflict 409
    precondition_failed 412
    unprocessable 422
    too_many_requests 429
    failure 500
    unavailable 503
}

/// What the document does not declare, as a proxy or a faulty server may answer it: any status, with any body.
///
/// # Panics
/// If the status is none.
pub fn undeclared<O: Operation>(status: u16, media_type: &str, body: impl Into<Bytes>) -> Answer<O> {
    Answer::new(self::status(status), Some(media_type), Body::Bytes(body.into()))
}

/// The request arrives, and the connection ends without an answer.
pub fn lost<O: Operation>() -> Answer<O> {
    let mut answer = Answer::new(StatusCode::OK, None, Body::Bytes(Bytes::new()));
    answer.reply.is_lost = true;
    answer
}

fn status(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("a status from 100 to 999")
}
