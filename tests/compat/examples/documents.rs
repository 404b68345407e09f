//! Holds documents against themselves and against copies that are changed in known ways, and prints what came out.
//!
//! `cargo run --release -p orderly-compat --example documents -- FILES…`

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use orderly_compat::rules::Severity;
use orderly_compat::{Change, Settings, compare};
use orderly_document::{Document, Pointer};
use serde_json::{Map, Value, json};

/// A change, the rules under which it may be told, and how bad it is at most.
struct Mutation {
    name: &'static str,
    rules: &'static [&'static str],
    worst: Severity,
    apply: fn(&mut Map<String, Value>) -> bool,
}

/// Each is applied to the first operation that it fits.
const MUTATIONS: &[Mutation] = &[
    Mutation {
        name: "operation removed",
        rules: &["path-removed", "operation-removed", "operation-removed-before-sunset"],
        worst: Severity::Breaking,
        apply: |operation| {
            operation.insert("x-removed".to_owned(), json!(true));
            true
        },
    },
    Mutation {
        name: "required parameter added",
        rules: &["parameter-added-required"],
        worst: Severity::Breaking,
        apply: |operation| {
            add(operation, json!({"in": "query", "name": "zz-new", "required": true, "schema": {}}))
        },
    },
    Mutation {
        name: "optional parameter added",
        rules: &["parameter-added-optional"],
        worst: Severity::Info,
        apply: |operation| add(operation, json!({"in": "query", "name": "zz-new", "schema": {}})),
    },
    Mutation {
        name: "parameter made required",
        rules: &["parameter-became-required"],
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
        worst: Severity::Breaking,
        apply: |operation| operation.shift_remove("requestBody").is_some(),
    },
    Mutation {
        name: "renamed",
        rules: &["operation-id-changed"],
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
        name: "described anew",
        rules: &[],
        worst: Severity::Info,
        apply: |operation| operation.insert("description".to_owned(), json!("Otherwise.")).is_none(),
    },
];

fn add(operation: &mut Map<String, Value>, parameter: Value) -> bool {
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    parameters.as_array_mut().map(|parameters| parameters.push(parameter)).is_some()
}

#[derive(Default)]
struct Tally {
    right: usize,
    wrong: Vec<String>,
}

fn main() {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let (mut documents, mut refused, mut slowest) = (0, Vec::new(), (Duration::ZERO, String::new()));
    let start = Instant::now();
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file).expect("a readable file");
        // What is no document of OpenAPI 3.0 is told by the reader elsewhere.
        let Ok(document) = Document::parse(&file, &bytes) else { continue };
        let before = Instant::now();
        let told = match judged(&document, &document) {
            Ok(told) => told,
            Err(error) => {
                refused.push(format!("{file}: {error}"));
                continue;
            }
        };
        documents += 1;
        slowest = slowest.max((before.elapsed(), file.clone()));
        note(tallies.entry("against itself").or_default(), &file, &told, told.is_empty());
        for mutation in MUTATIONS {
            let Some(head) = mutated(&document, mutation) else { continue };
            let Ok(told) = judged(&document, &head) else { continue };
            let names: Vec<&str> = told.iter().map(|change| change.kind.id()).collect();
            let versions = ["version-not-raised", "version-raised-too-little"];
            let others = names.iter().filter(|name| !versions.contains(*name));
            let worst = told.iter().map(|change| change.severity).max();
            let is_right = others.clone().all(|name| mutation.rules.contains(name))
                && (mutation.rules.is_empty() || others.count() == 1)
                && (mutation.rules.is_empty() || worst == Some(mutation.worst));
            note(tallies.entry(mutation.name).or_default(), &file, &told, is_right);
        }
    }
    for (name, tally) in &tallies {
        println!("{:5} right {:4} wrong  {name}", tally.right, tally.wrong.len());
        tally.wrong.iter().take(3).for_each(|line| println!("      {line}"));
    }
    refused.iter().for_each(|line| println!("refused {}", line.lines().next().unwrap_or_default()));
    println!(
        "{documents} documents in {:.1} s, {} refused for their references; the slowest against itself took {:.2} s ({})",
        start.elapsed().as_secs_f64(),
        refused.len(),
        slowest.0.as_secs_f64(),
        slowest.1,
    );
}

fn judged(base: &Document, head: &Document) -> Result<Vec<Change>, orderly_document::Diagnostics> {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    compare(base, head, &[], Settings { today, notice_days: 90 })
}

fn note(tally: &mut Tally, file: &str, told: &[Change], is_right: bool) {
    if is_right {
        tally.right += 1;
    } else {
        let lines = told.iter().take(4).map(|change| format!("{}: {}", change.kind, change.what));
        tally.wrong.push(format!("{file}: {}", lines.collect::<Vec<_>>().join("; ")));
    }
}

/// The document with the first operation changed that the mutation fits.
fn mutated(document: &Document, mutation: &Mutation) -> Option<Document> {
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
