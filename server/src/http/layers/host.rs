//! An HTTP/1.1 request says once for which host it is (RFC 9112, section 3.2): with none, two, or what is none, servers
//! and proxies would differ in whom it is for.

use orderly_api_runtime::{At, Failure, Violation};
use poem::{
    Endpoint, Middleware, Request, Response,
    http::{Version, header, uri::Authority},
};

/// The layer.
#[derive(Debug, Clone, Copy)]
pub struct OneHost;

impl<E: Endpoint<Output = Response>> Middleware<E> for OneHost {
    type Output = WithOneHost<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithOneHost { inner }
    }
}

/// An endpoint whose requests name their host.
#[derive(Debug)]
pub struct WithOneHost<E> {
    inner: E,
}

impl<E: Endpoint<Output = Response>> Endpoint for WithOneHost<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        match mistake(&request) {
            None => self.inner.call(request).await,
            Some((code, detail)) => {
                let at = At::Parameter { location: "header", name: "Host".to_owned() };
                let violation = Violation { at, code: code.into(), detail: detail.to_owned() };
                Err(Failure::validation(vec![violation]).into())
            }
        }
    }
}

/// What is wrong with the header, as code and words. HTTP/2 has a pseudo-header instead, and HTTP/1.0 needs none.
fn mistake(request: &Request) -> Option<(&'static str, &'static str)> {
    let mut values = request.headers().get_all(header::HOST).iter();
    let Some(value) = values.next() else {
        let is_needed = request.version() == Version::HTTP_11;
        return is_needed.then_some(("required", "is required on HTTP/1.1"));
    };
    if values.next().is_some() {
        return Some(("max_items", "must be given once"));
    }
    let bytes = value.as_bytes();
    // A client without an authority sends it empty.
    let is_host = bytes.is_empty() || (!bytes.contains(&b'@') && Authority::try_from(bytes).is_ok());
    (!is_host).then_some(("pattern", "must be a host, and a port if it is not the scheme's own"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_its_host_once() {
        let cases: [(Version, &[&str], Option<&str>); 11] = [
            (Version::HTTP_11, &["shop.example"], None),
            (Version::HTTP_11, &["shop.example:8080"], None),
            (Version::HTTP_11, &["[::1]:8080"], None),
            (Version::HTTP_11, &[""], None),
            (Version::HTTP_11, &[], Some("required")),
            (Version::HTTP_10, &[], None),
            (Version::HTTP_2, &[], None),
            (Version::HTTP_11, &["a", "a"], Some("max_items")),
            (Version::HTTP_2, &["a", "b"], Some("max_items")),
            (Version::HTTP_11, &["two words"], Some("pattern")),
            (Version::HTTP_11, &["user@shop.example"], Some("pattern")),
        ];
        for (version, hosts, expected) in cases {
            let mut request = Request::builder().version(version).finish();
            for host in hosts {
                request.headers_mut().append(header::HOST, host.parse().unwrap());
            }
            assert_eq!(mistake(&request).map(|(code, _)| code), expected, "{version:?} {hosts:?}");
        }
    }
}
