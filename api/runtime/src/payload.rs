//! The body of a call: chosen by media type, read within the limits, typed.

use bytes::Bytes;
use poem::{
    Body,
    http::{HeaderValue, StatusCode, header},
};
use serde::de::DeserializeOwned;

use crate::{
    body,
    call::Call,
    failure::{Failure, Violation},
    schema::Schemas,
    security,
    valid::Valid,
};

/// How bytes become a typed value.
type Reader<T> = fn(&[u8], &Schemas, &str) -> Result<Result<T, Vec<Violation>>, Failure>;

/// Each reader gives `None` after it has noted violations; they are reported by [`Call::finish`].
impl Call {
    /// Which of the operation's media types the body has; `None` if there is no body.
    ///
    /// # Errors
    /// 415 if it has another one, says two, or does not say; also if it is compressed, with `Accept-Encoding`
    /// (RFC 9110, section 15.5.16).
    pub fn media_type(&self, offered: &[&str]) -> Result<Option<usize>, Failure> {
        if self.body.is_empty() {
            return Ok(None);
        }
        let encodings = self.request.headers().get_all(header::CONTENT_ENCODING);
        if encodings.iter().any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            let mut failure = Failure::new(
                status,
                "unsupported_media_type",
                "The body must be sent as it is, not encoded.",
            );
            failure.headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
            return Err(failure);
        }
        let sent = security::only(&self.request, header::CONTENT_TYPE.as_str()).unwrap_or_default();
        match offered.iter().position(|range| body::is_media_type(sent, range)) {
            Some(index) => Ok(Some(index)),
            None => {
                let detail = format!("The body must be {}.", offered.join(" or "));
                let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
                Err(Failure::new(status, "unsupported_media_type", detail))
            }
        }
    }

    /// A JSON body that must be there.
    ///
    /// # Errors
    /// 400, 408, 413 or 415 if there is nothing that could be held against the schema.
    pub async fn json_body<T: DeserializeOwned + Valid>(
        &mut self,
        media_type: &str,
        pointer: &str,
    ) -> Result<Option<T>, Failure> {
        match self.media_type(&[media_type])? {
            Some(_) => self.json(pointer).await,
            None => Ok(self.missing_body()),
        }
    }

    /// A JSON body that may be left out.
    ///
    /// # Errors
    /// As [`json_body`](Call::json_body).
    pub async fn optional_json_body<T: DeserializeOwned + Valid>(
        &mut self,
        media_type: &str,
        pointer: &str,
    ) -> Result<Option<Option<T>>, Failure> {
        match self.media_type(&[media_type])? {
            Some(_) => self.typed(pointer, body::from_json).await,
            None => Ok(Some(None)),
        }
    }

    /// Notes that a required body is missing.
    pub fn missing_body<T>(&mut self) -> Option<T> {
        self.violations.push(body::missing());
        None
    }

    /// The body as JSON of the schema at a pointer, after [`media_type`](Call::media_type) found one.
    ///
    /// # Errors
    /// 400 if it is malformed, 408 or 413 if it is too slow or too long.
    pub async fn json<T: DeserializeOwned + Valid>(&mut self, pointer: &str) -> Result<Option<T>, Failure> {
        match self.typed(pointer, body::from_json).await? {
            Some(None) => Ok(self.missing_body()),
            Some(value) => Ok(value),
            None => Ok(None),
        }
    }

    /// The body as `application/x-www-form-urlencoded`; its texts take the types of the schema.
    ///
    /// # Errors
    /// As [`json`](Call::json).
    pub async fn form<T: DeserializeOwned + Valid>(&mut self, pointer: &str) -> Result<Option<T>, Failure> {
        match self.typed(pointer, body::from_form).await? {
            Some(None) => Ok(self.missing_body()),
            Some(value) => Ok(value),
            None => Ok(None),
        }
    }

    /// The body as `multipart/form-data`; its parts take the types of the schema, and files
    /// (`format: binary`) arrive in base64.
    ///
    /// # Errors
    /// As [`json`](Call::json).
    pub async fn multipart<T: DeserializeOwned + Valid>(
        &mut self,
        pointer: &str,
    ) -> Result<Option<T>, Failure> {
        let bytes = self.bytes().await?.unwrap_or_default();
        let content_type = self.request.content_type().unwrap_or_default();
        let read = body::from_multipart(bytes, content_type, self.schemas, pointer).await?;
        Ok(self.noted(read))
    }

    /// The body as text.
    ///
    /// # Errors
    /// 408 or 413 if it is too slow or too long.
    pub async fn text(&mut self) -> Result<Option<String>, Failure> {
        let bytes = self.bytes().await?.unwrap_or_default();
        let text = String::from_utf8(bytes.into()).ok();
        if text.is_none() {
            self.violations.push(Violation::in_body("", "format", "must be UTF-8 text"));
        }
        Ok(text)
    }

    /// The body as it is.
    ///
    /// # Errors
    /// 408 or 413 if it is too slow or too long.
    pub async fn bytes(&mut self) -> Result<Option<Bytes>, Failure> {
        let announced = self.request.headers().get(header::CONTENT_LENGTH);
        let announced = announced.and_then(|length| length.to_str().ok()?.parse().ok());
        body::read(std::mem::take(&mut self.body), announced, self.limits).await.map(Some)
    }

    /// The body as it arrives, without limits of size and time.
    pub fn stream(&mut self) -> Option<Body> {
        Some(std::mem::take(&mut self.body))
    }

    fn noted<T>(&mut self, read: Result<T, Vec<Violation>>) -> Option<T> {
        read.map_err(|mistakes| self.violations.extend(mistakes)).ok()
    }

    /// `None`: mistakes were noted. `Some(None)`: no byte was sent.
    async fn typed<T>(&mut self, pointer: &str, read: Reader<T>) -> Result<Option<Option<T>>, Failure> {
        let bytes = self.bytes().await?.unwrap_or_default();
        if bytes.is_empty() {
            return Ok(Some(None));
        }
        let read = read(&bytes, self.schemas, pointer)?;
        Ok(self.noted(read).map(Some))
    }
}
