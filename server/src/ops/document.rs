//! The description of these endpoints, and where they are.

use std::net::SocketAddr;

use utoipa::{
    OpenApi,
    openapi::{path::Operation, server::Server},
};

use super::{
    LISTENER_OPERATIONS,
    health::{Alive, Version},
    heap::Heap,
    readiness::{Ready, State},
};

#[derive(OpenApi)]
#[openapi(
    paths(
        super::health::livez,
        super::health::readyz,
        super::health::version,
        super::metrics::metrics,
        super::profile::profile,
        super::heap::heap
    ),
    components(schemas(Alive, Ready, Version, State, Heap)),
    info(
        title = "Orderly operations",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "This server")),
    tags(
        (name = "health", description = "Alive, ready, which version. Here and on the operations listener."),
        (name = "metrics", description = "Counts and times. On the operations listener only."),
        (name = "debug", description = "CPU profile and memory. On the operations listener only.")
    )
)]
struct Operations;

/// The description of these endpoints: OpenAPI 3.1 as JSON. `listener` is where the operations listener is.
///
/// # Panics
/// Never: the description holds nothing that JSON cannot.
pub fn document(listener: Option<SocketAddr>) -> String {
    let mut document = Operations::openapi();
    document.info.description = Some(match listener {
        Some(address) => format!(
            "Endpoints for whoever runs the server. Metrics and debugging are on the operations listener at \
             http://{address} and nowhere else."
        ),
        None => "Endpoints for whoever runs the server. Metrics and debugging are on the operations listener, which is \
                 off: the setting `operations.listen` gives it an address."
            .to_owned(),
    });
    if let Some(address) = listener {
        let only_there = |operation: &mut Operation| {
            let mut server = Server::new(format!("http://{address}"));
            server.description = Some("The operations listener".to_owned());
            operation.servers = Some(vec![server]);
        };
        for (_, path, _) in LISTENER_OPERATIONS {
            document.paths.paths.get_mut(path).and_then(|item| item.get.as_mut()).map(only_there);
        }
    }
    document.to_json().expect("a description serialises")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{super::OPERATIONS, *};

    fn read(listener: Option<SocketAddr>) -> Value {
        serde_json::from_str(&document(listener)).unwrap()
    }

    #[test]
    fn the_document_describes_each_endpoint_under_our_licence() {
        let document = read(None);
        for (method, path, operation) in OPERATIONS.into_iter().chain(LISTENER_OPERATIONS) {
            assert_eq!(document["paths"][path][method.to_lowercase()]["operationId"], operation, "{path}");
        }
        let paths = document["paths"].as_object().unwrap().len();
        assert_eq!(paths, OPERATIONS.len() + LISTENER_OPERATIONS.len());
        assert_eq!(document["info"]["license"]["name"], "MIT OR Apache-2.0");
        assert!(document["info"]["description"].as_str().unwrap().contains("`operations.listen`"));
    }

    #[test]
    fn the_document_says_where_the_operations_listener_is() {
        let document = read(Some("127.0.0.1:9090".parse().unwrap()));
        let server = |path: &str| document["paths"][path]["get"]["servers"][0]["url"].clone();
        assert_eq!((server("/metrics"), server("/livez")), ("http://127.0.0.1:9090".into(), Value::Null));
    }
}
