//! The path that an operation's server begins with (OpenAPI 3.0.3, "Server Object").

use orderly_document::{Document as Source, Pointer};
use serde_json::Value;

/// The path of the first server, of the first of `places` that has `servers`: without a slash at its end. Variables
/// have their defaults.
pub(super) fn base(source: &Source, places: [&Pointer; 3]) -> String {
    let servers =
        places.into_iter().find_map(|place| source.get(&place.child("servers"))?.as_array()?.first());
    let Some(server) = servers else { return String::new() };
    let mut url = server["url"].as_str().unwrap_or_default().to_owned();
    for (name, variable) in server["variables"].as_object().into_iter().flatten() {
        let default = match &variable["default"] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        url = url.replace(&format!("{{{name}}}"), &default);
    }
    path(&url).trim_end_matches('/').to_owned()
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
