//! Ways for a mock to be wrong on purpose: what a client, or an engine that judges servers, has to be able to see.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde_json::Value;

use crate::{
    document::Operation,
    exchange::{Received, Sent},
};

macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal,)+) => {
        /// One thing that a mock does wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Fault {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Fault {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name in kebab-case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

faults! {
    /// Answers 500 where it should succeed.
    ServerError "server-error",
    /// Succeeds with a status that is not declared.
    Status "status",
    /// Says that its JSON is HTML.
    MediaType "media-type",
    /// Leaves out the headers that an answer must have.
    Header "header",
    /// Leaves out the members that a body must have.
    Body "body",
    /// Takes every body and every parameter.
    AcceptsAnything "accepts-anything",
    /// Refuses every body.
    RefusesBodies "refuses-bodies",
    /// Does not miss headers.
    HeaderOptional "header-optional",
    /// Names methods in `Allow` that there are not.
    Allow "allow",
    /// Asks nobody for a credential.
    Open "open",
    /// Changes and deletes what belongs to somebody else.
    ServesOthers "serves-others",
    /// Goes on to serve what was deleted.
    ServesDeleted "serves-deleted",
    /// Forgets what was created.
    Forgets "forgets",
    /// Says another status in a problem than the answer has.
    ProblemStatus "problem-status",
    /// Acts again when a request is repeated with its idempotency key.
    KeyIgnored "key-ignored",
    /// Gives the same entity tag to everything.
    ConstantTag "constant-tag",
    /// Leaves out the last item of each page that is not the last one.
    ItemLost "item-lost",
    /// Says nonsense about how many requests are left.
    RateLimit "rate-limit",
    /// Repeats the caller's credential in an error.
    Echo "echo",
}

impl Fault {
    /// Spoils an answer that was right.
    pub(super) fn spoil(self, operation: &Operation, sent: &Sent, answer: &mut Received) {
        let succeeded = answer.status.is_success();
        match self {
            Self::ServerError if succeeded => answer.status = StatusCode::INTERNAL_SERVER_ERROR,
            Self::Status if succeeded => answer.status = StatusCode::IM_USED,
            Self::MediaType if !answer.body.is_empty() => {
                answer.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            }
            Self::Header => remove_declared_headers(operation, answer),
            Self::Body if succeeded => change_body(answer, |value| match value {
                Value::Object(members) => members.clear(),
                other => *other = Value::Null,
            }),
            Self::ProblemStatus => change_body(answer, |value| {
                if let Some(status) = value.get_mut("status").filter(|status| status.is_number()) {
                    *status = Value::from(418);
                }
            }),
            Self::ConstantTag if answer.headers.contains_key(header::ETAG) => {
                answer.headers.insert(header::ETAG, HeaderValue::from_static("\"same\""));
            }
            Self::RateLimit => {
                for name in ["ratelimit-remaining", "x-ratelimit-remaining"] {
                    answer.headers.insert(HeaderName::from_static(name), HeaderValue::from_static("-many"));
                }
            }
            Self::Echo if answer.status.is_client_error() => echo(&sent.headers, answer),
            _ => {}
        }
    }
}

fn remove_declared_headers(operation: &Operation, answer: &mut Received) {
    let declared = operation.answer(answer.status).map(|(_, declared)| &declared.headers);
    for header in declared.into_iter().flatten() {
        answer.headers.remove(&header.name);
    }
}

fn change_body(answer: &mut Received, change: impl FnOnce(&mut Value)) {
    if let Ok(mut value) = serde_json::from_slice::<Value>(&answer.body) {
        change(&mut value);
        answer.body = Bytes::from(value.to_string());
    }
}

/// Puts the credential into the first text of the body, or makes it the body.
fn echo(sent: &HeaderMap, answer: &mut Received) {
    let Some(credential) = sent.get(header::AUTHORIZATION).and_then(|text| text.to_str().ok()) else {
        return;
    };
    let text = Value::from(format!("cannot do that for {credential}"));
    match serde_json::from_slice::<Value>(&answer.body) {
        Ok(Value::Object(mut members)) => {
            if let Some(member) = members.values_mut().find(|member| member.is_string()) {
                *member = text;
            }
            answer.body = Bytes::from(Value::Object(members).to_string());
        }
        _ => {
            answer.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            answer.body = Bytes::from(text.to_string());
        }
    }
}
