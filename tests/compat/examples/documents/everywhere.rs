//! A copy of a document in which every operation and every object is changed.

use orderly_document::Document;
use serde_json::{Map, Value, json};

/// The copy; the changes take turns, so that the same document is always changed in the same way.
pub(crate) fn changed(document: &Document) -> Option<Document> {
    let mut root = document.root().clone();
    let mut turn = 0;
    for part in ["paths", "components"] {
        if let Some(part) = root.get_mut(part) {
            walk(part, &mut turn);
        }
    }
    Document::parse("head.json", root.to_string().as_bytes()).ok()
}

fn walk(value: &mut Value, turn: &mut usize) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, turn)),
        Value::Object(members) => {
            members
                .iter_mut()
                .filter(|(key, _)| !["example", "examples", "enum", "default"].contains(&key.as_str()))
                .for_each(|(_, member)| walk(member, turn));
            *turn += 1;
            if members.get("responses").is_some_and(Value::is_object) {
                operation(members);
            } else if members.get("properties").is_some_and(Value::is_object) {
                object(members, *turn % 5);
            } else if members.get("type") == Some(&json!("string")) {
                text(members, *turn % 4);
            }
        }
        _ => {}
    }
}

fn operation(operation: &mut Map<String, Value>) {
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    if let Some(parameters) = parameters.as_array_mut() {
        parameters
            .push(json!({"in": "query", "name": "zz-new", "required": true, "schema": {"type": "string"}}));
    }
}

fn object(schema: &mut Map<String, Value>, turn: usize) {
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    match turn {
        0 => {
            let first = properties.keys().next().cloned();
            first.and_then(|first| properties.shift_remove(&first));
        }
        1 => drop(properties.insert("zzNew".to_owned(), json!({"type": "string"}))),
        2 => {
            let names: Vec<Value> = properties.keys().map(|name| json!(name)).collect();
            schema.insert("required".to_owned(), Value::Array(names));
        }
        3 => drop(schema.shift_remove("required")),
        _ => drop(schema.insert("additionalProperties".to_owned(), json!(false))),
    }
}

fn text(schema: &mut Map<String, Value>, turn: usize) {
    let change = match turn {
        0 => ("maxLength", json!(7)),
        1 => ("nullable", json!(true)),
        2 => ("pattern", json!("^[a-z]*$")),
        _ => ("type", json!("integer")),
    };
    schema.insert(change.0.to_owned(), change.1);
}
