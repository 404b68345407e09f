//! Bodies: read within limits, recognised by media type, and turned into typed values.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::{Bytes, BytesMut};
use futures_util::TryStreamExt;
use poem::{Body, http::StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    coerce::Source,
    failure::{Failure, Violation},
    json,
    query::decode_query,
    schema::{Direction, Schemas},
    valid::Valid,
};

/// What a caller may cost before a request is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest body that is read, in bytes; a longer one is 413.
    pub max_body_bytes: usize,
    /// The time in which a body must have arrived; a slower one is 408.
    pub body_read: Duration,
}

/// Reads a whole body. One that arrives in one piece is not copied.
pub(crate) async fn read(body: Body, announced: Option<u64>, limits: Limits) -> Result<Bytes, Failure> {
    let too_large = || {
        let detail = format!("The body must not be longer than {} bytes.", limits.max_body_bytes);
        Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", detail)
    };
    if announced.is_some_and(|length| length > limits.max_body_bytes as u64) {
        return Err(too_large());
    }
    let reading = async {
        let mut pieces = std::pin::pin!(body.into_bytes_stream());
        let mut first = Bytes::new();
        let mut rest = BytesMut::new();
        while let Some(piece) = pieces.try_next().await.map_err(broken_off)? {
            if first.len() + rest.len() + piece.len() > limits.max_body_bytes {
                return Err(too_large());
            }
            match first.is_empty() {
                true => first = piece,
                false => rest.extend_from_slice(&piece),
            }
        }
        if rest.is_empty() {
            return Ok(first);
        }
        let mut whole = BytesMut::with_capacity(first.len() + rest.len());
        whole.extend_from_slice(&first);
        whole.extend_from_slice(&rest);
        Ok(whole.freeze())
    };
    tokio::time::timeout(limits.body_read, reading).await.unwrap_or_else(|_elapsed| {
        let detail = format!("The body did not arrive within {} seconds.", limits.body_read.as_secs_f64());
        Err(Failure::new(StatusCode::REQUEST_TIMEOUT, "request_timeout", detail))
    })
}

fn broken_off(error: std::io::Error) -> Failure {
    Failure {
        source: Some(error.into()),
        ..Failure::new(StatusCode::BAD_REQUEST, "incomplete_body", "The body broke off.")
    }
}

/// Whether a `Content-Type` is in a media range of the document, such as `application/json` or `text/*`.
/// Parameters such as `charset` do not matter.
pub(crate) fn is_media_type(content_type: &str, range: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (content_type, range) = (essence(content_type), essence(range));
    match range.strip_suffix("/*") {
        Some("*") => true,
        Some(family) => content_type.split_once('/').is_some_and(|(found, _)| found == family),
        None => content_type == range,
    }
}

/// A JSON body as a `T`, or its mistakes.
///
/// The fast path goes straight from bytes to the type. The slow path runs only after it said no.
pub(crate) fn from_json<T: DeserializeOwned + Valid>(
    bytes: &[u8],
    schemas: &Schemas,
    pointer: &str,
) -> Result<Result<T, Vec<Violation>>, Failure> {
    if let Some(value) = json::from_slice(bytes).ok().filter(T::is_valid) {
        return Ok(Ok(value));
    }
    let value: Value = json::from_slice(bytes).map_err(|error| {
        let reason = if error.is_data() { "An object has a key twice" } else { "The body is not JSON" };
        let detail = format!("{reason}, at line {} column {}.", error.line(), error.column());
        Failure::new(StatusCode::BAD_REQUEST, "malformed_json", detail)
    })?;
    mistakes(&value, schemas, pointer).map(Err)
}

/// An urlencoded body as a `T`, or its mistakes.
pub(crate) fn from_form<T: DeserializeOwned + Valid>(
    bytes: &[u8],
    schemas: &Schemas,
    pointer: &str,
) -> Result<Result<T, Vec<Violation>>, Failure> {
    let malformed = || Failure::new(StatusCode::BAD_REQUEST, "malformed_form", "The form is not UTF-8 text.");
    let text = std::str::from_utf8(bytes).map_err(|_| malformed())?;
    let mut pairs = Vec::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.push((decode_query(name).ok_or_else(malformed)?, decode_query(value).ok_or_else(malformed)?));
    }
    typed(&Source::at(schemas, pointer).object(&pairs), schemas, pointer)
}

/// A `multipart/form-data` body (RFC 7578) as a `T`, or its mistakes.
///
/// Parts take the types of the schema, as those of a form do; files (`format: binary`) arrive in base64.
pub(crate) async fn from_multipart<T: DeserializeOwned + Valid>(
    bytes: Bytes,
    content_type: &str,
    schemas: &Schemas,
    pointer: &str,
) -> Result<Result<T, Vec<Violation>>, Failure> {
    let source = Source::at(schemas, pointer);
    let mut pairs: Vec<(String, String)> = Vec::new();
    let boundary = multer::parse_boundary(content_type).map_err(malformed_multipart)?;
    let whole = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(bytes)]);
    let mut parts = multer::Multipart::new(whole, boundary);
    while let Some(part) = parts.next_field().await.map_err(malformed_multipart)? {
        let name = part.name().unwrap_or_default().to_owned();
        let content = part.bytes().await.map_err(malformed_multipart)?;
        let text = match source.is_file(&name) {
            true => STANDARD.encode(&content),
            false => String::from_utf8(content.into()).map_err(malformed_multipart)?,
        };
        pairs.push((name, text));
    }
    typed(&source.object(&pairs), schemas, pointer)
}

fn malformed_multipart(error: impl std::error::Error + Send + Sync + 'static) -> Failure {
    let detail = "The body is not multipart/form-data with texts in UTF-8.";
    Failure {
        source: Some(error.into()),
        ..Failure::new(StatusCode::BAD_REQUEST, "malformed_multipart", detail)
    }
}

fn typed<T: DeserializeOwned + Valid>(
    value: &Value,
    schemas: &Schemas,
    pointer: &str,
) -> Result<Result<T, Vec<Violation>>, Failure> {
    match T::deserialize(value).ok().filter(T::is_valid) {
        Some(typed) => Ok(Ok(typed)),
        None => mistakes(value, schemas, pointer).map(Err),
    }
}

/// The violation of a body that must be there and is not.
pub(crate) fn missing() -> Violation {
    Violation::in_body("", "required", "a body is required")
}

/// What the schema says against a value that its type refused. It always says something.
fn mistakes(value: &Value, schemas: &Schemas, pointer: &str) -> Result<Vec<Violation>, Failure> {
    let found = schemas.violations(pointer, Direction::Request, value).map_err(Failure::internal)?;
    match found.is_empty() {
        true => {
            tracing::warn!(pointer, "a body keeps its schema but not its type");
            let detail = "The body does not have the documented shape.";
            Err(Failure::new(StatusCode::BAD_REQUEST, "invalid_body", detail))
        }
        false => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LIMITS: Limits = Limits { max_body_bytes: 8, body_read: Duration::from_secs(1) };

    fn pieces(pieces: &[&'static str]) -> Body {
        let pieces: Vec<_> = pieces.iter().map(|piece| Ok::<_, std::io::Error>(*piece)).collect();
        Body::from_bytes_stream(futures_util::stream::iter(pieces))
    }

    #[tokio::test]
    async fn pieces_make_one_body() {
        assert_eq!(read(pieces(&["ab", "cd", "ef"]), None, LIMITS).await.unwrap(), "abcdef");
        assert_eq!(read(pieces(&[]), None, LIMITS).await.unwrap(), "");
    }

    #[tokio::test]
    async fn a_long_body_is_refused_announced_or_not() {
        for (body, announced) in [(pieces(&["ab"]), Some(9)), (pieces(&["abcdefgh", "i"]), None)] {
            let failure = read(body, announced, LIMITS).await.unwrap_err();
            assert_eq!((failure.status.as_u16(), &*failure.code), (413, "payload_too_large"));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_stalled_body_is_refused_in_time() {
        let stalled = Body::from_bytes_stream(futures_util::stream::pending::<std::io::Result<Bytes>>());
        let failure = read(stalled, None, LIMITS).await.unwrap_err();
        assert_eq!((failure.status.as_u16(), &*failure.code), (408, "request_timeout"));
    }

    #[tokio::test]
    async fn parts_take_the_types_of_the_schema() {
        let schemas = Schemas::from_value(json!({"components": {"schemas": {"Upload": {
            "type": "object", "required": ["count", "file"], "properties": {
                "count": {"type": "integer", "minimum": 1}, "meta": {"type": "object"},
                "file": {"type": "string", "format": "binary"}}}}}}));
        let upload = async |body: &'static [u8]| {
            let content_type = "multipart/form-data; boundary=X";
            let pointer = "#/components/schemas/Upload";
            from_multipart::<Value>(Bytes::from_static(body), content_type, &schemas, pointer).await
        };
        let good = b"--X\r\nContent-Disposition: form-data; name=\"count\"\r\n\r\n7\r\n\
            --X\r\nContent-Disposition: form-data; name=\"meta\"\r\n\r\n{\"a\":1}\r\n\
            --X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n\xff\xfe\r\n--X--\r\n";
        let value = upload(good).await.unwrap().unwrap();
        assert_eq!(value, json!({"count": 7, "meta": {"a": 1}, "file": "//4="}));
        assert_eq!(upload(b"--Y--").await.unwrap_err().code, "malformed_multipart");
    }

    #[test]
    fn media_types_match_by_essence_and_range() {
        for (content_type, range, expected) in [
            ("application/json", "application/json", true),
            ("Application/JSON; charset=utf-8", "application/json", true),
            ("text/csv", "text/*", true),
            ("image/png", "*/*", true),
            ("application/jsonp", "application/json", false),
            ("", "application/json", false),
        ] {
            assert_eq!(is_media_type(content_type, range), expected, "{content_type} {range}");
        }
    }
}
