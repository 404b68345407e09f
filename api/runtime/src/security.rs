//! Credentials: where a request carries them, and how a caller is asked for them.

use base64::{Engine, engine::general_purpose::STANDARD};
use poem::{
    Request,
    http::{HeaderValue, header},
};

use crate::{
    operation::{Alternative, SchemeKind, SecurityScheme},
    query::{Query, decode_query},
    service::Credential,
};

/// The credentials of an alternative, if the request has one for each of its schemes.
pub(crate) fn presented(
    request: &Request,
    query: &mut Query,
    alternative: &Alternative,
) -> Option<Vec<Credential>> {
    if alternative.schemes.is_empty() {
        return None;
    }
    let credential = |scheme: &SecurityScheme| {
        let secret = secret(request, query, scheme.kind).filter(|secret| !secret.is_empty())?;
        Some(Credential { scheme: scheme.name, secret })
    };
    alternative.schemes.iter().map(credential).collect()
}

fn secret(request: &Request, query: &mut Query, kind: SchemeKind) -> Option<String> {
    match kind {
        SchemeKind::Bearer => authorization(request, "bearer").map(str::to_owned),
        SchemeKind::Basic => {
            let decoded = STANDARD.decode(authorization(request, "basic")?).ok()?;
            String::from_utf8(decoded).ok()
        }
        SchemeKind::Header(name) => only(request, name).map(str::to_owned),
        SchemeKind::Query(name) => {
            let raw = query.take_one(name).ok()??;
            decode_query(raw).map(String::from)
        }
        SchemeKind::Cookie(name) => cookies(request, name).next().map(str::to_owned),
    }
}

/// What follows a scheme's name, which is case-insensitive (RFC 9110, section 11.1).
fn authorization<'r>(request: &'r Request, scheme: &str) -> Option<&'r str> {
    let (name, rest) = only(request, header::AUTHORIZATION.as_str())?.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}

/// A header that must not be repeated (RFC 9110, section 5.3): servers and proxies differ in which of two they take.
pub(crate) fn only<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    let mut values = request.headers().get_all(name).iter();
    values.next().filter(|_| values.next().is_none())?.to_str().ok()
}

/// The values of the cookies with a name.
pub(crate) fn cookies<'r>(request: &'r Request, name: &'r str) -> impl Iterator<Item = &'r str> {
    let lines = request.headers().get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(move |(found, _)| *found == name).map(|(_, value)| value)
}

/// One challenge for each way to authenticate.
pub(crate) fn challenges(alternatives: &[Alternative]) -> Vec<HeaderValue> {
    let mut challenges = Vec::new();
    for scheme in alternatives.iter().flat_map(|alternative| alternative.schemes) {
        let challenge = HeaderValue::from_static(match scheme.kind {
            SchemeKind::Bearer => "Bearer",
            SchemeKind::Basic => "Basic realm=\"api\", charset=\"UTF-8\"",
            // Keys have no registered scheme; the document names the header, query parameter or cookie.
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => "ApiKey",
        });
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    challenges
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn scheme(kind: SchemeKind) -> SecurityScheme {
        SecurityScheme { name: "it", kind }
    }

    fn secrets(request: Request, schemes: &'static [SecurityScheme]) -> Option<Vec<String>> {
        let mut query = Query::new(request.uri().query().unwrap_or_default());
        let found = presented(&request, &mut query, &Alternative { schemes, scopes: &[] })?;
        Some(found.into_iter().map(|credential| credential.secret).collect())
    }

    #[test]
    fn credentials_are_found_where_the_scheme_says() {
        const BEARER: &[SecurityScheme] = &[scheme(SchemeKind::Bearer)];
        const BASIC: &[SecurityScheme] = &[scheme(SchemeKind::Basic)];
        const HEADER: &[SecurityScheme] = &[scheme(SchemeKind::Header("X-API-Key"))];
        const QUERY: &[SecurityScheme] = &[scheme(SchemeKind::Query("key"))];
        const COOKIE: &[SecurityScheme] = &[scheme(SchemeKind::Cookie("sid"))];
        const BOTH: &[SecurityScheme] = &[BEARER[0], HEADER[0]];
        let with = |name: &str, value: &str| Request::builder().header(name, value).finish();
        assert_eq!(secrets(with("authorization", "bearer t1"), BEARER), Some(vec!["t1".into()]));
        assert_eq!(secrets(with("authorization", "Basic YTpi"), BASIC), Some(vec!["a:b".into()]));
        assert_eq!(secrets(with("x-api-key", "k"), HEADER), Some(vec!["k".into()]));
        assert_eq!(secrets(with("cookie", "a=b; sid=s"), COOKIE), Some(vec!["s".into()]));
        let in_query = Request::builder().uri_str("/?key=a%2Bb").finish();
        assert_eq!(secrets(in_query, QUERY), Some(vec!["a+b".into()]));
        assert_eq!(secrets(with("authorization", "Basic YTpi"), BEARER), None);
        assert_eq!(secrets(with("authorization", "Bearer t"), BOTH), None, "an AND needs both");
    }

    #[test]
    fn two_credentials_in_a_header_are_none() {
        const BEARER: &[SecurityScheme] = &[scheme(SchemeKind::Bearer)];
        const HEADER: &[SecurityScheme] = &[scheme(SchemeKind::Header("X-API-Key"))];
        for (name, value, schemes) in [("authorization", "Bearer t", BEARER), ("x-api-key", "k", HEADER)] {
            let twice = Request::builder().header(name, value).header(name, value).finish();
            assert_eq!(secrets(twice, schemes), None, "{name}");
        }
    }

    #[test]
    fn a_credential_is_not_shown_by_debug() {
        let credential = Credential { scheme: "bearer", secret: "t0ps3cret".into() };
        assert!(!format!("{credential:?}").contains("t0ps3cret"));
    }
}
