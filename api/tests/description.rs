//! The interface says what the document says: its description in poem-openapi's words, and its routes.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

mod idle;

use std::{collections::HashMap, sync::Arc, time::Duration};

use orderly_api::{DOCUMENT_JSON, DOCUMENT_YAML, OPERATIONS, routes, runtime};
use poem_openapi::{ContactObject, LicenseObject, OpenApi, OpenApiService, ServerObject};
use serde_json::Value;

use self::idle::Idle;

fn document() -> Value {
    serde_json::from_str(DOCUMENT_JSON).unwrap()
}

fn limits() -> runtime::Limits {
    runtime::Limits { max_body_bytes: 1 << 20, body_read: Duration::from_secs(5) }
}

/// What poem-openapi says of the interface, with the document's title page.
fn emitted() -> Value {
    let document = document();
    let text =
        |pointer: &str| document.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let contact = ContactObject::new().name(text("/info/contact/name")).url(text("/info/contact/url"));
    let license = LicenseObject::new(text("/info/license/name")).url(text("/info/license/url"));
    let server = ServerObject::new(text("/servers/0/url")).description(text("/servers/0/description"));
    let service =
        OpenApiService::new(routes(Arc::new(Idle), limits()), text("/info/title"), text("/info/version"))
            .description(text("/info/description"))
            .contact(contact)
            .license(license)
            .server(server);
    serde_json::from_str(&service.spec()).unwrap()
}

#[test]
fn the_emitted_description_equals_the_document() {
    assert_eq!(runtime::description::differences(&document(), &emitted()), Vec::<String>::new());
}

#[test]
fn a_changed_document_is_noticed() {
    let mut document = document();
    *document.pointer_mut("/components/schemas/OrderLineCreate/properties/quantity").unwrap() =
        serde_json::json!({ "type": "string" });
    let differences = runtime::description::differences(&document, &emitted());
    assert!(!differences.is_empty());
    assert!(differences.iter().all(|place| place.contains("OrderLineCreate")), "{differences:?}");
}

#[test]
fn the_route_table_equals_the_document() {
    let mut table = HashMap::new();
    routes(Arc::new(Idle), limits()).add_routes(&mut table);
    assert_eq!(runtime::description::table(&table), runtime::description::routes(&document()));
    assert_eq!(table.values().map(HashMap::len).sum::<usize>(), OPERATIONS.len());
}

#[test]
fn both_forms_of_the_document_are_the_same_one() {
    // Links name operations too, among the components.
    let (paths, _) = DOCUMENT_YAML.split_once("\ncomponents:").expect("the document has components");
    let operations = paths.lines().filter(|line| line.trim_start().starts_with("operationId:")).count();
    assert_eq!(operations, OPERATIONS.len());
    for operation in OPERATIONS {
        assert!(DOCUMENT_YAML.contains(&format!("operationId: {}\n", operation.id)), "{}", operation.id);
    }
}
