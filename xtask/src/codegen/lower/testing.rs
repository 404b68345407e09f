//! What the tests of the passes share.

use serde_json::{Value, json};

use super::{Pass, Report};

/// Runs one pass and gives the view and the messages.
pub(super) fn run(pass: Pass, mut view: Value) -> (Value, Vec<String>) {
    let mut report = Report::default();
    pass(&mut view, &mut report);
    let messages =
        report.remarks().iter().map(|remark| format!("{}: {}", remark.pointer, remark.message)).collect();
    (view, messages)
}

/// A document with nothing but one operation, `GET /a`.
pub(super) fn with_operation(operation: Value) -> Value {
    json!({"paths": {"/a": {"get": operation}}, "components": {"schemas": {}}})
}

/// Runs one pass over a document with nothing but one operation and gives that operation; `null` when
/// the pass left it out.
pub(super) fn run_on_operation(pass: Pass, operation: Value) -> (Value, Vec<String>) {
    let (view, messages) = run(pass, with_operation(operation));
    (view["paths"]["/a"]["get"].clone(), messages)
}

/// A document with nothing but component schemas, and one operation that answers with each of them.
pub(super) fn answering(schemas: Value) -> Value {
    let names: Vec<&String> = schemas.as_object().expect("an object of schemas").keys().collect();
    let answers = names.iter().enumerate().map(|(index, name)| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        ((200 + index).to_string(), json!({"content": {"application/json": {"schema": schema}}}))
    });
    let answers: serde_json::Map<String, Value> = answers.collect();
    json!({"paths": {"/a": {"get": {"responses": answers}}}, "components": {"schemas": schemas}})
}

/// Runs one pass over such a document and gives the schemas.
pub(super) fn run_on_schemas(pass: Pass, schemas: Value) -> (Value, Vec<String>) {
    let (view, messages) = run(pass, answering(schemas));
    (view["components"]["schemas"].clone(), messages)
}
