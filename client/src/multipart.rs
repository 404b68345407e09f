//! Bodies of several parts, such as forms with files.

use bytes::{BufMut as _, BytesMut};

/// A `multipart/form-data` body (RFC 7578), for the operations that take one.
///
/// ```
/// use orderly_client::Multipart;
///
/// let form = Multipart::new().text("title", "A chair").file("photo", "chair.png", "image/png", vec![1, 2, 3]);
/// let body = reqwest::Body::from(form);
/// # assert!(body.as_bytes().unwrap().ends_with(b"--\r\n"));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Multipart {
    boundary: String,
    parts: BytesMut,
}

impl Multipart {
    /// A form without parts.
    pub fn new() -> Self {
        Self { boundary: uuid::Uuid::new_v4().simple().to_string(), parts: BytesMut::new() }
    }

    /// Adds a text.
    pub fn text(self, name: &str, value: impl AsRef<str>) -> Self {
        self.part(name, None, None, value.as_ref().as_bytes())
    }

    /// Adds a part with a media type, such as `application/json`.
    pub fn bytes(self, name: &str, media_type: &str, content: impl AsRef<[u8]>) -> Self {
        self.part(name, None, Some(media_type), content.as_ref())
    }

    /// Adds a file.
    pub fn file(self, name: &str, file_name: &str, media_type: &str, content: impl AsRef<[u8]>) -> Self {
        self.part(name, Some(file_name), Some(media_type), content.as_ref())
    }

    fn part(mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>, content: &[u8]) -> Self {
        let parts = &mut self.parts;
        parts.put_slice(b"--");
        parts.put_slice(self.boundary.as_bytes());
        parts.put_slice(b"\r\nContent-Disposition: form-data; name=\"");
        parts.put_slice(quoted(name).as_bytes());
        if let Some(file_name) = file_name {
            parts.put_slice(b"\"; filename=\"");
            parts.put_slice(quoted(file_name).as_bytes());
        }
        parts.put_slice(b"\"\r\n");
        if let Some(media_type) = media_type {
            parts.put_slice(b"Content-Type: ");
            parts.put_slice(media_type.replace(['\r', '\n'], "").as_bytes());
            parts.put_slice(b"\r\n");
        }
        parts.put_slice(b"\r\n");
        parts.put_slice(content);
        parts.put_slice(b"\r\n");
        self
    }
}

impl Default for Multipart {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Multipart> for reqwest::Body {
    fn from(mut form: Multipart) -> Self {
        form.parts.put_slice(format!("--{}--\r\n", form.boundary).as_bytes());
        form.parts.freeze().into()
    }
}

/// A name as browsers write it (RFC 7578, section 4.2; HTML, "multipart/form-data encoding algorithm").
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The media type with the boundary that a body begins with, where the document has none to tell.
pub(crate) fn with_boundary(media_type: &str, body: Option<&reqwest::Body>) -> Option<String> {
    if !media_type.starts_with("multipart/") || media_type.contains("boundary=") {
        return None;
    }
    let line = body?.as_bytes()?.strip_prefix(b"--")?.split(|byte| *byte == b'\r').next()?;
    let boundary = std::str::from_utf8(line).ok()?.trim_end_matches('-');
    Some(format!("{media_type}; boundary=\"{boundary}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(form: Multipart) -> (String, String) {
        let (boundary, body) = (form.boundary.clone(), reqwest::Body::from(form));
        let media_type = with_boundary("multipart/form-data", Some(&body)).unwrap();
        assert_eq!(media_type, format!("multipart/form-data; boundary=\"{boundary}\""));
        (boundary, String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap())
    }

    #[test]
    fn each_part_says_what_it_is() {
        let form = Multipart::new().text("a", "1").file("f", "x \"y\".txt", "text/plain", "two\r\nlines");
        let (boundary, text) = written(form);
        let expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x %22y%22.txt\"\r\n\
             Content-Type: text/plain\r\n\r\ntwo\r\nlines\r\n--{boundary}--\r\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn a_form_without_parts_has_an_end() {
        let (boundary, text) = written(Multipart::new());
        assert_eq!(text, format!("--{boundary}--\r\n"));
    }

    #[test]
    fn other_bodies_have_no_boundary() {
        let body = reqwest::Body::from("--a\r\n");
        assert_eq!(with_boundary("application/json", Some(&body)), None);
        assert_eq!(with_boundary("multipart/mixed; boundary=b", Some(&body)), None);
        assert_eq!(with_boundary("multipart/mixed", None), None);
        assert_eq!(with_boundary("multipart/mixed", Some(&reqwest::Body::from("no parts"))), None);
    }
}
