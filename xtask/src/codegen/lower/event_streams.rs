//! Takes down which operations answer with server-sent events alone, and what the data of an event is. Their calls take a
//! `Last-Event-ID`, with which a stream is resumed (WHATWG HTML, section 9.2.4), whether it is declared or not.
//!
//! OpenAPI 3.0 has no word for one event of a stream, and documents describe it in three ways: as the schema itself, as
//! the items of a list, and as an object with the fields of an event, of which `data` counts.

use heck::ToPascalCase;
use serde_json::{Map, Value, json};

use super::facts;
use super::report::Report;
use super::request_bodies::{essence, is_json};
use super::walk::{Object, each_operation, resolve, schema_reference};

const LAST_EVENT_ID: &str = "Last-Event-ID";
/// The fields of an event.
const FIELDS: [&str; 4] = ["id", "event", "data", "retry"];

/// The pass.
pub(super) fn note(view: &mut Value, report: &mut Report) {
    let mut hoisted = Map::new();
    each_operation(view, report, |document, at, operation, _| {
        let Some(schema) = event_schema(operation).filter(|_| !is_in_path(operation)) else { return Ok(()) };
        operation.insert(facts::EVENTS.to_owned(), true.into());
        if let Some(data) = schema.and_then(|schema| data_schema(document, schema)) {
            let data = if data.get("$ref").is_some() {
                data
            } else {
                let name = free_name(document, &hoisted, operation, &at.method);
                let reference = json!({ "$ref": schema_reference(&name) });
                hoisted.insert(name, data);
                reference
            };
            operation.insert(facts::EVENT_DATA.to_owned(), data);
        }
        take_last_event_id(operation);
        Ok(())
    });
    if !hoisted.is_empty() {
        let schemas = &mut view["components"]["schemas"];
        match schemas {
            Value::Object(schemas) => schemas.extend(hoisted),
            _ => *schemas = hoisted.into(),
        }
    }
}

/// The schema that the answer declares, if the successes are streams of events and nothing else has a body.
fn event_schema(operation: &Object) -> Option<Option<Value>> {
    let answers = operation.get("responses")?.as_object()?;
    let mut successes: Vec<&Value> =
        answers.iter().filter(|(status, _)| status.starts_with('2')).map(|(_, answer)| answer).collect();
    if successes.is_empty() {
        successes.extend(answers.get("default")); // which is what is not said otherwise
    }
    let contents = successes.into_iter().filter_map(|answer| answer.get("content")?.as_object()).flatten();
    let contents: Vec<_> = contents.collect();
    if contents.iter().any(|(media_type, _)| is_json(media_type)) {
        return None;
    }
    let (_, media) = contents.iter().find(|(media_type, _)| essence(media_type) == "text/event-stream")?;
    Some(media.get("schema").cloned())
}

/// What the data of an event is, if that is more than text.
fn data_schema(document: &Value, schema: Value) -> Option<Value> {
    let resolved = resolve(document, &schema)?;
    let properties = resolved.get("properties").and_then(Value::as_object);
    let is_event = properties.is_some_and(|properties| {
        properties.len() > 1
            && properties.contains_key("data")
            && properties.keys().all(|name| FIELDS.contains(&name.as_str()))
    });
    let inner = match (resolved["type"].as_str(), properties) {
        (Some("array"), _) => resolved.get("items").cloned(),
        (_, Some(properties)) if is_event => properties.get("data").cloned(),
        _ => None,
    };
    let data = inner.unwrap_or(schema);
    let resolved = resolve(document, &data)?.as_object()?;
    let says_something = ["properties", "allOf", "oneOf", "anyOf", "additionalProperties"];
    let is_text = resolved.get("type").is_some_and(|kind| kind == "string")
        || !(resolved.contains_key("type") || says_something.iter().any(|key| resolved.contains_key(*key)));
    (!is_text).then_some(data)
}

fn free_name(document: &Value, hoisted: &Object, operation: &Object, method: &str) -> String {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or(method);
    let wanted = format!("{}Event", id.to_pascal_case());
    let is_taken =
        |name: &String| document["components"]["schemas"].get(name).is_some() || hoisted.contains_key(name);
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    let mut names = std::iter::once(wanted.clone()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or(wanted)
}

/// Whether the method that resumes is one of a path parameter.
fn is_in_path(operation: &Object) -> bool {
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let plain = |name: &str| name.replace(|c: char| !c.is_ascii_alphanumeric(), "").to_ascii_lowercase();
    parameters
        .filter(|parameter| parameter["in"] == "path")
        .any(|parameter| parameter["name"].as_str().is_some_and(|name| plain(name) == "lasteventid"))
}

fn take_last_event_id(operation: &mut Object) {
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    let Value::Array(parameters) = parameters else { return };
    let is_it = |parameter: &Value| {
        let name = parameter["name"].as_str().unwrap_or_default();
        parameter["in"] == "header" && name.eq_ignore_ascii_case(LAST_EVENT_ID)
    };
    let declared = parameters.iter().find(|parameter| is_it(parameter));
    let description = declared.and_then(|parameter| parameter.get("description")).cloned();
    let description = description.unwrap_or_else(|| "Goes on after the event with this id.".into());
    parameters.retain(|parameter| !is_it(parameter));
    // At the beginning: of parameters with equal names the first one keeps its own.
    let parameter = json!({
        "name": LAST_EVENT_ID, "in": "header", "required": false, "description": description, "schema": {"type": "string"},
    });
    parameters.insert(0, parameter);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{run, run_on_operation};
    use super::*;

    fn answering(content: Value) -> Value {
        json!({"operationId": "follow", "responses": {"200": {"content": content}, "204": {}, "404": {"content": {"application/json": {}}}}})
    }

    #[test]
    fn an_operation_that_answers_with_events_alone_is_noted_and_takes_the_last_id() {
        let cases = [
            (json!({"text/event-stream": {}}), true),
            (json!({"text/event-stream; charset=utf-8": {}}), true),
            (json!({"text/event-stream": {}, "text/plain": {}}), true),
            (json!({"text/event-stream": {}, "application/json": {}}), false),
            (json!({"application/json": {}}), false),
            (json!({"text/plain": {}}), false),
        ];
        for (content, noted) in cases {
            let (operation, _) = run_on_operation(note, answering(content.clone()));
            assert_eq!(operation.get(facts::EVENTS).is_some(), noted, "{content}");
            assert_eq!(operation.pointer("/parameters/0/name").is_some(), noted, "{content}");
        }
    }

    #[test]
    fn what_is_not_said_otherwise_may_be_events() {
        let events = json!({"content": {"text/event-stream": {}}});
        let cases = [
            (json!({"default": events}), true),
            (json!({"2XX": events}), true),
            (json!({"204": {}, "default": events}), false),
            (json!({"404": events}), false),
        ];
        for (responses, noted) in cases {
            let (operation, _) = run_on_operation(note, json!({"responses": responses}));
            assert_eq!(operation.get(facts::EVENTS).is_some(), noted, "{responses}");
        }
    }

    #[test]
    fn a_declared_last_id_is_any_text_and_comes_first() {
        let mut declared = answering(json!({"text/event-stream": {}}));
        declared["parameters"] = json!([
            {"name": "last_event_id", "in": "query", "schema": {}},
            {"name": "last-event-id", "in": "header", "required": true, "description": "D", "schema": {"type": "integer"}},
        ]);
        let (operation, _) = run_on_operation(note, declared.clone());
        assert_eq!(
            operation["parameters"],
            json!([
                {"name": "Last-Event-ID", "in": "header", "required": false, "description": "D", "schema": {"type": "string"}},
                {"name": "last_event_id", "in": "query", "schema": {}},
            ])
        );
        declared["parameters"] =
            json!([{"name": "lastEventId", "in": "path", "required": true, "schema": {}}]);
        assert_eq!(run_on_operation(note, declared.clone()).0, declared);
    }

    #[test]
    fn the_data_of_an_event_is_found_in_each_way_to_declare_it() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let placed = || Some(reference("Placed"));
        let cases = [
            (reference("Placed"), placed()),
            (json!({"type": "array", "items": reference("Placed")}), placed()),
            (json!({"properties": {"id": {"type": "string"}, "data": reference("Placed")}}), placed()),
            (json!({"properties": {"id": {}, "event": {}, "data": {"type": "string"}}}), None),
            (json!({"type": "string"}), None),
            (json!({"type": "array", "items": {"type": "string"}}), None),
            (json!({}), None),
            (reference("Missing"), None),
            (json!({"type": "object"}), Some(reference("FollowEvent2"))),
            // One of many members, and not the data of an event.
            (json!({"properties": {"data": {}, "total": {}}}), Some(reference("FollowEvent2"))),
        ];
        for (schema, expected) in cases {
            let view = json!({
                "paths": {"/a": {"get": answering(json!({"text/event-stream": {"schema": schema}}))}},
                "components": {"schemas": {"Placed": {"type": "object"}, "FollowEvent": {"type": "object"}}},
            });
            let (view, _) = run(note, view);
            assert_eq!(view["paths"]["/a"]["get"].get(facts::EVENT_DATA), expected.as_ref(), "{schema}");
            if expected == Some(reference("FollowEvent2")) {
                assert_eq!(view["components"]["schemas"]["FollowEvent2"], schema);
            }
        }
    }
}
