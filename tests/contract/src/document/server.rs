//! The path that an operation's server begins with (OpenAPI 3.0.3, "Server Object").

use orderly_document::{Document as Source, Pointer};
use serde_json::Value;

/// The path of the first server, of the first of `places` that has `servers`: without a slash at its end.
pub(super) fn base(source: &Source, places: [&Pointer; 3]) -> String {
    let servers =
        places.into_iter().find_map(|place| source.get(&place.child("servers"))?.as_array()?.first());
    servers.map_or_else(String::new, |server| path(&url(server)).trim_end_matches('/').to_owned())
}

/// The path of the document's server that has the host and the port of this address, if there is one.
pub(super) fn base_of(source: &Source, address: &str) -> Option<String> {
    let servers = source.root()["servers"].as_array().into_iter().flatten().map(url);
    let mut same = servers.filter(|url| host(url).is_some() && host(url) == host(address));
    same.next().map(|url| path(&url).trim_end_matches('/').to_owned())
}

/// What stands between `//` and the path.
fn host(url: &str) -> Option<&str> {
    url.split_once("//").and_then(|(_, rest)| rest.split(['/', '?', '#']).next())
}

/// The address of a server. Variables have their defaults.
fn url(server: &Value) -> String {
    let mut url = server["url"].as_str().unwrap_or_default().to_owned();
    for (name, variable) in server["variables"].as_object().into_iter().flatten() {
        let default = match &variable["default"] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        url = url.replace(&format!("{{{name}}}"), &default);
    }
    url
}

/// The path of a URL or of a reference to one, with a slash at its beginning.
fn path(url: &str) -> String {
    let after_host = match url.split_once("//") {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => url,
    };
    let path = after_host.split(['?', '#']).next().unwrap_or_default().trim_start_matches('.');
    match path.starts_with('/') || path.is_empty() {
        true => path.to_owned(),
        false => format!("/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_finds_the_server_that_it_is() {
        let text = br#"{"openapi": "3.0.3", "servers": [
            {"url": "https://api.example.com/v1"}, {"url": "http://localhost:8080/v2/"}, {"url": "/v3"}]}"#;
        let source = Source::parse("test.json", text).unwrap();
        assert_eq!(base_of(&source, "http://localhost:8080").as_deref(), Some("/v2"));
        assert_eq!(base_of(&source, "http://localhost:9090"), None);
    }

    #[test]
    fn a_server_gives_the_path_that_its_operations_begin_with() {
        for (url, expected) in [
            ("/", ""),
            ("", ""),
            ("https://api.example.com", ""),
            ("https://api.example.com/", ""),
            ("https://api.example.com/v1/", "/v1"),
            ("//api.example.com/v1", "/v1"),
            ("https://{region}.example.com/{stage}/api", "/live/api"),
            ("/api/v2?x", "/api/v2"),
            ("api", "/api"),
            ("./api", "/api"),
        ] {
            let text = serde_json::json!({ "openapi": "3.0.3", "servers": [
                { "url": url, "variables": { "region": { "default": "eu" }, "stage": { "default": "live" } } },
                { "url": "/other" },
            ] });
            let source = Source::parse("test.json", text.to_string().as_bytes()).unwrap();
            let nowhere = Pointer::from("/nowhere");
            assert_eq!(base(&source, [&nowhere, &nowhere, &Pointer::root()]), expected, "{url}");
        }
    }
}
