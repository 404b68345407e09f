//! Answers: a declared status, its typed headers and its body, as HTTP.

use std::fmt::Display;

use bytes::Bytes;
use poem::{
    Body, Response,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
};
use serde::Serialize;

use crate::failure::Failure;

/// An answer of an operation: one variant for each status that the document declares.
pub trait Respond {
    /// The answer as HTTP.
    ///
    /// # Errors
    /// 500 if a header or the body cannot be sent as they are.
    fn respond(self) -> Result<Response, Failure>;
}

/// An answer that is being put together. The first thing that cannot be sent makes it a 500.
#[derive(Debug)]
#[must_use = "an answer is sent by its last step"]
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    fault: Option<String>,
}

impl Reply {
    /// An answer with a status of the document.
    pub fn new(status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => Self::with_status(status),
            Err(_) => Self {
                fault: Some(format!("{status} is not a status")),
                ..Self::with_status(StatusCode::INTERNAL_SERVER_ERROR)
            },
        }
    }

    /// An answer with a status that the service chose (`default`).
    pub fn with_status(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), fault: None }
    }

    /// An answer with a status that the service chose from a declared range: 4 for `4XX`.
    pub fn in_range(status: StatusCode, first_digit: u16) -> Self {
        let is_inside = status.as_u16() / 100 == first_digit;
        let fault = (!is_inside).then(|| format!("{status} is not a {first_digit}XX status"));
        Self { fault, ..Self::with_status(status) }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &impl Display) -> Self {
        let parsed = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value.to_string()));
        match parsed {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
            }
            // The value is not logged: it may be a secret.
            _ => self.fault = self.fault.or(Some(format!("the header {name} cannot be sent"))),
        }
        self
    }

    /// Adds a header that may be left out.
    pub fn optional_header(self, name: &str, value: Option<&impl Display>) -> Self {
        match value {
            Some(value) => self.header(name, value),
            None => self,
        }
    }

    /// Adds a header that is a list.
    pub fn header_list(self, name: &str, values: &[impl Display]) -> Self {
        let values: Vec<_> = values.iter().map(ToString::to_string).collect();
        self.header(name, &values.join(","))
    }

    /// Sends JSON, with the document's media type as it is written there.
    ///
    /// # Errors
    /// 500 if something cannot be sent.
    pub fn json<T: Serialize + ?Sized>(
        self,
        content_type: &'static str,
        body: &T,
    ) -> Result<Response, Failure> {
        let bytes = serde_json::to_vec(body).map_err(Failure::internal)?;
        self.send(Some(content_type), bytes.into())
    }

    /// Sends text.
    ///
    /// # Errors
    /// 500 if something cannot be sent.
    pub fn text(self, content_type: &'static str, body: String) -> Result<Response, Failure> {
        self.send(Some(content_type), body.into())
    }

    /// Sends bytes.
    ///
    /// # Errors
    /// 500 if something cannot be sent.
    pub fn bytes(self, content_type: &'static str, body: Bytes) -> Result<Response, Failure> {
        self.send(Some(content_type), body.into())
    }

    /// Sends a body as it comes.
    ///
    /// # Errors
    /// 500 if something cannot be sent.
    pub fn stream(self, content_type: &'static str, body: Body) -> Result<Response, Failure> {
        self.send(Some(content_type), body)
    }

    /// Sends no body.
    ///
    /// # Errors
    /// 500 if something cannot be sent.
    pub fn empty(self) -> Result<Response, Failure> {
        self.send(None, Body::empty())
    }

    fn send(self, content_type: Option<&'static str>, body: Body) -> Result<Response, Failure> {
        if let Some(fault) = self.fault {
            tracing::error!(fault, "an answer cannot be sent");
            return Err(Failure::internal(fault));
        }
        let mut response = Response::builder().status(self.status).body(body);
        *response.headers_mut() = self.headers;
        if let Some(content_type) = content_type {
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn json_is_sent_with_the_documents_media_type() {
        let reply = Reply::new(201).header("Location", &"/books/1").optional_header("ETag", None::<&String>);
        let response = reply.header_list("X-Tags", &[1, 2]).json("application/json", &["a"]).unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(response.headers()["x-tags"], "1,2");
        assert!(response.headers().get("etag").is_none());
        assert_eq!(response.into_body().into_string().await.unwrap(), r#"["a"]"#);
    }

    #[test]
    fn what_cannot_be_sent_is_a_failure_of_the_server() {
        let in_range = Reply::in_range(StatusCode::OK, 4);
        for reply in [Reply::new(204).header("Location", &"a\nb"), in_range, Reply::new(9)] {
            assert_eq!(reply.empty().unwrap_err().status, StatusCode::INTERNAL_SERVER_ERROR);
        }
        assert!(Reply::in_range(StatusCode::NOT_FOUND, 4).empty().is_ok());
    }
}
