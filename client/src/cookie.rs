//! Cookies that the document declares as parameters.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};

/// Adds a cookie to the one header that holds them all (RFC 6265, section 5.4). Generated code calls it.
#[doc(hidden)]
pub fn append_cookie(headers: &mut HeaderMap, name: &str, value: HeaderValue) {
    let mut cookies = headers.get(COOKIE).map(|known| known.as_bytes().to_vec()).unwrap_or_default();
    if !cookies.is_empty() {
        cookies.extend_from_slice(b"; ");
    }
    cookies.extend_from_slice(name.as_bytes());
    cookies.push(b'=');
    cookies.extend_from_slice(value.as_bytes());
    // A name that no header may hold leaves the cookie out: the server then says that it is missing.
    if let Ok(cookies) = HeaderValue::from_bytes(&cookies) {
        headers.insert(COOKIE, cookies);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_cookies_share_a_header() {
        let mut headers = HeaderMap::new();
        append_cookie(&mut headers, "session", HeaderValue::from_static("a1"));
        append_cookie(&mut headers, "Theme", HeaderValue::from_static("dark"));
        assert_eq!(headers[COOKIE], "session=a1; Theme=dark");
        assert_eq!(headers.len(), 1);
    }
}
