//! Changes to one operation of a document, as a table: what each does, and what has to be told of it.

use orderly_compat::rules::Severity;
use orderly_document::{Document, Pointer};
use serde_json::{Map, Value, json};

/// A change, the rules under which it is told, and how bad the worst is.
pub(crate) struct Mutation {
    pub(crate) name: &'static str,
    /// All that is told.
    pub(crate) rules: &'static [&'static str],
    /// Whether only one of them is told, as it depends on the document.
    pub(crate) is_one: bool,
    pub(crate) worst: Severity,
    apply: fn(&mut Map<String, Value>) -> bool,
}

/// Each is applied to the first operation that it fits.
pub(crate) const MUTATIONS: &[Mutation] = &[
    Mutation {
        name: "operation removed",
        rules: &["path-removed", "operation-removed", "operation-removed-before-sunset"],
        is_one: true,
        worst: Severity::Breaking,
        apply: |operation| {
            operation.insert("x-removed".to_owned(), json!(true));
            true
        },
    },
    Mutation {
        name: "required parameter added",
        rules: &["parameter-added-required"],
        is_one: false,
        worst: Severity::Breaking,
        apply: |operation| {
            add(operation, json!({"in": "query", "name": "zz-new", "required": true, "schema": {}}))
        },
    },
    Mutation {
        name: "optional parameter added",
        rules: &["parameter-added-optional"],
        is_one: false,
        worst: Severity::Info,
        apply: |operation| add(operation, json!({"in": "query", "name": "zz-new", "schema": {}})),
    },
    Mutation {
        name: "parameter made required",
        rules: &["parameter-became-required"],
        is_one: false,
        worst: Severity::Breaking,
        apply: |operation| {
            let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
            let mut optional = parameters.into_iter().flatten().filter(|parameter| {
                let ignored = ["Accept", "Authorization", "Content-Type"];
                let name = parameter["name"].as_str().unwrap_or_default();
                parameter.get("$ref").is_none()
                    && parameter["in"] != "path"
                    && parameter.get("required") != Some(&json!(true))
                    && !ignored.iter().any(|other| other.eq_ignore_ascii_case(name))
            });
            optional.next().map(|parameter| parameter["required"] = json!(true)).is_some()
        },
    },
    Mutation {
        name: "success removed",
        rules: &["success-status-removed"],
        is_one: false,
        worst: Severity::Breaking,
        apply: |operation| {
            let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else {
                return false;
            };
            let successes: Vec<String> = responses
                .keys()
                .filter(|status| status.starts_with('2') && !status.ends_with(['X', 'x']))
                .cloned()
                .collect();
            let is_covered = responses.contains_key("default") || responses.contains_key("2XX");
            match successes.as_slice() {
                [only] if !is_covered => responses.shift_remove(only).is_some(),
                _ => false,
            }
        },
    },
    Mutation {
        name: "error added",
        rules: &["error-status-added"],
        is_one: false,
        worst: Severity::Info,
        apply: |operation| {
            let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else {
                return false;
            };
            let is_covered =
                ["418", "4XX", "4xx", "default"].iter().any(|status| responses.contains_key(*status));
            !is_covered && responses.insert("418".to_owned(), json!({"description": "Tea."})).is_none()
        },
    },
    Mutation {
        name: "body removed",
        rules: &["request-body-removed"],
        is_one: false,
        worst: Severity::Breaking,
        apply: |operation| operation.shift_remove("requestBody").is_some(),
    },
    Mutation {
        name: "renamed",
        rules: &["operation-id-changed"],
        is_one: false,
        worst: Severity::Warning,
        apply: |operation| match operation.get_mut("operationId") {
            Some(id) => {
                *id = json!("zzRenamed");
                true
            }
            None => false,
        },
    },
    Mutation {
        name: "error removed",
        rules: &["error-status-removed"],
        is_one: false,
        worst: Severity::Info,
        apply: |operation| {
            let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
            responses.is_some_and(|responses| {
                let is_covered =
                    ["4XX", "4xx", "default"].iter().any(|status| responses.contains_key(*status));
                let error = responses.keys().find(|status| status.starts_with('4')).cloned();
                !is_covered && error.is_some_and(|error| responses.shift_remove(&error).is_some())
            })
        },
    },
    Mutation {
        name: "success without a body",
        rules: &["answer-body-removed"],
        is_one: false,
        worst: Severity::Breaking,
        apply: |operation| {
            let Some(answer) = success(operation) else { return false };
            let has_body =
                answer.get("content").and_then(Value::as_object).is_some_and(|content| !content.is_empty());
            has_body && answer.shift_remove("content").is_some()
        },
    },
    Mutation {
        name: "media type of a success replaced",
        rules: &["answer-media-type-removed", "answer-media-type-added"],
        is_one: false,
        worst: Severity::Breaking,
        apply: |operation| {
            let content = success(operation).and_then(|answer| answer.get_mut("content")?.as_object_mut());
            let Some(content) = content.filter(|content| content.len() == 1) else { return false };
            let json = content.shift_remove("application/json");
            let is_json = json.is_some();
            content.extend(json.map(|json| ("application/x-other".to_owned(), json)));
            is_json
        },
    },
    Mutation {
        name: "header added",
        rules: &["answer-header-added"],
        is_one: false,
        worst: Severity::Info,
        apply: |operation| {
            let Some(answer) = success(operation) else { return false };
            let headers = answer.entry("headers").or_insert_with(|| json!({}));
            headers.as_object_mut().is_some_and(|headers| {
                headers.insert("ZZ-New".to_owned(), json!({"schema": {"type": "string"}})).is_none()
            })
        },
    },
    Mutation {
        name: "body made required",
        rules: &["request-body-became-required"],
        is_one: false,
        worst: Severity::Breaking,
        apply: |operation| {
            let Some(body) = operation.get_mut("requestBody").and_then(Value::as_object_mut) else {
                return false;
            };
            let is_optional = !body.contains_key("$ref") && body.get("required") != Some(&json!(true));
            is_optional && body.insert("required".to_owned(), json!(true)) != Some(json!(true))
        },
    },
    Mutation {
        name: "authentication dropped",
        rules: &["authentication-dropped"],
        is_one: false,
        worst: Severity::Warning,
        apply: |operation| {
            let security = operation.get_mut("security").and_then(Value::as_array_mut);
            let is_asked = |security: &&mut Vec<Value>| {
                !security.is_empty()
                    && security.iter().all(|it| it.as_object().is_some_and(|it| !it.is_empty()))
            };
            security.filter(is_asked).map(|security| security.clear()).is_some()
        },
    },
    Mutation {
        name: "deprecated without a day",
        rules: &["operation-deprecated", "sunset-missing"],
        is_one: false,
        worst: Severity::Warning,
        apply: |operation| {
            let can = !operation.contains_key("deprecated") && !operation.contains_key("x-sunset");
            can && operation.insert("deprecated".to_owned(), json!(true)).is_none()
        },
    },
    Mutation {
        name: "described anew",
        rules: &[],
        is_one: false,
        worst: Severity::Info,
        apply: |operation| operation.insert("description".to_owned(), json!("Otherwise.")).is_none(),
    },
];

fn add(operation: &mut Map<String, Value>, parameter: Value) -> bool {
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    parameters.as_array_mut().map(|parameters| parameters.push(parameter)).is_some()
}

/// The first answer of a success that is no reference.
fn success(operation: &mut Map<String, Value>) -> Option<&mut Map<String, Value>> {
    let responses = operation.get_mut("responses")?.as_object_mut()?;
    let success = responses.iter_mut().find(|(status, _)| status.starts_with('2'));
    success?.1.as_object_mut().filter(|answer| !answer.contains_key("$ref"))
}

/// The document with the first operation changed that the mutation fits.
pub(crate) fn mutated(document: &Document, mutation: &Mutation) -> Option<Document> {
    let mut root = document.root().clone();
    let paths = root.get_mut("paths")?.as_object_mut()?;
    let methods = ["get", "put", "post", "delete", "patch"];
    let mut removed = None;
    let changed = paths.iter_mut().filter(|(path, _)| path.starts_with('/')).any(|(path, item)| {
        let members = item.as_object_mut().into_iter().flat_map(Map::iter_mut);
        let mut operations = members.filter(|(method, _)| methods.contains(&method.as_str()));
        operations.any(|(method, operation)| {
            let changed = operation.as_object_mut().is_some_and(|operation| (mutation.apply)(operation));
            if changed && operation.get("x-removed").is_some() {
                removed = Some(Pointer::root().path(["paths", path]).child(method));
            }
            changed
        })
    });
    if let Some(place) = removed {
        let item = root.pointer_mut(&place.parent()?)?.as_object_mut()?;
        item.shift_remove(&place.last()?);
    }
    changed.then(|| Document::parse("head.json", root.to_string().as_bytes()).ok()).flatten()
}
